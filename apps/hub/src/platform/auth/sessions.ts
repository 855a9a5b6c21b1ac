import type { Db } from '../db/connect.ts';
import { hashOf, secretToken } from '../chance.ts';
import type { Tx } from '../acting.ts';

export type SessionKind = 'staff' | 'technician' | 'customer';
export type OpenSession = Readonly<{
  kind: SessionKind;
  actorId: string;
  onBehalfOf: string | null;
  expiresAt: string;
  scope: Readonly<Record<string, string>>;
}>;
export type NewSession = Readonly<{
  kind: SessionKind;
  actorId: string;
  /** What opened it: `code`, `link`, `invitation` … */
  openedBy: string;
  expiresAt: Date;
  onBehalfOf?: string | null;
  address?: string | null;
  device?: string | null;
  scope?: Readonly<Record<string, string>>;
}>;

/** Opens a session; the returned token goes into an httpOnly cookie and is stored only as a hash. */
export async function openSession(tx: Pick<Tx, 'db' | 'now'>, session: NewSession): Promise<string> {
  const token = secretToken();
  await tx.db
    .insertInto('app.sessions')
    .values({
      token_hash: hashOf(token),
      actor_kind: session.kind,
      actor_id: session.actorId,
      opened_by: session.openedBy,
      created_at: tx.now,
      expires_at: session.expiresAt,
      on_behalf_of: session.onBehalfOf ?? null,
      address: session.address ?? null,
      device: session.device?.slice(0, 300) ?? null,
      scope: JSON.stringify(session.scope ?? {}),
    })
    .execute();
  return token;
}

/** The open session of a token, or null when unknown, ended or expired. */
export async function readSession(db: Db, token: string, now: Date): Promise<OpenSession | null> {
  const row = await db
    .selectFrom('app.sessions')
    .select(['actor_kind', 'actor_id', 'on_behalf_of', 'expires_at', 'scope'])
    .where('token_hash', '=', hashOf(token))
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst();
  if (!row) return null;
  // The database holds these columns to exactly these kinds and to text values (check constraint, openSession).
  return {
    kind: row.actor_kind as SessionKind,
    actorId: row.actor_id,
    onBehalfOf: row.on_behalf_of,
    expiresAt: row.expires_at,
    scope: row.scope as Record<string, string>,
  };
}

/** Ends one session, or every session of an actor. */
export async function endSessions(
  tx: Pick<Tx, 'db' | 'now'>,
  which: { token: string } | { kind: SessionKind; actorId: string },
): Promise<void> {
  const update = tx.db.updateTable('app.sessions').set({ ended_at: tx.now }).where('ended_at', 'is', null);
  await (
    'token' in which
      ? update.where('token_hash', '=', hashOf(which.token))
      : update.where('actor_kind', '=', which.kind).where('actor_id', '=', which.actorId)
  ).execute();
}
