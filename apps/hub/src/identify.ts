import { technicianActor, technicianActorOfStaff } from './domains/dispatch/index.ts';
import { keyActor, staffActor, staffActorByEmail } from './domains/staff/index.ts';
import { customerActor } from './doors/portal-sign-in/index.ts';
import type { Env } from './env.ts';
import { NOBODY, type Actor, type Reading } from './platform/acting.ts';
import type { Looked } from './platform/auth/known-callers.ts';
import { readSession, type OpenSession } from './platform/auth/sessions.ts';
import { sameSecret } from './platform/chance.ts';
import type { Credentials, Identify } from './platform/http/server.ts';

/**
 * Who calls: an API key, a person a trusted proxy vouches for, or the owner of a session. Anything doubtful is nobody.
 * Keys and staff are remembered for two seconds, and by this process only until it next writes.
 */
export function identify(env: Env): Identify {
  return async (credentials) => {
    const reading = { db: env.db, now: env.clock.now() };
    const { callers } = env;
    const key = /^(?:token|bearer) (.{1,200})$/i.exec(credentials.authorization ?? '')?.[1];
    if (key !== undefined) {
      const look = async () => known(await keyActor(reading, key), NO_END);
      return (await callers.recall(`key ${key}`, reading.now, look)) ?? NOBODY;
    }
    const vouched = credentials.surface === 'ops' ? vouchedEmail(env, credentials) : undefined;
    if (vouched !== undefined)
      return (await asTechnician(reading, await staffActorByEmail(reading, vouched))) ?? NOBODY;
    const token = credentials.sessionToken;
    if (!token) return NOBODY;
    const look = async () => {
      const session = await readSession(env.db, token, reading.now);
      if (!session) return null;
      // What a technician or a customer may do hangs on more than their session: on a link, a day, a moving.
      const until = session.kind === 'staff' ? new Date(session.expiresAt) : null;
      return known(await actorOfSession(env, session), until);
    };
    return (await callers.recall(`session ${token}`, reading.now, look)) ?? NOBODY;
  };
}

/** A key is good until it is revoked. */
const NO_END = new Date(8_640_000_000_000_000);
const known = (actor: Actor | null, until: Date | null): Looked | null => actor && { actor, until };

async function actorOfSession(env: Env, session: OpenSession): Promise<Actor | null> {
  const reading = { db: env.db, now: env.clock.now() };
  switch (session.kind) {
    case 'staff':
      return asTechnician(reading, await staffActor(reading, session.actorId));
    case 'technician':
      return technicianActor(reading, session.actorId, session.scope['link']);
    case 'customer':
      return customerActor(reading, { id: session.actorId, onBehalfOf: session.onBehalfOf });
  }
}

/** A staff member whose work is in the field acts as the technician they are; anybody else as themself. */
async function asTechnician(reading: Pick<Reading, 'db'>, staff: Actor | null): Promise<Actor | null> {
  if (!staff?.id || !staff.capabilities.has('field.work')) return staff;
  return (await technicianActorOfStaff(reading, staff.id)) ?? staff;
}

/** The e-mail a reverse proxy vouches for: only from a configured address and with the shared secret. */
function vouchedEmail({ config }: Env, { address, headers }: Credentials): string | undefined {
  const { addresses, secret } = config.proxy;
  const given = headers['x-gigafibre-proxy-secret'];
  const email = headers['x-authentik-email'];
  if (secret === undefined || typeof given !== 'string' || typeof email !== 'string') return undefined;
  return addresses.includes(address.replace(/^::ffff:/, '')) && sameSecret(given, secret) ? email : undefined;
}
