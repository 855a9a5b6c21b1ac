import { addDays, civilDateOf } from '@gigafibre/calendar';
import { Refusal, subscriptionsEvents } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { readBillingDay, setCustomerStatus } from '../customers/index.ts';
import { readLocation } from '../plant/index.ts';
import { equipmentAt, linkSubscription, type Equipment } from '../stock/index.ts';
import { firstAnchor } from './charged-subscription.ts';
import { agreedTermOf } from './agreed-terms-store.ts';
import { settleTrouble } from './activation-troubles-store.ts';
import { agreeTerm } from './changes/terms.ts';
import { desire, recordSeen } from './desired-state.ts';
import { byWhom, toldOf } from './open-subscription.ts';
import { accessOf, factsOf, newPassword } from './radius-access.ts';
import { writeAccess } from './radius-store.ts';
import { subscriptionForChange } from './read-subscription.ts';
import * as store from './store.ts';
import { requireCan, subscriptionOf, type Subscription } from './subscription.ts';

export type Activation = Readonly<{
  id: string;
  /** First day of service, 'YYYY-MM-DD'; today when absent. */
  on?: string | undefined;
  /** The ONT that carries it; found at the location when null. */
  equipmentId: string | null;
}>;

/** A visit done without network may be handed in later, but not a month later: billing would not be believed. */
const BACKDATED_DAYS_MAX = 31;

/**
 * Starts a pending service: RADIUS rows, desired states of the other systems, the customer's status, one
 * transaction. Refused in another state, on a day to come or long past, without an ONT at the address, or with
 * one that stands elsewhere. Billing, network and messages follow from `subscription.activated`.
 */
export async function activateSubscription(tx: Tx, _env: unknown, input: Activation): Promise<Subscription> {
  const before = await subscriptionForChange(tx, input.id);
  requireCan('activate', before);
  const on = activationDay(tx, input.on);
  const device = await deviceFor(tx, before, input.equipmentId);
  const password = await newPassword(tx.db, before.id);
  const access = accessOf(before, password.plain);
  await writeAccess(tx.db, access);
  const row = await store.markActive(tx.db, {
    id: before.id,
    activated_on: on,
    billing_anchor: firstAnchor(on, await readBillingDay(tx, before.customerId)),
    equipment_id: device?.id ?? null,
    radius_user: access.user,
    radius_password_sealed: password.sealed,
  });
  await store.startItems(tx.db, { subscriptionId: row.id, on });
  const agreed = await agreedTermOf(tx.db, row.id);
  if (agreed) await agreeTerm(tx, { id: row.id, on, ...agreed });
  await store.insertStep(tx.db, {
    subscription_id: row.id,
    at: tx.now,
    from_status: before.status,
    to_status: 'active',
    on_date: on,
    reason: null,
    by: byWhom(tx),
  });
  await settleTrouble(tx.db, { subscriptionId: row.id, at: tx.now, by: byWhom(tx) });
  if (device) await linkSubscription(tx, { id: device.id, subscriptionId: row.id });
  const active = subscriptionOf(row, await store.itemsOf(tx.db, [row.id]), civilDateOf(tx.now));
  await desireAll(tx, active, { device, facts: factsOf(access) });
  await setCustomerStatus(tx, { id: row.customer_id, status: 'active' });
  const { text: address } = await readLocation(tx, row.location_id);
  await tx.tell(subscriptionsEvents.subscriptionActivated, {
    subject: row.id,
    customerId: row.customer_id,
    data: { ...toldOf(active), on, address, equipmentId: active.equipmentId, radiusUser: access.user },
    changes: { status: [before.status, active.status] },
  });
  return active;
}

function activationDay({ now }: Tx, asked: string | undefined): string {
  const today = civilDateOf(now);
  const on = asked ?? today;
  if (on > today || on < addDays(today, -BACKDATED_DAYS_MAX))
    throw new Refusal('activation_day', { on, daysMax: BACKDATED_DAYS_MAX });
  return on;
}

/** The device that will carry the service; an Internet service does not start without one at its address. */
async function deviceFor(
  tx: Tx,
  { locationId, items }: Subscription,
  equipmentId: string | null,
): Promise<Equipment | undefined> {
  const installed = await equipmentAt(tx, locationId);
  if (equipmentId !== null) {
    const named = installed.find((device) => device.id === equipmentId);
    if (!named) throw new Refusal('equipment_not_here', { equipmentId });
    return named;
  }
  const ont = installed.find((device) => device.kind === 'ont');
  if (!ont && items.some((item) => item.kind === 'internet')) throw new Refusal('equipment_needed');
  return ont;
}

async function desireAll(
  tx: Tx,
  { id, items }: Subscription,
  { device, facts }: { device: Equipment | undefined; facts: Readonly<Record<string, string>> },
): Promise<void> {
  await desire(tx, { subscriptionId: id, target: 'radius', desired: facts });
  await recordSeen(tx, { subscriptionId: id, target: 'radius', actual: facts });
  if (!device) return;
  const oltProfile = items.find((item) => item.oltProfile !== null)?.oltProfile;
  await desire(tx, {
    subscriptionId: id,
    target: 'olt',
    desired: { serial: device.serial, authorised: 'yes', ...(oltProfile ? { profile: oltProfile } : {}) },
  });
  await desire(tx, {
    subscriptionId: id,
    target: 'acs',
    desired: { serial: device.serial, user: facts['user'] ?? '' },
  });
}
