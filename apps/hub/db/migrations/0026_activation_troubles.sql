-- compatible
-- Services whose work is done but that could not start, until somebody starts or withdraws them.
create table subscriptions.activation_troubles (
  id bigint generated always as identity primary key,
  subscription_id text not null references subscriptions.subscriptions,
  -- The visit that was to start it (domain dispatch).
  job_id text not null,
  -- First day of service, had it started.
  on_date date not null,
  -- Why not: the code of a refusal and its data, put in words by whoever shows it.
  refusal text not null,
  data jsonb not null default '{}',
  since timestamptz not null default app.now(),
  settled_at timestamptz,
  settled_by text,
  check ((settled_at is null) = (settled_by is null))
);
create unique index activation_troubles_one_open on subscriptions.activation_troubles (subscription_id)
  where settled_at is null;
create index activation_troubles_oldest on subscriptions.activation_troubles (since, subscription_id)
  where settled_at is null;
