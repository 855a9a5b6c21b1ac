-- compatible
-- A billing run: what every customer is billed up to a day, computed, compared, approved, issued.
create sequence billing.run_number start 1001;
create table billing.runs (
  id text primary key default 'RUN-' || nextval('billing.run_number'),
  state text not null default 'counting' check (state in ('counting', 'counted', 'issuing', 'issued', 'abandoned')),
  through date not null,
  issued_on date,
  started_at timestamptz not null default app.now(),
  started_by text not null,
  approved_at timestamptz,
  approved_by text,
  finished_at timestamptz,
  reason text,
  check ((state in ('issuing', 'issued')) = (approved_at is not null)),
  check ((approved_at is null) = (issued_on is null))
);
-- One at a time: two would bill the same cycles.
create unique index runs_open on billing.runs ((true)) where state in ('counting', 'counted', 'issuing');

create table billing.run_customers (
  run_id text not null references billing.runs,
  customer_id text not null references customers.customers,
  comparison text not null check (comparison in ('same', 'differs', 'unexplained', 'explained')),
  total_cents bigint not null,
  before_cents bigint,
  causes jsonb not null,
  -- What was approved, line by line: what is issued must be this.
  fingerprint text not null,
  explanation text,
  explained_by text,
  outcome text check (outcome in ('invoiced', 'nothing', 'credit_waits', 'changed', 'failed')),
  -- Why nothing could be issued, when it failed.
  problem text,
  invoice_id text references billing.invoices,
  primary key (run_id, customer_id),
  check ((comparison = 'explained') = (explanation is not null)),
  check ((outcome is not distinct from 'invoiced') = (invoice_id is not null))
);
create index run_customers_to_do on billing.run_customers (run_id, customer_id) where outcome is null;
create index run_customers_by_comparison on billing.run_customers (run_id, comparison, customer_id);
create index run_customers_by_invoice on billing.run_customers (invoice_id) where invoice_id is not null;
