-- compatible
-- Customers who do not pay some taxes, and why; interest on what is overdue.
create sequence billing.exemption_number start 10001;
create table billing.tax_exemptions (
  id text primary key default 'TXE-' || nextval('billing.exemption_number'),
  customer_id text not null references customers.customers,
  -- Only at this service address; everywhere when null.
  location_id text references plant.locations,
  taxes text[] not null check (taxes <@ array['GST', 'QST', 'HST'] and cardinality(taxes) > 0),
  reason text not null,
  certificate text not null,
  band text,
  evidence text not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  approved_by text not null,
  approved_at timestamptz not null default app.now()
);
create index tax_exemptions_by_customer on billing.tax_exemptions (customer_id, valid_from);
create table billing.tax_exemption_ends (
  exemption_id text primary key references billing.tax_exemptions,
  -- Last day.
  valid_to date not null,
  reason text not null,
  at timestamptz not null default app.now(),
  by text not null
);
create trigger tax_exemptions_append_only before update or delete on billing.tax_exemptions
  for each row execute function app.refuse_change();
create trigger tax_exemption_ends_append_only before update or delete on billing.tax_exemption_ends
  for each row execute function app.refuse_change();

-- Every tax that was not charged, with the exemption that says why and its certificate as printed.
create table billing.invoice_reliefs (
  invoice_id text not null references billing.invoices,
  line integer not null check (line > 0),
  exemption_id text not null references billing.tax_exemptions,
  certificate text not null,
  tax text not null check (tax in ('GST', 'QST', 'HST')),
  province text not null,
  base_cents bigint not null,
  primary key (invoice_id, line)
);
create index invoice_reliefs_by_exemption on billing.invoice_reliefs (exemption_id, invoice_id);
create trigger invoice_reliefs_final before update or delete on billing.invoice_reliefs
  for each row execute function app.refuse_change();

-- Days on which a customer pays no interest.
create table billing.interest_waivers (
  id bigint generated always as identity primary key,
  customer_id text not null references customers.customers,
  from_on date not null,
  to_on date check (to_on >= from_on),
  reason text not null,
  at timestamptz not null default app.now(),
  by text not null
);
create index interest_waivers_by_customer on billing.interest_waivers (customer_id, from_on);
create trigger interest_waivers_append_only before update or delete on billing.interest_waivers
  for each row execute function app.refuse_change();

-- Interest that an invoice carries: which overdue invoice it is of, and for which days. No day is charged twice.
create table billing.interest_postings (
  overdue_invoice_id text not null references billing.invoices,
  from_on date not null,
  to_on date not null check (to_on >= from_on),
  principal_cents bigint not null,
  interest_cents bigint not null check (interest_cents > 0),
  invoice_id text not null references billing.invoices,
  invoice_line integer not null,
  primary key (overdue_invoice_id, from_on),
  unique (invoice_id, invoice_line)
);
create trigger interest_postings_append_only before update or delete on billing.interest_postings
  for each row execute function app.refuse_change();
