import { subscriptionsEvents } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { firstLookAfter, pauseAfter } from './next-look.ts';
import * as store from './provisioning-store.ts';

export type DesiredState = Readonly<{
  subscriptionId: string;
  target: store.Target;
  desired: store.Facts;
}>;

/** Says what a system should hold for a service from now on; it waits until it is seen to be so. */
export const desire = (tx: Tx, state: DesiredState): Promise<unknown> =>
  store.putDesired(tx.db, { ...state, at: tx.now, lookAt: firstLookAfter(tx.now) });

/** Why a look was not heard. */
export type Unheard = 'unreachable' | 'misconfigured' | 'nothing_to_ask';

/**
 * What a system was heard to hold; null when it knows nothing of the service. `untold` names what this source does
 * not tell, and which therefore cannot disagree.
 */
export type Heard = Readonly<{ actual: store.Facts | null; untold?: readonly string[] }>;

type About = Readonly<{
  subscriptionId: string;
  target: store.Target;
  /** The wish the question was asked about: when another was made meanwhile, the answer says nothing. */
  wishedAt?: string;
}>;

/**
 * Records what a system was seen to hold. It agrees when every desired fact it tells was seen as desired; more than
 * was asked does not disturb. Nothing is recorded for a service of which the system should hold nothing. Tells
 * `provisioning.seen` when agreement changes.
 */
export async function recordSeen(
  tx: Tx,
  { actual, untold, ...about }: About & { actual: store.Facts | null; untold?: readonly string[] },
): Promise<void> {
  const row = await wishOf(tx, about);
  if (!row) return;
  const desired = row.desired as store.Facts; // written by desire()
  const same = actual !== null && agrees(desired, actual, untold);
  await put(tx, row, {
    seen: { actual: actual ?? {}, at: tx.now },
    state: same ? 'agrees' : 'drifts',
    reason: same ? null : actual === null ? 'unknown_device' : 'differs',
  });
}

/** Records that a system was asked and not heard: its state stays what it was last seen to be, with the reason. */
export async function recordUnheard(
  tx: Tx,
  { reason, ...about }: About & { reason: Unheard },
): Promise<void> {
  const row = await wishOf(tx, about);
  // Held by a check constraint.
  if (row) await put(tx, row, { seen: null, state: row.state as 'waiting' | 'agrees' | 'drifts', reason });
}

async function wishOf(tx: Tx, about: About): Promise<store.DesiredRow | undefined> {
  const row = await store.desiredForUpdate(tx.db, about);
  return about.wishedAt === undefined || row?.desired_at === about.wishedAt ? row : undefined;
}

async function put(
  tx: Tx,
  row: store.DesiredRow,
  {
    seen,
    state,
    reason,
  }: Pick<store.Looked, 'seen'> & {
    state: 'waiting' | 'agrees' | 'drifts';
    reason: Unheard | 'differs' | 'unknown_device' | null;
  },
): Promise<void> {
  const moved = state !== row.state;
  const subscriptionId = row.subscription_id;
  const target = row.target as store.Target; // held by a check constraint
  // Not heard is asked again soon even when all was well before.
  const pauseMs = pauseAfter(seen === null ? 'waiting' : state, moved ? 0 : row.looks);
  await store.putLooked(tx.db, {
    subscriptionId,
    target,
    seen,
    state,
    reason,
    since: moved ? tx.now : row.since,
    looks: moved ? 1 : row.looks + 1,
    lookAt: state === 'agrees' && isGone(row) ? null : new Date(tx.now.getTime() + pauseMs),
  });
  if (moved)
    await tx.tell(subscriptionsEvents.provisioningSeen, {
      subject: subscriptionId,
      data: { target, state, reason },
    });
}

/** Of a service that ended nothing is left to hold: once that is seen, the device and the name may be another's. */
function isGone({ desired }: store.DesiredRow): boolean {
  const { authorised, user } = desired as store.Facts; // written by desire()
  return authorised === 'no' || user === '';
}

/** Whether every desired fact that can be seen was seen as desired. */
export const agrees = (desired: store.Facts, actual: store.Facts, untold: readonly string[] = []): boolean =>
  Object.entries(desired).every(([name, value]) => untold.includes(name) || actual[name] === value);
