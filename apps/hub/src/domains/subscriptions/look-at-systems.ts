import type { DeviceDocument } from '@gigafibre/contract';
import type { Env } from '../../env.ts';
import { SYSTEM, type Tx } from '../../platform/acting.ts';
import { transact } from '../../platform/transact.ts';
import { askAboutDevice, keepPosition } from '../network/index.ts';
import { recordSeen, recordUnheard, type Heard, type Unheard } from './desired-state.ts';
import * as store from './provisioning-store.ts';
import { factsOf } from './radius-access.ts';
import { readAccess } from './radius-store.ts';
import { readSubscription } from './read-subscription.ts';

/** Services taken up per round; each costs an OLT one reading. */
const DUE_BATCH = 20;
/** A look that a dead worker took is due again after this long. */
const TAKEN_MS = 5 * 60_000;

/** What SNMP and the ACS do not tell: the line profile an ONT was given, and the session name set in it. */
const UNTOLD: Readonly<Record<'olt' | 'acs', readonly string[]>> = { olt: ['profile'], acs: ['user'] };

/** Finds services of which some system is due to be asked, and has each asked. Returns how many. */
export const lookAfterSystems = (env: Pick<Env, 'ground'>): Promise<number> =>
  transact(env.ground, { by: SYSTEM }, async (tx) => {
    const until = new Date(tx.now.getTime() + TAKEN_MS);
    const ids = await store.takeDue(tx.db, { now: tx.now, until, limit: DUE_BATCH });
    for (const id of ids) await tx.enqueue('subscriptions.look', { id });
    return ids.length;
  });

/**
 * Asks RADIUS, the OLT and the ACS what they hold for a service, and records it beside what they should hold. No
 * transaction is held while the outside is asked; an answer about a wish that was changed meanwhile says nothing.
 */
export async function lookAtSystems(env: Env, { id }: { id: string }): Promise<void> {
  const wishes = await store.desiredOf(env.db, id);
  const serial = wishes.map(({ desired }) => (desired as store.Facts)['serial']).find(Boolean);
  const reading = { db: env.db, by: SYSTEM, now: env.clock.now() };
  const { locationId, radiusUser } = await readSubscription(reading, id);
  const asked = serial === undefined ? null : await askAboutDevice(reading, env, { serial, locationId });
  const document = asked?.document;
  await transact(env.ground, { by: SYSTEM }, async (tx) => {
    for (const wish of wishes) {
      const about = { subscriptionId: id, wishedAt: wish.desired_at };
      const target = wish.target as store.Target; // held by a check constraint
      const desired = wish.desired as store.Facts; // written by desire()
      const heard =
        target === 'radius'
          ? await heardOfRadius(tx, desired, radiusUser)
          : heardOf(target, desired, document);
      if (typeof heard === 'string') await recordUnheard(tx, { ...about, target, reason: heard });
      else await recordSeen(tx, { ...about, target, ...heard });
    }
    const equipmentId = document?.equipmentId;
    if (asked && equipmentId) await keepPosition(tx, equipmentId, asked);
  });
}

/** What FreeRADIUS would find in its tables for the session name; nothing, for a service that ended. */
async function heardOfRadius(tx: Pick<Tx, 'db'>, desired: store.Facts, user: string | null): Promise<Heard> {
  const access = user === null ? null : await readAccess(tx.db, user);
  if (access !== null) return { actual: factsOf(access) };
  return { actual: desired['user'] === '' ? { user: '' } : null };
}

/** What the OLT or the ACS said of the ONT, out of the consolidated document. */
function heardOf(
  target: 'olt' | 'acs',
  desired: store.Facts,
  document: DeviceDocument | undefined,
): Heard | Unheard {
  const report = document?.sources.find(({ source }) => source === target);
  switch (report?.outcome) {
    case 'answered': {
      const serial = desired['serial'] ?? '';
      const actual: store.Facts = target === 'olt' ? { serial, authorised: 'yes' } : { serial };
      return { actual, untold: UNTOLD[target] };
    }
    case 'unknown_device': {
      // Of a service that ended this is what the OLT should say.
      const serial = desired['serial'] ?? '';
      if (desired['authorised'] !== 'no') return { actual: null };
      return { actual: { serial, authorised: 'no' }, untold: UNTOLD[target] };
    }
    case 'timeout':
    case 'unreachable':
      return 'unreachable';
    case 'refused':
    case 'misconfigured':
      return 'misconfigured';
    case 'not_asked':
    case undefined:
      return 'nothing_to_ask';
  }
}
