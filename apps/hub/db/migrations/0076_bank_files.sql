-- compatible
-- Debits through the company's own bank: accounts sealed, files numbered and sealed, returns read back.

-- A bank account kept by ourselves instead of a provider: its number is sealed, and opened only to write a file.
alter table payments.methods add column account_sealed text, add column payer_name text;
alter table payments.methods add check ((provider = 'bank_file') = (account_sealed is not null));
alter table payments.methods add check (provider <> 'bank_file' or
  (kind = 'bank_account' and institution is not null and transit is not null and payer_name is not null));

create sequence payments.debit_file_number start 1001;
create table payments.debit_files (
  id text primary key default 'BF-' || nextval('payments.debit_file_number'),
  state text not null default 'made' check (state in ('made', 'released', 'sent', 'withdrawn')),
  -- Files in the order the bank sees them; its number is this one, from 1 to 9999 and round again.
  sequence bigint,
  file_number integer check (file_number between 1 and 9999),
  debit_on date not null,
  -- No return by this day means paid.
  answer_by date not null,
  debits integer not null default 0 check (debits >= 0),
  amount_cents bigint not null default 0 check (amount_cents >= 0),
  content_sealed text,
  digest text,
  downloads integer not null default 0,
  made_at timestamptz not null default app.now(),
  made_by text not null,
  made_by_id text,
  released_at timestamptz,
  released_by text,
  sent_at timestamptz,
  sent_by text,
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdrawn_reason text,
  check ((released_at is null) = (file_number is null) and (file_number is null) = (sequence is null)
     and (file_number is null) = (content_sealed is null) and (file_number is null) = (digest is null)),
  check (state <> 'made' or released_at is null),
  check (state not in ('released', 'sent') or released_at is not null),
  check (state <> 'sent' or sent_at is not null),
  check ((state = 'withdrawn') = (withdrawn_at is not null) and (withdrawn_at is null) = (withdrawn_reason is null))
);
-- A number that was withdrawn is given again: the bank wants them without a gap.
create unique index debit_files_sequence on payments.debit_files (sequence) where state in ('released', 'sent');
create index debit_files_newest on payments.debit_files (made_at desc, id desc);

alter table payments.debits add column file_id text references payments.debit_files, add column answer_by date;
alter table payments.debits add check (file_id is null or rail = 'bank_file');
create index debits_by_file on payments.debits (file_id, made_at desc, id desc) where file_id is not null;
create index debits_for_bank on payments.debits (scheduled_on, id) where rail = 'bank_file' and state = 'planned';
create index debits_to_be_answered on payments.debits (answer_by, id) where rail = 'bank_file' and state = 'sent';

create sequence payments.returns_file_number start 1001;
create table payments.returns_files (
  id text primary key default 'BR-' || nextval('payments.returns_file_number'),
  name text not null,
  -- Of its records without line ends: the same file is read once.
  digest text not null unique,
  items integer not null,
  amount_cents bigint not null,
  read_at timestamptz not null default app.now(),
  read_by text not null
);
create index returns_files_newest on payments.returns_files (read_at desc, id desc);
create table payments.returned_items (
  file_id text not null references payments.returns_files,
  place integer not null,
  reference text not null,
  debit_id text references payments.debits,
  return_code text not null,
  amount_cents bigint not null,
  outcome text not null check (outcome in ('returned', 'already', 'never_sent', 'unknown')),
  primary key (file_id, place)
);
create trigger returned_items_append_only before update or delete on payments.returned_items
  for each row execute function app.refuse_change();
