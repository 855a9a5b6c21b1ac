-- compatible
-- A run taken back as a whole: its invoices are credited one page after the other, what they billed waits again.
alter table billing.runs
  drop constraint runs_state_check,
  add constraint runs_state_check
    check (state in ('counting', 'counted', 'issuing', 'issued', 'abandoned', 'reversing', 'reversed')),
  drop constraint runs_check,
  add constraint runs_approved
    check ((state in ('issuing', 'issued', 'reversing', 'reversed')) = (approved_at is not null)),
  add column reversed_at timestamptz,
  add column reversed_by text,
  add column reversal_reason text,
  add constraint runs_reversed check ((state in ('reversing', 'reversed')) = (reversal_reason is not null));
-- No run is computed while another is taken back: it would bill what waits for half of its customers.
drop index billing.runs_open;
create unique index runs_open on billing.runs ((true)) where state in ('counting', 'counted', 'issuing', 'reversing');

alter table billing.run_customers
  add column reversal text check (reversal in
    ('credited', 'paid', 'disputed', 'credited_before', 'written_off', 'credit_note', 'nothing', 'failed')),
  add column reversal_note_id text references billing.credit_notes,
  add constraint run_customers_reversed
    check ((reversal is not distinct from 'credited') = (reversal_note_id is not null));
create index run_customers_to_reverse on billing.run_customers (run_id, customer_id)
  where reversal is null and outcome in ('invoiced', 'credited');
