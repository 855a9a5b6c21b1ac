import type { Db } from './db/connect.ts';
import { json } from './transact.ts';
import type { Tx } from './acting.ts';

export type MessageMode = 'sandbox' | 'allowlist' | 'live';

/** Settings that are needed at every step, held in memory and refreshed by the worker's tick. */
export type Settings = Readonly<{ messageMode: () => MessageMode; refresh: () => Promise<number> }>;

const modes: readonly MessageMode[] = ['sandbox', 'allowlist', 'live'];

export async function openSettings(db: Db): Promise<Settings> {
  let messageMode: MessageMode = 'sandbox';
  const refresh = async () => {
    const value = await readSetting(db, 'messages.mode');
    messageMode = modes.find((mode) => mode === value) ?? 'sandbox';
    return 0;
  };
  await refresh();
  return { messageMode: () => messageMode, refresh };
}

/** The newest value of a setting, or undefined when nobody set it. */
export async function readSetting(db: Db, name: string): Promise<unknown> {
  const row = await db
    .selectFrom('app.settings')
    .select('value')
    .where('name', '=', name)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.value;
}

/** When the newest value of a setting was set, or null when nobody set it. */
export async function settingSince(db: Db, name: string): Promise<string | null> {
  const row = await db
    .selectFrom('app.settings')
    .select('at')
    .where('name', '=', name)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Sets a setting; earlier values stay as history. */
export async function writeSetting(tx: Tx, name: string, value: unknown): Promise<void> {
  await tx.db
    .insertInto('app.settings')
    .values({ name, value: json(value), at: tx.now, actor: `${tx.by.kind}:${tx.by.id ?? ''}` })
    .execute();
}
