import { listAt, parsedJson, recordAt, recordOf, textAt, type JsonRecord } from '@gigafibre/outside/wire';
import type { StripeBooks } from './books.ts';

const KEPT_EVENTS = 1_000;
const MAPS = [
  'customers',
  'sessions',
  'intents',
  'charges',
  'refunds',
  'paymentMethods',
  'setupIntents',
  'mandates',
  'disputes',
  'balanceTransactions',
  'payouts',
  'cardNumbers',
  'intentData',
] as const;

/** Everything of these books that a later run needs, as JSON. */
export function stripeSnapshot(books: StripeBooks): Record<string, unknown> {
  const maps = MAPS.map((name) => [name, Object.fromEntries(books[name])]);
  return {
    ...Object.fromEntries(maps),
    events: books.events.slice(-KEPT_EVENTS),
    baseUrl: books.baseUrl,
    undelivered: [...books.undelivered],
    idempotency: books.idempotency.snapshot(),
  };
}

/** Puts a snapshot back into empty books. It is our own file: what it holds is believed. */
export function restoreStripe(books: StripeBooks, kept: JsonRecord): void {
  const snapshot = movedHere(books, kept);
  for (const name of MAPS) {
    const map: Map<string, unknown> = books[name];
    for (const [id, object] of Object.entries(recordAt(snapshot, name))) map.set(id, object);
  }
  // The same objects that `stripeSnapshot` wrote.
  books.events.push(...(listAt(snapshot, 'events') as StripeBooks['events']));
  const known = new Set(books.events.map((event) => textAt(recordOf(event), 'id')));
  for (const id of listAt(snapshot, 'undelivered')) {
    if (typeof id === 'string' && known.has(id)) books.undelivered.add(id);
  }
  books.idempotency.restore(listAt(snapshot, 'idempotency'));
}

/** The same with every address of the earlier run made one of this run, which listens elsewhere. */
function movedHere(books: StripeBooks, kept: JsonRecord): JsonRecord {
  const before = textAt(kept, 'baseUrl');
  if (before === null) return kept;
  return recordOf(parsedJson(JSON.stringify(kept).replaceAll(before, books.baseUrl)));
}
