import { addBusinessDays, BANKING, civilDateOf } from '@gigafibre/calendar';
import type { HoldKind, LadderTerms, Rung } from '@gigafibre/contract';
import type { Reading } from '../../../platform/acting.ts';
import { accountBalance } from '../../billing/index.ts';
import { readCustomer, type Customer } from '../../customers/index.ts';
import { subscriptionsOf, type Subscription } from '../../subscriptions/index.ts';
import * as agreed from '../agreed-store.ts';
import * as cases from '../case-store.ts';
import * as debts from '../debts-store.ts';
import type { Hold, Situation, Taken } from './next-rung.ts';
import { provenSince } from './proven-since.ts';
import { ladderOn } from './terms.ts';

/** Banking days in which an account's debit, once paid, is most likely to be returned. */
const RETURN_DAYS = 5;

/** A situation with what it was read from. */
export type Found = Readonly<{
  situation: Situation;
  customer: Customer;
  row: cases.CaseRow | undefined;
  steps: readonly cases.StepRow[];
  invoices: readonly debts.LateInvoice[];
  services: readonly Subscription[];
  debits: debts.DebitFacts;
  promise: agreed.PromiseRow | undefined;
  arrangement: agreed.ArrangementRow | undefined;
  terms: LadderTerms;
}>;

/** Everything the ladder decides from, as it stands at this moment. Refused `not_found` for an unknown customer. */
export async function readSituation(reading: Reading, customerId: string): Promise<Found> {
  const { db, now } = reading;
  const today = civilDateOf(now);
  const customer = await readCustomer({ db }, customerId);
  const terms = await ladderOn({ db }, { segment: customer.kind, on: today });
  const row = await cases.openCase(db, customerId);
  const invoices = await debts.lateInvoices(db, { customerId, today, limit: debts.INVOICES_MAX });
  const steps = row ? await cases.stepsOf(db, row.id) : [];
  const services = await subscriptionsOf({ db, now }, customerId);
  const debits = await debts.debitFacts(db, { customerId, today });
  const promise = await agreed.openPromise(db, customerId);
  const arrangement = await agreed.activeArrangement(db, customerId);
  const manual = await agreed.holdsInForce(db, { customerId, today });
  const account = await accountBalance({ db, now }, customerId);
  const { creditCents } = account;
  const overdueCents = invoices.reduce((sum, one) => sum + one.outstanding_cents, 0n);
  const handedOff = row !== undefined && (await cases.handOffOf(db, row.id)) !== undefined;
  const situation: Situation = {
    now,
    terms,
    overdueCents,
    debts: invoices.flatMap((one) => {
      const cents = debts.collectibleOf(one);
      return cents > 0n ? [{ dueOn: one.due_on, cents }] : [];
    }),
    creditCents,
    lateElsewhere: account.overdueCents > overdueCents,
    holds: [
      // Held by a check constraint.
      ...manual.map((one): Hold => ({ kind: one.kind as HoldKind, until: one.until_date })),
      ...(promise ? [{ kind: 'promise', until: promise.on_date } as const] : []),
      ...(debits.processing ? [{ kind: 'processing', until: null } as const] : []),
      ...windowHolds(debits, today),
      ...(handedOff ? [{ kind: 'handed_off', until: null } as const] : []),
      // A payment whose bank has not decided yet is contested as an invoice is.
      ...(debits.charged_back || invoices.some((one) => one.disputed_cents > 0n)
        ? [{ kind: 'dispute', until: null } as const]
        : []),
      ...(arrangement ? [{ kind: 'arrangement', until: null } as const] : []),
    ],
    round: row?.round ?? 1,
    suspendedOn: row?.suspended_on ?? null,
    services: {
      active: services.filter(({ status }) => status === 'active').length,
      suspended: services.filter(isCutForDebt).length,
    },
    taken: steps.map(takenOf),
  };
  return { situation, customer, row, steps, invoices, services, debits, promise, arrangement, terms };
}

/** A debit is not over until its next attempt, nor, once an account paid it, while its bank may well return it. */
function windowHolds({ retry_on, paid_on }: debts.DebitFacts, today: string): Hold[] {
  const ends = [retry_on, paid_on === null ? null : addBusinessDays(paid_on, RETURN_DAYS, BANKING)];
  return ends.flatMap((until) => (until !== null && until >= today ? [{ kind: 'debit_window', until }] : []));
}

/** Whether a service is suspended because it was not paid. */
export const isCutForDebt = ({ status, suspendedFor }: Subscription): boolean =>
  status === 'suspended' && suspendedFor === 'non_payment';

/** A step as the decision needs it. */
export const takenOf = (step: cases.StepRow): Taken => ({
  rung: step.rung as Rung, // held by a check constraint
  round: step.round,
  anchorDueOn: step.anchor_due_on,
  on: step.on_date,
  announcedOn: step.announced_on,
  provenAt: provenSince({
    leftAt: step.left_at === null ? null : new Date(step.left_at),
    vouchedOn: step.proof_on,
  }),
  failed: step.failed,
});
