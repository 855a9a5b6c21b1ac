-- compatible
-- A credit note of an account: of no invoice, with lines of its own, for what the account had to its credit when
-- nothing was billed: the unused days of a service that ended (CRTC 2016-171), or more credits than charges.
alter table billing.credit_notes
  alter column invoice_id drop not null,
  drop constraint credit_notes_kind_check,
  add constraint credit_notes_kind_check check (kind in ('full', 'partial', 'account')),
  add constraint credit_notes_of_account check ((kind = 'account') = (invoice_id is null));

create table billing.credit_note_own_lines (
  credit_note_id text not null references billing.credit_notes,
  line integer not null check (line > 0),
  kind text not null check (kind in ('recurring', 'one_time')),
  sku text,
  description_fr text not null,
  description_en text not null,
  detail_fr text,
  detail_en text,
  period_from date,
  period_to date,
  quantity integer not null check (quantity > 0),
  -- As printed: positive for what is credited, negative for a charge settled with it.
  unit_price_cents bigint not null,
  amount_cents bigint not null,
  net_cents bigint not null,
  tax_treatment text not null check (tax_treatment in ('taxable', 'termination', 'exempt', 'outside')),
  revenue_account text not null references ledger.accounts,
  in_advance boolean not null,
  province text not null,
  tax_group text not null default '',
  location_id text references plant.locations,
  subscription_id text references subscriptions.subscriptions,
  subscription_item_id text references subscriptions.items,
  charge_id text references charges.charges,
  primary key (credit_note_id, line),
  check ((period_from is null) = (period_to is null) and period_to >= period_from),
  check (kind = 'one_time' or period_from is not null)
);
create unique index credit_note_own_lines_one_charge on billing.credit_note_own_lines (charge_id) where charge_id is not null;
create index credit_note_own_lines_by_item on billing.credit_note_own_lines (subscription_item_id, period_from)
  where subscription_item_id is not null;

create table billing.credit_note_own_taxes (
  credit_note_id text not null references billing.credit_notes,
  line integer not null check (line > 0),
  tax text not null check (tax in ('GST', 'QST', 'HST')),
  province text not null,
  tax_group text not null default '',
  rate_num bigint not null,
  rate_den bigint not null check (rate_den > 0),
  base_cents bigint not null,
  tax_cents bigint not null,
  primary key (credit_note_id, line)
);
create trigger credit_note_own_lines_final before update or delete on billing.credit_note_own_lines
  for each row execute function app.refuse_change();
create trigger credit_note_own_taxes_final before update or delete on billing.credit_note_own_taxes
  for each row execute function app.refuse_change();

-- As before, with the lines a note has of its own: only a note of an account has such, and no others.
create or replace function billing.check_note() returns trigger language plpgsql as $$
declare lines numeric; taxes numeric; beyond text;
begin
  if new.invoice_id is null then
    select coalesce(sum(net_cents), 0) into lines from billing.credit_note_own_lines where credit_note_id = new.id;
    select coalesce(sum(tax_cents), 0) into taxes from billing.credit_note_own_taxes where credit_note_id = new.id;
  else
    select coalesce(sum(net_cents), 0) into lines from billing.credit_note_lines where credit_note_id = new.id;
    select coalesce(sum(tax_cents), 0) into taxes from billing.credit_note_taxes where credit_note_id = new.id;
  end if;
  if lines <> new.subtotal_cents or taxes <> new.tax_cents then
    raise exception 'credit note % does not add up: lines %, taxes %', new.id, lines, taxes using errcode = 'check_violation';
  end if;
  if new.invoice_id is null then
    if exists (select 1 from billing.credit_note_lines where credit_note_id = new.id)
       or exists (select 1 from billing.credit_note_taxes where credit_note_id = new.id) then
      raise exception 'credit note % is of no invoice and takes back one', new.id using errcode = 'check_violation';
    end if;
    return null;
  end if;
  if exists (select 1 from billing.credit_note_lines where credit_note_id = new.id and invoice_id <> new.invoice_id)
     or exists (select 1 from billing.credit_note_taxes where credit_note_id = new.id and invoice_id <> new.invoice_id)
     or exists (select 1 from billing.credit_note_own_lines where credit_note_id = new.id)
     or new.customer_id <> (select customer_id from billing.invoices where id = new.invoice_id) then
    raise exception 'credit note % takes back what is not of %', new.id, new.invoice_id using errcode = 'check_violation';
  end if;
  select 'line ' || l.line into beyond
    from billing.invoice_lines l
    join (select invoice_line, sum(amount_cents) as cents from billing.credit_note_lines
           where invoice_id = new.invoice_id group by 1) c on c.invoice_line = l.line
   where l.invoice_id = new.invoice_id
     and c.cents not between least(l.amount_cents, 0) and greatest(l.amount_cents, 0) limit 1;
  if beyond is null then
    select t.tax || ' of line ' || t.line into beyond
      from billing.invoice_taxes t
      join (select invoice_tax_line, sum(tax_cents) as cents from billing.credit_note_taxes
             where invoice_id = new.invoice_id group by 1) c on c.invoice_tax_line = t.line
     where t.invoice_id = new.invoice_id
       and c.cents not between least(t.tax_cents, 0) and greatest(t.tax_cents, 0) limit 1;
  end if;
  if beyond is not null then
    raise exception 'credit note % takes back more than % says: %', new.id, new.invoice_id, beyond using errcode = 'check_violation';
  end if;
  return null;
end $$;

-- What such a note carries is settled as what an invoice carries is.
alter table charges.charges
  add column credit_note_id text,
  drop constraint charges_state_check,
  add constraint charges_state_check check (state in ('open', 'invoiced', 'credited', 'cancelled')),
  add constraint charges_credited check ((state = 'credited') = (credit_note_id is not null));

-- A customer of a run whose bill is below zero gets such a note instead of an invoice.
alter table billing.run_customers
  drop constraint run_customers_outcome_check,
  add constraint run_customers_outcome_check
    check (outcome in ('invoiced', 'credited', 'nothing', 'credit_waits', 'changed', 'failed')),
  add column credit_note_id text references billing.credit_notes;

-- Of such a line nothing is an invoice's (0064).
alter table billing.recognised
  alter column invoice_id drop not null,
  alter column invoice_line drop not null;
