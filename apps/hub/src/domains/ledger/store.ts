import type { DocumentRef, Entry } from '@gigafibre/ledger';
import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { insertMany } from '../../platform/db/insert-many.ts';
import type { LedgerEntries, LedgerPostings } from '../../platform/db/types.ts';

export type EntryRow = Selectable<LedgerEntries>;
export type PostingRow = Selectable<LedgerPostings>;

/** Adds entries with their postings; a document that has its entry already breaks the transaction. */
export async function insertEntries(
  db: Db,
  {
    entries,
    posted,
  }: {
    entries: readonly Entry[];
    posted: Pick<Insertable<LedgerEntries>, 'posted_at' | 'actor_kind' | 'actor_id'>;
  },
): Promise<bigint[]> {
  const rows = await insertMany<{ id: bigint }>(db, 'ledger.entries', {
    rows: entries.map((entry) => ({
      on_date: entry.date,
      document_kind: entry.document.kind,
      document_id: entry.document.id,
      memo: entry.memo,
      currency: entry.currency,
      total_cents: entry.totalCents,
      ...posted,
    })),
    returning: ['id'],
  });
  const ids = rows.map(({ id }) => id);
  const postings = entries.flatMap((entry, index) =>
    entry.postings.map((posting, line) => ({
      entry_id: ids[index],
      line: line + 1,
      account: posting.account,
      customer_id: posting.customerId ?? null,
      debit_cents: posting.debitCents,
      credit_cents: posting.creditCents,
    })),
  );
  await insertMany(db, 'ledger.postings', { rows: postings });
  return ids;
}

export const customerBalances = (
  db: Db,
  customerIds: readonly string[],
): Promise<{ customer_id: string; account: string; balance_cents: bigint }[]> =>
  db.selectFrom('ledger.customer_balances').selectAll().where('customer_id', 'in', customerIds).execute();

/** The chart with debits less credits of each account. */
export async function accountsWithBalances(
  db: Db,
): Promise<
  { number: string; name_fr: string; name_en: string; kind: string; normal: string; balance_cents: bigint }[]
> {
  const { rows } = await sql<{
    number: string;
    name_fr: string;
    name_en: string;
    kind: string;
    normal: string;
    balance_cents: bigint;
  }>`
    select number, name_fr, name_en, kind, normal,
           coalesce((select sum(debit_cents - credit_cents) from ledger.account_balances where account = number), 0)::bigint
             as balance_cents
      from ledger.accounts order by number`.execute(db);
  return rows;
}

/** What moved the balances of some customers since their newest invoice, oldest first; the newest `limit` of each. */
export async function movementsSinceInvoice(
  db: Db,
  { customerIds, limit }: { customerIds: readonly string[]; limit: number },
): Promise<{ customer_id: string; kind: DocumentRef['kind']; id: string; on_date: string; cents: bigint }[]> {
  const { rows } = await sql<{
    customer_id: string;
    kind: DocumentRef['kind'];
    id: string;
    on_date: string;
    cents: bigint;
  }>`
    select wanted.id as customer_id, e.document_kind as kind, e.document_id as id, e.on_date, moved.cents
      from unnest(${customerIds}::text[]) as wanted(id)
     cross join lateral (
       select coalesce(max(entry_id), 0) as entry_id from (
         select p.entry_id from ledger.postings p join ledger.entries e on e.id = p.entry_id
          where p.customer_id = wanted.id and e.document_kind = 'invoice'
          order by p.entry_id desc limit 1) newest) latest
     cross join lateral (
       select p.entry_id, sum(p.debit_cents - p.credit_cents)::bigint as cents
         from ledger.postings p
        where p.customer_id = wanted.id and p.account in ('1100', '2210') and p.entry_id > latest.entry_id
        group by p.entry_id having sum(p.debit_cents - p.credit_cents) <> 0
        order by p.entry_id desc limit ${limit}) moved
      join ledger.entries e on e.id = moved.entry_id
     order by e.id`.execute(db);
  return rows;
}

/** What moved a customer's balance between two days, both included, oldest first; one more than the limit. */
export async function movementsBetween(
  db: Db,
  { customerId, from, to, limit }: { customerId: string; from: string; to: string; limit: number },
): Promise<{ kind: DocumentRef['kind']; id: string; on_date: string; cents: bigint }[]> {
  const { rows } = await sql<{ kind: DocumentRef['kind']; id: string; on_date: string; cents: bigint }>`
    select e.document_kind as kind, e.document_id as id, e.on_date,
           sum(p.debit_cents - p.credit_cents)::bigint as cents
      from ledger.postings p join ledger.entries e on e.id = p.entry_id
     where p.customer_id = ${customerId} and p.account in ('1100', '2210')
       and e.on_date between ${from}::date and ${to}::date
     group by e.id having sum(p.debit_cents - p.credit_cents) <> 0
     order by e.on_date, e.id limit ${limit + 1}`.execute(db);
  return rows;
}

