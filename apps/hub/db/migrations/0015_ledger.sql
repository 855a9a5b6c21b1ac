-- compatible
create schema ledger;
comment on schema ledger is 'Double entry: accounts, entries, postings; append-only, balanced by the database itself.';

create table ledger.accounts (
  number text primary key check (number ~ '^\d{4,10}$'),
  name_fr text not null,
  name_en text not null,
  kind text not null check (kind in ('asset', 'liability', 'revenue', 'expense')),
  normal text not null check (normal in ('debit', 'credit')),
  -- Its balance is the sum of what single customers owe or hold: every posting names one.
  per_customer boolean not null default false
);
insert into ledger.accounts (number, name_fr, name_en, kind, normal, per_customer) values
  ('1010', 'Encaisse – compte courant', 'Cash – operating', 'asset', 'debit', false),
  ('1050', 'Fonds en transit – Stripe', 'Funds in transit – Stripe', 'asset', 'debit', false),
  ('1055', 'Fonds en transit – DPA', 'Funds in transit – PAD', 'asset', 'debit', false),
  ('1100', 'Comptes clients', 'Accounts receivable', 'asset', 'debit', true),
  ('1190', 'Provision pour créances douteuses', 'Allowance for doubtful accounts', 'asset', 'credit', false),
  ('1200', 'Stocks – équipements (ONT, routeurs)', 'Inventory – CPE', 'asset', 'debit', false),
  ('1210', 'Stocks – matériel de réseau', 'Inventory – network materials', 'asset', 'debit', false),
  ('1300', 'Frais payés d’avance', 'Prepaid expenses', 'asset', 'debit', false),
  ('1350', 'CTI à recevoir (TPS)', 'ITC receivable (GST)', 'asset', 'debit', false),
  ('1355', 'RTI à recevoir (TVQ)', 'ITR receivable (QST)', 'asset', 'debit', false),
  ('1500', 'Réseau de fibre optique', 'Fibre plant', 'asset', 'debit', false),
  ('1510', 'Équipements actifs (OLT, routage)', 'Active equipment', 'asset', 'debit', false),
  ('1520', 'Équipements chez l’abonné', 'Customer premises equipment', 'asset', 'debit', false),
  ('1590', 'Amortissement cumulé', 'Accumulated amortisation', 'asset', 'credit', false),
  ('2010', 'Comptes fournisseurs', 'Accounts payable', 'liability', 'credit', false),
  ('2100', 'TPS à payer', 'GST payable', 'liability', 'credit', false),
  ('2105', 'TVH à payer', 'HST payable', 'liability', 'credit', false),
  ('2110', 'TVQ à payer', 'QST payable', 'liability', 'credit', false),
  ('2120', 'Taxe municipale 9-1-1 à payer', '9-1-1 municipal tax payable', 'liability', 'credit', false),
  ('2200', 'Produits reportés (revenus perçus d’avance)', 'Deferred revenue', 'liability', 'credit', false),
  ('2210', 'Crédits clients non affectés', 'Unapplied customer credits', 'liability', 'credit', true),
  ('2220', 'Dépôts de garantie des clients', 'Customer security deposits', 'liability', 'credit', true),
  ('4010', 'Revenus – Internet résidentiel', 'Revenue – residential Internet', 'revenue', 'credit', false),
  ('4020', 'Revenus – Internet affaires', 'Revenue – business Internet', 'revenue', 'credit', false),
  ('4030', 'Revenus – téléphonie', 'Revenue – voice', 'revenue', 'credit', false),
  ('4040', 'Revenus – télévision', 'Revenue – TV', 'revenue', 'credit', false),
  ('4050', 'Revenus – location d’équipement', 'Revenue – equipment rental', 'revenue', 'credit', false),
  ('4060', 'Revenus – installation', 'Revenue – installation', 'revenue', 'credit', false),
  ('4070', 'Revenus – vente d’équipement', 'Revenue – equipment sales', 'revenue', 'credit', false),
  ('4080', 'Revenus – IP fixe et options', 'Revenue – static IP and add-ons', 'revenue', 'credit', false),
  ('4090', 'Indemnités de résiliation', 'Termination indemnities', 'revenue', 'credit', false),
  ('4100', 'Revenus d’intérêts – clients', 'Interest on receivables', 'revenue', 'credit', false),
  ('4110', 'Frais de retard (affaires)', 'Late fees (business)', 'revenue', 'credit', false),
  ('4120', 'Frais pour effets retournés (affaires)', 'Returned-payment fees (business)', 'revenue', 'credit', false),
  ('4900', 'Rabais et promotions', 'Discounts and promotions', 'revenue', 'debit', false),
  ('4910', 'Crédits de service', 'Service credits', 'revenue', 'debit', false),
  ('5010', 'Transit IP et interconnexion', 'IP transit and peering', 'expense', 'debit', false),
  ('5020', 'Location de poteaux et conduits', 'Pole and duct rental', 'expense', 'debit', false),
  ('5030', 'Coûts de téléphonie (gros)', 'Wholesale voice', 'expense', 'debit', false),
  ('5110', 'Sous-traitance – installations', 'Subcontract installs', 'expense', 'debit', false),
  ('6010', 'Salaires', 'Salaries', 'expense', 'debit', false),
  ('6200', 'Frais de cartes et de DPA', 'Card and PAD fees', 'expense', 'debit', false),
  ('6300', 'Créances irrécouvrables', 'Bad debts', 'expense', 'debit', false),
  ('6310', 'Écart d’arrondi', 'Rounding differences', 'expense', 'debit', false),
  ('6400', 'Publicité et parrainage', 'Advertising and referral', 'expense', 'debit', false);

