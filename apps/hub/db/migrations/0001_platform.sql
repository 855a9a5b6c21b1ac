-- compatible: first schema
create extension if not exists pg_trgm;
create extension if not exists unaccent;

create schema app;
comment on schema app is 'Platform: clock, events, commands, inbox, sessions. Knows nothing of an internet provider.';

-- One clock. Empty table: real time. A row: the whole system stands at that instant (tests, demo history).
create table app.clock (
  single boolean primary key default true check (single),
  stands_at timestamptz not null
);
create function app.now() returns timestamptz language sql stable parallel safe as
  $$ select coalesce((select stands_at from app.clock), clock_timestamp()) $$;

-- unaccent() is only stable; pinning the dictionary makes an immutable form that indexes can use.
create function app.fold(value text) returns text language sql immutable parallel safe strict as
  $$ select lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;

create function app.refuse_change() returns trigger language plpgsql as
  $$ begin raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation'; end $$;

-- The one log. A reader with a cursor must read only below pg_snapshot_xmin (two overlapping
-- transactions can commit in the other order than their ids), hence the column tx.
create table app.events (
  id bigint generated always as identity primary key,
  tx xid8 not null default pg_current_xact_id(),
  at timestamptz not null default app.now(),
  type text not null,
  subject_kind text not null,
  subject_id text not null,
  customer_id text,
  technician_id text,
  actor_kind text not null,
  actor_id text,
  actor_name text,
  on_behalf_of text,
  request_id text,
  cause bigint,
  data jsonb not null default '{}',
  changes jsonb not null default '{}'
);
create index events_by_subject on app.events (subject_kind, subject_id, id desc);
create index events_by_customer on app.events (customer_id, id desc) where customer_id is not null;
create index events_by_tx on app.events (tx, id);
create trigger events_append_only before update or delete on app.events
  for each row execute function app.refuse_change();
create trigger events_no_truncate before truncate on app.events
  for each statement execute function app.refuse_change();
create function app.wake_event_readers() returns trigger language plpgsql as
  $$ begin perform pg_notify('events', ''); return null; end $$;
create trigger events_wake after insert on app.events
  for each statement execute function app.wake_event_readers();

-- Commands already carried out: the same id gives the same answer.
create table app.commands (
  actor text not null,
  command_id text not null check (length(command_id) between 1 and 200),
  operation text not null,
  input_hash text not null,
  at timestamptz not null default app.now(),
  result jsonb,
  primary key (actor, command_id)
);
create index commands_by_age on app.commands (at);

-- What the outside told us, kept before it is acknowledged, handled once.
create table app.inbox (
  vendor text not null,
  vendor_id text not null,
  kind text not null,
  at timestamptz not null default app.now(),
  payload jsonb not null,
  handled_at timestamptz,
  outcome text,
  primary key (vendor, vendor_id)
);
create index inbox_open on app.inbox (at) where handled_at is null;

create table app.sessions (
  token_hash text primary key,
  actor_kind text not null check (actor_kind in ('staff', 'technician', 'customer')),
  actor_id text not null,
  on_behalf_of text,
  opened_by text not null,
  created_at timestamptz not null default app.now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  address text,
  device text,
  scope jsonb not null default '{}'
);
create index sessions_by_actor on app.sessions (actor_kind, actor_id) where ended_at is null;
create index sessions_by_expiry on app.sessions (expires_at);

-- Requests counted per key in a sliding window; in the database so that it holds across instances.
create table app.rate_hits (
  key text primary key,
  hits timestamptz[] not null,
  refused boolean not null default false,
  latest timestamptz not null
);
create index rate_hits_by_age on app.rate_hits (latest);

-- Secrets the product makes for itself at first start (signing of links, sealing of documents).
create table app.secrets (
  name text primary key,
  value text not null,
  created_at timestamptz not null default app.now()
);

-- Settings that staff may change: data with history; the newest row of a name counts.
create table app.settings (
  id bigint generated always as identity primary key,
  name text not null,
  value jsonb not null,
  at timestamptz not null default app.now(),
  actor text not null
);
create index settings_by_name on app.settings (name, id desc);
