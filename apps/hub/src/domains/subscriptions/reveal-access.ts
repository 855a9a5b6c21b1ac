import { Refusal, subscriptionsEvents } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { openPassword } from './radius-access.ts';
import * as store from './store.ts';

/** Shows the session name and password of a service, and writes down who looked. Refused before it has them. */
export async function revealAccess(
  tx: Tx,
  { id }: { id: string },
): Promise<{ radiusUser: string; radiusPassword: string }> {
  const row = await store.subscriptionById(tx.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  if (row.radius_user === null || row.radius_password_sealed === null)
    throw new Refusal('not_in_this_state', { state: row.status });
  await tx.tell(subscriptionsEvents.accessRevealed, {
    subject: id,
    customerId: row.customer_id,
    data: { radiusUser: row.radius_user },
  });
  return {
    radiusUser: row.radius_user,
    radiusPassword: await openPassword(tx.db, id, row.radius_password_sealed),
  };
}
