-- compatible
-- Services that started while nothing could be billed (another system still did, or nobody had described the company):
-- each has its first bill when that ends. Asked again a day later, should it have failed.
create table billing.first_bills_waiting (
  subscription_id text primary key references subscriptions.subscriptions,
  since timestamptz not null default app.now(),
  asked_at timestamptz
);
