-- compatible
-- What was billed in advance becomes revenue by its days, once a month (ADR 8). Appended only.
create table billing.recognitions (
  month date primary key check (extract(day from month) = 1),
  -- Of its entry in the ledger.
  id text not null unique generated always as ('REC-' || extract(year from month)::int || '-' || lpad(extract(month from month)::int::text, 2, '0')) stored,
  cents bigint not null,
  lines integer not null,
  -- The last numbers given out when it was done. Whoever takes a number holds its series until they commit: what
  -- has a greater one came after.
  invoices_to bigint not null,
  notes_to bigint not null,
  at timestamptz not null default app.now(),
  by text not null
);
create trigger recognitions_append_only before update or delete on billing.recognitions
  for each row execute function app.refuse_change();

-- The part of a line that became revenue in a month: of an invoice, or of a credit note that takes it back.
create table billing.recognised (
  month date not null references billing.recognitions deferrable initially deferred,
  document_id text not null,
  line integer not null,
  -- The invoice's line it is of: of an invoice, itself.
  invoice_id text not null,
  invoice_line integer not null,
  revenue_account text not null references ledger.accounts,
  cents bigint not null check (cents <> 0),
  primary key (document_id, line, month),
  foreign key (invoice_id, invoice_line) references billing.invoice_lines (invoice_id, line)
);
create index recognised_by_month on billing.recognised (month, document_id, line);
create trigger recognised_append_only before update or delete on billing.recognised
  for each row execute function app.refuse_change();

-- What was invoiced and earned on each day, by revenue account and item, of the documents up to the numbers above:
-- written with the month that saw them first. Later ones are few and read from their lines.
create table billing.revenue_days (
  seen_in date not null references billing.recognitions deferrable initially deferred,
  on_date date not null,
  revenue_account text not null references ledger.accounts,
  -- Empty where a line is of no item.
  sku text not null,
  invoiced_cents bigint not null,
  earned_cents bigint not null,
  primary key (seen_in, on_date, revenue_account, sku)
);
create index revenue_days_by_day on billing.revenue_days (on_date);
create trigger revenue_days_append_only before update or delete on billing.revenue_days
  for each row execute function app.refuse_change();

-- Lines are written in the order of their days, nearly: a small index that costs nothing to those who bill.
create index invoice_lines_by_end on billing.invoice_lines using brin (period_to) with (pages_per_range = 16);
