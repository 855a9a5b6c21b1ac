-- compatible
-- Services that started while billing was paused: each has its first bill when the pause ends.
create table billing.first_bills_waiting (
  subscription_id text primary key references subscriptions.subscriptions,
  since timestamptz not null default app.now()
);
