/** The two languages a document speaks. French comes first wherever an order must be chosen. */
export type Language = 'fr' | 'en';

/** One meaning in both languages: a document never has a word in one of them only. */
export type Bilingual = { readonly fr: string; readonly en: string };

/** A set of words in both languages, with the same keys in each. */
export type Words<K extends string> = Readonly<Record<K, Bilingual>>;

/** Words of one language, ready to print. */
export function wordsIn<K extends string>(words: Words<K>, language: Language): Readonly<Record<K, string>> {
  const entries = Object.entries<Bilingual>(words).map(([key, word]) => [key, word[language]]);
  // The keys are those of `words`; `Object.fromEntries` forgets them.
  return Object.fromEntries(entries) as Record<K, string>;
}

/** Puts values into the `{name}` places of a sentence; a place without a value stays as it is, to be seen. */
export function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
