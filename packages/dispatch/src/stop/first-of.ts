import type { StopRule } from './stop-rule.ts';

/** Stops with the first of the rules that does. */
export const firstOf =
  (rules: readonly StopRule[]): StopRule =>
  (standing) => {
    let furthest = 0;
    for (const rule of rules) furthest = Math.max(furthest, rule(standing));
    return furthest;
  };
