import { addDays, BANKING, nextBusinessDay } from '@gigafibre/calendar';

/** The invoice is the pre-notification of a varying debit: this many days before (Rule H1). */
const NOTICE_DAYS = 10;

/**
 * The day an invoice is debited: the due date; of a bank account not sooner than ten days after the invoice was sent,
 * and on the next day banks work.
 */
export function debitDay(
  invoice: { issuedOn: string; dueOn: string },
  kind: 'card' | 'bank_account',
): string {
  if (kind === 'card') return invoice.dueOn;
  const noticed = addDays(invoice.issuedOn, NOTICE_DAYS);
  return nextBusinessDay(noticed > invoice.dueOn ? noticed : invoice.dueOn, BANKING);
}
