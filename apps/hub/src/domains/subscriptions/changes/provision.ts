import { civilDateOf } from '@gigafibre/calendar';
import type { Tx } from '../../../platform/acting.ts';
import { desire, recordSeen } from '../desired-state.ts';
import { byWhom } from '../open-subscription.ts';
import { accessOf, factsOf, openPassword } from '../radius-access.ts';
import { eraseAccess, writeAccess, type RadiusAccess } from '../radius-store.ts';
import { readSubscription } from '../read-subscription.ts';
import * as store from '../store.ts';
import type { Subscription } from '../subscription.ts';
import { desiredOf } from '../provisioning-store.ts';
import * as terms from '../terms-store.ts';

/** The RADIUS group of a suspended service: reaches the portal and the payment page, and nothing else. */
export const WALLED_GARDEN = 'walled-garden';

/** Makes the network follow a change: at once when its day has come, on its day when it has not. */
export async function provision(
  tx: Tx,
  { subscription, on }: { subscription: Subscription; on: string },
): Promise<void> {
  if (on <= civilDateOf(tx.now)) return writeProvisioning(tx, subscription.id);
  await terms.putDueChange(tx.db, {
    subscription_id: subscription.id,
    on_date: on,
    what: 'provision',
    reason: 'changePlan',
    added_by: byWhom(tx),
  });
}

/** Writes what RADIUS must answer and what the OLT and the ACS must hold for a service as it stands now. */
export async function writeProvisioning(tx: Tx, id: string): Promise<void> {
  const subscription = await readSubscription(tx, id);
  if (subscription.status === 'cancelled') return withdrawProvisioning(tx, subscription);
  const row = await store.subscriptionById(tx.db, id);
  if (!row?.radius_password_sealed) throw new Error(`${id} runs without a session`);
  const access = accessOf(subscription, await openPassword(tx.db, id, row.radius_password_sealed));
  await writeRadius(tx, id, subscription.status === 'suspended' ? walledIn(access) : access);
  const profile = subscription.items.find(({ oltProfile }) => oltProfile !== null)?.oltProfile;
  const olt = (await desiredOf(tx.db, id)).find(({ target }) => target === 'olt');
  const held = olt?.desired as Readonly<Record<string, string>> | undefined; // written by desire()
  if (held && profile && held['profile'] !== profile)
    await desire(tx, { subscriptionId: id, target: 'olt', desired: { ...held, profile } });
}

/** A session that is let in only as far as the payment page: no plan, no speed of its own. */
const walledIn = (access: RadiusAccess): RadiusAccess => ({
  ...access,
  group: WALLED_GARDEN,
  replies: access.replies.filter(({ attribute }) => attribute !== 'Mikrotik-Rate-Limit'),
});

async function writeRadius(tx: Tx, subscriptionId: string, access: RadiusAccess): Promise<void> {
  await writeAccess(tx.db, access);
  const facts = factsOf(access);
  await desire(tx, { subscriptionId, target: 'radius', desired: facts });
  await recordSeen(tx, { subscriptionId, target: 'radius', actual: facts });
}

async function withdrawProvisioning(tx: Tx, { id, radiusUser }: Subscription): Promise<void> {
  if (radiusUser === null) return;
  await eraseAccess(tx.db, radiusUser);
  const gone = { user: '' };
  await desire(tx, { subscriptionId: id, target: 'radius', desired: gone });
  await recordSeen(tx, { subscriptionId: id, target: 'radius', actual: gone });
  for (const row of await desiredOf(tx.db, id)) {
    const held = row.desired as Readonly<Record<string, string>>; // written by desire()
    if (row.target === 'olt')
      await desire(tx, { subscriptionId: id, target: 'olt', desired: { ...held, authorised: 'no' } });
  }
}
