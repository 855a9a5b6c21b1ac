-- compatible
create schema payments;
comment on schema payments is 'Money received: checkouts, payments, what waits for a person.';

-- An intent to pay by a provider's page, written before the provider is asked.
create sequence payments.checkout_number start 10001;
create table payments.checkouts (
  id text primary key default 'CHK-' || nextval('payments.checkout_number'),
  customer_id text not null references customers.customers,
  -- The invoice it pays; null for the whole balance.
  invoice_id text references billing.invoices,
  amount_cents bigint not null check (amount_cents > 0),
  currency text not null default 'CAD' check (currency = 'CAD'),
  provider text not null,
  -- Sent to the provider with `request`, exactly so again when its answer was lost.
  idempotency_key text not null unique,
  request jsonb not null,
  state text not null default 'starting'
    check (state in ('starting', 'open', 'processing', 'paid', 'expired', 'failed')),
  provider_session text unique,
  url text,
  expires_at timestamptz,
  failure text,
  payment_id text,
  started_at timestamptz not null default app.now(),
  started_by text not null,
  -- When to ask the provider what became of it, should no webhook say so.
  look_at timestamptz,
  looks integer not null default 0,
  check (state <> 'open' or provider_session is not null),
  check (state <> 'paid' or payment_id is not null)
);
create index checkouts_by_customer on payments.checkouts (customer_id, started_at desc);
create index checkouts_to_look_at on payments.checkouts (look_at) where look_at is not null;

create sequence payments.payment_number start 10001;
create table payments.payments (
  id text primary key default 'PAY-' || nextval('payments.payment_number'),
  customer_id text not null references customers.customers,
  method text not null check (method in ('card', 'bank_debit', 'cash', 'cheque', 'transfer')),
  amount_cents bigint not null check (amount_cents > 0),
  currency text not null default 'CAD' check (currency = 'CAD'),
  rounding_cents bigint not null default 0 check (abs(rounding_cents) <= 2 and (rounding_cents = 0 or method = 'cash')),
  -- Not put against any invoice yet; kept in the statement that writes the settlements.
  credit_cents bigint not null check (credit_cents between 0 and amount_cents + 2),
  provider text,
  provider_ref text,
  reference text,
  checkout_id text references payments.checkouts,
  received_on date not null,
  received_at timestamptz not null default app.now(),
  -- What the customer owed once it was recorded, as the receipt prints it.
  balance_after_cents bigint not null,
  -- As the receipt prints it, for ever: the payer, the company, what was settled at once. Set with the settlements.
  receipt jsonb,
  brand text,
  last4 text,
  note text not null default '',
  by text not null,
  check ((provider is null) = (provider_ref is null))
);
-- Money the provider reports is recorded once, whatever the number and the order of its webhooks.
create unique index payments_once on payments.payments (provider, provider_ref) where provider is not null;
create unique index payments_one_reference on payments.payments (customer_id, method, reference)
  where provider is null and reference is not null;
create index payments_newest on payments.payments (received_on desc, id desc);
create index payments_by_customer on payments.payments (customer_id, received_on desc, id desc);
create index payments_credit on payments.payments (customer_id, received_on, id) where credit_cents > 0;
alter table payments.checkouts add foreign key (payment_id) references payments.payments;

-- Only the credit that is left and the provider's description of the card move after a payment is recorded.
create function payments.refuse_edit() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (old.receipt is not null and new.receipt is distinct from old.receipt)
     or (to_jsonb(new) - 'credit_cents' - 'brand' - 'last4' - 'receipt')
       <> (to_jsonb(old) - 'credit_cents' - 'brand' - 'last4' - 'receipt') then
    raise exception 'payment % is recorded and cannot be changed', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger payments_final before update or delete on payments.payments
  for each row execute function payments.refuse_edit();

-- What the provider reported and nobody could place without a person.
create sequence payments.review_number start 1001;
create table payments.reviews (
  id text primary key default 'PRV-' || nextval('payments.review_number'),
  kind text not null check (kind in ('unknown_customer', 'wrong_currency', 'wrong_amount', 'refund', 'dispute')),
  provider text not null,
  -- What it is about, once: the payment, the refund or the dispute in the provider's words.
  provider_ref text not null,
  payment_ref text,
  customer_id text references customers.customers,
  payment_id text references payments.payments,
  checkout_id text references payments.checkouts,
  amount_cents bigint not null,
  currency text not null,
  at timestamptz not null default app.now(),
  resolved_at timestamptz,
  resolved_by text,
  resolution text,
  unique (provider, kind, provider_ref),
  check ((resolved_at is null) = (resolution is null))
);
create index reviews_waiting on payments.reviews (at, id) where resolved_at is null;
