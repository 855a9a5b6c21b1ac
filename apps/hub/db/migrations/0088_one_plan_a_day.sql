-- compatible
-- A service has one Internet plan and one television plan a day, in force and charged; what is wrong in between is only
-- judged when the transaction ends.
create extension if not exists btree_gist;

alter table subscriptions.items
  add constraint items_one_plan_a_day exclude using gist
    (subscription_id with =, kind with =, daterange(starts_on, ends_on + 1) with &&)
    where (kind in ('internet', 'tv') and starts_on is not null) deferrable initially deferred;

-- Which plan a cycle is of; null for what may stand beside another of its kind.
alter table charges.cycles add column plan text check (plan in ('internet', 'tv'));
update charges.cycles c set plan = i.kind
  from subscriptions.items i where i.id = c.item_id and i.kind in ('internet', 'tv');
alter table charges.cycles
  add constraint cycles_one_plan_a_day exclude using gist
    (subscription_id with =, plan with =, daterange(from_on, to_on + 1) with &&)
    where (plan is not null and from_on is not null) deferrable initially deferred;
