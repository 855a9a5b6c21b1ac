-- compatible
-- Every balance is recomputed from zero once a night in which something was posted, and what disagrees is kept.
create table ledger.checks (
  on_date date primary key,
  started_at timestamptz not null default app.now(),
  finished_at timestamptz,
  entries bigint not null default 0,
  differences jsonb not null default '[]'
);
