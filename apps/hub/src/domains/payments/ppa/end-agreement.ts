import { paymentsEvents, type OutputOf, type paymentsOperations } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import * as store from '../method-store.ts';

export type AgreementEnd = NonNullable<OutputOf<typeof paymentsOperations.readPpa>['endReason']>;

/** Ends a customer's agreement, if they have one (on that method, when one is named), and tells why. */
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
  await tx.tell(paymentsEvents.ppaSwitched, {
    subject: agreement.id,
    customerId,
    data: { enabled: false, reason },
  });
  return true;
}
