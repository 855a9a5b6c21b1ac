import { sql, type RawBuilder } from 'kysely';
import type { Reading } from '../../platform/acting.ts';

type Days = Readonly<{ from: string; to: string }>;

/**
 * Credits less debits of some accounts over some days, as the ledger has them: the months that lie wholly inside
 * from the balances it keeps, the days beside them from its postings. `accounts` is a condition on `a` (accounts).
 */
export async function ledgerMovement(
  { db }: Pick<Reading, 'db'>,
  { from, to, accounts }: Days & { accounts: RawBuilder<unknown> },
): Promise<bigint> {
  const { rows } = await sql<{ cents: bigint }>`
    with days as (select ${from}::date as from_on, ${to}::date as to_on),
    whole as (
      select case when from_on = date_trunc('month', from_on)::date then from_on
                  else (date_trunc('month', from_on) + interval '1 month')::date end as first,
             date_trunc('month', to_on + 1)::date as after
        from days),
    chosen as (select number from ledger.accounts a where ${accounts})
    select (coalesce((select sum(b.credit_cents - b.debit_cents) from ledger.account_balances b
                       where b.account in (select number from chosen)
                         and b.month >= (select first from whole) and b.month < (select after from whole)), 0)
          + coalesce((select sum(p.credit_cents - p.debit_cents) from ledger.entries e
                        join ledger.postings p on p.entry_id = e.id, days, whole
                       where e.on_date between from_on and to_on
                         and (first >= after or e.on_date < first or e.on_date >= after)
                         and p.account in (select number from chosen)), 0))::bigint as cents`.execute(db);
  return rows[0]?.cents ?? 0n;
}

/** Credits less debits of some accounts by entries of some kinds of documents over some days, from the postings. */
export async function movementOfKinds(
  { db }: Pick<Reading, 'db'>,
  { from, to, accounts, kinds }: Days & { accounts: readonly string[]; kinds: readonly string[] },
): Promise<bigint> {
  const { rows } = await sql<{ cents: bigint }>`
    select coalesce(sum(p.credit_cents - p.debit_cents), 0)::bigint as cents
      from ledger.entries e join ledger.postings p on p.entry_id = e.id
     where e.document_kind in (${sql.join(kinds)}) and e.on_date between ${from}::date and ${to}::date
       and p.account in (${sql.join(accounts)})`.execute(db);
  return rows[0]?.cents ?? 0n;
}

/** Debits less credits of an account at the end of a day: its balance now, less what was posted for days after. */
export async function balanceAt(
  { db }: Pick<Reading, 'db'>,
  { account, on }: { account: string; on: string },
): Promise<bigint> {
  const { rows } = await sql<{ cents: bigint }>`
    select (coalesce((select sum(debit_cents - credit_cents) from ledger.account_balances where account = ${account}), 0)
          - coalesce((select sum(p.debit_cents - p.credit_cents) from ledger.entries e join ledger.postings p on p.entry_id = e.id
                       where e.on_date > ${on}::date and p.account = ${account}), 0))::bigint as cents`.execute(
    db,
  );
  return rows[0]?.cents ?? 0n;
}
