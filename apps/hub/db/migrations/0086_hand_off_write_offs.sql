-- compatible
-- What of a debt was given up when it was handed to an agency.
alter table collections.hand_offs
  add column written_off_cents bigint not null default 0 check (written_off_cents between 0 and amount_cents);
-- The lines of bank statements that may be of a customer, found by the customers they may be of.
create index statement_lines_for_whom on payments.statement_lines using gin (candidates jsonb_path_ops)
  where state = 'waiting';
