-- compatible
-- What a credit note takes back of an invoice is either billed again, as charges that wait, or given up.
alter table billing.credit_notes add column bill_again boolean not null default false;

-- Of what a cycle was charged, what credit notes gave up: it is not credited a second time when the service changes.
-- A cycle without days keeps what was given up of it.
alter table charges.cycles
  add column given_cents bigint not null default 0,
  drop constraint cycles_check3,
  add constraint cycles_days check ((from_on is null) = (to_on is null) and (from_on is not null or cents = 0 or given_cents <> 0));
update charges.cycles c
   set given_cents = given.cents
  from (select c.item_id, c.cycle_from, sum(n.amount_cents) as cents
          from charges.cycles c
          join billing.invoice_lines l on l.subscription_item_id = c.item_id and l.kind = 'recurring'
                                      and l.period_from between c.cycle_from and c.cycle_to
          join billing.credit_note_lines n on n.invoice_id = l.invoice_id and n.invoice_line = l.line
         group by 1, 2) given
 where given.item_id = c.item_id and given.cycle_from = c.cycle_from and given.cents <> 0;
