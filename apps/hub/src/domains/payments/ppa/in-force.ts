import { addDays, civilDateOf } from '@gigafibre/calendar';
import type { Reading } from '../../../platform/acting.ts';
import { openInvoicesOf } from '../../billing/index.ts';
import { debitDay } from '../debits/bank-codes.ts';
import { activeAgreement, type AgreementRow } from '../method-store.ts';
import { CONFIRMATION_DAYS, confirmedOn, noticesOf } from '../notice-store.ts';

type Db = Pick<Reading, 'db' | 'now'>;

/**
 * The first day an agreement may be used: of a card at once, of an account ten days after its written confirmation was
 * sent. Null while it was not.
 */
export async function firstDebitDay(
  { db }: Pick<Reading, 'db'>,
  agreement: AgreementRow,
  kind: string,
): Promise<string | null> {
  if (kind === 'card') return agreement.usable_from;
  const on = await confirmedOn(db, agreement.id);
  if (on === null) return null;
  const noticed = addDays(on, CONFIRMATION_DAYS);
  return noticed > agreement.usable_from ? noticed : agreement.usable_from;
}

/** The agreement under which an account may be debited today; undefined without one, and before its first day. */
export async function agreementInForce(
  reading: Db,
  { customerId, methodId }: { customerId: string; methodId: string },
): Promise<AgreementRow | undefined> {
  const agreement = await activeAgreement(reading.db, customerId);
  if (agreement?.method_id !== methodId) return undefined;
  const from = await firstDebitDay(reading, agreement, 'bank_account');
  return from !== null && from <= civilDateOf(reading.now) ? agreement : undefined;
}

/**
 * Whether an agreement lets an invoice, or all that is owed, be debited from an account today: each was sent ten days
 * ago or more, is due, and was not late already when the agreement was made, unless the agreement names it.
 */
export async function isNoticed(
  reading: Db,
  { agreement, invoiceId }: { agreement: AgreementRow; invoiceId: string | null },
): Promise<boolean> {
  const today = civilDateOf(reading.now);
  const acceptedOn = civilDateOf(new Date(agreement.accepted_at));
  const open = (await openInvoicesOf(reading, agreement.customer_id)).filter(
    ({ id, outstandingCents, disputedCents }) =>
      (invoiceId === null || id === invoiceId) && outstandingCents > disputedCents,
  );
  const notices = await noticesOf(
    reading.db,
    open.map(({ id }) => id),
  );
  return open.every(({ id, dueOn }) => {
    const issuedOn = notices.get(id) ?? null;
    if (issuedOn === null || debitDay({ issuedOn, dueOn }, 'bank_account') > today) return false;
    return dueOn >= acceptedOn || agreement.overdue_invoices.includes(id);
  });
}
