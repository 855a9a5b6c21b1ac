-- compatible
create schema flows;
comment on schema flows is 'What waits: runs of durable flows, what they have done, and what they may wait for. Rules: packages/flow.';

-- Which cluster gave a transaction id. After a dump is restored elsewhere the ids of old and new rows cannot be compared.
create function flows.cluster() returns text language sql stable as
  $$ select system_identifier::text from pg_control_system() $$;

create sequence flows.run_number start 10001;
create table flows.runs (
  id text primary key default 'FLW-' || nextval('flows.run_number'),
  flow text not null check (length(flow) between 1 and 100),
  version integer not null check (version > 0),
  key text not null check (length(key) between 1 and 200),
  input jsonb not null,
  state text not null default 'active' check (state in ('active', 'failed', 'done', 'cancelled')),
  started_at timestamptz not null,
  -- What was committed when the run was started, and the transaction that started it: a signal counts for the
  -- run when it was not committed then, or came with the start itself (a snapshot does not list its own).
  started_tx xid8 not null default pg_current_xact_id(),
  snapshot pg_snapshot not null default pg_current_snapshot(),
  cluster text not null default flows.cluster(),
  -- The event that started it.
  cause bigint,
  wake_at timestamptz not null,
  revision integer not null default 0,
  failures integer not null default 0 check (failures >= 0),
  error text,
  wait_name text,
  wait_until timestamptz,
  wait_event text,
  wait_key text,
  cancel_reason text,
  result jsonb,
  ended_at timestamptz,
  unique (flow, key),
  check ((wait_name is null) = (wait_until is null)),
  check ((wait_event is null) = (wait_key is null)),
  check (wait_event is null or wait_name is not null),
  check ((state in ('done', 'cancelled')) = (ended_at is not null))
);
create index runs_due on flows.runs (wake_at) where state = 'active';
create index runs_waiting on flows.runs (wait_event, wait_key) where state = 'active' and wait_event is not null;
create index runs_failed on flows.runs (wake_at) where state = 'failed';
create index runs_alive on flows.runs (started_at) where state in ('active', 'failed');

-- Finished calls, in the order of the calls. They stay, as the history of the run.
create table flows.checkpoints (
  run_id text not null references flows.runs,
  phase text not null check (phase in ('run', 'cancel')),
  index integer not null check (index >= 0),
  name text not null,
  kind text not null check (kind in ('step', 'sleep', 'wait')),
  result jsonb not null,
  signal_id bigint,
  at timestamptz not null,
  primary key (run_id, phase, index)
);

-- What happened and may be waited for. Kept for runs that have yet to ask, deleted by age.
create table flows.signals (
  id bigint generated always as identity primary key,
  event text not null,
  key text not null,
  data jsonb not null,
  at timestamptz not null,
  tx xid8 not null default pg_current_xact_id(),
  cluster text not null default flows.cluster()
);
create index signals_by_topic on flows.signals (event, key, id);
create index signals_by_age on flows.signals (at);
