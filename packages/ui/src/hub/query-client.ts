import type { LiveMessage } from '@gigafibre/contract';
import { QueryClient } from '@tanstack/vue-query';
import { isNoAnswer, refusedOf } from './api.ts';

/** Live messages say what changed; this is only how long an answer is trusted without them. */
const FRESH_MS = 30_000;
/** Kept this long after the last screen that showed it closed, so that "back" is instant. */
const KEPT_MS = 15 * 60_000;
/** A network that did not answer is asked again twice; a no is a no. */
const RETRIES_MAX = 2;

/** The cache of answers behind every screen. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        gcTime: KEPT_MS,
        queryKeyHashFn: (key) => JSON.stringify(key, keyPart),
        retry: (failures, error) => failures < RETRIES_MAX && isNoAnswer(refusedOf(error)),
      },
    },
  });
}

/** Marks stale what a live message says has changed; screens that show it ask again. */
export function markStale(queries: QueryClient, message: LiveMessage): void {
  for (const name of message.stale) void queries.invalidateQueries({ queryKey: [name] });
}

/** Objects in one order whatever way they were written; money as text. */
function keyPart(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
