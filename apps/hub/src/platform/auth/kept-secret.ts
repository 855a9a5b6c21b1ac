import type { Db } from '../db/connect.ts';

/**
 * A secret that takes making (a key and its certificate), made once and shared by every process. Two that make
 * one at the same time end up with the same: the first kept counts.
 */
export async function keptSecret(db: Db, name: string, make: () => Promise<string>): Promise<string> {
  const known = await read(db, name);
  if (known !== undefined) return known;
  await db
    .insertInto('app.secrets')
    .values({ name, value: await make() })
    .onConflict((c) => c.doNothing())
    .execute();
  const kept = await read(db, name);
  if (kept === undefined) throw new Error(`secret ${name} vanished`);
  return kept;
}

const read = async (db: Db, name: string): Promise<string | undefined> =>
  (await db.selectFrom('app.secrets').select('value').where('name', '=', name).executeTakeFirst())?.value;
