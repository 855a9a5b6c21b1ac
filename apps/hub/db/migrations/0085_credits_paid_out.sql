-- compatible
-- A credit that came with no payment (of credit notes) is paid out by hand: a refund, and money that leaves, of none.
alter table payments.refunds alter column payment_id drop not null,
  add constraint refunds_of_credit check (payment_id is not null or destination in ('cash', 'cheque', 'transfer'));
alter table payments.withdrawals alter column payment_id drop not null,
  add constraint withdrawals_of_credit check (payment_id is not null or kind = 'refund');
