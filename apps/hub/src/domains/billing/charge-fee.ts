import { civilDateOf } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { feeLine, type FeeKind } from './fee.ts';
import type { Invoice } from './invoice.ts';
import { issueInvoice } from './issue-invoice.ts';
import { requireNotPaused } from './runs/pause.ts';

/** What of a customer's debt is on its way from their bank, in cents. */
export type OnItsWay = (tx: Tx, customerId: string) => Promise<bigint>;

/** Fees for paying late: none while a debit may still pay. */
const FOR_LATENESS: ReadonlySet<FeeKind> = new Set(['late', 'reminder', 'collection']);

/**
 * Issues the invoice of a fee that a company's contract names; consumers are charged none, by law. A fee for paying
 * late is refused while a debit is in its return window, and any fee while billing is paused.
 */
export async function chargeFee(
  tx: Tx,
  {
    customerId,
    fee,
    amountCents,
    reason,
    onItsWay,
  }: { customerId: string; fee: FeeKind; amountCents: bigint; reason: string; onItsWay: OnItsWay },
): Promise<Invoice> {
  await requireNotPaused(tx);
  if (FOR_LATENESS.has(fee) && (await onItsWay(tx, customerId)) > 0n)
    throw new Refusal('fee_while_debited', { fee });
  const line = await feeLine(tx, { customerId, fee, amountCents });
  return issueInvoice(tx, { customerId, lines: [line], on: civilDateOf(tx.now), reason });
}
