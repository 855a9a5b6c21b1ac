-- compatible
-- On which day of the month a customer is billed.

-- `common`: all services on `billing_day`; `anniversary`: each on the day it began.
alter table customers.customers
  add column billing_cycle text not null default 'common' check (billing_cycle in ('common', 'anniversary'));

-- From a day on the cycles of a service start on other days, by frequency: [{ frequency, from, anchor }], in order.
-- That day is the first of them. Up to the day before, the last cycle of before is in force only in part, and charged
-- by its days.
alter table subscriptions.subscriptions
  add column anchors jsonb not null default '[]' check (jsonb_typeof(anchors) = 'array');
