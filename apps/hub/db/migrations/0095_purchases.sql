-- compatible
create schema purchases;
comment on schema purchases is 'Suppliers, their bills with the taxes paid on them, and how they were paid.';

create sequence purchases.supplier_number start 101;
create table purchases.suppliers (
  id text primary key default 'SUP-' || nextval('purchases.supplier_number'),
  name text not null check (name <> ''),
  -- How two spellings of one name are seen to be the same, and what lists are ordered by.
  name_key text not null generated always as (app.fold(regexp_replace(name, '\s+', ' ', 'g'))) stored unique,
  gst_number text check (gst_number ~ '^\d{9} RT\d{4}$'),
  qst_number text check (qst_number ~ '^\d{10} TQ\d{4}$'),
  terms_days integer not null default 30 check (terms_days between 0 and 180),
  expense_account text references ledger.accounts,
  note text not null default '',
  version integer not null default 1,
  added_at timestamptz not null default app.now(),
  added_by text not null
);
create index suppliers_by_name on purchases.suppliers (name_key, id);

create sequence purchases.bill_number start 10001;
create table purchases.bills (
  id text primary key default 'SB-' || nextval('purchases.bill_number'),
  supplier_id text not null references purchases.suppliers,
  number text not null check (number <> ''),
  -- The supplier's number, whatever the case and the spaces it is typed with.
  number_key text not null generated always as (upper(regexp_replace(number, '\s', '', 'g'))) stored,
  state text not null default 'draft' check (state in ('draft', 'approved', 'paid', 'reversed')),
  billed_on date not null,
  due_on date not null,
  net_cents bigint not null,
  gst_cents bigint not null,
  qst_cents bigint not null,
  total_cents bigint not null check (total_cents = net_cents + gst_cents + qst_cents and total_cents <> 0),
  note text not null default '',
  source text not null default 'typed' check (source in ('typed', 'read')),
  -- What a machine read on the paper: field → value and confidence.
  read jsonb,
  version integer not null default 1,
  entered_at timestamptz not null default app.now(),
  entered_by text not null,
  -- Everybody who wrote the draft: none of them approves it above the limit.
  written_by_ids text[] not null default '{}',
  booked_on date,
  approved_at timestamptz,
  approved_by text,
  payment_id text,
  reversed_on date,
  reversed_at timestamptz,
  reversed_by text,
  reversed_reason text,
  check ((booked_on is null) = (approved_at is null) and (approved_at is null) = (approved_by is null)),
  check ((state = 'paid') = (payment_id is not null)),
  check ((state = 'reversed') = (reversed_on is not null)),
  check ((reversed_on is null) = (reversed_at is null) and (reversed_at is null) = (reversed_by is null)
     and (reversed_by is null) = (reversed_reason is null)),
  check (state in ('draft', 'reversed') or booked_on is not null),
  check (state <> 'draft' or booked_on is null)
);
-- The same paper is entered once; one that was taken back may come again.
create unique index bills_once on purchases.bills (supplier_id, number_key) where state <> 'reversed';
create index bills_newest on purchases.bills (entered_at desc, id desc);
create index bills_by_state on purchases.bills (state, entered_at desc, id desc);
create index bills_by_supplier on purchases.bills (supplier_id, entered_at desc, id desc);
create index bills_by_number on purchases.bills (number_key text_pattern_ops);
create index bills_owed on purchases.bills (supplier_id) include (due_on, total_cents) where state = 'approved';
create index bills_booked on purchases.bills (booked_on) where booked_on is not null;
create index bills_reversed on purchases.bills (reversed_on) where reversed_on is not null;
create index bills_by_payment on purchases.bills (payment_id) where payment_id is not null;

create table purchases.bill_lines (
  bill_id text not null references purchases.bills,
  line integer not null check (line > 0),
  account text not null references ledger.accounts,
  description text not null,
  net_cents bigint not null,
  tax text not null check (tax in ('both', 'gst', 'none')),
  primary key (bill_id, line)
);

