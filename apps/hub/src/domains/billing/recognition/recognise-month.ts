import { civilDateOf, lastDayOfMonth } from '@gigafibre/calendar';
import { recognitionEvents } from '@gigafibre/contract';
import { recognitionEntry } from '@gigafibre/ledger';
import { sumCents } from '@gigafibre/money';
import type { Env } from '../../../env.ts';
import { SYSTEM, type Tx } from '../../../platform/acting.ts';
import type { Tick } from '../../../platform/jobs/worker.ts';
import { lockFor, transact } from '../../../platform/transact.ts';
import { post } from '../../ledger/index.ts';
import { accountOf } from '../invoice-rows.ts';
import * as store from '../recognition-store.ts';

export type Recognised = Readonly<{ id: string; month: string; cents: bigint; lines: number }>;

/**
 * Makes revenue of what was billed in advance and whose days are over: the next month that is not done, in one
 * entry dated its last day. Undefined when no month is over that is not done. Safe to ask at any time and at once.
 */
export async function recogniseMonth(tx: Tx): Promise<Recognised | undefined> {
  await lockFor(tx, 'revenue recognition');
  const month = await store.monthToRecognise(tx.db);
  if (month === undefined || lastDayOfMonth(month) >= civilDateOf(tx.now)) return undefined;
  const through = lastDayOfMonth(month);
  return recorded(tx, { month, through });
}

async function recorded(tx: Tx, { month, through }: { month: string; through: string }): Promise<Recognised> {
  const by = tx.by.name ?? tx.by.id ?? tx.by.kind;
  const sums = await store.insertRecognised(tx.db, { month, through, at: tx.now, by });
  await store.insertRevenueDays(tx.db, { month, through });
  const id = sums[0]?.id;
  if (id === undefined) throw new Error(`recognition of ${month} was not written`);
  const cents = sumCents(sums.map((sum) => sum.cents));
  const lines = sums.reduce((count, sum) => count + sum.lines, 0);
  const made = recognitionEntry({
    id,
    date: through,
    memo: `Produits constatés du mois ${month.slice(0, 7)}`,
    parts: sums
      .filter((sum) => sum.lines > 0)
      .map((sum) => ({ account: accountOf(sum.account), amountCents: sum.cents })),
  });
  if (made) await post(tx, made);
  await tx.tell(recognitionEvents.revenueRecognised, {
    subject: id,
    data: { month, totalCents: Number(cents), lines },
  });
  return { id, month, cents, lines };
}

/** Months and lines done at one look: a company that comes with its past must not keep other work waiting. */
const MONTHS_MAX = 60;
const LINES_MAX = 10_000;

/** Recognises the months that are over, one a transaction; nearly always there is none. */
export const recognitionTick = (env: Env): Tick => ({
  name: 'revenue recognition',
  run: async () => {
    let [months, lines] = [0, 0];
    while (months < MONTHS_MAX && lines < LINES_MAX) {
      const done = await transact(env.ground, { by: SYSTEM }, recogniseMonth);
      if (!done) break;
      months += 1;
      lines += done.lines;
    }
    return months;
  },
});
