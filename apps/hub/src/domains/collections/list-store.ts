import { sql, type SqlBool } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { CaseRow } from './case-store.ts';

export type Sort = 'next' | 'amount' | 'age' | 'name';
export type Show =
  'all' | 'to_decide' | 'promise' | 'broken_promise' | 'returned_debit' | 'arrangement' | 'suspended';
export type CasesAsked = Readonly<{
  rung?: string | undefined;
  hold?: string | undefined;
  show: Show;
  minCents?: number | undefined;
  /** Due on or before this day. */
  dueBy?: string | undefined;
  sort: Sort;
  before: readonly [key: string, id: string] | undefined;
  limit: number;
}>;
/** A case as the list shows it, with the promise it names. */
export type ListedCase = CaseRow & {
  sort_key: string;
  promise_cents: bigint | null;
  promise_on: string | null;
};

/** What each order goes by; each has its index. Amounts go down, all others up. */
const ORDER = {
  next: sql`coalesce(c.next_on, '9999-12-31'::date)`,
  age: sql`coalesce(c.oldest_due_on, '9999-12-31'::date)`,
  amount: sql`c.overdue_cents`,
  name: sql`c.customer_name`,
} as const;
const TYPE = { next: sql`date`, age: sql`date`, amount: sql`bigint`, name: sql`text` } as const;

const SHOWN = {
  all: sql<SqlBool>`true`,
  to_decide: sql<SqlBool>`c.proposed is not null`,
  promise: sql<SqlBool>`c.promise_state = 'open'`,
  broken_promise: sql<SqlBool>`c.promise_state = 'broken'`,
  returned_debit: sql<SqlBool>`c.returned_debit`,
  arrangement: sql<SqlBool>`c.arrangement_state in ('active', 'broken')`,
  suspended: sql<SqlBool>`c.suspended_on is not null`,
} as const satisfies Record<Show, unknown>;

/** Open cases in the order asked for, one more than the page. */
export async function casesPage(db: Db, asked: CasesAsked): Promise<ListedCase[]> {
  const order = ORDER[asked.sort];
  const isDown = asked.sort === 'amount';
  const after =
    asked.before === undefined
      ? sql<SqlBool>`true`
      : isDown
        ? sql<SqlBool>`(${order} < ${asked.before[0]}::${TYPE[asked.sort]}
            or (${order} = ${asked.before[0]}::${TYPE[asked.sort]} and c.id > ${asked.before[1]}))`
        : sql<SqlBool>`(${order}, c.id) > (${asked.before[0]}::${TYPE[asked.sort]}, ${asked.before[1]})`;
  const { rows } = await sql<ListedCase>`
    select c.*, (${order})::text as sort_key, p.amount_cents as promise_cents, p.on_date as promise_on
      from collections.cases c
      left join lateral (select amount_cents, on_date from collections.promises p
        where p.customer_id = c.customer_id order by made_at desc limit 1) p on c.promise_state is not null
     where c.closed_at is null and ${after} and ${SHOWN[asked.show]}
       and (${asked.rung ?? null}::text is null or c.rung = ${asked.rung ?? null})
       and (${asked.hold ?? null}::text is null or ${asked.hold ?? null} = any (c.holds))
       and (${asked.minCents ?? null}::bigint is null or c.overdue_cents >= ${asked.minCents ?? null})
       and (${asked.dueBy ?? null}::date is null or c.oldest_due_on <= ${asked.dueBy ?? null}::date)
     order by ${order} ${isDown ? sql`desc` : sql`asc`}, c.id
     limit ${asked.limit + 1}`.execute(db);
  return rows;
}
