import { addDays, civilDateOf } from '@gigafibre/calendar';
import type { Outcome } from '@gigafibre/outside/outcome';
import type { PaymentState } from '@gigafibre/outside/payments';
import type { Env } from '../../../env.ts';
import { SYSTEM, type Tx } from '../../../platform/acting.ts';
import { transact } from '../../../platform/transact.ts';
import { readCustomer } from '../../customers/index.ts';
import { lockAccount } from '../../ledger/index.ts';
import { isPaused } from '../../billing/index.ts';
import { minutesFrom } from '../begin-checkout.ts';
import * as store from '../debit-store.ts';
import * as methods from '../method-store.ts';
import { isUsable } from '../methods/method.ts';
import { authorizationConfirmedOn, CONFIRMATION_DAYS } from '../notice-store.ts';
import { settleTaken } from '../settle-checkout.ts';
import { mayPresentAgain } from './bank-codes.ts';
import { collectable } from './collectable.ts';
import { moveDebit } from './debit.ts';
import { debitFailed, debitSent, reviewed } from './debit-failed.ts';

type Parts = Pick<Env, 'ground' | 'outside' | 'log'>;
type Sending = Readonly<{ row: store.DebitRow; method: methods.MethodRow; customerRef: string }>;

/** Providers remember an idempotency key for a day; after this long a person looks instead of the key. */
const KEY_HOURS = 23;
const AGAIN_MINUTES = 10;
/** How long a debit waits while billing is paused, before somebody looks again. */
const PAUSED_MINUTES = 12 * 60;
const DUE_AT_ONCE_MAX = 50;
const CHARGE_CENTS_MIN = 50n;
/** When a debit that waited for its day goes out, with those of the calendar. */
export const SEND_TIME = '06:00';

/** Leaves a job for each debit whose day has come, whose sending got no answer, or whose answer did not come. */
export async function sendDueDebits(env: Pick<Env, 'ground' | 'clock'>): Promise<number> {
  return transact(env.ground, { by: SYSTEM }, async (tx) => {
    const due = await store.takeDueDebits(tx.db, { now: env.clock.now(), limit: DUE_AT_ONCE_MAX });
    for (const { id, state } of due)
      await tx.enqueue(state === 'sent' ? 'payments.look-at-debit' : 'payments.send-debit', { debitId: id });
    return due.length;
  });
}

/**
 * Sends a debit to the bank. Killed anywhere and run again, it asks the same question under the same key, to which
 * the provider gives the same answer: one charge. What was paid or ended meanwhile is not sent.
 */
export async function sendDebit(env: Parts, { debitId }: { debitId: string }): Promise<void> {
  const act = <T>(step: (tx: Tx) => Promise<T>) => transact(env.ground, { by: SYSTEM }, step);
  const sending = await act((tx) => begin(tx, debitId));
  if (!sending) return;
  const { row, method, customerRef } = sending;
  const outcome = await env.outside.payments.chargeMethod({
    customerRef,
    methodRef: method.provider_ref,
    kind: method.kind === 'card' ? 'card' : 'bank_account',
    mandateRef: method.mandate_ref,
    amountCents: row.amount_cents,
    currency: 'cad',
    description: row.invoice_id ?? row.customer_id,
    metadata: {
      debitId,
      customerId: row.customer_id,
      ...(row.invoice_id === null ? {} : { invoiceId: row.invoice_id }),
    },
    idempotencyKey: row.idempotency_key,
  });
  await act((tx) => answered(tx, env, { row, outcome }));
}

async function begin(tx: Tx, id: string): Promise<Sending | undefined> {
  const known = await store.debitById(tx.db, id);
  // Those of the bank's own file wait for it.
  if (!known || known.rail === 'bank_file') return undefined;
  if (known.state !== 'planned' && known.state !== 'sending') return undefined;
  await lockAccount(tx, known.customer_id);
  const row = await store.debitForUpdate(tx.db, id);
  const method = row && (await methods.methodById(tx.db, row.method_id));
  if (!row || !method) return undefined;
  const { stripeId } = await readCustomer(tx, row.customer_id);
  if (row.state === 'planned') {
    if (row.scheduled_on > civilDateOf(tx.now)) return undefined;
    // Another system debits meanwhile: it waits, and what was paid there is not debited here.
    if (await isPaused(tx)) {
      await store.updateDebit(tx.db, { id, fields: { look_at: minutesFrom(tx.now, PAUSED_MINUTES) } });
      return undefined;
    }
    const amountCents = await stillOwed(tx, row, method);
    if (amountCents === 0n || stripeId === null) {
      await moveDebit(tx, id, { state: 'cancelled', look_at: null });
      return undefined;
    }
    await moveDebit(tx, id, {
      state: 'sending',
      amount_cents: amountCents,
      sent_at: tx.now,
      // Should this process die between here and the answer.
      look_at: minutesFrom(tx.now, AGAIN_MINUTES),
    });
  } else if (row.state !== 'sending') return undefined;
  const sent = await store.debitById(tx.db, id);
  return sent && stripeId !== null ? { row: sent, method, customerRef: stripeId } : undefined;
}

