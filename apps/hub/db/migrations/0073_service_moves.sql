-- compatible
-- A service follows its customer to another address: from a day on its items are rendered there.

-- Where an item is rendered; null while its service has never moved: where the service is.
alter table subscriptions.items add column location_id text references plant.locations;

-- What was sold and its price never change; only the days can, and the place is said once, when the service first moves.
create or replace function subscriptions.refuse_resale() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE'
     or (to_jsonb(new) - 'starts_on' - 'ends_on' - 'location_id') <> (to_jsonb(old) - 'starts_on' - 'ends_on' - 'location_id')
     or (old.location_id is not null and new.location_id is distinct from old.location_id) then
    raise exception 'item % was sold as it is: end it and begin another', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create table subscriptions.moves (
  id bigint generated always as identity primary key,
  subscription_id text not null references subscriptions.subscriptions,
  from_location_id text not null references plant.locations,
  to_location_id text not null references plant.locations,
  -- First day at the new address.
  on_date date not null,
  -- The device goes along, or another one is installed there.
  equipment text not null check (equipment in ('carried', 'swapped')),
  -- To take it back: which items end for it, and the day on which each would have ended.
  items jsonb not null default '{}',
  state text not null default 'set' check (state in ('set', 'done', 'withdrawn')),
  asked_at timestamptz not null default app.now(),
  asked_by text not null,
  check (from_location_id <> to_location_id)
);
create unique index moves_set on subscriptions.moves (subscription_id) where state = 'set';
create index moves_by_subscription on subscriptions.moves (subscription_id, id);
create index moves_to on subscriptions.moves (to_location_id, on_date) where state <> 'withdrawn';

alter table subscriptions.due_changes drop constraint due_changes_what_check;
alter table subscriptions.due_changes
  add constraint due_changes_what_check check (what in ('provision', 'cancel', 'reconnect', 'move'));
