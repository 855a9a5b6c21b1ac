-- compatible
-- How many customers of a run have been dealt with: counted as it goes, for a run of a million is not counted anew
-- after each batch.
alter table billing.runs add column done integer not null default 0 check (done >= 0);
update billing.runs r
   set done = (select count(*) from billing.run_customers c where c.run_id = r.id and c.outcome is not null);
