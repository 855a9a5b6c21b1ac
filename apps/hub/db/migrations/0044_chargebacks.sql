-- compatible
-- A payer who contests a payment with their bank. Where its money is stands in the withdrawals.
create sequence payments.chargeback_number start 1001;
create table payments.chargebacks (
  id text primary key default 'CB-' || nextval('payments.chargeback_number'),
  payment_id text not null references payments.payments,
  customer_id text not null references customers.customers,
  amount_cents bigint not null check (amount_cents > 0),
  -- The bank's word for why: fraudulent, product_not_received…
  reason text not null,
  state text not null check (state in ('needs_response', 'under_review', 'won', 'lost', 'closed')),
  provider text not null,
  provider_ref text not null,
  -- Until when evidence is taken.
  due_by timestamptz,
  opened_at timestamptz not null default app.now(),
  moved_at timestamptz not null default app.now(),
  unique (provider, provider_ref)
);
create index chargebacks_newest on payments.chargebacks (opened_at desc, id desc);
create index chargebacks_by_customer on payments.chargebacks (customer_id, opened_at desc, id desc);
create index chargebacks_by_payment on payments.chargebacks (payment_id);
