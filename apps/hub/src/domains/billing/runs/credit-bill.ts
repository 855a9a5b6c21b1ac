import { civilDateOf } from '@gigafibre/calendar';
import type { Tx } from '../../../platform/acting.ts';
import { chargesCredited, keepNewDays, keepPhoneMonths } from '../../charges/index.ts';
import { readCustomer } from '../../customers/index.ts';
import { lockAccount } from '../../ledger/index.ts';
import { subscriptionsOf } from '../../subscriptions/index.ts';
import { issueAccountCredit } from '../account-credit.ts';
import type { CreditNote } from '../credit-note.ts';
import * as store from '../run-store.ts';
import { apart } from './apart.ts';
import { mustWait } from './pause.ts';
import { runBills, type RunBill } from './run-bill.ts';

/** Why, as it is printed. */
const REASONS = {
  ended: { fr: 'Jours non utilisés d’un service qui a pris fin', en: 'Unused days of a service that ended' },
  credits: {
    fr: 'Crédits plus grands que les frais de la période',
    en: 'Credits above the charges of the period',
  },
} as const;

type Crediting = Readonly<{ through: string; on: string; why: keyof typeof REASONS }>;

/**
 * A bill below zero is no invoice: its lines make a credit note of the account, with the same days kept as charged
 * and the same charges taken, so that no credit waits for a bill that may never come.
 */
async function creditBill(tx: Tx, bill: RunBill, { through, on, why }: Crediting): Promise<CreditNote> {
  const { customerId, services, days, phoneMonths, charges, lines } = bill;
  const subscriptionIds = services.map(({ subscriptionId }) => subscriptionId);
  await keepNewDays(tx, { subscriptionIds, days, through });
  await keepPhoneMonths(tx.db, phoneMonths);
  const { language } = await readCustomer(tx, customerId);
  const note = await issueAccountCredit(tx, { customerId, lines, on, reason: REASONS[why][language] });
  await chargesCredited(tx, { ids: charges.map(({ id }) => id), creditNoteId: note.id });
  return note;
}

/** Credits the customers of a page of a run whose bill is below zero, each apart. */
export async function creditBelowZero(
  tx: Tx,
  {
    run,
    on,
    bills,
    dealt,
  }: Readonly<{
    run: store.RunRow;
    on: string;
    bills: readonly RunBill[];
    dealt: readonly store.Outcome[];
  }>,
): Promise<void> {
  const waiting = new Set(
    dealt.filter(({ outcome }) => outcome === 'credit_waits').map(({ customerId }) => customerId),
  );
  for (const bill of bills) {
    const { customerId } = bill;
    if (!waiting.has(customerId)) continue;
    const done = await apart(tx, () => creditBill(tx, bill, { through: run.through, on, why: 'credits' }));
    await store.putCredited(tx.db, {
      runId: run.id,
      customerId,
      ...('problem' in done
        ? { creditNoteId: null, problem: done.problem }
        : { creditNoteId: done.id, problem: null }),
    });
  }
}

/**
 * The last service of a customer that is billed by the month has ended: what their account has to its credit (the
 * unused days, CRTC 2016-171) becomes a credit note at once, to be paid back. Nothing while another one stands, for its
 * next invoice takes the credit; one billed by the quarter or the year would let it wait. Nothing when something is still to be paid, which the next run bills; nothing while billing is paused.
 */
export async function settleEnded(
  tx: Tx,
  { customerId }: { customerId: string },
): Promise<CreditNote | null> {
  if (await mustWait(tx)) return null;
  await lockAccount(tx, customerId);
  const services = await subscriptionsOf(tx, customerId);
  const standing = services.filter(({ status }) => status !== 'cancelled');
  if (standing.some(({ items }) => items.some(({ frequency }) => frequency === 'monthly'))) return null;
  const on = civilDateOf(tx.now);
  const [bill] = await runBills(tx, { customerIds: [customerId], through: on, on, lock: true });
  if (!bill?.creditWaits) return null;
  return creditBill(tx, bill, { through: on, on, why: 'ended' });
}
