import type { Operation } from '@gigafibre/contract';
import type { QueryClient } from '@tanstack/vue-query';
import { openDB, type DBSchema } from 'idb';

/** What can be read on this device without a network, and whose it is. */
interface Kept extends DBSchema {
  answers: { key: string; value: { hash: string; key: readonly unknown[]; data: unknown; atMs: number } };
  owner: { key: 'owner'; value: string };
}

export type KeepOptions = Readonly<{
  /** Name of the store on the device. */
  name: string;
  /** Whose answers these are; another person's are thrown away before anything is shown. */
  owner: string;
  /** The queries worth reading without a network; no other is kept. */
  operations: readonly Operation[];
  now: () => Date;
}>;

/** Answers older than this say more about the past than about the customer. */
const KEPT_DAYS_MAX = 30;
/** Enough for a day of jobs or years of invoices; beyond, the oldest go. */
const ANSWERS_MAX = 400;
const DAY_MS = 86_400_000;

/**
 * Keeps the answers of some queries on the device and puts them back at the next start, with their true age: a
 * screen then shows them at once and says how old they are if the hub does not answer. Returns how to forget.
 */
export async function keepAnswers(queries: QueryClient, options: KeepOptions): Promise<() => Promise<void>> {
  const db = await openDB<Kept>(options.name, 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore('answers', { keyPath: 'hash' });
      fresh.createObjectStore('owner');
    },
  });
  const names = new Set(options.operations.map(({ name }) => name));
  for (const name of names) queries.setQueryDefaults([name], { gcTime: Number.POSITIVE_INFINITY });
  if ((await db.get('owner', 'owner')) !== options.owner) await db.clear('answers');
  await db.put('owner', options.owner, 'owner');

  const oldestMs = options.now().getTime() - KEPT_DAYS_MAX * DAY_MS;
  const kept = (await db.getAll('answers')).sort((one, other) => other.atMs - one.atMs);
  for (const [index, { hash, key, data, atMs }] of kept.entries()) {
    if (index >= ANSWERS_MAX || atMs < oldestMs || !names.has(String(key[0])))
      await db.delete('answers', hash);
    else if (queries.getQueryData(key) === undefined) queries.setQueryData(key, data, { updatedAt: atMs });
  }

  const stop = queries.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success' || event.action.manual) return;
    const { queryHash: hash, queryKey: key, state } = event.query;
    if (names.has(String(key[0])))
      void db.put('answers', { hash, key, data: state.data, atMs: state.dataUpdatedAt });
  });
  return async () => {
    stop();
    await db.clear('answers');
    db.close();
  };
}
