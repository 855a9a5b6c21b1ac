-- compatible
-- What the provider said became of an SMS before its sending was written down here: taken when it is.
create table messages.early_reports (
  provider_ref text primary key,
  status text not null check (status in ('delivered', 'failed')),
  failure text,
  at timestamptz not null default app.now()
);
create index early_reports_by_age on messages.early_reports (at);
