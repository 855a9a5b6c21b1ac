import { Refusal, staffEvents, type Role } from '@gigafibre/contract';
import type { Actor, Reading, Tx } from '../../platform/acting.ts';
import { endSessions } from '../../platform/auth/sessions.ts';
import { actorOf } from './sign-in.ts';
import * as store from './store.ts';

export type Member = Readonly<{
  id: string;
  name: string;
  email: string;
  role: Role;
  language: 'fr' | 'en';
  active: boolean;
  lastSeenAt: string | null;
}>;

const shown = (row: store.MemberRow): Member => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  language: row.language,
  active: row.active,
  lastSeenAt: row.last_seen_at,
});

/** Creates a staff member; the invitation goes out as a reaction. An e-mail already known gives that member again, unchanged. */
export async function inviteStaff(
  tx: Tx,
  invited: { name: string; email: string; role: Role; language: 'fr' | 'en' },
): Promise<Member> {
  const { id, added } = await store.addMember(tx.db, invited);
  if (added) await tx.tell(staffEvents.staffInvited, { subject: id, data: { role: invited.role } });
  return readMember(tx, id);
}

/** Ends every session of a member and refuses new ones. */
export async function deactivateStaff(tx: Tx, { id }: { id: string }): Promise<Member> {
  const member = await readMember(tx, id);
  if (member.active) {
    await store.deactivateMember(tx.db, { id, now: tx.now });
    await endSessions(tx, { kind: 'staff', actorId: id });
    await tx.tell(staffEvents.staffDeactivated, {
      subject: id,
      data: {},
      changes: { active: [true, false] },
    });
  }
  return readMember(tx, id);
}

/** One member; refused `not_found`. */
export async function readMember({ db }: Pick<Reading, 'db'>, id: string): Promise<Member> {
  const row = await store.memberById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return shown(row);
}

/** Members by id, a page at a time. */
export async function listStaff(
  { db }: Reading,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<{ rows: Member[]; next: string | null }> {
  const rows = await store.membersPage(db, { limit, after });
  return {
    rows: rows.slice(0, limit).map(shown),
    next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null,
  };
}

/** The active member with this id as an actor, or null. */
export async function staffActor({ db }: Pick<Reading, 'db'>, id: string): Promise<Actor | null> {
  const row = await store.memberById(db, id);
  return row?.active ? actorOf(row) : null;
}

/** The active member with this e-mail as an actor, or null: for a proxy that has already authenticated them. */
export async function staffActorByEmail({ db }: Pick<Reading, 'db'>, email: string): Promise<Actor | null> {
  const row = await store.memberByEmail(db, email);
  return row?.active ? actorOf(row) : null;
}
