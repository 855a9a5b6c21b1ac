-- compatible
-- How many documents of a run a reversal has dealt with: counted as it goes, as `done` is.
alter table billing.runs add column reversed integer not null default 0 check (reversed >= 0);
update billing.runs r
   set reversed = (select count(reversal) from billing.run_customers c where c.run_id = r.id);
