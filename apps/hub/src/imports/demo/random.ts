/** Seeded chance: the same seed makes the same company on every machine. */
export type Chance = Readonly<{
  /** In [0, 1). */
  next: () => number;
  /** An integer from `from` to `to`, both included. */
  between: (from: number, to: number) => number;
  pick: <T>(list: readonly T[]) => T;
  /** True this share of the time. */
  happens: (share: number) => boolean;
}>;

/** mulberry32: small, fast and good enough for a believable company. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[Math.floor(next() * list.length)];
    if (chosen === undefined) throw new Error('nothing to pick from');
    return chosen;
  };
  return { next, between, pick, happens: (share) => next() < share };
}
