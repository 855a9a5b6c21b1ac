-- compatible
-- Cards and bank accounts the provider keeps for a customer; their numbers are never here.
alter table payments.payments drop constraint payments_method_check;
alter table payments.payments add constraint payments_method_check
  check (method in ('card', 'bank_debit', 'klarna', 'cash', 'cheque', 'transfer'));
alter table payments.checkouts add column pay_by text not null default 'card' check (pay_by in ('card', 'klarna'));
alter table payments.reviews drop constraint reviews_kind_check;
alter table payments.reviews add constraint reviews_kind_check
  check (kind in ('unknown_customer', 'wrong_currency', 'wrong_amount', 'refund', 'dispute', 'debit'));

create sequence payments.method_number start 1001;
create table payments.methods (
  id text primary key default 'PM-' || nextval('payments.method_number'),
  customer_id text not null references customers.customers,
  kind text not null check (kind in ('card', 'bank_account')),
  provider text not null,
  provider_ref text not null,
  brand text,
  last4 text,
  exp_month integer check (exp_month between 1 and 12),
  exp_year integer,
  institution text,
  transit text,
  -- The provider's mandate to debit a bank account.
  mandate_ref text,
  mandate_state text check (mandate_state in ('active', 'inactive')),
  is_default boolean not null default false,
  saved_at timestamptz not null default app.now(),
  removed_at timestamptz,
  removed_by text,
  unique (provider, provider_ref),
  check ((removed_at is null) = (removed_by is null)),
  check (removed_at is null or not is_default)
);
create unique index methods_one_default on payments.methods (customer_id) where is_default;
create index methods_by_customer on payments.methods (customer_id, saved_at desc) where removed_at is null;

-- A customer's agreement to be debited, as shown and accepted. Ended by a later act, never edited.
create sequence payments.agreement_number start 1001;
create table payments.agreements (
  id text primary key default 'PPA-' || nextval('payments.agreement_number'),
  customer_id text not null references customers.customers,
  method_id text not null references payments.methods,
  category text not null check (category in ('personal', 'business')),
  text_version text not null,
  language text not null check (language in ('fr', 'en')),
  -- How we know: who, on what, from where; or the record of a phone call or paper.
  proof jsonb not null,
  accepted_at timestamptz not null default app.now(),
  accepted_by text not null,
  -- From this day on it may be used: notices given (ten calendar days for bank accounts).
  usable_from date not null,
  ended_at timestamptz,
  ended_by text,
  end_reason text check (end_reason in ('customer', 'staff', 'failures', 'mandate', 'method', 'replaced')),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (end_reason is null))
);
create unique index agreements_one_active on payments.agreements (customer_id) where ended_at is null;
create index agreements_by_customer on payments.agreements (customer_id, accepted_at desc);

create sequence payments.ppa_run_number start 1001;
create table payments.ppa_runs (
  id text primary key default 'PPR-' || nextval('payments.ppa_run_number'),
  on_date date not null,
  -- `daily` once per day, by the clock; the others by somebody's hand.
  cause text not null check (cause in ('daily', 'now', 'dry')),
  state text not null default 'planning' check (state in ('planning', 'planned')),
  -- The customer planned last: where to go on.
  after_customer text not null default '',
  planned integer not null default 0,
  planned_cents bigint not null default 0,
  started_at timestamptz not null default app.now(),
  started_by text not null
);
create unique index ppa_runs_once_a_day on payments.ppa_runs (on_date) where cause = 'daily';
create index ppa_runs_newest on payments.ppa_runs (started_at desc, id desc);

-- What a dry run would debit.
create table payments.ppa_run_lines (
  run_id text not null references payments.ppa_runs,
  customer_id text not null references customers.customers,
  invoice_id text not null references billing.invoices,
  amount_cents bigint not null,
  attempt integer not null,
  primary key (run_id, invoice_id)
);

-- One charge of a saved method while its owner is away.
create sequence payments.debit_number start 10001;
create table payments.debits (
  id text primary key default 'DEB-' || nextval('payments.debit_number'),
  customer_id text not null references customers.customers,
  method_id text not null references payments.methods,
  agreement_id text references payments.agreements,
  invoice_id text references billing.invoices,
  run_id text references payments.ppa_runs,
  amount_cents bigint not null check (amount_cents > 0),
  cause text not null check (cause in ('ppa', 'staff')),
  rail text not null check (rail in ('card', 'acss', 'bank_file')),
  -- Which attempt of its invoice, and for which day of the calendar it was made.
  attempt integer not null check (attempt > 0),
  scheduled_on date not null,
  state text not null check (state in ('planned', 'sending', 'sent', 'succeeded', 'in_window', 'settled', 'declined', 'returned', 'cancelled')),
  idempotency_key text not null unique,
  provider text not null,
  provider_ref text,
  -- The bank's code for a no, and a return's code of the Canadian standard.
  code text,
  return_code text,
  returned_on date,
  -- The debit it presents again, once for ever.
  represents text unique references payments.debits,
  payment_id text references payments.payments,
  -- When the next attempt is due, decided when this one failed.
  retry_on date,
  -- Until when the payer may claim the money back.
  window_until date,
  made_at timestamptz not null default app.now(),
  made_by text not null,
  sent_at timestamptz,
  moved_at timestamptz not null default app.now(),
  look_at timestamptz
);
create unique index debits_one_attempt on payments.debits (invoice_id, attempt) where cause = 'ppa';
create unique index debits_one_schedule on payments.debits (invoice_id, scheduled_on) where cause = 'ppa';
-- Never two of one invoice under way.
create unique index debits_one_at_once on payments.debits (invoice_id) where state in ('planned', 'sending', 'sent') and invoice_id is not null;
create unique index debits_by_provider_ref on payments.debits (provider, provider_ref) where provider_ref is not null;
create index debits_by_customer on payments.debits (customer_id, made_at desc, id desc);
create index debits_under_way on payments.debits (customer_id) where state in ('sending', 'sent');
create index debits_by_run on payments.debits (run_id, id) where run_id is not null;
create index debits_to_look_at on payments.debits (look_at) where look_at is not null;
create index debits_in_window on payments.debits (window_until) where state = 'in_window';
create index debits_by_payment on payments.debits (payment_id) where payment_id is not null;
