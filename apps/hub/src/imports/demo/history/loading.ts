import type pg from 'pg';

/** Triggers that keep sums row by row; a history sets those sums once, at its end. */
const KEEPERS = [
  ['ledger.postings', 'postings_keep_balances'],
  ['billing.settlements', 'settlements_keep_settled'],
] as const;

/** Ready for a load in this transaction: sums are not kept, words to be found by wait in a table of their own. */
export async function beginLoading(client: pg.PoolClient): Promise<void> {
  await client.query('set local statement_timeout = 0');
  await client.query(
    'create temp table shown_terms (customer_id text, kind text, source_id text, shown text) on commit drop',
  );
  for (const [table, trigger] of KEEPERS)
    await client.query(`alter table ${table} disable trigger ${trigger}`);
}

/**
 * Ends a load: what the triggers would have kept is set from the rows themselves, the database's own checks of
 * every entry and invoice run now, and the triggers stand again.
 */
export async function endLoading(client: pg.PoolClient): Promise<void> {
  await client.query('set constraints all immediate');
  await client.query(SETTLED.off);
  await client.query(SETTLED.set);
  await client.query(SETTLED.on);
  await client.query(CREDITS);
  await client.query(ACCOUNT_BALANCES);
  await client.query(CUSTOMER_BALANCES);
  await client.query(TERMS);
  for (const [table, trigger] of KEEPERS)
    await client.query(`alter table ${table} enable trigger ${trigger}`);
}

const SETTLED = {
  off: 'alter table billing.invoices disable trigger invoices_final',
  set: `
    update billing.invoices i set settled_cents = s.cents
      from (select invoice_id, sum(amount_cents)::bigint as cents from billing.settlements group by 1) s
     where s.invoice_id = i.id and i.settled_cents <> s.cents`,
  on: 'alter table billing.invoices enable trigger invoices_final',
} as const;

const CREDITS = `
  update payments.payments p set credit_cents = p.amount_cents - p.rounding_cents - s.cents
    from (select source_id, sum(amount_cents)::bigint as cents from billing.settlements
           where source_kind = 'payment' group by 1) s
   where s.source_id = p.id and p.credit_cents <> p.amount_cents - p.rounding_cents - s.cents`;

const ACCOUNT_BALANCES = `
  insert into ledger.account_balances as held (account, month, shard, debit_cents, credit_cents)
  select p.account, date_trunc('month', e.on_date)::date, 0, sum(p.debit_cents), sum(p.credit_cents)
    from ledger.postings p join ledger.entries e on e.id = p.entry_id
   where e.tx = pg_current_xact_id() group by 1, 2
  on conflict (account, month, shard) do update
     set debit_cents = held.debit_cents + excluded.debit_cents,
         credit_cents = held.credit_cents + excluded.credit_cents`;

const CUSTOMER_BALANCES = `
  insert into ledger.customer_balances as held (customer_id, account, balance_cents)
  select p.customer_id, p.account, sum(p.debit_cents - p.credit_cents)
    from ledger.postings p join ledger.entries e on e.id = p.entry_id
   where e.tx = pg_current_xact_id() and p.customer_id is not null group by 1, 2
  on conflict (customer_id, account) do update set balance_cents = held.balance_cents + excluded.balance_cents`;

const TERMS = `
  insert into customers.search_terms (customer_id, kind, source_id, term, shown)
  select customer_id, kind, source_id, app.fold(shown), shown from shown_terms
  on conflict do nothing`;
