import { sql, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { insertMany, type JsonRow } from '../../platform/db/insert-many.ts';
import type { ChargesCycles } from '../../platform/db/types.ts';
import { json } from '../../platform/transact.ts';
import type { ChargedCycle } from './service-days.ts';

type CycleRow = Selectable<ChargesCycles>;

const cycleOf = (row: CycleRow): ChargedCycle => ({
  itemId: row.item_id,
  cycle: { start: row.cycle_from, end: row.cycle_to },
  days: row.from_on === null || row.to_on === null ? null : { from: row.from_on, to: row.to_on },
  cents: row.cents,
  givenCents: row.given_cents,
});

/**
 * Up to which day the cycles of some services are charged. Unless who asks only looks, their rows are locked, always
 * in the same order.
 */
export async function chargedThrough(
  db: Db,
  subscriptionIds: readonly string[],
  { lock }: { lock: boolean } = { lock: true },
): Promise<Map<string, string>> {
  if (subscriptionIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('charges.charged_through')
    .selectAll()
    .where('subscription_id', '=', sql<string>`any(${subscriptionIds})`)
    .orderBy('subscription_id')
    .$if(lock, (q) => q.forUpdate())
    .execute();
  return new Map(rows.map((row) => [row.subscription_id, row.through]));
}

/** What has been charged of a service for the cycles that end on a day or later. */
export async function cyclesFrom(
  db: Db,
  { subscriptionId, from }: { subscriptionId: string; from: string },
): Promise<ChargedCycle[]> {
  const rows = await db
    .selectFrom('charges.cycles')
    .selectAll()
    .where('subscription_id', '=', subscriptionId)
    .where('cycle_to', '>=', from)
    .orderBy('cycle_from')
    .execute();
  return rows.map(cycleOf);
}

/** The cycle of an item that has a day, its row locked. */
export async function cycleOn(
  db: Db,
  { itemId, on }: { itemId: string; on: string },
): Promise<ChargedCycle | undefined> {
  const row = await db
    .selectFrom('charges.cycles')
    .selectAll()
    .where('item_id', '=', itemId)
    .where('cycle_from', '<=', on)
    .where('cycle_to', '>=', on)
    // A cycle that another billing day cut short keeps its length: the next one has begun.
    .orderBy('cycle_from', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return row && cycleOf(row);
}

/** What a cycle was charged and what credit notes gave up of it. */
export const putGiven = (
  db: Db,
  row: { itemId: string; cycleFrom: string; cents: bigint; givenCents: bigint },
): Promise<unknown> =>
  db
    .updateTable('charges.cycles')
    .set({ cents: row.cents, given_cents: row.givenCents })
    .where('item_id', '=', row.itemId)
    .where('cycle_from', '=', row.cycleFrom)
    .execute();

const columns = sql`(item_id text, cycle_from date, cycle_to date, subscription_id text, from_on date, to_on date, cents bigint, given_cents bigint, plan text)`;
const rowsOf = (cycles: readonly OfSubscription[]): JsonRow[] =>
  cycles.map(({ subscriptionId, itemId, cycle, days, cents, givenCents, plan }) => ({
    item_id: itemId,
    cycle_from: cycle.start,
    cycle_to: cycle.end,
    subscription_id: subscriptionId,
    from_on: days?.from ?? null,
    to_on: days?.to ?? null,
    cents,
    given_cents: givenCents,
    plan,
  }));

/** A plan of which a service has one a day. */
export type LonePlan = 'internet' | 'tv';
export type OfSubscription = ChargedCycle & Readonly<{ subscriptionId: string; plan: LonePlan | null }>;

/** Cycles charged for the first time; one that was charged already breaks the transaction. */
export const insertCycles = (db: Db, cycles: readonly OfSubscription[]): Promise<unknown> =>
  insertMany(db, 'charges.cycles', { rows: rowsOf(cycles) });

/** What cycles have been charged after a change; what was given up of them stays. */
export const putCycles = (db: Db, cycles: readonly OfSubscription[]): Promise<unknown> =>
  sql`insert into charges.cycles (item_id, cycle_from, cycle_to, subscription_id, from_on, to_on, cents, given_cents, plan)
      select item_id, cycle_from, cycle_to, subscription_id, from_on, to_on, cents, given_cents, plan
        from jsonb_to_recordset(${json(rowsOf(cycles))}::jsonb) as c ${columns}
      on conflict (item_id, cycle_from)
      do update set from_on = excluded.from_on, to_on = excluded.to_on, cents = excluded.cents`.execute(db);

/** Says up to which day the cycles of services are charged. Never backwards. */
export const putChargedThrough = (
  db: Db,
  { subscriptionIds, through }: { subscriptionIds: readonly string[]; through: string },
): Promise<unknown> =>
  sql`insert into charges.charged_through (subscription_id, through)
      select id, ${through}::date from unnest(${subscriptionIds}::text[]) as id order by id
      on conflict (subscription_id) do update set through = greatest(charged_through.through, excluded.through)`.execute(
    db,
  );

/** Has the server look anew at the cycles. */
export const refreshStatistics = (db: Db): Promise<unknown> => sql`analyze charges.cycles`.execute(db);
