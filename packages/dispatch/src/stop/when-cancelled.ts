import type { StopRule } from './stop-rule.ts';

/** Stops as soon as it is cancelled: the best plan so far stands. */
export const whenCancelled =
  (isCancelled: () => boolean): StopRule =>
  () =>
    isCancelled() ? 1 : 0;
