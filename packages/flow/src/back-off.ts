/** How often a failing step is tried, and how long between: the delay doubles from the first to the longest. */
export type RetryPolicy = {
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
};

/** Ten attempts over three hours: a passing trouble has passed, any other waits for a person by then. */
export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 10,
  firstDelayMs: 30_000,
  longestDelayMs: 3_600_000,
};

/** No policy may try more often; what still fails then needs a person. */
export const ATTEMPTS_LIMIT = 50;

/** When to try again after `failures` failed attempts, or undefined when it is time to give up. */
export function nextAttemptAt(
  now: Date,
  { failures, policy }: { failures: number; policy: RetryPolicy },
): Date | undefined {
  if (failures >= Math.min(policy.attempts, ATTEMPTS_LIMIT)) return undefined;
  const delayMs = Math.min(policy.firstDelayMs * 2 ** (failures - 1), policy.longestDelayMs);
  return new Date(now.getTime() + delayMs);
}
