import { addDays, civilDateOf } from '@gigafibre/calendar';
import type { OutputOf, paymentsOperations } from '@gigafibre/contract';
import type { Reading } from '../../../platform/acting.ts';
import * as store from '../reconciliation-store.ts';

export type Reconciliation = OutputOf<typeof paymentsOperations.readReconciliation>;

const ROWS_MAX = 200;
/** Transfers come within days; a payment that none brought by then is worth a look. */
const AWAITED_DAYS = 7;
/** How far back payments without transfer are looked for, and payouts shown, unless asked. */
const BACK_DAYS = 90;

/** The provider's transfers against the books. */
export async function readReconciliation(
  { db, now }: Pick<Reading, 'db' | 'now'>,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<Reconciliation> {
  const today = civilDateOf(now);
  const since = from ?? addDays(today, -BACK_DAYS);
  const until = to ?? addDays(today, AWAITED_DAYS);
  const payouts = await store.payoutsBetween(db, { from: since, to: until, limit: ROWS_MAX });
  const unexplained = await store.unexplained(db, ROWS_MAX);
  const awaited = await store.awaited(db, {
    after: addDays(today, -BACK_DAYS),
    before: addDays(today, -AWAITED_DAYS),
    limit: ROWS_MAX,
  });
  return {
    payouts: payouts.map((row) => ({
      provider: row.provider,
      providerRef: row.provider_ref,
      state: row.state as Reconciliation['payouts'][number]['state'], // held by a check constraint
      amountCents: row.amount_cents,
      grossCents: row.cards_cents + row.debits_cents,
      feeCents: row.fee_cents,
      arrivesOn: row.arrives_on,
      posted: row.posted_at !== null && row.reversed_at === null,
      reversed: row.reversed_at !== null,
      unexplained: row.unexplained,
    })),
    unexplained: unexplained.map((row) => ({
      provider: row.provider,
      providerRef: row.provider_ref,
      payoutRef: row.payout_ref,
      type: row.type,
      sourceRef: row.source_ref,
      amountCents: row.amount_cents,
      feeCents: row.fee_cents,
      currency: row.currency,
      at: row.created_at,
    })),
    awaited: awaited.map((row) => ({
      paymentId: row.id,
      amountCents: row.amount_cents,
      receivedOn: row.received_on,
    })),
    clearingCents: await store.clearing(db),
  };
}
