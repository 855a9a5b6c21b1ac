-- compatible
-- What is offered may be for a fixed term, with a rebate on goods bought for it, and is taxed where it is rendered.
alter table sales.quote_versions
  add column province text not null default 'QC' check (province ~ '^[A-Z]{2}$'),
  add column term_months integer check (term_months in (12, 24, 36)),
  add column goods_rebate_cents bigint not null default 0 check (goods_rebate_cents >= 0),
  add constraint rebate_with_a_term check (goods_rebate_cents = 0 or term_months is not null);

-- Agreed at the sale: it begins, as a term, with the service.
create table subscriptions.agreed_terms (
  subscription_id text primary key references subscriptions.subscriptions,
  months integer not null check (months between 1 and 60),
  goods_rebate_cents bigint not null default 0 check (goods_rebate_cents >= 0),
  source text not null,
  at timestamptz not null default app.now()
);
create trigger agreed_terms_append_only before update or delete on subscriptions.agreed_terms
  for each row execute function app.refuse_change();

-- What the customer was told is coming, once each: the end of a term, of a promotion, a higher price.
create table subscriptions.notices (
  id bigint generated always as identity primary key,
  subscription_id text not null references subscriptions.subscriptions,
  kind text not null check (kind in ('term_end', 'promotion_end', 'price_rise')),
  about text not null,
  on_date date not null,
  at timestamptz not null default app.now(),
  unique (subscription_id, kind, about, on_date)
);
create trigger notices_append_only before update or delete on subscriptions.notices
  for each row execute function app.refuse_change();
create index terms_by_end on subscriptions.terms (ends_on) where ends_on is not null;
create index promotions_by_end on subscriptions.items (ends_on) where price_cents < 0;
