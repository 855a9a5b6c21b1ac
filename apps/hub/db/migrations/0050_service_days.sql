-- compatible
-- What a service is charged follows from the days its items are in force (ADR 7).

-- The days an item is in force, both included: none before the service starts, no end while it stands.
alter table subscriptions.items
  add column starts_on date,
  add column ends_on date,
  add constraint items_days check (ends_on >= starts_on - 1),
  add constraint items_end_after_start check (ends_on is null or starts_on is not null);
drop trigger items_append_only on subscriptions.items;
update subscriptions.items i set starts_on = s.activated_on, ends_on = s.cancelled_on
  from subscriptions.subscriptions s where s.id = i.subscription_id and s.activated_on is not null;

-- What was sold and its price never change; only the days can.
create function subscriptions.refuse_resale() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (to_jsonb(new) - 'starts_on' - 'ends_on') <> (to_jsonb(old) - 'starts_on' - 'ends_on') then
    raise exception 'item % was sold as it is: end it and begin another', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger items_sold before update or delete on subscriptions.items
  for each row execute function subscriptions.refuse_resale();

alter table subscriptions.subscriptions
  -- A day on which a billing cycle of this service starts.
  add column billing_anchor date,
  add column suspended_for text check (suspended_for in ('non_payment', 'vacation', 'abuse'));
update subscriptions.subscriptions set billing_anchor = date_trunc('month', activated_on)::date where activated_on is not null;
alter table subscriptions.subscriptions
  add constraint subscriptions_suspended_for check ((status = 'suspended') = (suspended_for is not null));
create index subscriptions_running on subscriptions.subscriptions (id) where status in ('active', 'suspended');

-- Which command each step was.
alter table subscriptions.steps add column command text;

-- What the customer agreed to, and until when; a renewal adds a row. No months: for an indeterminate time.
create table subscriptions.terms (
  id bigint generated always as identity primary key,
  subscription_id text not null references subscriptions.subscriptions,
  starts_on date not null,
  months integer check (months between 1 and 60),
  ends_on date check ((ends_on is null) = (months is null) and ends_on >= starts_on),
  -- Given on the price of goods bought for the service: what the law lets the company ask back (CPA s. 214.7).
  goods_rebate_cents bigint not null default 0 check (goods_rebate_cents >= 0),
  source text not null,
  at timestamptz not null default app.now()
);
create index terms_by_subscription on subscriptions.terms (subscription_id, id);
create trigger terms_append_only before update or delete on subscriptions.terms
  for each row execute function app.refuse_change();

-- A suspension, from the day it began until the service came back: which items stopped for it, and the day on
-- which each would have ended.
create table subscriptions.pauses (
  id bigint generated always as identity primary key,
  subscription_id text not null references subscriptions.subscriptions,
  reason text not null check (reason in ('non_payment', 'vacation', 'abuse')),
  from_on date not null,
  until_on date,
  items jsonb not null
);
create unique index pauses_open on subscriptions.pauses (subscription_id) where until_on is null;
create index pauses_by_subscription on subscriptions.pauses (subscription_id, id);

-- What must happen to a service on a day to come; done or withdrawn, the row goes.
create table subscriptions.due_changes (
  subscription_id text not null references subscriptions.subscriptions,
  on_date date not null,
  what text not null check (what in ('provision', 'cancel', 'reconnect')),
  reason text not null,
  added_by text not null,
  -- Of an end to come: which items stop for it, and the day on which each would have ended; also those of a pause.
  items jsonb not null default '{}',
  paused_items jsonb not null default '{}',
  -- Why it could not be done when its day had come: it waits for a person.
  problem text,
  primary key (subscription_id, what, on_date)
);
create index due_changes_by_day on subscriptions.due_changes (on_date, subscription_id);

-- What has been charged of each item for each billing cycle, by invoices and by charges that wait for one.
-- The key is what makes a second charge for a cycle impossible.
create table charges.cycles (
  -- Of a domain to the right: no foreign keys.
  item_id text not null,
  cycle_from date not null,
  cycle_to date not null check (cycle_to >= cycle_from),
  subscription_id text not null,
  -- The days charged; none when all was credited.
  from_on date check (from_on >= cycle_from),
  to_on date check (to_on <= cycle_to and to_on >= from_on),
  cents bigint not null,
  primary key (item_id, cycle_from),
  check ((from_on is null) = (to_on is null) and (from_on is not null or cents = 0))
);
create index cycles_by_subscription on charges.cycles (subscription_id, cycle_to);

-- A service has been charged for the cycles that start on or before this day.
create table charges.charged_through (
  subscription_id text primary key,
  through date not null
);
-- What was billed before this migration: the newest cycles of each item, as their lines say.
insert into charges.charged_through (subscription_id, through)
select subscription_id, max(period_from) from billing.invoice_lines
 where kind = 'recurring' and subscription_id is not null group by 1;
insert into charges.cycles (item_id, cycle_from, cycle_to, subscription_id, from_on, to_on, cents)
select item_id, cycle_from, (cycle_from + length - interval '1 day')::date, subscription_id, min(period_from), max(period_to), sum(amount_cents)
  from (select l.*, i.id as item_id,
               date_trunc(case i.frequency when 'yearly' then 'year' when 'quarterly' then 'quarter' else 'month' end, l.period_from)::date as cycle_from,
               case i.frequency when 'yearly' then interval '1 year' when 'quarterly' then interval '3 months' else interval '1 month' end as length
          from billing.invoice_lines l join subscriptions.items i on i.id = l.subscription_item_id
         where l.kind = 'recurring') billed
 group by 1, 2, 3, 4;
create index charged_through_by_day on charges.charged_through (through, subscription_id);

alter table charges.charges
  add column kind text not null default 'one_time' check (kind in ('recurring', 'one_time')),
  add column detail_fr text,
  add column detail_en text,
  add column period_from date,
  add column period_to date,
  add column subscription_item_id text,
  add column cycle_from date,
  add constraint charges_period check ((period_from is null) = (period_to is null) and period_to >= period_from),
  add constraint charges_recurring check ((kind = 'recurring') = (cycle_from is not null));
create index charges_open_by_item on charges.charges (subscription_item_id, cycle_from)
  where state = 'open' and subscription_item_id is not null;

-- The key of charges.cycles does it now, and knows of credits.
drop index billing.invoice_lines_one_period;
create index invoice_lines_by_item on billing.invoice_lines (subscription_item_id, period_from)
  where subscription_item_id is not null;
