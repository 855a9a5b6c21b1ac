import { civilDateOf } from '@gigafibre/calendar';
import type { Env } from '../../../env.ts';
import { SYSTEM, type Tx } from '../../../platform/acting.ts';
import { transact } from '../../../platform/transact.ts';
import { lockAccount } from '../../ledger/index.ts';
import { unreturned } from '../bank-store.ts';
import { debitForUpdate } from '../debit-store.ts';
import { debitPaid } from '../debits/debit-failed.ts';
import { receivePayment } from '../receive-payment.ts';
import { OWN_BANK } from './bank-account.ts';

const AT_ONCE_MAX = 200;

/**
 * Debits the bank did not bring back by their day are paid: their money is recorded, once for ever under their
 * number, as of the day their accounts were debited, and they enter the window in which their payer may claim it
 * back. One that fails is logged and does not hold up the others. Gives how many.
 */
export async function recordUnreturned(env: Pick<Env, 'ground' | 'clock' | 'log'>): Promise<number> {
  const today = civilDateOf(env.clock.now());
  const due = await unreturned(env.ground.db, { today, limit: AT_ONCE_MAX });
  let recorded = 0;
  for (const debit of due) {
    try {
      await transact(env.ground, { by: SYSTEM }, (tx) => record(tx, debit));
      recorded += 1;
    } catch (error) {
      // The others are paid all the same; this one is looked at again with the next tick.
      env.log.error({ debit: debit.id, err: String(error) }, 'debit not recorded as paid');
    }
  }
  return recorded;
}

async function record(
  tx: Tx,
  { id, customer_id: customerId, debit_on }: { id: string; customer_id: string; debit_on: string },
): Promise<void> {
  await lockAccount(tx, customerId);
  const row = await debitForUpdate(tx.db, id);
  if (row?.state !== 'sent' || row.answer_by === null || row.answer_by >= civilDateOf(tx.now)) return;
  const payment = await receivePayment(tx, {
    customerId,
    method: 'bank_debit',
    amountCents: row.amount_cents,
    receivedOn: debit_on,
    provider: { vendor: OWN_BANK, ref: id },
    invoiceId: row.invoice_id,
  });
  if (payment) await debitPaid(tx, { id, paymentId: payment.id, paymentRef: id });
}
