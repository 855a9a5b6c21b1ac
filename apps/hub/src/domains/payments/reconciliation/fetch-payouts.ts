import { civilDateOf } from '@gigafibre/calendar';
import { paymentsEvents } from '@gigafibre/contract';
import { payoutOfPartsEntry } from '@gigafibre/ledger';
import type { BalanceMovement, Payout } from '@gigafibre/outside/payments';
import type { Env } from '../../../env.ts';
import { SYSTEM, type Tx } from '../../../platform/acting.ts';
import { transact } from '../../../platform/transact.ts';
import { post } from '../../ledger/index.ts';
import * as store from '../reconciliation-store.ts';

type Parts = Pick<Env, 'ground' | 'outside' | 'log'>;

/** Pages of payouts looked at in one go, a hundred each: more than a year of daily ones. */
const PAYOUT_PAGES_MAX = 5;
/** Pages of movements of one payout in one job; the rest is another job. */
const MOVEMENT_PAGES_MAX = 20;

/**
 * Reads which transfers the provider made and leaves a job for each that is not in the books yet. No answer leaves
 * it for the next word of the provider.
 */
export async function fetchPayouts(env: Parts): Promise<void> {
  const { payments } = env.outside;
  let after: string | null = null;
  for (let page = 0; page < PAYOUT_PAGES_MAX; page += 1) {
    const outcome = await payments.listPayouts({ after });
    if (outcome.is === 'retry' || outcome.is === 'unknown')
      throw new Error(`payouts not read: ${outcome.reason}`);
    if (outcome.is !== 'done') {
      env.log.warn({ outcome: outcome.is }, 'payouts could not be read');
      return;
    }
    const { rows, next } = outcome.value;
    const isNews = await transact(env.ground, { by: SYSTEM }, (tx) => keep(tx, payments.vendor, rows));
    if (next === null || !isNews) return;
    after = next;
  }
}

/** Whether any of them is not in the books yet: older pages hold no news otherwise. */
async function keep(tx: Tx, provider: string, rows: readonly Payout[]): Promise<boolean> {
  let isNews = false;
  for (const row of rows) {
    const key = { provider, ref: row.payoutRef };
    await store.keepPayout(tx.db, {
      provider,
      provider_ref: row.payoutRef,
      state: row.state,
      amount_cents: row.amountCents,
      currency: row.currency,
      created_at: row.createdAt,
      arrives_on: civilDateOf(row.arrivesAt),
    });
    const kept = await store.payoutForUpdate(tx.db, key);
    if (kept && (await takeBack(tx, kept))) {
      isNews = true;
      continue;
    }
    if (row.state !== 'paid' || !kept || kept.posted_at !== null) continue;
    isNews = true;
    await tx.enqueue('payments.read-payout', { payoutRef: row.payoutRef });
  }
  return isNews;
}

/**
 * A transfer that failed after it was in the books: the bank gave it back and the provider has the money again, less
 * the fees it kept. Whether that was news.
 */
async function takeBack(tx: Tx, row: store.KeptPayout): Promise<boolean> {
  const { provider_ref: ref, amount_cents: amountCents } = row;
  const isBack = row.state === 'failed' || row.state === 'canceled';
  if (!isBack || row.posted_at === null || row.reversed_at !== null) return false;
  const entry = payoutOfPartsEntry({
    id: `${ref} failed`,
    date: civilDateOf(tx.now),
    memo: `Virement ${ref} non abouti`,
    parts: [{ clearing: '1050', grossCents: -amountCents }],
    feeCents: 0n,
  });
  if (entry) await post(tx, entry);
  await store.updatePayout(tx.db, { provider: row.provider, ref, fields: { reversed_at: tx.now } });
  await tx.tell(paymentsEvents.payoutPosted, {
    subject: ref,
    data: { amountCents: -Number(amountCents), feeCents: 0, unexplained: 0 },
  });
  return true;
}

/** Reads what a transfer is made of, page by page, each kept before the next is asked; then puts it in the books. */
export async function readPayout(env: Parts, { payoutRef }: { payoutRef: string }): Promise<void> {
  const { payments } = env.outside;
  const key = { provider: payments.vendor, ref: payoutRef };
  const act = <T>(step: (tx: Tx) => Promise<T>) => transact(env.ground, { by: SYSTEM }, step);
  const kept = await act((tx) => store.payoutForUpdate(tx.db, key));
  if (!kept || kept.posted_at !== null) return;
  let after = kept.read_after;
  for (let page = 0; page < MOVEMENT_PAGES_MAX; page += 1) {
    const outcome = await payments.listMovements({ payoutRef, after });
    if (outcome.is === 'retry' || outcome.is === 'unknown')
      throw new Error(`${payoutRef} not read: ${outcome.reason}`);
    if (outcome.is !== 'done') {
      env.log.warn({ payoutRef, outcome: outcome.is }, 'a payout could not be read');
      return;
    }
    const { rows, next } = outcome.value;
    await act(async (tx) => {
      if (rows.length > 0)
        await store.insertMovements(
          tx.db,
          rows.map((row) => movementRow(key, row)),
        );
      await store.updatePayout(tx.db, { ...key, fields: { read_after: next } });
      if (next === null) await postPayout(tx, key);
      else if (page === MOVEMENT_PAGES_MAX - 1) await tx.enqueue('payments.read-payout', { payoutRef });
    });
    if (next === null) return;
    after = next;
  }
}

const movementRow = ({ provider, ref }: { provider: string; ref: string }, row: BalanceMovement) => ({
  provider,
  provider_ref: row.movementRef,
  payout_ref: ref,
  type: row.type,
  source_ref: row.sourceRef,
  payment_ref: row.paymentRef,
  amount_cents: row.amountCents,
  fee_cents: row.feeCents,
  net_cents: row.netCents,
  currency: row.currency,
  created_at: row.createdAt,
});

/**
 * Puts a transfer in the books once it is wholly read and agrees with itself: the bank gets it, the fees are ours.
 * One that does not add up stays out of them, and in the list of what a person must explain.
 */
async function postPayout(tx: Tx, key: { provider: string; ref: string }): Promise<void> {
  const row = await store.payoutForUpdate(tx.db, key);
  // It may have failed while it was read.
  if (row?.state !== 'paid' || row.posted_at !== null) return;
  await store.matchMovements(tx.db, key);
  await store.updatePayout(tx.db, { ...key, fields: { read_at: tx.now } });
  const sums = await store.sumsOf(tx.db, key);
  const netCents = sums.cards_cents + sums.debits_cents - sums.fee_cents;
  if (row.currency !== 'cad' || netCents !== row.amount_cents) return;
  const entry = payoutOfPartsEntry({
    id: key.ref,
    date: row.arrives_on,
    memo: `Virement ${key.ref}`,
    parts: [
      { clearing: '1050', grossCents: sums.cards_cents },
      { clearing: '1055', grossCents: sums.debits_cents },
    ],
    feeCents: sums.fee_cents,
  });
  if (entry) await post(tx, entry);
  await store.updatePayout(tx.db, { ...key, fields: { posted_at: tx.now } });
  await tx.tell(paymentsEvents.payoutPosted, {
    subject: key.ref,
    data: {
      amountCents: Number(row.amount_cents),
      feeCents: Number(sums.fee_cents),
      unexplained: sums.unexplained,
    },
  });
}
