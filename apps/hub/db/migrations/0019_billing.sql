-- compatible
create schema billing;
comment on schema billing is 'Invoices: numbered without gap, final once issued, settled by payments and credits.';

-- One row per series; taken and raised in the transaction that issues, so that no number is lost or given twice.
create table billing.counters (
  series text primary key,
  last bigint not null check (last >= 0)
);
insert into billing.counters (series, last) values ('INV', 0);

create table billing.invoices (
  id text primary key check (id ~ '^INV-\d{5,}$'),
  number bigint not null unique check (number > 0),
  customer_id text not null references customers.customers,
  reason text not null,
  issued_on date not null,
  due_on date not null check (due_on >= issued_on),
  issued_at timestamptz not null default app.now(),
  issued_by text not null,
  subtotal_cents bigint not null,
  tax_cents bigint not null,
  total_cents bigint not null check (total_cents = subtotal_cents + tax_cents and total_cents >= 0),
  -- What has been put against it: the sum of its settlements, kept by their trigger and never above the total.
  settled_cents bigint not null default 0 check (settled_cents between 0 and total_cents),
  outstanding_cents bigint not null generated always as (total_cents - settled_cents) stored,
  -- As printed, for ever: the customer, the place, the company and the account on the day of issue.
  language text not null check (language in ('fr', 'en')),
  bill_to jsonb not null,
  service_address text[] not null,
  company jsonb not null,
  previous_balance_cents bigint not null,
  account_since jsonb not null,
  amount_due_cents bigint not null
);
create index invoices_newest on billing.invoices (issued_on desc, number desc);
create index invoices_by_customer on billing.invoices (customer_id, issued_on desc, number desc);
create index invoices_open on billing.invoices (customer_id, due_on, number) where settled_cents < total_cents;
create index invoices_open_newest on billing.invoices (issued_on desc, number desc) where settled_cents < total_cents;
create index invoices_due on billing.invoices (due_on) where settled_cents < total_cents;
create index invoices_by_name on billing.invoices using gin (app.fold(bill_to ->> 'name') gin_trgm_ops);

create table billing.invoice_lines (
  invoice_id text not null references billing.invoices,
  line integer not null check (line > 0),
  kind text not null check (kind in ('recurring', 'one_time')),
  sku text,
  description_fr text not null,
  description_en text not null,
  detail_fr text,
  detail_en text,
  period_from date,
  period_to date,
  quantity integer not null check (quantity > 0),
  unit_price_cents bigint not null,
  amount_cents bigint not null,
  -- Without taxes: differs from the amount only where the law says that the amount contains them.
  net_cents bigint not null,
  tax_treatment text not null check (tax_treatment in ('taxable', 'termination', 'exempt', 'outside')),
  revenue_account text not null references ledger.accounts,
  in_advance boolean not null,
  province text not null,
  location_id text references plant.locations,
  subscription_id text references subscriptions.subscriptions,
  subscription_item_id text references subscriptions.items,
  charge_id text references charges.charges,
  primary key (invoice_id, line),
  check ((period_from is null) = (period_to is null) and period_to >= period_from),
  check (kind = 'one_time' or period_from is not null)
);
-- No period of a service is billed twice, and no charge either, whoever asks and however often.
create unique index invoice_lines_one_period on billing.invoice_lines (subscription_item_id, period_from)
  where kind = 'recurring' and amount_cents >= 0;
create unique index invoice_lines_one_charge on billing.invoice_lines (charge_id) where charge_id is not null;
create index invoice_lines_by_subscription on billing.invoice_lines (subscription_id) where subscription_id is not null;

create table billing.invoice_taxes (
  invoice_id text not null references billing.invoices,
  line integer not null,
  tax text not null check (tax in ('GST', 'QST', 'HST')),
  province text not null,
  -- The rate as an exact fraction: 9975 / 100000.
  rate_num bigint not null,
  rate_den bigint not null check (rate_den > 0),
  base_cents bigint not null,
  tax_cents bigint not null,
  primary key (invoice_id, line)
);

-- Something put against an invoice. Appended only; taken back by an opposite row when a payment is returned.
create table billing.settlements (
  id bigint generated always as identity primary key,
  invoice_id text not null references billing.invoices,
  customer_id text not null references customers.customers,
  source_kind text not null check (source_kind in ('payment', 'credit_note', 'write_off')),
  source_id text not null,
  amount_cents bigint not null check (amount_cents <> 0),
  on_date date not null,
  at timestamptz not null default app.now()
);
create index settlements_by_invoice on billing.settlements (invoice_id, id);
create index settlements_by_source on billing.settlements (source_kind, source_id, id);
create index settlements_by_customer on billing.settlements (customer_id, id);

create function billing.keep_settled() returns trigger language plpgsql as $$
begin
  update billing.invoices set settled_cents = settled_cents + added.cents
    from (select invoice_id, sum(amount_cents) as cents from added group by 1) added
   where invoices.id = added.invoice_id;
  return null;
end $$;
create trigger settlements_keep_settled after insert on billing.settlements
  referencing new table as added for each statement execute function billing.keep_settled();
create trigger settlements_append_only before update or delete on billing.settlements
  for each row execute function app.refuse_change();

-- An issued invoice is final: only what has been settled moves, and only by the trigger above.
create function billing.refuse_edit() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (to_jsonb(new) - 'settled_cents' - 'outstanding_cents')
       <> (to_jsonb(old) - 'settled_cents' - 'outstanding_cents') then
    raise exception 'invoice % is issued and cannot be changed', old.id using errcode = 'restrict_violation';
  end if;
  if new.settled_cents <> old.settled_cents and pg_trigger_depth() < 2 then
    raise exception 'what is settled of % follows from its settlements', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger invoices_final before update or delete on billing.invoices
  for each row execute function billing.refuse_edit();
create trigger invoice_lines_final before update or delete on billing.invoice_lines
  for each row execute function app.refuse_change();
create trigger invoice_taxes_final before update or delete on billing.invoice_taxes
  for each row execute function app.refuse_change();

-- The lines and the taxes add up to the invoice, checked when the transaction commits.
create function billing.check_adds_up() returns trigger language plpgsql as $$
declare lines numeric; taxes numeric;
begin
  select coalesce(sum(net_cents), 0) into lines from billing.invoice_lines where invoice_id = new.id;
  select coalesce(sum(tax_cents), 0) into taxes from billing.invoice_taxes where invoice_id = new.id;
  if lines <> new.subtotal_cents or taxes <> new.tax_cents then
    raise exception 'invoice % does not add up: lines %, taxes %', new.id, lines, taxes using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger invoices_add_up after insert on billing.invoices
  deferrable initially deferred for each row execute function billing.check_adds_up();

-- Which subscriptions have had their first bill; null when there was nothing to bill.
create table billing.first_bills (
  subscription_id text primary key references subscriptions.subscriptions,
  invoice_id text references billing.invoices,
  at timestamptz not null default app.now()
);
