import type { Db } from '../../platform/db/connect.ts';

/** An access as FreeRADIUS reads it: the password, the group of the plan, and what is answered to the router. */
export type RadiusAccess = Readonly<{
  user: string;
  password: string;
  group: string | null;
  replies: readonly Readonly<{ attribute: string; value: string }>[];
}>;

const GROUP_PRIORITY = 1;

/** Writes a user's rows, replacing whatever stood there. `:=` because each attribute has one value. */
export async function writeAccess(db: Db, { user, password, group, replies }: RadiusAccess): Promise<void> {
  await eraseAccess(db, user);
  await db
    .insertInto('radius.radcheck')
    .values({ username: user, attribute: 'Cleartext-Password', op: ':=', value: password })
    .execute();
  if (group !== null)
    await db
      .insertInto('radius.radusergroup')
      .values({ username: user, groupname: group, priority: GROUP_PRIORITY })
      .execute();
  if (replies.length > 0)
    await db
      .insertInto('radius.radreply')
      .values(replies.map(({ attribute, value }) => ({ username: user, attribute, op: ':=', value })))
      .execute();
}

export async function eraseAccess(db: Db, user: string): Promise<void> {
  await db.deleteFrom('radius.radcheck').where('username', '=', user).execute();
  await db.deleteFrom('radius.radusergroup').where('username', '=', user).execute();
  await db.deleteFrom('radius.radreply').where('username', '=', user).execute();
}

/** What FreeRADIUS would find for a user, without the password; null when it knows no such user. */
export async function readAccess(db: Db, user: string): Promise<Omit<RadiusAccess, 'password'> | null> {
  const known = await db
    .selectFrom('radius.radcheck')
    .select('username')
    .where('username', '=', user)
    .where('attribute', '=', 'Cleartext-Password')
    .executeTakeFirst();
  if (!known) return null;
  const group = await db
    .selectFrom('radius.radusergroup')
    .select('groupname')
    .where('username', '=', user)
    .orderBy('priority')
    .limit(1)
    .executeTakeFirst();
  const replies = await db
    .selectFrom('radius.radreply')
    .select(['attribute', 'value'])
    .where('username', '=', user)
    .orderBy('id')
    .execute();
  return { user, group: group?.groupname ?? null, replies };
}
