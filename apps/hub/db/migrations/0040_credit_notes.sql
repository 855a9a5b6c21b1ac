-- compatible
-- Credit notes: their own numbers without gap, final once issued, never more than what their invoice says.
insert into billing.counters (series, last) values ('CN', 0);

-- Kept by triggers from the rows that say so: what credit notes took back, what was given up less what was
-- recovered, what the customer contests.
alter table billing.invoices
  add column credited_cents bigint not null default 0 check (credited_cents between 0 and total_cents),
  add column written_off_cents bigint not null default 0 check (written_off_cents between 0 and total_cents),
  add column disputed_cents bigint not null default 0 check (disputed_cents between 0 and total_cents);
create index invoices_disputed on billing.invoices (customer_id) where disputed_cents > 0;
-- Lines of one province that an exemption covers and those it does not are taxed apart: its number, or nothing.
alter table billing.invoice_lines add column tax_group text not null default '';
alter table billing.invoice_taxes add column tax_group text not null default '';

create or replace function billing.keep_settled() returns trigger language plpgsql as $$
begin
  update billing.invoices set settled_cents = settled_cents + added.cents,
                              written_off_cents = written_off_cents + added.written_off
    from (select invoice_id, sum(amount_cents) as cents,
                 coalesce(sum(amount_cents) filter (where source_kind = 'write_off'), 0) as written_off
            from added group by 1) added
   where invoices.id = added.invoice_id;
  return null;
end $$;

create or replace function billing.refuse_edit() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or
     (to_jsonb(new) - array['settled_cents', 'outstanding_cents', 'credited_cents', 'written_off_cents', 'disputed_cents'])
       <> (to_jsonb(old) - array['settled_cents', 'outstanding_cents', 'credited_cents', 'written_off_cents', 'disputed_cents']) then
    raise exception 'invoice % is issued and cannot be changed', old.id using errcode = 'restrict_violation';
  end if;
  if pg_trigger_depth() < 2 and (new.settled_cents <> old.settled_cents or new.credited_cents <> old.credited_cents
      or new.written_off_cents <> old.written_off_cents or new.disputed_cents <> old.disputed_cents) then
    raise exception 'what is settled of % follows from its settlements', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create table billing.credit_notes (
  id text primary key check (id ~ '^CN-\d{5,}$'),
  number bigint not null unique check (number > 0),
  invoice_id text not null references billing.invoices,
  customer_id text not null references customers.customers,
  kind text not null check (kind in ('full', 'partial')),
  reason text not null,
  issued_on date not null,
  issued_at timestamptz not null default app.now(),
  issued_by text not null,
  -- Positive, as printed.
  subtotal_cents bigint not null,
  tax_cents bigint not null,
  total_cents bigint not null check (total_cents = subtotal_cents + tax_cents and total_cents > 0),
  -- What it lowered its invoice by when it was issued; the rest became a credit of the customer.
  applied_cents bigint not null check (applied_cents between 0 and total_cents),
  -- What is left of that credit; moves as it is put against invoices or paid back.
  credit_cents bigint not null check (credit_cents between 0 and total_cents - applied_cents),
  language text not null check (language in ('fr', 'en')),
  bill_to jsonb not null,
  service_address text[] not null,
  company jsonb not null
);
create index credit_notes_newest on billing.credit_notes (issued_on desc, number desc);
create index credit_notes_by_customer on billing.credit_notes (customer_id, issued_on desc, number desc);
create index credit_notes_by_invoice on billing.credit_notes (invoice_id, number);
create index credit_notes_credit on billing.credit_notes (customer_id, number) where credit_cents > 0;

create table billing.credit_note_lines (
  credit_note_id text not null references billing.credit_notes,
  line integer not null check (line > 0),
  invoice_id text not null,
  invoice_line integer not null,
  quantity integer check (quantity > 0),
  -- With the sign of the invoice's line: a discount is taken back as a negative amount.
  amount_cents bigint not null,
  net_cents bigint not null,
  primary key (credit_note_id, line),
  unique (credit_note_id, invoice_line),
  foreign key (invoice_id, invoice_line) references billing.invoice_lines (invoice_id, line)
);
create index credit_note_lines_by_invoice on billing.credit_note_lines (invoice_id, invoice_line);

create table billing.credit_note_taxes (
  credit_note_id text not null references billing.credit_notes,
  line integer not null,
  invoice_id text not null,
  -- The tax of the invoice that it takes back.
  invoice_tax_line integer not null,
  base_cents bigint not null,
  tax_cents bigint not null,
  primary key (credit_note_id, line),
  unique (credit_note_id, invoice_tax_line),
  foreign key (invoice_id, invoice_tax_line) references billing.invoice_taxes (invoice_id, line)
);
create index credit_note_taxes_by_invoice on billing.credit_note_taxes (invoice_id, invoice_tax_line);

-- Money given back out of the credit of a note. Appended only.
create table billing.credit_uses (
  id bigint generated always as identity primary key,
  credit_note_id text not null references billing.credit_notes,
  document_kind text not null check (document_kind in ('refund', 'refund_reversal', 'transfer')),
  document_id text not null check (document_id <> ''),
  amount_cents bigint not null check (amount_cents <> 0),
  at timestamptz not null default app.now()
);
create index credit_uses_by_note on billing.credit_uses (credit_note_id, id);

create function billing.keep_credited() returns trigger language plpgsql as $$
begin
  update billing.invoices set credited_cents = credited_cents + new.total_cents where id = new.invoice_id;
  return null;
end $$;
create trigger credit_notes_keep_credited after insert on billing.credit_notes
  for each row execute function billing.keep_credited();

create function billing.refuse_note_edit() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (to_jsonb(new) - 'credit_cents') <> (to_jsonb(old) - 'credit_cents') then
    raise exception 'credit note % is issued and cannot be changed', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger credit_notes_final before update or delete on billing.credit_notes
  for each row execute function billing.refuse_note_edit();
create trigger credit_note_lines_final before update or delete on billing.credit_note_lines
  for each row execute function app.refuse_change();
create trigger credit_note_taxes_final before update or delete on billing.credit_note_taxes
  for each row execute function app.refuse_change();
create trigger credit_uses_final before update or delete on billing.credit_uses
  for each row execute function app.refuse_change();

-- A note adds up, is of its invoice's customer, and with those before it takes back no line and no tax beyond
-- what the invoice says; checked when the transaction commits.
create function billing.check_note() returns trigger language plpgsql as $$
declare lines numeric; taxes numeric; beyond text;
begin
  select coalesce(sum(net_cents), 0) into lines from billing.credit_note_lines where credit_note_id = new.id;
  select coalesce(sum(tax_cents), 0) into taxes from billing.credit_note_taxes where credit_note_id = new.id;
  if lines <> new.subtotal_cents or taxes <> new.tax_cents then
    raise exception 'credit note % does not add up: lines %, taxes %', new.id, lines, taxes using errcode = 'check_violation';
  end if;
  if exists (select 1 from billing.credit_note_lines where credit_note_id = new.id and invoice_id <> new.invoice_id)
     or exists (select 1 from billing.credit_note_taxes where credit_note_id = new.id and invoice_id <> new.invoice_id)
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
create constraint trigger credit_notes_right after insert on billing.credit_notes
  deferrable initially deferred for each row execute function billing.check_note();
