/** The largest text that is read, in characters, and the largest count that it may announce. */
export const TEXT_MAX = 200_000_000;
export const NUMBERS_MAX = 20_000;
