-- compatible
create schema sales;
comment on schema sales is 'Quotes and their versions, signing, what an acceptance made, sealed contracts, leads.';

create sequence sales.quote_number start 10001;
create table sales.quotes (
  id text primary key default 'QTN-' || nextval('sales.quote_number'),
  status text not null default 'draft' check (status in ('draft', 'sent', 'accepted', 'declined', 'expired')),
  -- The version that counts; every earlier one is superseded.
  version integer not null default 1 check (version > 0),
  customer_id text references customers.customers,
  -- Last day of the version that counts: what expires is looked for here.
  valid_until date not null,
  created_at timestamptz not null default app.now()
);
create index quotes_by_age on sales.quotes (created_at desc, id desc);
create index quotes_by_status on sales.quotes (status, created_at desc, id desc);
create index quotes_by_customer on sales.quotes (customer_id, created_at desc) where customer_id is not null;
create index quotes_open_by_end on sales.quotes (valid_until) where status in ('draft', 'sent');

create table sales.quote_versions (
  quote_id text not null references sales.quotes,
  version integer not null,
  created_at timestamptz not null,
  created_by text,
  customer_id text references customers.customers,
  contact_kind text not null check (contact_kind in ('residential', 'business')),
  contact_name text not null,
  contact_language text not null check (contact_language in ('fr', 'en')),
  contact_email text,
  contact_phone text,
  address_id text references plant.addresses,
  location_id text references plant.locations,
  -- An address typed by hand, as it was typed.
  typed_address jsonb,
  unit text,
  address_text text not null,
  serviceability text not null check (serviceability in ('serviceable', 'construction', 'survey', 'not_serviceable')),
  language text not null check (language in ('fr', 'en')),
  valid_until date not null,
  slot_date date,
  slot_from text,
  slot_to text,
  notes text not null default '',
  -- Day of the prices and taxes, and what they came to (the wire form of `quoteTotals`).
  priced_on date not null,
  totals jsonb not null,
  primary key (quote_id, version),
  check (num_nonnulls(address_id, location_id, typed_address) = 1),
  check (num_nonnulls(slot_date, slot_from, slot_to) in (0, 3))
);
create index quote_versions_by_words on sales.quote_versions
  using gin (app.fold(quote_id || ' ' || contact_name || ' ' || address_text || ' ' || coalesce(contact_email, '') || ' ' || coalesce(contact_phone, '')) gin_trgm_ops);

create table sales.quote_lines (
  quote_id text not null,
  version integer not null,
  line integer not null,
  sku text not null references catalog.items,
  kind text not null,
  name_fr text not null,
  name_en text not null,
  quantity integer not null check (quantity > 0),
  price_version_id text not null references catalog.price_versions,
  unit_cents bigint not null,
  amount_cents bigint not null,
  frequency text not null check (frequency in ('one_time', 'monthly')),
  tax_treatment text not null,
  revenue_account text not null,
  download_mbps integer,
  upload_mbps integer,
  primary key (quote_id, version, line),
  foreign key (quote_id, version) references sales.quote_versions,
  check (amount_cents = unit_cents * quantity)
);

-- What was offered never changes: a change is a new version.
create trigger quote_versions_append_only before update or delete on sales.quote_versions
  for each row execute function app.refuse_change();
create trigger quote_lines_append_only before update or delete on sales.quote_lines
  for each row execute function app.refuse_change();

-- What happened to a quote, step by step: its history, and the evidence of its signing.
create table sales.quote_steps (
  id bigint generated always as identity primary key,
  quote_id text not null references sales.quotes,
  version integer not null,
  at timestamptz not null,
  step text not null check (step in (
    'created', 'revised', 'sent', 'declined', 'expired', 'opened', 'french_presented', 'english_chosen',
    'code_sent', 'code_refused', 'code_verified', 'accepted', 'sealed')),
  actor text not null,
  ip_address text,
  device text,
  detail text
);
create index quote_steps_by_quote on sales.quote_steps (quote_id, version, id);
-- Opening the page again and again is one fact.
create unique index quote_steps_shown_once on sales.quote_steps (quote_id, version, step, ip_address)
  where step in ('opened', 'french_presented', 'english_chosen');
create trigger quote_steps_append_only before update or delete on sales.quote_steps
  for each row execute function app.refuse_change();

create table sales.acceptance_codes (
  id bigint generated always as identity primary key,
  quote_id text not null,
  version integer not null,
  code_hash text not null,
  channel text not null check (channel in ('sms', 'email')),
  masked_destination text not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  attempts integer not null default 0,
  used_at timestamptz,
  foreign key (quote_id, version) references sales.quote_versions
);
create index acceptance_codes_newest on sales.acceptance_codes (quote_id, version, id desc);

-- One row per accepted quote, whatever the number of people and channels that tried.
create table sales.acceptances (
  quote_id text primary key references sales.quotes,
  version integer not null,
  means text not null check (means in ('online', 'in_person', 'paper', 'phone', 'docuseal')),
  accepted_at timestamptz not null,
  accepted_by text not null,
  signer_name text not null,
  signature jsonb,
  language text not null check (language in ('fr', 'en')),
  consents jsonb not null default '{}',
  ip_address text,
  device text,
  code_id bigint references sales.acceptance_codes,
  -- Of the unsigned contract that was on the screen.
  document_sha256 text not null check (document_sha256 ~ '^[0-9a-f]{64}$'),
  french_presented_at timestamptz,
  english_chosen_at timestamptz,
  note text not null default '',
  customer_id text not null references customers.customers,
  location_id text not null references plant.locations,
  subscription_id text,
  job_id text,
  port_reserved boolean not null,
  foreign key (quote_id, version) references sales.quote_versions
);
create index acceptances_by_customer on sales.acceptances (customer_id, accepted_at desc, quote_id desc);
create trigger acceptances_append_only before update or delete on sales.acceptances
  for each row execute function app.refuse_change();

create table sales.contracts (
  quote_id text primary key references sales.acceptances,
  sealed_at timestamptz not null,
  language text not null,
  sha256 text not null,
  pdf bytea not null
);
create trigger contracts_append_only before update or delete on sales.contracts
  for each row execute function app.refuse_change();

create sequence sales.lead_number start 1001;
create table sales.leads (
  id text primary key default 'LD-' || nextval('sales.lead_number'),
  name text not null,
  email text,
  phone text,
  language text not null check (language in ('fr', 'en')),
  address_id text references plant.addresses,
  address_text text not null,
  serviceability text not null check (serviceability in ('serviceable', 'construction', 'survey', 'not_serviceable')),
  note text not null default '',
  created_at timestamptz not null,
  check (num_nonnulls(email, phone) > 0)
);
create index leads_by_age on sales.leads (created_at desc, id desc);
create index leads_by_address on sales.leads (address_id) where address_id is not null;
