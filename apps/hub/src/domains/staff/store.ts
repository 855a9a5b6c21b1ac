import type { Role } from '@gigafibre/contract';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';

export type MemberRow = Readonly<{
  id: string;
  name: string;
  email: string;
  role: Role;
  language: 'fr' | 'en';
  active: boolean;
  last_seen_at: string | null;
}>;

const members = (db: Db) =>
  db
    .selectFrom('staff.members')
    .select(['id', 'name', 'email', 'role', 'language', 'active', 'last_seen_at'])
    .$narrowType<MemberRow>();

export const memberById = (db: Db, id: string): Promise<MemberRow | undefined> =>
  members(db).where('id', '=', id).executeTakeFirst();

export const memberByEmail = (db: Db, email: string): Promise<MemberRow | undefined> =>
  members(db)
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', email.toLowerCase()))
    .executeTakeFirst();

export const membersPage = (
  db: Db,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<MemberRow[]> =>
  members(db)
    .$if(after !== undefined, (q) => q.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit + 1)
    .execute();

/** Adds a member, or gives the one who already has this e-mail. */
export async function addMember(
  db: Db,
  member: { name: string; email: string; role: Role; language: 'fr' | 'en' },
): Promise<{ id: string; added: boolean }> {
  const added = await db
    .insertInto('staff.members')
    .values(member)
    .onConflict((c) => c.expression(lowerEmail).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added) return { id: added.id, added: true };
  const known = await memberByEmail(db, member.email);
  if (!known) throw new Error('a member vanished while being invited');
  return { id: known.id, added: false };
}
const lowerEmail = sql`(lower(email))`;

export const deactivateMember = (db: Db, { id, now }: { id: string; now: Date }): Promise<unknown> =>
  db.updateTable('staff.members').set({ active: false, deactivated_at: now }).where('id', '=', id).execute();

export const markSeen = (db: Db, { id, now }: { id: string; now: Date }): Promise<unknown> =>
  db.updateTable('staff.members').set({ last_seen_at: now }).where('id', '=', id).execute();

export const addCode = (
  db: Db,
  code: { member_id: string; code_hash: string; expires_at: Date },
): Promise<unknown> => db.insertInto('staff.one_time_codes').values(code).execute();

/** The newest open code of a member, locked so that two guesses at once count as two. */
export const openCode = (db: Db, { memberId, now }: { memberId: string; now: Date }) =>
  db
    .selectFrom('staff.one_time_codes')
    .select(['id', 'code_hash', 'attempts'])
    .where('member_id', '=', memberId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now.toISOString())
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();

export const countAttempt = (db: Db, id: bigint): Promise<unknown> =>
  db
    .updateTable('staff.one_time_codes')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .execute();

export const useCode = (db: Db, { id, now }: { id: bigint; now: Date }): Promise<unknown> =>
  db.updateTable('staff.one_time_codes').set({ used_at: now }).where('id', '=', id).execute();

export const keyRow = (db: Db, key: string) =>
  db.selectFrom('staff.api_keys').selectAll().where('key', '=', key).executeTakeFirst();
export const keysPage = (db: Db, { limit, after }: { limit: number; after: string | undefined }) =>
  db
    .selectFrom('staff.api_keys')
    .selectAll()
    .$if(after !== undefined, (q) => q.where('key', '>', after ?? ''))
    .orderBy('key')
    .limit(limit + 1)
    .execute();
export const addKey = (
  db: Db,
  row: {
    key: string;
    secret_hash: string;
    label: string;
    capabilities: string[];
    created_by: string | null;
    created_at: Date;
  },
) => db.insertInto('staff.api_keys').values(row).returningAll().executeTakeFirstOrThrow();
export const revokeKey = (db: Db, { key, now }: { key: string; now: Date }) =>
  db
    .updateTable('staff.api_keys')
    .set({ revoked_at: now })
    .where('key', '=', key)
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
export const markKeyUsed = (db: Db, { key, now }: { key: string; now: Date }): Promise<unknown> =>
  db.updateTable('staff.api_keys').set({ last_used_at: now }).where('key', '=', key).execute();
