-- compatible
-- Debts given up, and what came of them; invoices that customers contest.
create sequence billing.write_off_number start 10001;
create table billing.write_offs (
  id text primary key default 'WO-' || nextval('billing.write_off_number'),
  invoice_id text not null references billing.invoices,
  customer_id text not null references customers.customers,
  amount_cents bigint not null check (amount_cents > 0),
  -- The loss, and the taxes claimed back from the tax offices.
  net_cents bigint not null,
  gst_cents bigint not null default 0,
  qst_cents bigint not null default 0,
  hst_cents bigint not null default 0,
  reason text not null,
  on_date date not null,
  at timestamptz not null default app.now(),
  by text not null,
  check (amount_cents = net_cents + gst_cents + qst_cents + hst_cents)
);
create index write_offs_newest on billing.write_offs (at desc, id desc);
create index write_offs_by_customer on billing.write_offs (customer_id, at desc, id desc);
create index write_offs_by_invoice on billing.write_offs (invoice_id, at desc, id desc);
create trigger write_offs_append_only before update or delete on billing.write_offs
  for each row execute function app.refuse_change();

-- What is owed again of a debt that was given up.
create sequence billing.recovery_number start 10001;
create table billing.write_off_recoveries (
  id text primary key default 'WR-' || nextval('billing.recovery_number'),
  write_off_id text not null references billing.write_offs,
  amount_cents bigint not null check (amount_cents > 0),
  net_cents bigint not null,
  gst_cents bigint not null default 0,
  qst_cents bigint not null default 0,
  hst_cents bigint not null default 0,
  reason text not null,
  on_date date not null,
  at timestamptz not null default app.now(),
  by text not null,
  check (amount_cents = net_cents + gst_cents + qst_cents + hst_cents)
);
create index write_off_recoveries_by_write_off on billing.write_off_recoveries (write_off_id, id);
create trigger write_off_recoveries_append_only before update or delete on billing.write_off_recoveries
  for each row execute function app.refuse_change();

create sequence billing.dispute_number start 10001;
create table billing.disputes (
  id text primary key default 'DSP-' || nextval('billing.dispute_number'),
  invoice_id text not null references billing.invoices,
  customer_id text not null references customers.customers,
  amount_cents bigint not null check (amount_cents > 0),
  reason text not null,
  opened_at timestamptz not null default app.now(),
  opened_by text not null
);
create index disputes_newest on billing.disputes (opened_at desc, id desc);
create index disputes_by_customer on billing.disputes (customer_id, opened_at desc, id desc);
create index disputes_by_invoice on billing.disputes (invoice_id, opened_at desc, id desc);

create table billing.dispute_outcomes (
  dispute_id text primary key references billing.disputes,
  outcome text not null check (outcome in ('credited', 'upheld')),
  note text not null,
  credit_note_id text references billing.credit_notes,
  closed_at timestamptz not null default app.now(),
  closed_by text not null,
  check ((outcome = 'credited') = (credit_note_id is not null))
);
create trigger disputes_append_only before update or delete on billing.disputes
  for each row execute function app.refuse_change();
create trigger dispute_outcomes_append_only before update or delete on billing.dispute_outcomes
  for each row execute function app.refuse_change();

create function billing.keep_disputed() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'disputes' then
    update billing.invoices set disputed_cents = disputed_cents + new.amount_cents where id = new.invoice_id;
  else
    update billing.invoices i set disputed_cents = disputed_cents - d.amount_cents
      from billing.disputes d where d.id = new.dispute_id and i.id = d.invoice_id;
  end if;
  return null;
end $$;
create trigger disputes_keep_disputed after insert on billing.disputes
  for each row execute function billing.keep_disputed();
create trigger dispute_outcomes_keep_disputed after insert on billing.dispute_outcomes
  for each row execute function billing.keep_disputed();