/** What a customer owed at the end of the day before. */
export async function balanceBefore(
  db: Db,
  { customerId, on }: { customerId: string; on: string },
): Promise<bigint> {
  const { rows } = await sql<{ cents: bigint }>`
    select coalesce(sum(p.debit_cents - p.credit_cents), 0)::bigint as cents
      from ledger.postings p join ledger.entries e on e.id = p.entry_id
     where p.customer_id = ${customerId} and p.account in ('1100', '2210') and e.on_date < ${on}::date`.execute(
    db,
  );
  return rows[0]?.cents ?? 0n;
}

export type EntryFilter = Readonly<{
  account?: string | undefined;
  customerId?: string | undefined;
  documentId?: string | undefined;
  before: bigint | null;
  limit: number;
}>;

/** Entries newest first, one more than the page. The narrowest index that fits is walked, never the table. */
export async function entriesPage(db: Db, filter: EntryFilter): Promise<EntryRow[]> {
  const entries = db
    .selectFrom('ledger.entries')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .$if(filter.before !== null, (q) => q.where('id', '<', filter.before))
    .$if(filter.documentId !== undefined, (q) => q.where('document_id', '=', filter.documentId ?? ''));
  if (filter.account === undefined && filter.customerId === undefined) return entries.execute();
  const posted = db
    .selectFrom('ledger.postings')
    .select('entry_id')
    .groupBy('entry_id')
    .orderBy('entry_id', 'desc')
    .$if(filter.documentId === undefined, (q) => q.limit(filter.limit + 1))
    .$if(filter.before !== null, (q) => q.where('entry_id', '<', filter.before))
    .$if(filter.account !== undefined, (q) => q.where('account', '=', filter.account ?? ''))
    .$if(filter.customerId !== undefined, (q) => q.where('customer_id', '=', filter.customerId ?? ''));
  return entries.where('id', 'in', posted).execute();
}

export const postingsOf = (db: Db, entryIds: readonly bigint[]): Promise<PostingRow[]> =>
  db
    .selectFrom('ledger.postings')
    .selectAll()
    .where('entry_id', 'in', entryIds)
    .orderBy('entry_id')
    .orderBy('line')
    .execute();

export type FoundDifference = {
  what: 'entry' | 'account' | 'customer' | 'control';
  key: string;
  kept_cents: bigint;
  found_cents: bigint;
};

/** Recomputes everything from the postings in one statement, hence of one instant, and gives what disagrees. */
export async function differencesFromZero(db: Db, limit: number): Promise<FoundDifference[]> {
  const { rows } = await sql<FoundDifference>`
    with by_entry as (
      select entry_id, sum(debit_cents) as debits, sum(credit_cents) as credits from ledger.postings group by 1),
    by_account as (
      select account, sum(debit_cents - credit_cents) as cents from ledger.postings group by 1),
    by_customer as (
      select customer_id, account, sum(debit_cents - credit_cents) as cents
        from ledger.postings where customer_id is not null group by 1, 2),
    kept_account as (
      select account, sum(debit_cents - credit_cents) as cents from ledger.account_balances group by 1)
    select 'entry' as what, e.id::text as key, e.total_cents as kept_cents,
           (case when coalesce(debits, 0) <> e.total_cents then coalesce(debits, 0) else coalesce(credits, 0) end)::bigint as found_cents
      from ledger.entries e left join by_entry on entry_id = e.id
     where coalesce(debits, 0) <> e.total_cents or coalesce(credits, 0) <> e.total_cents
    union all
    select 'account', account, coalesce(k.cents, 0)::bigint, coalesce(f.cents, 0)::bigint
      from kept_account k full join by_account f using (account) where coalesce(k.cents, 0) <> coalesce(f.cents, 0)
    union all
    select 'customer', customer_id || ' ' || account, coalesce(k.balance_cents, 0), coalesce(f.cents, 0)::bigint
      from ledger.customer_balances k full join by_customer f using (customer_id, account)
     where coalesce(k.balance_cents, 0) <> coalesce(f.cents, 0)
    union all
    select 'control', a.number, coalesce(k.cents, 0)::bigint, coalesce(sum(c.balance_cents), 0)::bigint
      from ledger.accounts a left join kept_account k on k.account = a.number
           left join ledger.customer_balances c on c.account = a.number
     where a.per_customer group by a.number, k.cents
    having coalesce(k.cents, 0) <> coalesce(sum(c.balance_cents), 0)
    limit ${limit}`.execute(db);
  return rows;
}

export async function countsOfBooks(db: Db): Promise<{ entries: bigint; postings: bigint }> {
  const { rows } = await sql<{ entries: bigint; postings: bigint }>`
    select (select count(*) from ledger.entries) as entries, (select count(*) from ledger.postings) as postings`.execute(
    db,
  );
  return rows[0] ?? { entries: 0n, postings: 0n };
}

/** Has the server look anew at entries and postings. */
export const refreshStatistics = (db: Db): Promise<unknown> =>
  sql`analyze ledger.entries, ledger.postings`.execute(db);