/**
 * What is left to debit: never more than is owed, not contested and not on its way before it; presented again, the same
 * amount or nothing.
 */
async function stillOwed(
  tx: Tx,
  row: store.DebitRow | NonNullable<Awaited<ReturnType<typeof store.debitForUpdate>>>,
  method: methods.MethodRow,
): Promise<bigint> {
  if (!isUsable(method, tx.now)) return 0n;
  const today = civilDateOf(tx.now);
  if (row.cause === 'ppa' && !(await store.mayBeDebited(tx.db, { customerId: row.customer_id, today })))
    return 0n;
  if (row.authorized !== null && row.agreement_id === null) {
    const on = await authorizationConfirmedOn(tx.db, row.id);
    if (on === null || addDays(on, CONFIRMATION_DAYS) > today) return 0n;
  }
  if (row.agreement_id !== null && row.authorized === null) {
    const agreement = await methods.agreementById(tx.db, row.agreement_id);
    if (!agreement || agreement.ended_at !== null) return 0n;
  }
  const before = row.represents === null ? undefined : await store.debitById(tx.db, row.represents);
  if (before && !mayPresentAgain(before.returned_on, today)) return 0n;
  const { customer_id: customerId, invoice_id: invoiceId, id } = row;
  const owedCents = await collectable(tx, { customerId, invoiceId, besides: { before: id } });
  if (owedCents >= row.amount_cents) return row.amount_cents;
  return row.represents === null && owedCents >= CHARGE_CENTS_MIN ? owedCents : 0n;
}

async function answered(
  tx: Tx,
  env: Parts,
  { row, outcome }: { row: store.DebitRow; outcome: Outcome<PaymentState> },
): Promise<void> {
  switch (outcome.is) {
    case 'done':
      return applyState(tx, env, { row, state: outcome.value });
    case 'declined':
      await debitFailed(tx, { id: row.id, code: outcome.code });
      return;
    case 'retry':
    case 'unknown':
    case 'broken':
      env.log.warn({ debit: row.id, outcome: outcome.is, reason: outcome.reason }, 'debit not confirmed');
      await lookLater(tx, row);
  }
}

/** Does what the provider says became of a debit. */
export async function applyState(
  tx: Tx,
  env: Parts,
  { row, state }: { row: store.DebitRow; state: PaymentState },
): Promise<void> {
  // The webhook may have told already, or tells at this moment: once per payment, under its own lock.
  if (state.state === 'succeeded') {
    await settleTaken(tx, {
      vendor: env.outside.payments.vendor,
      paymentRef: state.paymentRef,
      amountCents: state.receivedCents,
      currency: state.currency,
      checkoutId: null,
      session: null,
      debitId: row.id,
      payBy: row.rail === 'card' ? 'card' : 'acss_debit',
      customerRef: state.customerRef,
      at: tx.now,
    });
    return;
  }
  const providerRef = state.paymentRef;
  if (state.state === 'processing') await debitSent(tx, { id: row.id, providerRef });
  // The bank wants its client before it, and nobody is there.
  else
    await debitFailed(tx, {
      id: row.id,
      code: state.failure?.code ?? (state.state === 'canceled' ? 'canceled' : 'authentication_required'),
      providerRef,
    });
}

async function lookLater(tx: Tx, row: store.DebitRow): Promise<void> {
  await lockAccount(tx, row.customer_id);
  const now = await store.debitForUpdate(tx.db, row.id);
  if (now?.state !== 'sending') return;
  if (tx.now < minutesFrom(new Date(row.sent_at ?? row.made_at), KEY_HOURS * 60)) {
    const look_at = minutesFrom(tx.now, AGAIN_MINUTES);
    await store.updateDebit(tx.db, { id: row.id, fields: { look_at } });
    return;
  }
  await store.updateDebit(tx.db, { id: row.id, fields: { look_at: null } });
  await reviewed(tx, row);
}
