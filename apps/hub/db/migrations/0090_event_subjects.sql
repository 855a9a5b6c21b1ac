-- compatible
-- Events of a thing are asked for by its id alone (0006): the index that also names its kind is read by nobody, and
-- was written with every event.
drop index app.events_by_subject;
