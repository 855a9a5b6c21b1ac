-- compatible
-- Money that leaves a payment again. Appended only: what comes back after all is an opposite row.
alter table payments.payments add column withdrawn_cents bigint not null default 0,
  add check (withdrawn_cents between 0 and amount_cents - rounding_cents);

create table payments.withdrawals (
  id bigint generated always as identity primary key,
  payment_id text not null references payments.payments,
  customer_id text not null references customers.customers,
  kind text not null check (kind in ('refund', 'refund_failed', 'return', 'chargeback', 'chargeback_reinstated')),
  -- The refund, the debit or the chargeback it follows from: once per kind.
  source_id text not null,
  -- Positive when it leaves, negative when it comes back.
  amount_cents bigint not null check (amount_cents <> 0 and (amount_cents > 0) = (kind in ('refund', 'return', 'chargeback'))),
  on_date date not null,
  at timestamptz not null default app.now(),
  unique (kind, source_id)
);
create index withdrawals_by_payment on payments.withdrawals (payment_id, id);
create trigger withdrawals_append_only before update or delete on payments.withdrawals
  for each row execute function app.refuse_change();

create function payments.keep_withdrawn() returns trigger language plpgsql as $$
begin
  update payments.payments set withdrawn_cents = withdrawn_cents + added.cents
    from (select payment_id, sum(amount_cents) as cents from added group by 1) added
   where payments.id = added.payment_id;
  return null;
end $$;
create trigger withdrawals_keep_withdrawn after insert on payments.withdrawals
  referencing new table as added for each statement execute function payments.keep_withdrawn();

-- Also what left it again moves after a payment is recorded, and only by the trigger above.
create or replace function payments.refuse_edit() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (old.receipt is not null and new.receipt is distinct from old.receipt)
     or (to_jsonb(new) - 'credit_cents' - 'withdrawn_cents' - 'brand' - 'last4' - 'receipt')
       <> (to_jsonb(old) - 'credit_cents' - 'withdrawn_cents' - 'brand' - 'last4' - 'receipt') then
    raise exception 'payment % is recorded and cannot be changed', old.id using errcode = 'restrict_violation';
  end if;
  if new.withdrawn_cents <> old.withdrawn_cents and pg_trigger_depth() < 2 then
    raise exception 'what left % follows from its withdrawals', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create sequence payments.refund_number start 10001;
create table payments.refunds (
  id text primary key default 'REF-' || nextval('payments.refund_number'),
  payment_id text not null references payments.payments,
  customer_id text not null references customers.customers,
  amount_cents bigint not null check (amount_cents > 0),
  -- Where it goes: the way it came, the customer's account, or by hand.
  destination text not null check (destination in ('method', 'credit', 'cash', 'cheque', 'transfer')),
  state text not null check (state in ('awaiting_approval', 'rejected', 'sending', 'pending', 'succeeded', 'failed')),
  reason text not null check (reason in ('requested_by_customer', 'duplicate', 'service_not_rendered', 'mistake', 'made_at_provider')),
  note text not null default '',
  -- Number of the cheque or of the transfer.
  reference text,
  provider text,
  provider_ref text,
  idempotency_key text not null unique,
  failure text,
  asked_at timestamptz not null default app.now(),
  asked_by text not null,
  asked_by_id text,
  decided_at timestamptz,
  decided_by text,
  moved_at timestamptz not null default app.now(),
  -- When to ask the provider again, should its answer have been lost.
  look_at timestamptz,
  check ((decided_at is null) = (decided_by is null))
);
create unique index refunds_once on payments.refunds (provider, provider_ref) where provider_ref is not null;
create index refunds_newest on payments.refunds (asked_at desc, id desc);
create index refunds_by_payment on payments.refunds (payment_id, asked_at desc);
create index refunds_by_customer on payments.refunds (customer_id, asked_at desc, id desc);
create index refunds_waiting on payments.refunds (asked_at, id) where state = 'awaiting_approval';
create index refunds_to_look_at on payments.refunds (look_at) where look_at is not null;
