import { civilDateOf } from '@gigafibre/calendar';
import type { Tx } from '../../platform/acting.ts';
import { feeLine, type FeeKind } from './fee.ts';
import type { Invoice } from './invoice.ts';
import { issueInvoice } from './issue-invoice.ts';

/** Issues the invoice of a fee that a company's contract names; consumers are charged none, by law. */
export async function chargeFee(
  tx: Tx,
  {
    customerId,
    fee,
    amountCents,
    reason,
  }: { customerId: string; fee: FeeKind; amountCents: bigint; reason: string },
): Promise<Invoice> {
  const line = await feeLine(tx, { customerId, fee, amountCents });
  return issueInvoice(tx, { customerId, lines: [line], on: civilDateOf(tx.now), reason });
}
