-- compatible
create schema charges;
comment on schema charges is 'What the next invoice of a customer will carry.';

create sequence charges.charge_number start 10001;
create table charges.charges (
  id text primary key default 'CHG-' || nextval('charges.charge_number'),
  customer_id text not null references customers.customers,
  location_id text references plant.locations,
  -- Of a domain to the right: no foreign key.
  subscription_id text,
  sku text not null,
  description_fr text not null,
  description_en text not null,
  quantity integer not null check (quantity > 0),
  unit_price_cents bigint not null,
  amount_cents bigint not null check (amount_cents = quantity * unit_price_cents),
  tax_treatment text not null check (tax_treatment in ('taxable', 'termination', 'exempt', 'outside')),
  revenue_account text not null references ledger.accounts,
  source text not null,
  added_at timestamptz not null default app.now(),
  added_by text not null,
  state text not null default 'open' check (state in ('open', 'invoiced', 'cancelled')),
  invoice_id text,
  check ((state = 'invoiced') = (invoice_id is not null))
);
create index charges_by_customer on charges.charges (customer_id, added_at desc, id desc);
create index charges_open on charges.charges (customer_id, id) where state = 'open';
create index charges_by_subscription on charges.charges (subscription_id) where subscription_id is not null;

-- A charge that was withdrawn: when, by whom and why.
create table charges.cancellations (
  charge_id text primary key references charges.charges,
  at timestamptz not null default app.now(),
  by text not null,
  reason text not null
);
