import { addBusinessDays, BANKING, civilDateOf, instantOf } from '@gigafibre/calendar';
import type { Tx } from '../../../platform/acting.ts';
import { lockAccount } from '../../ledger/index.ts';
import * as store from '../debit-store.ts';
import * as methods from '../method-store.ts';
import { endAgreement } from '../ppa/end-agreement.ts';
import { openReview } from '../review.ts';
import {
  claimUntil,
  endsMandate,
  isForReview,
  NOT_THE_PAYERS,
  retryOn,
  returnCodeOf,
  suspendsAgreement,
  type Rail,
} from './bank-codes.ts';
import { moveDebit } from './debit.ts';

/** The return code of an account whose holder died. */
const DECEASED = '910';

/** After this many debits in a row that failed, the agreement ends and the customer is told. */
export const FAILURES_MAX = 3;

/**
 * The bank said no before any money came: a card declined, an account's debit returned. When to try again is decided
 * here, once; after too many in a row, or a no for ever, the agreement ends. Heard again, nothing changes.
 */
export async function debitFailed(
  tx: Tx,
  { id, code, providerRef }: { id: string; code: string; providerRef?: string | null },
): Promise<string> {
  const row = await locked(tx, id);
  if (!row || (row.state !== 'sending' && row.state !== 'sent'))
    return `left as it was: ${row?.state ?? 'gone'}`;
  const rail = row.rail as Rail; // held by a check constraint
  const on = civilDateOf(tx.now);
  const retry =
    row.cause === 'ppa'
      ? retryOn({ rail, code, attempt: row.attempt, represented: row.represents !== null, on })
      : null;
  await moveDebit(tx, id, {
    state: rail === 'card' ? 'declined' : 'returned',
    code,
    ...(rail === 'card' ? {} : { return_code: returnCodeOf(code), returned_on: on }),
    ...(row.provider_ref === null && providerRef ? { provider_ref: providerRef } : {}),
    retry_on: retry,
    look_at: null,
  });
  await weighAgreement(tx, row, { code, rail });
  return `debit ${id}: ${code}`;
}

/** A debit whose money had come is claimed back by its payer's bank; the payment is reversed by whoever tells. */
export async function debitClaimedBack(
  tx: Tx,
  { paymentId, reason }: { paymentId: string; reason: string },
): Promise<void> {
  const known = await store.debitOfPayment(tx.db, paymentId);
  const row = known && (await locked(tx, known.id));
  if (!row || (row.state !== 'in_window' && row.state !== 'settled')) return;
  const rail = row.rail as Rail; // held by a check constraint
  await moveDebit(tx, row.id, {
    state: 'returned',
    code: reason,
    return_code: returnCodeOf(reason),
    returned_on: civilDateOf(tx.now),
    retry_on: null,
  });
  await weighAgreement(tx, row, { code: reason, rail });
}

/** Banks answer within five days they work; one more, and nobody heard: the provider is asked. */
const ANSWER_BUSINESS_DAYS = 6;
const LOOK_TIME = '09:00';

/** In the morning of the day so many days banks work from now. */
export const morningAfter = (now: Date, businessDays: number): Date =>
  instantOf({ date: addBusinessDays(civilDateOf(now), businessDays, BANKING), time: LOOK_TIME });

/** The bank has an account's debit and answers in days; the provider is asked when no word of it comes. */
export async function debitSent(
  tx: Tx,
  { id, providerRef }: { id: string; providerRef: string | null },
): Promise<string> {
  const row = await locked(tx, id);
  if (row?.state !== 'sending') return `left as it was: ${row?.state ?? 'gone'}`;
  const look_at = morningAfter(tx.now, ANSWER_BUSINESS_DAYS);
  await moveDebit(tx, id, { state: 'sent', provider_ref: providerRef, look_at });
  return `debit ${id}: sent`;
}

/** The money of a debit is here: a card's is ours, an account's may still be claimed back for a while. */
export async function debitPaid(
  tx: Tx,
  { id, paymentId, paymentRef }: { id: string; paymentId: string; paymentRef: string },
): Promise<void> {
  const row = await locked(tx, id);
  if (!row || row.payment_id !== null) return;
  const paid = { payment_id: paymentId, provider_ref: paymentRef, look_at: null, retry_on: null };
  if (row.rail === 'card') return moveDebit(tx, id, { ...paid, state: 'succeeded' });
  const agreement =
    row.agreement_id === null ? undefined : await methods.agreementById(tx.db, row.agreement_id);
  const category = agreement?.category === 'business' ? 'business' : 'personal';
  await moveDebit(tx, id, {
    ...paid,
    state: 'in_window',
    window_until: claimUntil(category, civilDateOf(tx.now)),
  });
}

/** Debits nobody may claim back any more are settled. Gives how many. */
export async function settleWindows(tx: Tx): Promise<number> {
  const AT_ONCE_MAX = 200;
  const past = await store.pastTheirWindow(tx.db, { today: civilDateOf(tx.now), limit: AT_ONCE_MAX });
  for (const { id } of past) await moveDebit(tx, id, { state: 'settled' });
  return past.length;
}

async function locked(tx: Tx, id: string) {
  const known = await store.debitById(tx.db, id);
  if (!known) return undefined;
  await lockAccount(tx, known.customer_id);
  return store.debitForUpdate(tx.db, id);
}

/** What a no means for the agreement: of a bank, by its code; of a card, by how many there were. */
async function weighAgreement(
  tx: Tx,
  row: NonNullable<Awaited<ReturnType<typeof locked>>>,
  { code, rail }: { code: string; rail: Rail },
): Promise<void> {
  const { customer_id: customerId, method_id: methodId, agreement_id: agreementId } = row;
  const returnCode = rail === 'card' ? null : returnCodeOf(code);
  if (returnCode !== null && isForReview(returnCode)) await reviewed(tx, row);
  if (returnCode !== null && endsMandate(returnCode)) {
    await methods.updateMethod(tx.db, { id: methodId, fields: { mandate_state: 'inactive' } });
    const reason = returnCode === DECEASED ? 'deceased' : 'mandate';
    await endAgreement(tx, { customerId, methodId, reason });
    return;
  }
  if (returnCode !== null && suspendsAgreement(returnCode)) {
    await endAgreement(tx, { customerId, methodId, reason: 'suspended' });
    return;
  }
  if (agreementId === null) return;
  const failures = await store.failuresInARow(tx.db, {
    agreementId,
    limit: FAILURES_MAX,
    without: NOT_THE_PAYERS,
  });
  if (failures >= FAILURES_MAX) await endAgreement(tx, { customerId, methodId, reason: 'failures' });
}

/** Asks a person to look at a debit. */
export const reviewed = (
  tx: Tx,
  row: Pick<
    store.DebitRow,
    'id' | 'provider' | 'provider_ref' | 'customer_id' | 'payment_id' | 'amount_cents'
  >,
): Promise<string> =>
  openReview(tx, 'debit', {
    vendor: row.provider,
    ref: row.id,
    paymentRef: row.provider_ref,
    customerId: row.customer_id,
    paymentId: row.payment_id,
    amountCents: row.amount_cents,
    currency: 'cad',
  });
