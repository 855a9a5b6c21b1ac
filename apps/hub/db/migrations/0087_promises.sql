-- compatible
-- What was promised to a customer stays one promise, also where a pause or a move parts it into several items.

-- The first item of a promise, on those that go on with it: a discount of six months is six months, however often its
-- service rests or moves meanwhile.
alter table subscriptions.items add column promise text references subscriptions.items;

-- A vacation that begins on the very day its service comes back from another is the same rest: since when it lasts.
alter table subscriptions.pauses add column rest_from date check (rest_from < from_on);
