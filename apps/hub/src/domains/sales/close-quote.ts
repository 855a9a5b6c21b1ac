import { civilDateOf } from '@gigafibre/calendar';
import { Refusal, salesEvents } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { requireAct, statusOf, type Quote } from './quote.ts';
import { readQuote } from './read-quotes.ts';
import { writeStep } from './steps.ts';
import * as store from './store.ts';

/** Quotes expired in one go; the next look takes the rest. */
const EXPIRED_AT_ONCE_MAX = 200;

/** The customer does not want it. */
export async function declineQuote(tx: Tx, { id, reason }: { id: string; reason: string }): Promise<Quote> {
  const quote = await openQuote(tx, id, 'decline');
  await store.updateQuote(tx.db, { id, fields: { status: 'declined' } });
  await writeStep(tx, { quoteId: id, version: quote.version, step: 'declined', detail: reason });
  await tx.tell(salesEvents.quoteDeclined, { subject: id, customerId: quote.customer_id, data: { reason } });
  return readQuote(tx, { id });
}

/** Ends a quote's validity before its day. */
export async function expireQuote(tx: Tx, { id }: { id: string }): Promise<Quote> {
  await expire(tx, await openQuote(tx, id, 'expire'));
  return readQuote(tx, { id });
}

/** Expires every open quote whose last day is past; returns how many. */
export async function expireOverdueQuotes(tx: Tx): Promise<number> {
  const overdue = await store.overdueQuotes(tx.db, {
    today: civilDateOf(tx.now),
    limit: EXPIRED_AT_ONCE_MAX,
  });
  for (const quote of overdue) await expire(tx, quote);
  return overdue.length;
}

async function openQuote(tx: Tx, id: string, act: 'decline' | 'expire'): Promise<store.QuoteRow> {
  const quote = await store.quoteForUpdate(tx.db, id);
  if (!quote) throw new Refusal('not_found', { what: id });
  requireAct(act, statusOf(quote));
  return quote;
}

async function expire(tx: Tx, quote: store.QuoteRow): Promise<void> {
  await store.updateQuote(tx.db, { id: quote.id, fields: { status: 'expired' } });
  await writeStep(tx, { quoteId: quote.id, version: quote.version, step: 'expired' });
  await tx.tell(salesEvents.quoteExpired, { subject: quote.id, customerId: quote.customer_id, data: {} });
}