create table purchases.bill_files (
  id uuid primary key default gen_random_uuid(),
  bill_id text not null references purchases.bills,
  name text not null,
  type text not null check (type in ('application/pdf', 'image/jpeg', 'image/png', 'image/webp')),
  bytes bytea not null,
  added_at timestamptz not null default app.now(),
  added_by text not null
);
create index bill_files_by_bill on purchases.bill_files (bill_id, added_at, id);
create trigger bill_files_append_only before update or delete on purchases.bill_files
  for each row execute function app.refuse_change();

create sequence purchases.payment_number start 10001;
create table purchases.payments (
  id text primary key default 'SP-' || nextval('purchases.payment_number'),
  supplier_id text not null references purchases.suppliers,
  paid_on date not null,
  method text not null check (method in ('transfer', 'cheque', 'debit', 'card')),
  reference text,
  -- What left the bank; negative when the supplier gave back; zero when credits covered the bills.
  amount_cents bigint not null,
  at timestamptz not null default app.now(),
  by text not null
);
create index payments_by_supplier on purchases.payments (supplier_id, at desc, id desc);
create trigger payments_append_only before update or delete on purchases.payments
  for each row execute function app.refuse_change();
-- What each payment settled, kept also when it was taken back.
create table purchases.payment_bills (
  payment_id text not null references purchases.payments,
  bill_id text not null references purchases.bills,
  amount_cents bigint not null,
  primary key (payment_id, bill_id)
);
create index payment_bills_by_bill on purchases.payment_bills (bill_id);
create trigger payment_bills_append_only before update or delete on purchases.payment_bills
  for each row execute function app.refuse_change();
create table purchases.payment_reversals (
  payment_id text primary key references purchases.payments,
  on_date date not null,
  reason text not null,
  at timestamptz not null default app.now(),
  by text not null
);
create trigger payment_reversals_append_only before update or delete on purchases.payment_reversals
  for each row execute function app.refuse_change();
alter table purchases.bills add foreign key (payment_id) references purchases.payments;

-- A draft is written and rewritten; what is approved keeps its amounts, and moves from state to state only.
create function purchases.refuse_edit() returns trigger language plpgsql as $$
-- What is generated (number_key) is not there yet when a row is about to be written; it follows from the number.
declare moving text[] := '{state,payment_id,reversed_on,reversed_at,reversed_by,reversed_reason,version,number_key}';
begin
  if tg_op = 'DELETE' then
    raise exception 'bill % is not deleted but reversed', old.id using errcode = 'restrict_violation';
  end if;
  if old.state <> 'draft' and (to_jsonb(new) - moving) <> (to_jsonb(old) - moving) then
    raise exception 'bill % is approved and cannot be changed', old.id using errcode = 'restrict_violation';
  end if;
  if new.state <> old.state and (old.state || ' ' || new.state) not in
     ('draft approved', 'draft reversed', 'approved paid', 'approved reversed', 'paid approved') then
    raise exception 'bill % does not go from % to %', old.id, old.state, new.state using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger bills_edit before update or delete on purchases.bills
  for each row execute function purchases.refuse_edit();

create function purchases.refuse_line_edit() returns trigger language plpgsql as $$
declare of_bill text := case tg_op when 'INSERT' then new.bill_id else old.bill_id end;
begin
  if (select state from purchases.bills where id = of_bill) <> 'draft' then
    raise exception 'the lines of bill % are approved', of_bill using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger bill_lines_edit before insert or update or delete on purchases.bill_lines
  for each row execute function purchases.refuse_line_edit();

-- Checked when the transaction commits: the lines are written after their bill.
create function purchases.check_lines() returns trigger language plpgsql as $$
begin
  if exists (select 1 from purchases.bills b where b.id = new.id and b.net_cents <>
       (select coalesce(sum(net_cents), 0) from purchases.bill_lines where bill_id = b.id)) then
    raise exception 'the lines of bill % do not add up to it', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger bills_add_up after insert or update of net_cents on purchases.bills
  deferrable initially deferred for each row execute function purchases.check_lines();
