const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A repeatable stream of numbers in [0, 1) from any text or number (mulberry32 over an FNV-1a hash). */
export function seededRandom(seed: string | number): () => number {
  let state = fnv1a(String(seed));
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash;
}

/** Text of `length` letters and digits. */
export function randomText(random: () => number, length: number, alphabet = BASE62): string {
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
}

/**
 * The part of an identifier after its prefix: time first, so that a simulator started again with the same
 * seed, later, never repeats an identifier that somebody stored; then chance.
 */
export function timedId(clock: () => Date, random: () => number, length: number): string {
  const time = clock().getTime().toString(36);
  return time + randomText(random, Math.max(8, length - time.length));
}

/** The items in another order, each order as likely as any other. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
