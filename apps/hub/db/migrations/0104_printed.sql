-- compatible
-- What an invoice prints that is known only when it is issued: the debit that will pay it, where it is paid online, the
-- interest agreed. Kept, so that the document is the same in years. Null for invoices of before.
alter table billing.invoices add column printed jsonb;

-- An explanation is for the house unless it was given to be shown to the customer.
alter table billing.run_customers
  add column explanation_shown boolean not null default false,
  add constraint run_customers_shown check (not explanation_shown or explanation is not null);

-- Why an invoice differs is printed on it: once it is issued, no word of it changes.
create function billing.refuse_difference_edit() returns trigger language plpgsql as $$
begin
  raise exception 'why the bill of % in % differs is printed', old.customer_id, old.run_id using errcode = 'restrict_violation';
end $$;
create trigger run_customers_printed before update on billing.run_customers for each row
  when (old.invoice_id is not null
    and row(old.causes, old.before_cents, old.comparison, old.explanation, old.explanation_shown, old.invoice_id)
      is distinct from row(new.causes, new.before_cents, new.comparison, new.explanation, new.explanation_shown, new.invoice_id))
  execute function billing.refuse_difference_edit();
create trigger run_customers_kept before delete on billing.run_customers for each row
  when (old.invoice_id is not null) execute function billing.refuse_difference_edit();
