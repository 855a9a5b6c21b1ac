-- compatible
-- A service that another system billed before: up to which day it did. Nothing of those days is charged here.
alter table subscriptions.subscriptions
  add column billed_elsewhere_to date;
