-- compatible
create schema customers;
comment on schema customers is 'People and companies served or courted; contacts, language, status.';

create sequence customers.customer_number start 10001;
create table customers.customers (
  id text primary key default 'C-' || nextval('customers.customer_number'),
  kind text not null check (kind in ('residential', 'business')),
  name text not null,
  language text not null check (language in ('fr', 'en')),
  status text not null default 'prospect' check (status in ('prospect', 'active', 'suspended', 'terminated')),
  email_id text,
  email_billing text,
  cell_phone text,
  tel_home text,
  notes text not null default '',
  tags text[] not null default '{}',
  stripe_id text unique,
  legacy_account_id text,
  legacy_customer_id text,
  billing_day integer not null default 1 check (billing_day between 1 and 31),
  created_at timestamptz not null default app.now(),
  version integer not null default 1
);
create index customers_by_name on customers.customers using gin (app.fold(name) gin_trgm_ops);
create index customers_by_cell on customers.customers (cell_phone);
create index customers_by_home on customers.customers (tel_home);
create index customers_by_email on customers.customers (lower(email_id));
create index customers_by_billing_email on customers.customers (lower(email_billing));
create index customers_by_legacy on customers.customers (legacy_account_id);
create index customers_by_stripe on customers.customers (stripe_id);

-- What people say on the phone, one row per thing said: names, phones, addresses, numbers, serials.
-- Each domain writes its own kinds through customers/index.ts; search reads only this table.
create table customers.search_terms (
  customer_id text not null references customers.customers on delete cascade,
  kind text not null,
  source_id text not null,
  term text not null,
  shown text not null,
  primary key (kind, source_id, term)
);
create index search_terms_by_term on customers.search_terms using gin (term gin_trgm_ops);
create index search_terms_prefix on customers.search_terms (term text_pattern_ops);
create index search_terms_by_customer on customers.search_terms (customer_id);
