-- compatible
-- The audit trail is asked by thing, by kind of event, by somebody and by kind of somebody; newest first each time.
create index events_by_subject_id on app.events (subject_id, id desc);
create index events_by_type on app.events (type, id desc);
create index events_by_actor on app.events (actor_id, id desc) where actor_id is not null;
create index events_by_actor_kind on app.events (actor_kind, id desc);
