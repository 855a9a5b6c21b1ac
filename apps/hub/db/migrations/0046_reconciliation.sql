-- compatible
-- What the provider says it transferred to our bank, and what each transfer is made of.
create table payments.payouts (
  provider text not null,
  provider_ref text not null,
  state text not null check (state in ('pending', 'in_transit', 'paid', 'failed', 'canceled')),
  amount_cents bigint not null,
  currency text not null,
  created_at timestamptz not null,
  arrives_on date not null,
  -- Where the reading of its movements goes on; null once all are here.
  read_after text,
  read_at timestamptz,
  -- When it was put in the books.
  posted_at timestamptz,
  primary key (provider, provider_ref)
);
create index payouts_newest on payments.payouts (arrives_on desc, provider_ref desc);

create table payments.movements (
  provider text not null,
  provider_ref text not null,
  payout_ref text not null,
  type text not null,
  source_ref text,
  payment_ref text,
  amount_cents bigint not null,
  fee_cents bigint not null,
  net_cents bigint not null check (net_cents = amount_cents - fee_cents),
  currency text not null,
  created_at timestamptz not null,
  -- What it is in our books; null while nothing explains it.
  matched_kind text check (matched_kind in ('payment', 'refund', 'refund_failed', 'chargeback', 'fee', 'payout')),
  matched_id text,
  primary key (provider, provider_ref),
  foreign key (provider, payout_ref) references payments.payouts (provider, provider_ref),
  check ((matched_kind is null) = (matched_id is null))
);
create index movements_by_payout on payments.movements (provider, payout_ref);
create index movements_unexplained on payments.movements (created_at desc, provider_ref) where matched_kind is null;
create index movements_by_match on payments.movements (matched_kind, matched_id) where matched_kind is not null;

-- A refund or a dispute told before the payment it is about: told again once the payment is here.
create table payments.early_words (
  provider text not null,
  event_ref text not null,
  payment_ref text not null,
  told jsonb not null,
  at timestamptz not null default app.now(),
  primary key (provider, event_ref)
);
create index early_words_by_payment on payments.early_words (provider, payment_ref, at);
create index reviews_by_payment_ref on payments.reviews (provider, payment_ref) where resolved_at is null;
