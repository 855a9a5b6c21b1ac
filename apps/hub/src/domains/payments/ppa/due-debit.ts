import { BANKING, isBusinessDay } from '@gigafibre/calendar';
import { debitDay, mayPresentAgain } from '../debits/bank-codes.ts';

/** An open invoice of a customer who agreed, as the calendar looks at it. */
export type DueInvoice = Readonly<{
  kind: 'card' | 'bank_account';
  /** The day it was sent to the customer; null while it was not. A card needs no notice. */
  noticedOn: string | null;
  dueOn: string;
  /** Cents that may be debited. */
  openCents: bigint;
  last: Readonly<{
    id: string;
    attempt: number;
    state: string;
    retryOn: string | null;
    amountCents: bigint;
    represents: string | null;
    /** Civil day it came back, when it did. */
    returnedOn: string | null;
  }> | null;
}>;
export type DueDebit = Readonly<{
  attempt: number;
  /** The day of the calendar it is for, which may be past: one attempt per invoice and day of the calendar. */
  scheduledOn: string;
  amountCents: bigint;
  represents: string | null;
}>;

const CHARGE_CENTS_MIN = 50n;

/**
 * Whether an invoice is to be debited today, and as which attempt; null when not. First on its day; after a failure
 * on the day decided then; never again once its money came (what is owed anew is not the calendar's to take). An
 * account's debit goes out on days banks work, and is presented again once, within thirty days, for the same amount or
 * not at all.
 */
export function dueDebit(invoice: DueInvoice, today: string): DueDebit | null {
  const { kind, openCents, last, noticedOn, dueOn } = invoice;
  if (openCents < CHARGE_CENTS_MIN) return null;
  if (kind === 'bank_account' && !isBusinessDay(today, BANKING)) return null;
  if (last === null) {
    if (kind === 'bank_account' && noticedOn === null) return null;
    const scheduledOn = debitDay({ issuedOn: noticedOn ?? dueOn, dueOn }, kind);
    return today < scheduledOn ? null : { attempt: 1, scheduledOn, amountCents: openCents, represents: null };
  }
  const next = { attempt: last.attempt + 1, amountCents: openCents, represents: null };
  switch (last.state) {
    case 'cancelled':
      // Presented again and ended before it went: rule H1 gives no third time.
      return last.represents === null ? { ...next, scheduledOn: today } : null;
    case 'declined':
      if (last.retryOn === null || today < last.retryOn) return null;
      return { ...next, scheduledOn: last.retryOn };
    case 'returned':
      if (last.retryOn === null || today < last.retryOn || openCents < last.amountCents) return null;
      if (!mayPresentAgain(last.returnedOn, today)) return null;
      return { ...next, scheduledOn: last.retryOn, amountCents: last.amountCents, represents: last.id };
    default:
      return null;
  }
}
