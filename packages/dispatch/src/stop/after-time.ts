import type { StopRule } from './stop-rule.ts';

/** Stops when so many milliseconds have passed since `startedMs` on the clock that is passed in. */
export const afterTime =
  (time: Readonly<{ nowMs: () => number; startedMs: number; limitMs: number }>): StopRule =>
  () =>
    (time.nowMs() - time.startedMs) / Math.max(1, time.limitMs);
