import { subscriptionsEvents } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import * as store from './provisioning-store.ts';

export type DesiredState = Readonly<{
  subscriptionId: string;
  target: store.Target;
  desired: store.Facts;
}>;

/** Says what a system should hold for a service from now on; it waits until it is seen to be so. */
export const desire = (tx: Tx, state: DesiredState): Promise<unknown> =>
  store.putDesired(tx.db, { ...state, at: tx.now });

/**
 * Records what a system was seen to hold. It agrees when every desired fact was seen as desired; more than was
 * asked does not disturb. Nothing is recorded for a service of which the system should hold nothing. Tells
 * `provisioning.seen` when agreement changes.
 */
export async function recordSeen(
  tx: Tx,
  { subscriptionId, target, actual }: { subscriptionId: string; target: store.Target; actual: store.Facts },
): Promise<void> {
  const row = await store.desiredForUpdate(tx.db, { subscriptionId, target });
  if (!row) return;
  const state = agrees(row.desired as store.Facts, actual) ? 'agrees' : 'drifts'; // written by desire()
  await store.putSeen(tx.db, {
    subscriptionId,
    target,
    actual,
    state,
    since: state === row.state ? row.since : tx.now,
    at: tx.now,
  });
  if (state !== row.state)
    await tx.tell(subscriptionsEvents.provisioningSeen, { subject: subscriptionId, data: { target, state } });
}

/** Whether every desired fact was seen as desired. */
export const agrees = (desired: store.Facts, actual: store.Facts): boolean =>
  Object.entries(desired).every(([name, value]) => actual[name] === value);
