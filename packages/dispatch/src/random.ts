/** A stream of chance that starts from a seed: the same seed tells the same story on every machine. */
export type Random = Readonly<{
  /** A number in [0, 1). */
  unit: () => number;
  /** A whole number in [0, below). */
  below: (below: number) => number;
}>;

const GOLDEN = 0x9e3779b9;
const SCALE = 2 ** -32;

/** A small fast generator (a counter scrambled by multiplications), good enough to search with, not to keep secrets. */
export function randomFrom(seed: number): Random {
  let counter = Math.imul(seed ^ 0x5bd1e995, GOLDEN) | 0;
  const bits = (): number => {
    counter = (counter + GOLDEN) | 0;
    let mixed = Math.imul(counter ^ (counter >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return {
    unit: () => bits() * SCALE,
    below: (below) => Math.floor(bits() * SCALE * below),
  };
}
