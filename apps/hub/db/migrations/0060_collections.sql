-- compatible
create schema collections;
comment on schema collections is 'Customers who are late: where they stand on the ladder, what holds it, what they agreed to.';

-- One walk over the ladders of a day, taken up where it was left.
create table collections.runs (
  on_date date primary key,
  after_customer text not null default '',
  state text not null default 'walking' check (state in ('walking', 'walked')),
  reviewed integer not null default 0,
  started_at timestamptz not null default app.now()
);

-- A customer on the ladder, from the first day late until nothing is. The columns below `round` are what the last
-- look found: the list of the workbench reads them, and no decision is made from them.
create sequence collections.case_number start 10001;
create table collections.cases (
  id text primary key default 'COL-' || nextval('collections.case_number'),
  customer_id text not null references customers.customers,
  opened_on date not null,
  opened_at timestamptz not null default app.now(),
  closed_at timestamptz,
  -- Goes up whenever notices given so far announce nothing any more.
  round integer not null default 1 check (round > 0),
  anchor_due_on date,
  suspended_on date,
  customer_name text not null,
  segment text not null check (segment in ('residential', 'business')),
  overdue_cents bigint not null default 0,
  collectible_cents bigint not null default 0,
  oldest_due_on date,
  rung text,
  rung_on date,
  next_rung text,
  next_on date,
  next_why text,
  holds text[] not null default '{}',
  proposed text,
  promise_state text,
  arrangement_state text,
  returned_debit boolean not null default false,
  reviewed_at timestamptz not null default app.now(),
  check ((next_rung is null) = (next_why is null))
);
create unique index cases_one_open on collections.cases (customer_id) where closed_at is null;
create index cases_by_customer on collections.cases (customer_id, opened_at desc);
create index cases_by_next on collections.cases ((coalesce(next_on, '9999-12-31'::date)), id) where closed_at is null;
create index cases_by_amount on collections.cases (overdue_cents desc, id) where closed_at is null;
create index cases_by_age on collections.cases ((coalesce(oldest_due_on, '9999-12-31'::date)), id) where closed_at is null;
create index cases_by_name on collections.cases (customer_name, id) where closed_at is null;

-- A rung that was taken. A friendly notice is given once per debt, one that hurts once per round, whoever looks.
create sequence collections.step_number start 10001;
create table collections.steps (
  id text primary key default 'CST-' || nextval('collections.step_number'),
  case_id text not null references collections.cases,
  customer_id text not null references customers.customers,
  rung text not null check (rung in ('reminder', 'second_notice', 'formal_notice', 'suspension_notice',
    'final_notice', 'suspension', 'demand_letter', 'termination', 'hand_off')),
  round integer not null,
  anchor_due_on date not null,
  on_date date not null,
  amount_cents bigint not null check (amount_cents > 0),
  -- The day of suspension that a notice announces.
  announced_on date check (announced_on > on_date),
  at timestamptz not null default app.now(),
  by text not null
);
create unique index steps_friendly_once on collections.steps (case_id, anchor_due_on, rung)
  where rung in ('reminder', 'second_notice', 'formal_notice');
create unique index steps_hard_once on collections.steps (case_id, round, rung)
  where rung not in ('reminder', 'second_notice', 'formal_notice');
create index steps_by_customer on collections.steps (customer_id, at desc);
create trigger steps_append_only before update or delete on collections.steps
  for each row execute function app.refuse_change();

-- The messages of a notice, and what became of each.
create table collections.notice_messages (
  message_id text primary key,
  step_id text not null references collections.steps,
  status text not null,
  left_at timestamptz
);
create index notice_messages_by_step on collections.notice_messages (step_id);
-- How a notice reached the customer otherwise.
create table collections.notice_proofs (
  step_id text primary key references collections.steps,
  how text not null,
  on_date date not null,
  at timestamptz not null default app.now(),
  by text not null
);
create trigger notice_proofs_append_only before update or delete on collections.notice_proofs
  for each row execute function app.refuse_change();

create sequence collections.proposal_number start 10001;
create table collections.proposals (
  id text primary key default 'CPR-' || nextval('collections.proposal_number'),
  case_id text not null references collections.cases,
  customer_id text not null references customers.customers,
  rung text not null,
  round integer not null,
  amount_cents bigint not null,
  made_at timestamptz not null default app.now(),
  state text not null default 'open' check (state in ('open', 'approved', 'declined', 'withdrawn')),
  decided_at timestamptz,
  decided_by text,
  reason text,
  check ((state = 'open') = (decided_at is null))
);
create unique index proposals_one_open on collections.proposals (case_id) where state = 'open';

