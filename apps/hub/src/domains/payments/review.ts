import { civilDateOf } from '@gigafibre/calendar';
import { paymentsEvents, Refusal, type OutputOf, type paymentsOperations } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading, Tx } from '../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import { readCustomer } from '../customers/index.ts';
import { receivePayment } from './receive-payment.ts';
import * as store from './review-store.ts';
import { paymentByProviderRef } from './store.ts';

export type Review = OutputOf<typeof paymentsOperations.resolveReview>;
export type ReviewKind = Review['kind'];
export type Reviewing = Readonly<{
  vendor: string;
  /** What it is about in the provider's words: a payment, a refund, a dispute. */
  ref: string;
  paymentRef: string | null;
  customerId: string | null;
  checkoutId?: string | null;
  paymentId?: string | null;
  amountCents: bigint;
  currency: string;
}>;

/** Asks a person to look at what the provider reported; once per thing and kind. Says so in a word. */
export async function openReview(tx: Tx, kind: ReviewKind, about: Reviewing): Promise<string> {
  const row = await store.insertReview(tx.db, {
    kind,
    provider: about.vendor,
    provider_ref: about.ref,
    payment_ref: about.paymentRef,
    customer_id: about.customerId,
    checkout_id: about.checkoutId ?? null,
    payment_id: about.paymentId ?? null,
    amount_cents: about.amountCents,
    currency: about.currency.toUpperCase(),
    at: tx.now,
  });
  if (!row) return `already under review: ${kind}`;
  await tx.tell(paymentsEvents.reviewOpened, {
    subject: row.id,
    customerId: about.customerId,
    data: { kind, amountCents: Number(about.amountCents) },
  });
  return `for review: ${kind}`;
}

/**
 * Settles a review with a note. Money of an unknown customer is recorded as a payment of the customer named;
 * without one it is refused: such money does not disappear by a click.
 */
export async function resolveReview(
  tx: Tx,
  { id, customerId, note }: { id: string; customerId: string | null; note: string },
): Promise<Review> {
  const row = await store.reviewForUpdate(tx.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  if (row.resolved_at !== null) throw new Refusal('not_in_this_state', { state: 'resolved' });
  const paymentId = row.kind === 'unknown_customer' ? await recordAs(tx, row, customerId) : row.payment_id;
  const resolved = await store.markResolved(tx.db, {
    id,
    resolution: note,
    resolved_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
    resolved_at: tx.now,
    customer_id: row.customer_id ?? customerId,
    payment_id: paymentId,
  });
  await tx.tell(paymentsEvents.reviewResolved, {
    subject: id,
    customerId: resolved.customer_id,
    data: { note, paymentId },
  });
  return reviewOf(resolved);
}

async function recordAs(tx: Tx, row: store.ReviewRow, customerId: string | null): Promise<string | null> {
  if (customerId === null) throw new Refusal('customer_needed');
  await readCustomer(tx, customerId);
  const provider = { vendor: row.provider, ref: row.provider_ref };
  const payment = await receivePayment(tx, {
    customerId,
    method: 'card',
    amountCents: row.amount_cents,
    receivedOn: civilDateOf(new Date(row.at)),
    provider,
  });
  if (!payment)
    return (await paymentByProviderRef(tx.db, { provider: row.provider, ref: provider.ref }))?.id ?? null;
  await tx.enqueue('payments.describe-payment', { paymentId: payment.id, paymentRef: provider.ref });
  return payment.id;
}

/** What waits for a person, oldest first, a page at a time. */
export async function listReviews(
  { db }: Pick<Reading, 'db'>,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<{ rows: Review[]; next: string | null }> {
  const rows = await store.reviewsPage(db, {
    limit,
    after: readCursor(after, z.tuple([keys.instant, keys.id])),
  });
  const page = pageOf(rows, limit, (last) => cursorOf(last.at, last.id));
  return { next: page.next, rows: page.rows.map(reviewOf) };
}

const reviewOf = (row: store.ReviewRow): Review => ({
  id: row.id,
  kind: row.kind as ReviewKind, // held by a check constraint
  provider: row.provider,
  providerRef: row.provider_ref,
  customerId: row.customer_id,
  paymentId: row.payment_id,
  amountCents: row.amount_cents,
  currency: row.currency,
  at: row.at,
  resolution: row.resolution,
});
