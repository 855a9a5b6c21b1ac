import { paymentsEvents, type OutputOf, type paymentsOperations } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { plannedUnder } from '../debit-store.ts';
import { moveDebit } from '../debits/debit.ts';
import * as store from '../method-store.ts';

export type AgreementEnd = NonNullable<OutputOf<typeof paymentsOperations.readPpa>['endReason']>;

/** Ends a customer's agreement, if they have one (on that method, when one is named), with what it planned; tells why. */
export async function endAgreement(
  tx: Tx,
  { customerId, methodId, reason }: { customerId: string; methodId?: string; reason: AgreementEnd },
): Promise<boolean> {
  const agreement = await store.activeAgreement(tx.db, customerId);
  if (!agreement || (methodId !== undefined && agreement.method_id !== methodId)) return false;
  await store.endAgreement(tx.db, {
    id: agreement.id,
    ended_at: tx.now,
    ended_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
    end_reason: reason,
  });
  // What was planned under it goes no more; what a bank has is answered for.
  for (const { id } of await plannedUnder(tx.db, agreement.id))
    await moveDebit(tx, id, { state: 'cancelled', look_at: null });
  await tx.tell(paymentsEvents.ppaSwitched, {
    subject: agreement.id,
    customerId,
    data: { enabled: false, reason },
  });
  return true;
}
