-- compatible
-- The bank's statement, line by line: what a customer paid is recorded once, the rest is explained by somebody.
create sequence payments.bank_statement_number start 1001;
create table payments.bank_statements (
  id text primary key default 'BS-' || nextval('payments.bank_statement_number'),
  name text not null,
  -- Of its text without line ends: the same file is read once.
  digest text not null unique,
  from_date date not null,
  to_date date not null check (to_date >= from_date),
  -- Lines that were new, and those an earlier statement had brought.
  lines integer not null,
  known integer not null,
  received_cents bigint not null,
  read_at timestamptz not null default app.now(),
  read_by text not null
);
create index bank_statements_newest on payments.bank_statements (read_at desc, id desc);

create sequence payments.statement_line_number start 10001;
create table payments.statement_lines (
  id text primary key default 'BL-' || nextval('payments.statement_line_number'),
  statement_id text not null references payments.bank_statements,
  place integer not null,
  on_date date not null,
  description text not null,
  reference text,
  amount_cents bigint not null check (amount_cents <> 0),
  -- Of its day, words and amount, and which of several alike: two exports that overlap bring it once.
  fingerprint text not null unique,
  state text not null check (state in ('waiting', 'matched', 'ignored', 'other')),
  kind text not null check (kind in ('payment', 'debit_file', 'returns', 'payout', 'other')),
  candidates jsonb not null default '[]',
  -- Until then nobody has looked for whose it is.
  looked_at timestamptz,
  payment_id text unique references payments.payments,
  customer_id text references customers.customers,
  file_id text,
  decided_at timestamptz,
  decided_by text,
  reason text,
  check (state <> 'matched' or kind <> 'payment' or payment_id is not null),
  check (state <> 'ignored' or reason is not null),
  check ((decided_at is null) = (decided_by is null))
);
create index statement_lines_to_look_at on payments.statement_lines (statement_id, place) where looked_at is null;
create index statement_lines_newest on payments.statement_lines (on_date desc, id desc);
create index statement_lines_by_state on payments.statement_lines (state, on_date desc, id desc);
create index statement_lines_by_statement on payments.statement_lines (statement_id, on_date desc, id desc);
-- A file's money comes once.
create unique index statement_lines_one_file on payments.statement_lines (file_id) where file_id is not null;
