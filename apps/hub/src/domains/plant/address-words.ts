/**
 * How words of addresses are compared: without accents, articles and abbreviations. The same functions make
 * what is stored and what is searched for, so a change here needs the streets to be loaded again.
 */

/** What people abbreviate, and the word that is meant. */
const MEANT: Readonly<Record<string, string>> = {
  ...meaning('boulevard', 'boul boulv blvd bd bvd'),
  ...meaning('avenue', 'av ave aven'),
  ...meaning('chemin', 'ch chem road rd'),
  ...meaning('rue', 'r street'),
  ...meaning('route', 'rte'),
  ...meaning('rang', 'rg'),
  ...meaning('montee', 'mtee'),
  ...meaning('place', 'pl'),
  ...meaning('croissant', 'crois crt'),
  ...meaning('terrasse', 'terr tsse'),
  ...meaning('promenade', 'prom'),
  ...meaning('autoroute', 'aut'),
  ...meaning('impasse', 'imp'),
  ...meaning('saint', 'st'),
  ...meaning('sainte', 'ste'),
  ...meaning('saints', 'sts'),
  ...meaning('saintes', 'stes'),
  ...meaning('monseigneur', 'mgr'),
  ...meaning('docteur', 'dr'),
  ...meaning('nord', 'n'),
  ...meaning('sud', 's'),
  ...meaning('est', 'e'),
  ...meaning('ouest', 'o w'),
  ...meaning('1', 'premier premiere'),
  ...meaning('2', 'deux deuxieme'),
  ...meaning('3', 'trois troisieme'),
  ...meaning('4', 'quatre quatrieme'),
  ...meaning('5', 'cinq cinquieme'),
  ...meaning('6', 'six sixieme'),
  ...meaning('7', 'sept septieme'),
  ...meaning('8', 'huit huitieme'),
  ...meaning('9', 'neuf neuvieme'),
  ...meaning('10', 'dix dixieme'),
};

/** Articles and links: left out, since half of the people leave them out. */
const PARTICLES = new Set('de du des d la le les l a au aux et qc pq canada'.split(' '));

/** Kinds of street and cardinal points: they decide between streets, but nobody must get them right. */
const GENERICS = new Set(
  'rue avenue boulevard chemin route rang montee cote place croissant impasse allee terrasse promenade autoroute ruelle carre cours sentier domaine traverse descente chaussee carrefour quai voie passage mail square'.split(
    ' ',
  ),
);
const SOFT = new Set([...GENERICS, 'nord', 'sud', 'est', 'ouest', 'quebec']);
const ORDINAL = /^(\d+)(?:e|er|re|ere|ier|iere|eme|ieme)$/;

/** Lower case without accents; whatever is neither letter nor digit becomes one space. */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Every word in its full form, articles included: what makes two writings of a street the same street. */
export function matchKey(text: string): string {
  return split(text).map(inFull).join(' ');
}

/** The words by which a street or a place is found: in full, without articles, each once. */
export function wordsOf(text: string): string[] {
  return [...new Set(split(text).filter(isNoParticle).map(inFull))];
}

/** Words that must be found, and those that only help to choose. When all only help, all must be found. */
export function weighWords(words: readonly string[]): { hard: string[]; soft: string[] } {
  const hard = words.filter((word) => !SOFT.has(word));
  return hard.length === 0
    ? { hard: [...words], soft: [] }
    : { hard, soft: words.filter((word) => SOFT.has(word)) };
}

export const isGeneric = (word: string): boolean => GENERICS.has(inFull(word));

const split = (text: string): string[] => foldText(text).split(' ').filter(Boolean);
const isNoParticle = (word: string): boolean => !PARTICLES.has(word);

/** `bd` → `boulevard`, `2e` → `2`. */
function inFull(word: string): string {
  const ordinal = ORDINAL.exec(word)?.[1];
  return ordinal ?? MEANT[word] ?? word;
}

function meaning(word: string, abbreviations: string): Record<string, string> {
  return Object.fromEntries(abbreviations.split(' ').map((abbreviation) => [abbreviation, word]));
}
