import { invalid } from './stripe-refusal.ts';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

/** One page of a list, newest first, the way Stripe pages: by the id before or after it. */
export function pageOf<T extends { readonly id: string }>(
  items: Iterable<T>,
  query: Readonly<Record<string, unknown>>,
  url: string,
): { object: 'list'; data: T[]; has_more: boolean; url: string } {
  const newestFirst = [...items].toReversed();
  const limit = limitOf(query['limit']);
  const after = indexOf(newestFirst, query['starting_after'], 'starting_after');
  const before = indexOf(newestFirst, query['ending_before'], 'ending_before');
  const from = after === null ? Math.max(0, (before ?? limit) - limit) : after + 1;
  const data = newestFirst.slice(from, before ?? from + limit).slice(0, limit);
  const hasMore = before === null ? from + data.length < newestFirst.length : from > 0;
  return { object: 'list', data, has_more: hasMore, url };
}

function limitOf(value: unknown): number {
  if (value === undefined) return DEFAULT_LIMIT;
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw invalid(`Invalid limit: ${String(value)}`, { param: 'limit' });
  }
  return limit;
}

function indexOf(items: readonly { readonly id: string }[], id: unknown, param: string): number | null {
  if (id === undefined) return null;
  const index = items.findIndex((item) => item.id === id);
  if (index < 0) throw invalid(`No such object: '${String(id)}'`, { code: 'resource_missing', param });
  return index;
}
