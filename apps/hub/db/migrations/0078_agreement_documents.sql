-- compatible
-- What an agreement's document says for ever: the company, the payer, the method. Null for those of before.
alter table payments.agreements add column printed jsonb;

-- The provider's transfers are looked at once a day, should a webhook have been lost.
create table payments.payout_looks (
  on_date date primary key,
  at timestamptz not null default app.now()
);

-- What a checkout buys of the catalog: invoiced when its money comes, and not before.
alter table payments.checkouts add column cart jsonb check (cart is null or invoice_id is null);
