import { civilDateOf } from '@gigafibre/calendar';
import { ledgerEvents, Refusal } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading, Tx } from '../../platform/acting.ts';
import { readSetting, writeSetting } from '../../platform/settings.ts';

const CLOSED_SETTING = 'ledger.closed_to';
const closed = z.string().nullable();

/** The last civil day on which nobody posts any more, or null while the books were never closed. */
export const closedTo = async ({ db }: Pick<Reading, 'db'>): Promise<string | null> =>
  closed.parse((await readSetting(db, CLOSED_SETTING)) ?? null);

/**
 * Closes the books up to a day, inclusive, once its returns were filed and its figures given out; an earlier day opens
 * what comes after it again. Refused for today and later.
 */
export async function closeBooks(
  tx: Tx,
  { to, reason }: { to: string; reason: string },
): Promise<{ closedTo: string }> {
  if (to >= civilDateOf(tx.now)) throw new Refusal('books_close_day');
  await writeSetting(tx, CLOSED_SETTING, to);
  await tx.tell(ledgerEvents.booksClosed, { subject: to, data: { reason } });
  return { closedTo: to };
}

/**
 * Refuses what a person dates in closed books. The hub's own postings are let through: it dates what it is told by
 * banks and providers by the day it happened, and makes revenue of a month on its last day.
 */
export async function requireOpen(tx: Tx, days: readonly string[]): Promise<void> {
  if (tx.by.kind === 'system' || tx.by.kind === 'flow') return;
  const today = civilDateOf(tx.now);
  if (days.every((day) => day >= today)) return;
  const to = await closedTo(tx);
  if (to !== null && days.some((day) => day <= to)) throw new Refusal('books_closed', { to });
}