create sequence collections.promise_number start 10001;
create table collections.promises (
  id text primary key default 'PRM-' || nextval('collections.promise_number'),
  customer_id text not null references customers.customers,
  amount_cents bigint not null check (amount_cents > 0),
  on_date date not null,
  note text not null default '',
  state text not null default 'open' check (state in ('open', 'kept', 'broken', 'cancelled')),
  made_at timestamptz not null default app.now(),
  by text not null,
  moved_at timestamptz not null default app.now()
);
create unique index promises_one_open on collections.promises (customer_id) where state = 'open';
create index promises_by_customer on collections.promises (customer_id, made_at desc);

create sequence collections.arrangement_number start 10001;
create table collections.arrangements (
  id text primary key default 'ARR-' || nextval('collections.arrangement_number'),
  customer_id text not null references customers.customers,
  total_cents bigint not null check (total_cents > 0),
  note text not null default '',
  state text not null default 'active' check (state in ('active', 'kept', 'broken', 'cancelled')),
  made_at timestamptz not null default app.now(),
  by text not null,
  moved_at timestamptz not null default app.now()
);
create unique index arrangements_one_active on collections.arrangements (customer_id) where state = 'active';
create index arrangements_by_customer on collections.arrangements (customer_id, made_at desc);
-- The debts it covers, with what was left of each when it was made.
create table collections.arrangement_invoices (
  arrangement_id text not null references collections.arrangements,
  invoice_id text not null references billing.invoices,
  amount_cents bigint not null check (amount_cents > 0),
  primary key (arrangement_id, invoice_id)
);
create table collections.instalments (
  arrangement_id text not null references collections.arrangements,
  number integer not null check (number > 0),
  due_on date not null,
  amount_cents bigint not null check (amount_cents > 0),
  primary key (arrangement_id, number)
);
-- Instalments and covered debts both add up to the arrangement, checked when the transaction commits.
create function collections.check_adds_up() returns trigger language plpgsql as $$
declare instalments numeric; debts numeric;
begin
  select coalesce(sum(amount_cents), 0) into instalments from collections.instalments where arrangement_id = new.id;
  select coalesce(sum(amount_cents), 0) into debts from collections.arrangement_invoices where arrangement_id = new.id;
  if instalments <> new.total_cents or debts <> new.total_cents then
    raise exception 'arrangement % does not add up: instalments %, debts %', new.id, instalments, debts
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger arrangements_add_up after insert on collections.arrangements
  deferrable initially deferred for each row execute function collections.check_adds_up();

create sequence collections.hold_number start 10001;
create table collections.holds (
  id text primary key default 'CHD-' || nextval('collections.hold_number'),
  customer_id text not null references customers.customers,
  kind text not null check (kind in ('deceased', 'bankruptcy', 'vulnerable', 'other')),
  reason text not null,
  -- Its last day; null until somebody releases it.
  until_date date,
  placed_at timestamptz not null default app.now(),
  placed_by text not null,
  released_at timestamptz,
  released_by text,
  check ((released_at is null) = (released_by is null))
);
create index holds_in_force on collections.holds (customer_id) where released_at is null;

create table collections.notes (
  id bigint generated always as identity primary key,
  customer_id text not null references customers.customers,
  kind text not null check (kind in ('note', 'call')),
  outcome text check (outcome in ('reached', 'no_answer', 'voicemail', 'wrong_number')),
  note text not null,
  at timestamptz not null default app.now(),
  by text not null,
  check (outcome is null or kind = 'call')
);
create index notes_by_customer on collections.notes (customer_id, id desc);
create trigger notes_append_only before update or delete on collections.notes
  for each row execute function app.refuse_change();

-- A file given to a collection agency.
create table collections.hand_offs (
  case_id text primary key references collections.cases,
  customer_id text not null references customers.customers,
  agency text not null,
  reference text,
  amount_cents bigint not null check (amount_cents > 0),
  at timestamptz not null default app.now(),
  by text not null
);
create trigger hand_offs_append_only before update or delete on collections.hand_offs
  for each row execute function app.refuse_change();
