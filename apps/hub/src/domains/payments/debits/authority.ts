import { addDays, BANKING, civilDateOf, nextBusinessDay } from '@gigafibre/calendar';
import { Refusal, type ParsedOf, type paymentsOperations } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { json } from '../../../platform/transact.ts';
import type { MethodRow } from '../method-store.ts';
import { CONFIRMATION_DAYS } from '../notice-store.ts';
import { agreementInForce, isNoticed } from '../ppa/in-force.ts';

type Asked = Pick<
  ParsedOf<typeof paymentsOperations.chargeMethod>,
  'customerId' | 'invoiceId' | 'authorization'
>;
/** Under what a method is charged by staff, and on which day. */
export type Authority = Readonly<{
  agreement_id: string | null;
  authorized: ReturnType<typeof json> | null;
  scheduled_on: string;
}>;

/**
 * Under what staff may charge a method. A card: its owner let it be kept. An account, by whichever bank (Rule H1): an
 * agreement in force whose notices have passed; or the payer's own word for this one debit, with who gave it, when and
 * how it is kept. Without an agreement in force that word is an agreement itself, for one debit: it is confirmed in
 * writing and the debit waits its ten days, which nobody may waive. Refused otherwise.
 */
export async function authorityOf(tx: Tx, asked: Asked, method: MethodRow): Promise<Authority> {
  const today = civilDateOf(tx.now);
  const plain = { agreement_id: null, authorized: null, scheduled_on: today };
  if (method.kind === 'card') return plain;
  const { customerId, invoiceId, authorization } = asked;
  const agreement = await agreementInForce(tx, { customerId, methodId: method.id });
  if (authorization === null) {
    if (!agreement) throw new Refusal('debit_not_agreed');
    if (!(await isNoticed(tx, { agreement, invoiceId }))) throw new Refusal('debit_not_noticed');
    return { ...plain, agreement_id: agreement.id };
  }
  if (authorization.givenOn > today) throw new Refusal('date_in_the_future', { date: authorization.givenOn });
  const recordedBy = tx.by.name ?? tx.by.id ?? tx.by.kind;
  const authorized = json({ ...authorization, recordedBy });
  if (agreement) return { agreement_id: agreement.id, authorized, scheduled_on: today };
  // The day after ten whole days: the confirmation leaves in the course of today.
  const waited = addDays(today, CONFIRMATION_DAYS + 1);
  return { agreement_id: null, authorized, scheduled_on: nextBusinessDay(waited, BANKING) };
}
