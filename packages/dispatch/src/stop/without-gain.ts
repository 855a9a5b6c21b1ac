import type { StopRule } from './stop-rule.ts';

/** Stops when so many tries in a row found nothing better. It says nothing of how far the search has come. */
export function withoutGain(most: number): StopRule {
  let best = Infinity;
  let since = 0;
  return (standing) => {
    if (standing.best < best) {
      best = standing.best;
      since = standing.tries;
    }
    return standing.tries - since >= most ? 1 : 0;
  };
}
