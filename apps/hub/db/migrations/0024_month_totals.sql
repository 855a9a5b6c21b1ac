-- compatible
-- What was invoiced and received in each month, kept as rows come. Invoices and payments are final, so their
-- totals only grow. A month is split by a few shards, so that transactions of the same moment do not queue for
-- one row; whoever reads a month adds them up.

create table billing.month_totals (
  month date not null check (extract(day from month) = 1),
  shard smallint not null,
  invoices bigint not null,
  total_cents bigint not null,
  primary key (month, shard)
);
create function billing.keep_month_totals() returns trigger language plpgsql as $$
begin
  insert into billing.month_totals as held (month, shard, invoices, total_cents)
  select date_trunc('month', issued_on)::date, pg_backend_pid() % 8, count(*), sum(total_cents)
    from added group by 1 order by 1
  on conflict (month, shard) do update
     set invoices = held.invoices + excluded.invoices, total_cents = held.total_cents + excluded.total_cents;
  return null;
end $$;
create trigger invoices_keep_month_totals after insert on billing.invoices
  referencing new table as added for each statement execute function billing.keep_month_totals();
insert into billing.month_totals (month, shard, invoices, total_cents)
select date_trunc('month', issued_on)::date, 0, count(*), sum(total_cents) from billing.invoices group by 1;

create table payments.month_totals (
  month date not null check (extract(day from month) = 1),
  shard smallint not null,
  payments bigint not null,
  amount_cents bigint not null,
  primary key (month, shard)
);
create function payments.keep_month_totals() returns trigger language plpgsql as $$
begin
  insert into payments.month_totals as held (month, shard, payments, amount_cents)
  select date_trunc('month', received_on)::date, pg_backend_pid() % 8, count(*), sum(amount_cents)
    from added group by 1 order by 1
  on conflict (month, shard) do update
     set payments = held.payments + excluded.payments, amount_cents = held.amount_cents + excluded.amount_cents;
  return null;
end $$;
create trigger payments_keep_month_totals after insert on payments.payments
  referencing new table as added for each statement execute function payments.keep_month_totals();
insert into payments.month_totals (month, shard, payments, amount_cents)
select date_trunc('month', received_on)::date, 0, count(*), sum(amount_cents) from payments.payments group by 1;

-- Services by their first day, and what each month of service brings, without reading the whole rows.
create index subscriptions_by_activation on subscriptions.subscriptions (activated_on) where activated_on is not null;