-- One entry per document, for ever: what is wrong is reversed by another entry under a document of its own.
create table ledger.entries (
  id bigint generated always as identity primary key,
  -- The transaction that wrote it. Postings are accepted from no other.
  tx xid8 not null default pg_current_xact_id(),
  on_date date not null,
  document_kind text not null check (document_kind in ('invoice', 'credit_note', 'payment', 'payment_reversal',
    'allocation', 'refund', 'adjustment', 'write_off', 'write_off_recovery', 'deposit', 'recognition', 'payout',
    'supplier_bill', 'transfer')),
  document_id text not null check (document_id <> ''),
  memo text not null,
  currency text not null default 'CAD' check (currency = 'CAD'),
  total_cents bigint not null check (total_cents > 0),
  posted_at timestamptz not null default app.now(),
  actor_kind text not null,
  actor_id text,
  unique (document_kind, document_id)
);
create index entries_by_date on ledger.entries (on_date desc, id desc);
create index entries_by_document on ledger.entries (document_id);

create table ledger.postings (
  entry_id bigint not null references ledger.entries,
  line integer not null check (line > 0),
  account text not null references ledger.accounts,
  customer_id text references customers.customers,
  debit_cents bigint not null check (debit_cents >= 0),
  credit_cents bigint not null check (credit_cents >= 0),
  primary key (entry_id, line),
  check ((debit_cents = 0) <> (credit_cents = 0))
);
create index postings_by_account on ledger.postings (account, entry_id desc);
create index postings_by_customer on ledger.postings (customer_id, entry_id desc) where customer_id is not null;

create trigger entries_append_only before update or delete on ledger.entries
  for each row execute function app.refuse_change();
create trigger entries_no_truncate before truncate on ledger.entries
  for each statement execute function app.refuse_change();
create trigger postings_append_only before update or delete on ledger.postings
  for each row execute function app.refuse_change();
create trigger postings_no_truncate before truncate on ledger.postings
  for each statement execute function app.refuse_change();

-- Checked when the transaction commits, once per entry; postings cannot be added to it later (see below).
create function ledger.check_balanced() returns trigger language plpgsql as $$
declare debits numeric; credits numeric;
begin
  select coalesce(sum(debit_cents), 0), coalesce(sum(credit_cents), 0) into debits, credits
    from ledger.postings where entry_id = new.id;
  if debits <> credits or debits <> new.total_cents then
    raise exception 'entry % of % % does not balance: debits %, credits %, total %',
      new.id, new.document_kind, new.document_id, debits, credits, new.total_cents
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger entries_balanced after insert on ledger.entries
  deferrable initially deferred for each row execute function ledger.check_balanced();

-- Balances kept as postings come. An account's row is split by month and by a few shards, so that transactions
-- that post at the same moment do not queue for one row; whoever reads a balance adds them up.
create table ledger.account_balances (
  account text not null references ledger.accounts,
  month date not null check (extract(day from month) = 1),
  shard smallint not null,
  debit_cents bigint not null,
  credit_cents bigint not null,
  primary key (account, month, shard)
);
create table ledger.customer_balances (
  customer_id text not null references customers.customers,
  account text not null references ledger.accounts,
  -- Debits less credits.
  balance_cents bigint not null,
  primary key (customer_id, account)
);
create index customer_balances_by_account on ledger.customer_balances (account, customer_id) where balance_cents <> 0;

create function ledger.keep_balances() returns trigger language plpgsql as $$
begin
  if exists (select 1 from added join ledger.entries e on e.id = added.entry_id where e.tx <> pg_current_xact_id()) then
    raise exception 'a posted entry takes no further postings' using errcode = 'restrict_violation';
  end if;
  if exists (select 1 from added join ledger.accounts a on a.number = added.account
              where a.per_customer and added.customer_id is null) then
    raise exception 'this account is kept per customer: the posting names none' using errcode = 'check_violation';
  end if;
  insert into ledger.account_balances as held (account, month, shard, debit_cents, credit_cents)
  select added.account, date_trunc('month', e.on_date)::date, pg_backend_pid() % 8,
         sum(added.debit_cents), sum(added.credit_cents)
    from added join ledger.entries e on e.id = added.entry_id
   group by 1, 2, 3 order by 1, 2, 3
  on conflict (account, month, shard) do update
     set debit_cents = held.debit_cents + excluded.debit_cents,
         credit_cents = held.credit_cents + excluded.credit_cents;
  insert into ledger.customer_balances as held (customer_id, account, balance_cents)
  select added.customer_id, added.account, sum(added.debit_cents - added.credit_cents)
    from added where added.customer_id is not null
   group by 1, 2 order by 1, 2
  on conflict (customer_id, account) do update set balance_cents = held.balance_cents + excluded.balance_cents;
  return null;
end $$;
create trigger postings_keep_balances after insert on ledger.postings
  referencing new table as added for each statement execute function ledger.keep_balances();
