-- compatible
-- A credit note of an account undone as a whole: an invoice charges again what the note gave, with the very taxes,
-- and the note's credit pays it.
create table billing.note_undoings (
  credit_note_id text primary key references billing.credit_notes,
  invoice_id text not null unique references billing.invoices,
  reason text not null check (reason <> ''),
  at timestamptz not null default app.now(),
  by text not null
);
create trigger note_undoings_final before update or delete on billing.note_undoings
  for each row execute function app.refuse_change();

-- The reversal of a run undoes the notes it made; one whose credit was used is left as it is.
alter table billing.run_customers
  drop constraint run_customers_reversal_check,
  add constraint run_customers_reversal_check check (reversal in
    ('credited', 'undone', 'paid', 'disputed', 'credited_before', 'written_off', 'credit_note', 'credit_used', 'nothing',
     'failed'));
