-- compatible
-- The yearly rate the customer's contract says, from the day it was agreed; null says none. Without a row, none.
create table billing.interest_agreements (
  id bigint generated always as identity primary key,
  customer_id text not null references customers.customers (id),
  from_on date not null,
  yearly_percent text check (yearly_percent ~ '^\d{1,3}(\.\d{1,4})?$'),
  source text not null,
  agreed_at timestamptz not null default app.now(),
  agreed_by text not null,
  unique (customer_id, source)
);
create index interest_agreements_by_customer on billing.interest_agreements (customer_id, from_on, id);
create trigger interest_agreements_append_only before update or delete on billing.interest_agreements
  for each row execute function app.refuse_change();

-- What an offer says of interest, per cent a year; null: the account bears none. It is the contract's once signed.
alter table sales.quote_versions
  add column interest_percent text check (interest_percent ~ '^\d{1,3}(\.\d{1,4})?$');
