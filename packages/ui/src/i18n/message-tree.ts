/** Messages of one language: names in branches, words in leaves. */
export type MessageTree = { readonly [name: string]: string | MessageTree };

/** The same keys with other words: what English must look like, given French. The compiler compares. */
export type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };

/** How an app brings its words: each language in a file of its own, fetched when it is first read. */
export type MessageLoaders<T extends MessageTree> = Readonly<{
  fr: () => Promise<{ messages: T }>;
  en: () => Promise<{ messages: SameKeys<T> }>;
}>;

/** Words of a part of an app, that come when the part is first opened. */
export type MoreMessages = Readonly<Record<'fr' | 'en', () => Promise<{ messages: MessageTree }>>>;

export type MappedTree<Leaf> = { [name: string]: Leaf | MappedTree<Leaf> };

/** A tree with every leaf passed through `change`. */
export function mapMessages<Leaf>(tree: MessageTree, change: (text: string) => Leaf): MappedTree<Leaf> {
  return Object.fromEntries(
    Object.entries(tree).map(([name, value]) => [
      name,
      typeof value === 'string' ? change(value) : mapMessages(value, change),
    ]),
  );
}
