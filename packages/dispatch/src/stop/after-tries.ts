import type { StopRule } from './stop-rule.ts';

/** Stops after so many tries. With this rule alone the same seed gives the same plan on every machine. */
export const afterTries =
  (most: number): StopRule =>
  ({ tries }) =>
    tries / Math.max(1, most);
