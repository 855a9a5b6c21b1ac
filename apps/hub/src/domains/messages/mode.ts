import { messagesEvents } from '@gigafibre/contract';
import type { Reading, Tx } from '../../platform/acting.ts';
import type { Db } from '../../platform/db/connect.ts';
import { readSetting, writeSetting, type MessageMode } from '../../platform/settings.ts';

export type ModeSettings = Readonly<{ mode: MessageMode; allowlist: string[] }>;

/** Whether a message to `address` may leave the house now. */
export async function mayLeave(db: Db, mode: MessageMode, address: string): Promise<boolean> {
  switch (mode) {
    case 'sandbox':
      return false;
    case 'live':
      return true;
    case 'allowlist':
      return (await allowlist(db)).includes(address.toLowerCase());
  }
}

/** The mode and the addresses allowed in allowlist mode. */
export async function readMessageMode({ db }: Pick<Reading, 'db'>): Promise<ModeSettings> {
  const mode = await readSetting(db, 'messages.mode');
  return { mode: mode === 'live' || mode === 'allowlist' ? mode : 'sandbox', allowlist: await allowlist(db) };
}

/** Sets the mode for every process (each looks again within seconds). Messages already held stay held. */
export async function setMessageMode(tx: Tx, { mode, allowlist }: ModeSettings): Promise<ModeSettings> {
  await writeSetting(tx, 'messages.mode', mode);
  await writeSetting(
    tx,
    'messages.allowlist',
    allowlist.map((address) => address.toLowerCase()),
  );
  await tx.tell(messagesEvents.messageModeSet, { subject: 'messages.mode', data: { mode } });
  return { mode, allowlist };
}

async function allowlist(db: Db): Promise<string[]> {
  const value = await readSetting(db, 'messages.allowlist');
  return Array.isArray(value) ? value.filter((address) => typeof address === 'string') : [];
}
