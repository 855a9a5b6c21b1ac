-- What the migrations make. Written by `npm run gigafibre -- db describe`; not meant to be edited or run.

create extension btree_gist;
create extension pg_trgm;
create extension unaccent;

create schema app; -- Platform: clock, events, commands, inbox, sessions. Knows nothing of an internet provider.
create schema billing; -- Invoices: numbered without gap, final once issued, settled by payments and credits.
create schema catalog; -- What the company sells, and at what price from which day.
create schema charges; -- What the next invoice of a customer will carry.
create schema collections; -- Customers who are late: where they stand on the ladder, what holds it, what they agreed to.
create schema customers; -- People and companies served or courted; contacts, language, status.
create schema dispatch; -- Visits: who goes where and when, what was promised, what was done there and the proof of it.
create schema flows; -- What waits: runs of durable flows, what they have done, and what they may wait for. Rules: packages/flow.
create schema ledger; -- Double entry: accounts, entries, postings; append-only, balanced by the database itself.
create schema messages; -- The one outbox: every SMS and e-mail is a row written in the transaction that causes it.
create schema network; -- What devices and lines say of themselves: optical readings, the limits they are judged by, where an ONT hangs.
create schema payments; -- Money received: checkouts, payments, what waits for a person.
create schema plant; -- Where fibre goes: municipalities, addresses, service locations, OLTs, splitters, terminals, drops.
create schema purchases; -- Suppliers, their bills with the taxes paid on them, and how they were paid.
create schema radius; -- FreeRADIUS: access, replies, groups and accounting, in the stock schema.
create schema sales; -- Quotes and their versions, signing, what an acceptance made, sealed contracts, leads.
create schema staff; -- Who works here: members, one-time codes, API keys.
create schema stock; -- Equipment by serial: what it is, where it is, and every movement that brought it there.
create schema subscriptions; -- Services: what was sold to whom and where, its states, and what each system should hold for it.

CREATE OR REPLACE FUNCTION app.fold(value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$ select lower(public.unaccent('public.unaccent'::regdictionary, value)) $function$;

CREATE OR REPLACE FUNCTION app.now()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce((select stands_at from app.clock), clock_timestamp()) $function$;

CREATE OR REPLACE FUNCTION app.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation'; end $function$;

CREATE OR REPLACE FUNCTION app.sound(folded text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select regexp_replace(
    regexp_replace(
    regexp_replace(
    translate(
    regexp_replace(
    replace(replace(replace(replace(replace(replace(replace(replace(
      folded,
      'ph', 'f'), 'sch', 'ch'), 'ch', '1'), 'eau', 'o'), 'au', 'o'), 'ck', 'k'), 'qu', 'k'), 'bv', 'v'),
      -- Soft c; then h is not heard.
      'c(?=[eiy])', 's', 'g'),
      'cqyzh-''', 'kkis'),
      -- A vowel written in several ways.
      'a[i]|e[i]|oe', 'e', 'g'),
      -- What stands at the end and is silent.
      '(?:l[td]|[tdsxpe])+(?![a-z0-9])', '', 'g'),
      '([a-z0-9])\1+', '\1', 'g')
$function$;

CREATE OR REPLACE FUNCTION app.wake_event_readers()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin perform pg_notify('events', ''); return null; end $function$;

CREATE OR REPLACE FUNCTION billing.check_adds_up()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare lines numeric; taxes numeric;
begin
  select coalesce(sum(net_cents), 0) into lines from billing.invoice_lines where invoice_id = new.id;
  select coalesce(sum(tax_cents), 0) into taxes from billing.invoice_taxes where invoice_id = new.id;
  if lines <> new.subtotal_cents or taxes <> new.tax_cents then
    raise exception 'invoice % does not add up: lines %, taxes %', new.id, lines, taxes using errcode = 'check_violation';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION billing.check_note()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION billing.keep_credited()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update billing.invoices set credited_cents = credited_cents + new.total_cents where id = new.invoice_id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION billing.keep_disputed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_table_name = 'disputes' then
    update billing.invoices set disputed_cents = disputed_cents + new.amount_cents where id = new.invoice_id;
  else
    update billing.invoices i set disputed_cents = disputed_cents - d.amount_cents
      from billing.disputes d where d.id = new.dispute_id and i.id = d.invoice_id;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION billing.keep_month_totals()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into billing.month_totals as held (month, shard, invoices, total_cents)
  select date_trunc('month', issued_on)::date, pg_backend_pid() % 8, count(*), sum(total_cents)
    from added group by 1 order by 1
  on conflict (month, shard) do update
     set invoices = held.invoices + excluded.invoices, total_cents = held.total_cents + excluded.total_cents;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION billing.keep_settled()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update billing.invoices set settled_cents = settled_cents + added.cents,
                              written_off_cents = written_off_cents + added.written_off
    from (select invoice_id, sum(amount_cents) as cents,
                 coalesce(sum(amount_cents) filter (where source_kind = 'write_off'), 0) as written_off
            from added group by 1) added
   where invoices.id = added.invoice_id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION billing.refuse_difference_edit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'why the bill of % in % differs is printed', old.customer_id, old.run_id using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION billing.refuse_edit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION billing.refuse_note_edit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' or (to_jsonb(new) - 'credit_cents') <> (to_jsonb(old) - 'credit_cents') then
    raise exception 'credit note % is issued and cannot be changed', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION collections.check_adds_up()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare instalments numeric; debts numeric;
begin
  select coalesce(sum(amount_cents), 0) into instalments from collections.instalments where arrangement_id = new.id;
  select coalesce(sum(amount_cents), 0) into debts from collections.arrangement_invoices where arrangement_id = new.id;
  if instalments <> new.total_cents or debts <> new.total_cents then
    raise exception 'arrangement % does not add up: instalments %, debts %', new.id, instalments, debts
      using errcode = 'check_violation';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION flows.cluster()
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$ select system_identifier::text from pg_control_system() $function$;

CREATE OR REPLACE FUNCTION ledger.check_balanced()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare debits numeric; credits numeric;
begin
  select coalesce(sum(debit_cents), 0), coalesce(sum(credit_cents), 0) into debits, credits
    from ledger.postings where entry_id = new.id;
  if debits <> credits or debits <> new.total_cents then
    raise exception 'entry % of % % does not balance: debits %, credits %, total %',
      new.id, new.document_kind, new.document_id, debits, credits, new.total_cents
      using errcode = 'check_violation';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION ledger.keep_balances()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select 1 from added join ledger.entries e on e.id = added.entry_id where e.tx <> pg_current_xact_id()) then
    raise exception 'a posted entry takes no further postings' using errcode = 'restrict_violation';
  end if;
  if exists (select 1 from added join ledger.accounts a on a.number = added.account
              where a.per_customer and added.customer_id is null) then
    raise exception 'this account is kept per customer: the posting names none' using errcode = 'check_violation';
  end if;
  insert into ledger.account_balances as held (account, month, shard, debit_cents, credit_cents)
  select added.account, date_trunc('month', e.on_date)::date, pg_backend_pid() % 8,
         sum(added.debit_cents), sum(added.credit_cents)
    from added join ledger.entries e on e.id = added.entry_id
   group by 1, 2, 3 order by 1, 2, 3
  on conflict (account, month, shard) do update
     set debit_cents = held.debit_cents + excluded.debit_cents,
         credit_cents = held.credit_cents + excluded.credit_cents;
  insert into ledger.customer_balances as held (customer_id, account, balance_cents)
  select added.customer_id, added.account, sum(added.debit_cents - added.credit_cents)
    from added where added.customer_id is not null
   group by 1, 2 order by 1, 2
  on conflict (customer_id, account) do update set balance_cents = held.balance_cents + excluded.balance_cents;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION payments.keep_month_totals()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into payments.month_totals as held (month, shard, payments, amount_cents)
  select date_trunc('month', received_on)::date, pg_backend_pid() % 8, count(*), sum(amount_cents)
    from added group by 1 order by 1
  on conflict (month, shard) do update
     set payments = held.payments + excluded.payments, amount_cents = held.amount_cents + excluded.amount_cents;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION payments.keep_withdrawn()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update payments.payments set withdrawn_cents = withdrawn_cents + added.cents
    from (select payment_id, sum(amount_cents) as cents from added group by 1) added
   where payments.id = added.payment_id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION payments.refuse_edit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' or (old.receipt is not null and new.receipt is distinct from old.receipt)
     or (to_jsonb(new) - 'credit_cents' - 'withdrawn_cents' - 'brand' - 'last4' - 'receipt')
       <> (to_jsonb(old) - 'credit_cents' - 'withdrawn_cents' - 'brand' - 'last4' - 'receipt') then
    raise exception 'payment % is recorded and cannot be changed', old.id using errcode = 'restrict_violation';
  end if;
  if new.withdrawn_cents <> old.withdrawn_cents and pg_trigger_depth() < 2 then
    raise exception 'what left % follows from its withdrawals', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION purchases.check_lines()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select 1 from purchases.bills b where b.id = new.id and b.net_cents <>
       (select coalesce(sum(net_cents), 0) from purchases.bill_lines where bill_id = b.id)) then
    raise exception 'the lines of bill % do not add up to it', new.id using errcode = 'check_violation';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION purchases.refuse_edit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION purchases.refuse_line_edit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare of_bill text := case tg_op when 'INSERT' then new.bill_id else old.bill_id end;
begin
  if (select state from purchases.bills where id = of_bill) <> 'draft' then
    raise exception 'the lines of bill % are approved', of_bill using errcode = 'restrict_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $function$;

CREATE OR REPLACE FUNCTION radius.forget_password()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin new.pass := null; return new; end $function$;

CREATE OR REPLACE FUNCTION subscriptions.refuse_resale()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE'
     or (to_jsonb(new) - 'starts_on' - 'ends_on' - 'location_id') <> (to_jsonb(old) - 'starts_on' - 'ends_on' - 'location_id')
     or (old.location_id is not null and new.location_id is distinct from old.location_id) then
    raise exception 'item % was sold as it is: end it and begin another', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $function$;

create sequence billing.dispute_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence billing.exemption_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence billing.recovery_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence billing.run_number as bigint start 1001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence billing.write_off_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence catalog.price_number as bigint start 1001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence charges.charge_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence collections.arrangement_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence collections.case_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence collections.hold_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence collections.promise_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence collections.proposal_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence collections.step_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence customers.customer_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence dispatch.job_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence dispatch.technician_number as bigint start 101 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence flows.run_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence messages.message_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence payments.agreement_number as bigint start 1001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence payments.bank_statement_number as bigint start 1001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence payments.chargeback_number as bigint start 1001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence payments.checkout_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence payments.debit_file_number as bigint start 1001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence payments.debit_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence payments.method_number as bigint start 1001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence payments.payment_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence payments.ppa_run_number as bigint start 1001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence payments.refund_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence payments.returns_file_number as bigint start 1001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence payments.review_number as bigint start 1001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence payments.statement_line_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence plant.address_number as bigint start 100001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence plant.drop_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence plant.location_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence plant.olt_number as bigint start 101 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence plant.pon_number as bigint start 1001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence plant.splitter_number as bigint start 1001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence plant.terminal_number as bigint start 1001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence purchases.bill_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence purchases.payment_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence purchases.supplier_number as bigint start 101 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence radius.nas_id_seq as integer start 1 increment 1 minvalue 1 maxvalue 2147483647;
create sequence radius.radacct_radacctid_seq as bigint start 1 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence radius.radcheck_id_seq as integer start 1 increment 1 minvalue 1 maxvalue 2147483647;
create sequence radius.radgroupcheck_id_seq as integer start 1 increment 1 minvalue 1 maxvalue 2147483647;
create sequence radius.radgroupreply_id_seq as integer start 1 increment 1 minvalue 1 maxvalue 2147483647;
create sequence radius.radpostauth_id_seq as bigint start 1 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence radius.radreply_id_seq as integer start 1 increment 1 minvalue 1 maxvalue 2147483647;
create sequence radius.radusergroup_id_seq as integer start 1 increment 1 minvalue 1 maxvalue 2147483647;
create sequence sales.lead_number as bigint start 1001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence sales.quote_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence staff.member_number as bigint start 101 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence stock.equipment_number as bigint start 100001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence subscriptions.item_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;
create sequence subscriptions.subscription_number as bigint start 10001 increment 1 minvalue 1 maxvalue 9223372036854775807;

create table app.clock (
  single boolean not null default true,
  stands_at timestamp with time zone not null,
  constraint clock_pkey PRIMARY KEY (single),
  constraint clock_single_check CHECK (single)
);

create table app.commands (
  actor text not null,
  command_id text not null,
  operation text not null,
  input_hash text not null,
  at timestamp with time zone not null default app.now(),
  result jsonb,
  constraint commands_pkey PRIMARY KEY (actor, command_id),
  constraint commands_command_id_check CHECK (length(command_id) >= 1 AND length(command_id) <= 200)
);
CREATE INDEX commands_by_age ON app.commands USING btree (at);

create table app.events (
  id bigint not null generated always as identity,
  tx xid8 not null default pg_current_xact_id(),
  at timestamp with time zone not null default app.now(),
  type text not null,
  subject_kind text not null,
  subject_id text not null,
  customer_id text,
  technician_id text,
  actor_kind text not null,
  actor_id text,
  actor_name text,
  on_behalf_of text,
  request_id text,
  cause bigint,
  data jsonb not null default '{}'::jsonb,
  changes jsonb not null default '{}'::jsonb,
  constraint events_pkey PRIMARY KEY (id)
);
CREATE INDEX events_by_actor ON app.events USING btree (actor_id, id DESC) WHERE (actor_id IS NOT NULL);
CREATE INDEX events_by_actor_kind ON app.events USING btree (actor_kind, id DESC);
CREATE INDEX events_by_customer ON app.events USING btree (customer_id, id DESC) WHERE (customer_id IS NOT NULL);
CREATE INDEX events_by_subject_id ON app.events USING btree (subject_id, id DESC);
CREATE INDEX events_by_tx ON app.events USING btree (tx, id);
CREATE INDEX events_by_type ON app.events USING btree (type, id DESC);
CREATE TRIGGER events_append_only BEFORE DELETE OR UPDATE ON app.events FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON app.events FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER events_wake AFTER INSERT ON app.events FOR EACH STATEMENT EXECUTE FUNCTION app.wake_event_readers();

create table app.inbox (
  vendor text not null,
  vendor_id text not null,
  kind text not null,
  at timestamp with time zone not null default app.now(),
  payload jsonb not null,
  handled_at timestamp with time zone,
  outcome text,
  constraint inbox_pkey PRIMARY KEY (vendor, vendor_id)
);
CREATE INDEX inbox_open ON app.inbox USING btree (at) WHERE (handled_at IS NULL);

create table app.rate_hits (
  key text not null,
  hits timestamp with time zone[] not null,
  refused boolean not null default false,
  latest timestamp with time zone not null,
  constraint rate_hits_pkey PRIMARY KEY (key)
);
CREATE INDEX rate_hits_by_age ON app.rate_hits USING btree (latest);

create table app.rules (
  rule text not null,
  from_on date not null,
  value jsonb not null,
  law text not null,
  added_at timestamp with time zone not null default app.now(),
  added_by text not null,
  constraint rules_pkey PRIMARY KEY (rule, from_on),
  constraint rules_rule_check CHECK (rule = ANY (ARRAY['tax_rates'::text, 'municipal_911'::text, 'early_end'::text]))
);
CREATE TRIGGER rules_append_only BEFORE DELETE OR UPDATE ON app.rules FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table app.secrets (
  name text not null,
  value text not null,
  created_at timestamp with time zone not null default app.now(),
  constraint secrets_pkey PRIMARY KEY (name)
);

create table app.sessions (
  token_hash text not null,
  actor_kind text not null,
  actor_id text not null,
  on_behalf_of text,
  opened_by text not null,
  created_at timestamp with time zone not null default app.now(),
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  address text,
  device text,
  scope jsonb not null default '{}'::jsonb,
  constraint sessions_pkey PRIMARY KEY (token_hash),
  constraint sessions_actor_kind_check CHECK (actor_kind = ANY (ARRAY['staff'::text, 'technician'::text, 'customer'::text]))
);
CREATE INDEX sessions_by_actor ON app.sessions USING btree (actor_kind, actor_id) WHERE (ended_at IS NULL);
CREATE INDEX sessions_by_expiry ON app.sessions USING btree (expires_at);

create table app.settings (
  id bigint not null generated always as identity,
  name text not null,
  value jsonb not null,
  at timestamp with time zone not null default app.now(),
  actor text not null,
  constraint settings_pkey PRIMARY KEY (id)
);
CREATE INDEX settings_by_name ON app.settings USING btree (name, id DESC);

create table app.short_links (
  token_hash text not null,
  sealed_path text not null,
  created_at timestamp with time zone not null default app.now(),
  expires_at timestamp with time zone not null,
  constraint short_links_pkey PRIMARY KEY (token_hash),
  constraint short_links_token_hash_check CHECK (token_hash ~ '^[0-9a-f]{64}$'::text)
);
CREATE INDEX short_links_ending ON app.short_links USING btree (expires_at);

create table billing.counters (
  series text not null,
  last bigint not null,
  constraint counters_pkey PRIMARY KEY (series),
  constraint counters_last_check CHECK (last >= 0)
);

create table billing.credit_note_lines (
  credit_note_id text not null,
  line integer not null,
  invoice_id text not null,
  invoice_line integer not null,
  quantity integer,
  amount_cents bigint not null,
  net_cents bigint not null,
  constraint credit_note_lines_pkey PRIMARY KEY (credit_note_id, line),
  constraint credit_note_lines_credit_note_id_invoice_line_key UNIQUE (credit_note_id, invoice_line),
  constraint credit_note_lines_line_check CHECK (line > 0),
  constraint credit_note_lines_quantity_check CHECK (quantity > 0),
  constraint credit_note_lines_credit_note_id_fkey FOREIGN KEY (credit_note_id) REFERENCES billing.credit_notes(id),
  constraint credit_note_lines_invoice_id_invoice_line_fkey FOREIGN KEY (invoice_id, invoice_line) REFERENCES billing.invoice_lines(invoice_id, line)
);
CREATE INDEX credit_note_lines_by_invoice ON billing.credit_note_lines USING btree (invoice_id, invoice_line);
CREATE TRIGGER credit_note_lines_final BEFORE DELETE OR UPDATE ON billing.credit_note_lines FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.credit_note_own_lines (
  credit_note_id text not null,
  line integer not null,
  kind text not null,
  sku text,
  description_fr text not null,
  description_en text not null,
  detail_fr text,
  detail_en text,
  period_from date,
  period_to date,
  quantity integer not null,
  unit_price_cents bigint not null,
  amount_cents bigint not null,
  net_cents bigint not null,
  tax_treatment text not null,
  revenue_account text not null,
  in_advance boolean not null,
  province text not null,
  tax_group text not null default ''::text,
  location_id text,
  subscription_id text,
  subscription_item_id text,
  charge_id text,
  constraint credit_note_own_lines_pkey PRIMARY KEY (credit_note_id, line),
  constraint credit_note_own_lines_check CHECK ((period_from IS NULL) = (period_to IS NULL) AND period_to >= period_from),
  constraint credit_note_own_lines_check1 CHECK (kind = 'one_time'::text OR period_from IS NOT NULL),
  constraint credit_note_own_lines_kind_check CHECK (kind = ANY (ARRAY['recurring'::text, 'one_time'::text])),
  constraint credit_note_own_lines_line_check CHECK (line > 0),
  constraint credit_note_own_lines_quantity_check CHECK (quantity > 0),
  constraint credit_note_own_lines_tax_treatment_check CHECK (tax_treatment = ANY (ARRAY['taxable'::text, 'termination'::text, 'exempt'::text, 'outside'::text])),
  constraint credit_note_own_lines_charge_id_fkey FOREIGN KEY (charge_id) REFERENCES charges.charges(id),
  constraint credit_note_own_lines_credit_note_id_fkey FOREIGN KEY (credit_note_id) REFERENCES billing.credit_notes(id),
  constraint credit_note_own_lines_location_id_fkey FOREIGN KEY (location_id) REFERENCES plant.locations(id),
  constraint credit_note_own_lines_revenue_account_fkey FOREIGN KEY (revenue_account) REFERENCES ledger.accounts(number),
  constraint credit_note_own_lines_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions.subscriptions(id),
  constraint credit_note_own_lines_subscription_item_id_fkey FOREIGN KEY (subscription_item_id) REFERENCES subscriptions.items(id)
);
CREATE INDEX credit_note_own_lines_by_item ON billing.credit_note_own_lines USING btree (subscription_item_id, period_from) WHERE (subscription_item_id IS NOT NULL);
CREATE UNIQUE INDEX credit_note_own_lines_one_charge ON billing.credit_note_own_lines USING btree (charge_id) WHERE (charge_id IS NOT NULL);
CREATE TRIGGER credit_note_own_lines_final BEFORE DELETE OR UPDATE ON billing.credit_note_own_lines FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.credit_note_own_taxes (
  credit_note_id text not null,
  line integer not null,
  tax text not null,
  province text not null,
  tax_group text not null default ''::text,
  rate_num bigint not null,
  rate_den bigint not null,
  base_cents bigint not null,
  tax_cents bigint not null,
  constraint credit_note_own_taxes_pkey PRIMARY KEY (credit_note_id, line),
  constraint credit_note_own_taxes_line_check CHECK (line > 0),
  constraint credit_note_own_taxes_rate_den_check CHECK (rate_den > 0),
  constraint credit_note_own_taxes_tax_check CHECK (tax = ANY (ARRAY['GST'::text, 'QST'::text, 'HST'::text])),
  constraint credit_note_own_taxes_credit_note_id_fkey FOREIGN KEY (credit_note_id) REFERENCES billing.credit_notes(id)
);
CREATE TRIGGER credit_note_own_taxes_final BEFORE DELETE OR UPDATE ON billing.credit_note_own_taxes FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.credit_note_taxes (
  credit_note_id text not null,
  line integer not null,
  invoice_id text not null,
  invoice_tax_line integer not null,
  base_cents bigint not null,
  tax_cents bigint not null,
  constraint credit_note_taxes_pkey PRIMARY KEY (credit_note_id, line),
  constraint credit_note_taxes_credit_note_id_invoice_tax_line_key UNIQUE (credit_note_id, invoice_tax_line),
  constraint credit_note_taxes_credit_note_id_fkey FOREIGN KEY (credit_note_id) REFERENCES billing.credit_notes(id),
  constraint credit_note_taxes_invoice_id_invoice_tax_line_fkey FOREIGN KEY (invoice_id, invoice_tax_line) REFERENCES billing.invoice_taxes(invoice_id, line)
);
CREATE INDEX credit_note_taxes_by_invoice ON billing.credit_note_taxes USING btree (invoice_id, invoice_tax_line);
CREATE TRIGGER credit_note_taxes_final BEFORE DELETE OR UPDATE ON billing.credit_note_taxes FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.credit_notes (
  id text not null,
  number bigint not null,
  invoice_id text,
  customer_id text not null,
  kind text not null,
  reason text not null,
  issued_on date not null,
  issued_at timestamp with time zone not null default app.now(),
  issued_by text not null,
  subtotal_cents bigint not null,
  tax_cents bigint not null,
  total_cents bigint not null,
  applied_cents bigint not null,
  credit_cents bigint not null,
  language text not null,
  bill_to jsonb not null,
  service_address text[] not null,
  company jsonb not null,
  bill_again boolean not null default false,
  constraint credit_notes_pkey PRIMARY KEY (id),
  constraint credit_notes_number_key UNIQUE (number),
  constraint credit_notes_check CHECK (total_cents = (subtotal_cents + tax_cents) AND total_cents > 0),
  constraint credit_notes_check1 CHECK (applied_cents >= 0 AND applied_cents <= total_cents),
  constraint credit_notes_check2 CHECK (credit_cents >= 0 AND credit_cents <= (total_cents - applied_cents)),
  constraint credit_notes_id_check CHECK (id ~ '^CN-\d{5,}$'::text),
  constraint credit_notes_kind_check CHECK (kind = ANY (ARRAY['full'::text, 'partial'::text, 'account'::text])),
  constraint credit_notes_language_check CHECK (language = ANY (ARRAY['fr'::text, 'en'::text])),
  constraint credit_notes_number_check CHECK (number > 0),
  constraint credit_notes_of_account CHECK ((kind = 'account'::text) = (invoice_id IS NULL)),
  constraint credit_notes_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint credit_notes_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id)
);
CREATE INDEX credit_notes_by_customer ON billing.credit_notes USING btree (customer_id, issued_on DESC, number DESC);
CREATE INDEX credit_notes_by_invoice ON billing.credit_notes USING btree (invoice_id, number);
CREATE INDEX credit_notes_credit ON billing.credit_notes USING btree (customer_id, number) WHERE (credit_cents > 0);
CREATE INDEX credit_notes_newest ON billing.credit_notes USING btree (issued_on DESC, number DESC);
CREATE TRIGGER credit_notes_final BEFORE DELETE OR UPDATE ON billing.credit_notes FOR EACH ROW EXECUTE FUNCTION billing.refuse_note_edit();
CREATE TRIGGER credit_notes_keep_credited AFTER INSERT ON billing.credit_notes FOR EACH ROW EXECUTE FUNCTION billing.keep_credited();
CREATE CONSTRAINT TRIGGER credit_notes_right AFTER INSERT ON billing.credit_notes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing.check_note();

create table billing.credit_uses (
  id bigint not null generated always as identity,
  credit_note_id text not null,
  document_kind text not null,
  document_id text not null,
  amount_cents bigint not null,
  at timestamp with time zone not null default app.now(),
  constraint credit_uses_pkey PRIMARY KEY (id),
  constraint credit_uses_amount_cents_check CHECK (amount_cents <> 0),
  constraint credit_uses_document_id_check CHECK (document_id <> ''::text),
  constraint credit_uses_document_kind_check CHECK (document_kind = ANY (ARRAY['refund'::text, 'refund_reversal'::text, 'transfer'::text])),
  constraint credit_uses_credit_note_id_fkey FOREIGN KEY (credit_note_id) REFERENCES billing.credit_notes(id)
);
CREATE INDEX credit_uses_by_note ON billing.credit_uses USING btree (credit_note_id, id);
CREATE TRIGGER credit_uses_final BEFORE DELETE OR UPDATE ON billing.credit_uses FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.dispute_outcomes (
  dispute_id text not null,
  outcome text not null,
  note text not null,
  credit_note_id text,
  closed_at timestamp with time zone not null default app.now(),
  closed_by text not null,
  constraint dispute_outcomes_pkey PRIMARY KEY (dispute_id),
  constraint dispute_outcomes_check CHECK ((outcome = 'credited'::text) = (credit_note_id IS NOT NULL)),
  constraint dispute_outcomes_outcome_check CHECK (outcome = ANY (ARRAY['credited'::text, 'upheld'::text])),
  constraint dispute_outcomes_credit_note_id_fkey FOREIGN KEY (credit_note_id) REFERENCES billing.credit_notes(id),
  constraint dispute_outcomes_dispute_id_fkey FOREIGN KEY (dispute_id) REFERENCES billing.disputes(id)
);
CREATE TRIGGER dispute_outcomes_append_only BEFORE DELETE OR UPDATE ON billing.dispute_outcomes FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER dispute_outcomes_keep_disputed AFTER INSERT ON billing.dispute_outcomes FOR EACH ROW EXECUTE FUNCTION billing.keep_disputed();

create table billing.disputes (
  id text not null default ('DSP-'::text || nextval('billing.dispute_number'::regclass)),
  invoice_id text not null,
  customer_id text not null,
  amount_cents bigint not null,
  reason text not null,
  opened_at timestamp with time zone not null default app.now(),
  opened_by text not null,
  constraint disputes_pkey PRIMARY KEY (id),
  constraint disputes_amount_cents_check CHECK (amount_cents > 0),
  constraint disputes_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint disputes_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id)
);
CREATE INDEX disputes_by_customer ON billing.disputes USING btree (customer_id, opened_at DESC, id DESC);
CREATE INDEX disputes_by_invoice ON billing.disputes USING btree (invoice_id, opened_at DESC, id DESC);
CREATE INDEX disputes_newest ON billing.disputes USING btree (opened_at DESC, id DESC);
CREATE TRIGGER disputes_append_only BEFORE DELETE OR UPDATE ON billing.disputes FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER disputes_keep_disputed AFTER INSERT ON billing.disputes FOR EACH ROW EXECUTE FUNCTION billing.keep_disputed();

create table billing.first_bills (
  subscription_id text not null,
  invoice_id text,
  at timestamp with time zone not null default app.now(),
  constraint first_bills_pkey PRIMARY KEY (subscription_id),
  constraint first_bills_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id),
  constraint first_bills_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions.subscriptions(id)
);

create table billing.first_bills_waiting (
  subscription_id text not null,
  since timestamp with time zone not null default app.now(),
  asked_at timestamp with time zone,
  constraint first_bills_waiting_pkey PRIMARY KEY (subscription_id),
  constraint first_bills_waiting_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions.subscriptions(id)
);

create table billing.interest_agreements (
  id bigint not null generated always as identity,
  customer_id text not null,
  from_on date not null,
  yearly_percent text,
  source text not null,
  agreed_at timestamp with time zone not null default app.now(),
  agreed_by text not null,
  constraint interest_agreements_pkey PRIMARY KEY (id),
  constraint interest_agreements_customer_id_source_key UNIQUE (customer_id, source),
  constraint interest_agreements_yearly_percent_check CHECK (yearly_percent ~ '^\d{1,3}(\.\d{1,4})?$'::text),
  constraint interest_agreements_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id)
);
CREATE INDEX interest_agreements_by_customer ON billing.interest_agreements USING btree (customer_id, from_on, id);
CREATE TRIGGER interest_agreements_append_only BEFORE DELETE OR UPDATE ON billing.interest_agreements FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.interest_postings (
  overdue_invoice_id text not null,
  from_on date not null,
  to_on date not null,
  principal_cents bigint not null,
  interest_cents bigint not null,
  invoice_id text not null,
  invoice_line integer not null,
  constraint interest_postings_pkey PRIMARY KEY (overdue_invoice_id, from_on),
  constraint interest_postings_invoice_id_invoice_line_key UNIQUE (invoice_id, invoice_line),
  constraint interest_postings_check CHECK (to_on >= from_on),
  constraint interest_postings_interest_cents_check CHECK (interest_cents > 0),
  constraint interest_postings_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id),
  constraint interest_postings_overdue_invoice_id_fkey FOREIGN KEY (overdue_invoice_id) REFERENCES billing.invoices(id)
);
CREATE TRIGGER interest_postings_append_only BEFORE DELETE OR UPDATE ON billing.interest_postings FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.interest_waivers (
  id bigint not null generated always as identity,
  customer_id text not null,
  from_on date not null,
  to_on date,
  reason text not null,
  at timestamp with time zone not null default app.now(),
  by text not null,
  constraint interest_waivers_pkey PRIMARY KEY (id),
  constraint interest_waivers_check CHECK (to_on >= from_on),
  constraint interest_waivers_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id)
);
CREATE INDEX interest_waivers_by_customer ON billing.interest_waivers USING btree (customer_id, from_on);
CREATE TRIGGER interest_waivers_append_only BEFORE DELETE OR UPDATE ON billing.interest_waivers FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.invoice_lines (
  invoice_id text not null,
  line integer not null,
  kind text not null,
  sku text,
  description_fr text not null,
  description_en text not null,
  detail_fr text,
  detail_en text,
  period_from date,
  period_to date,
  quantity integer not null,
  unit_price_cents bigint not null,
  amount_cents bigint not null,
  net_cents bigint not null,
  tax_treatment text not null,
  revenue_account text not null,
  in_advance boolean not null,
  province text not null,
  location_id text,
  subscription_id text,
  subscription_item_id text,
  charge_id text,
  tax_group text not null default ''::text,
  constraint invoice_lines_pkey PRIMARY KEY (invoice_id, line),
  constraint invoice_lines_check CHECK ((period_from IS NULL) = (period_to IS NULL) AND period_to >= period_from),
  constraint invoice_lines_check1 CHECK (kind = 'one_time'::text OR period_from IS NOT NULL),
  constraint invoice_lines_kind_check CHECK (kind = ANY (ARRAY['recurring'::text, 'one_time'::text])),
  constraint invoice_lines_line_check CHECK (line > 0),
  constraint invoice_lines_quantity_check CHECK (quantity > 0),
  constraint invoice_lines_tax_treatment_check CHECK (tax_treatment = ANY (ARRAY['taxable'::text, 'termination'::text, 'exempt'::text, 'outside'::text])),
  constraint invoice_lines_charge_id_fkey FOREIGN KEY (charge_id) REFERENCES charges.charges(id),
  constraint invoice_lines_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id),
  constraint invoice_lines_location_id_fkey FOREIGN KEY (location_id) REFERENCES plant.locations(id),
  constraint invoice_lines_revenue_account_fkey FOREIGN KEY (revenue_account) REFERENCES ledger.accounts(number),
  constraint invoice_lines_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions.subscriptions(id),
  constraint invoice_lines_subscription_item_id_fkey FOREIGN KEY (subscription_item_id) REFERENCES subscriptions.items(id)
);
CREATE INDEX invoice_lines_by_end ON billing.invoice_lines USING brin (period_to) WITH (pages_per_range='16');
CREATE INDEX invoice_lines_by_item ON billing.invoice_lines USING btree (subscription_item_id, period_from) WHERE (subscription_item_id IS NOT NULL);
CREATE INDEX invoice_lines_by_subscription ON billing.invoice_lines USING btree (subscription_id) WHERE (subscription_id IS NOT NULL);
CREATE INDEX invoice_lines_of_municipal_tax ON billing.invoice_lines USING btree (invoice_id) WHERE (revenue_account = '2120'::text);
CREATE UNIQUE INDEX invoice_lines_one_charge ON billing.invoice_lines USING btree (charge_id) WHERE (charge_id IS NOT NULL);
CREATE TRIGGER invoice_lines_final BEFORE DELETE OR UPDATE ON billing.invoice_lines FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.invoice_reliefs (
  invoice_id text not null,
  line integer not null,
  exemption_id text not null,
  certificate text not null,
  tax text not null,
  province text not null,
  base_cents bigint not null,
  constraint invoice_reliefs_pkey PRIMARY KEY (invoice_id, line),
  constraint invoice_reliefs_line_check CHECK (line > 0),
  constraint invoice_reliefs_tax_check CHECK (tax = ANY (ARRAY['GST'::text, 'QST'::text, 'HST'::text])),
  constraint invoice_reliefs_exemption_id_fkey FOREIGN KEY (exemption_id) REFERENCES billing.tax_exemptions(id),
  constraint invoice_reliefs_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id)
);
CREATE INDEX invoice_reliefs_by_exemption ON billing.invoice_reliefs USING btree (exemption_id, invoice_id);
CREATE TRIGGER invoice_reliefs_final BEFORE DELETE OR UPDATE ON billing.invoice_reliefs FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.invoice_taxes (
  invoice_id text not null,
  line integer not null,
  tax text not null,
  province text not null,
  rate_num bigint not null,
  rate_den bigint not null,
  base_cents bigint not null,
  tax_cents bigint not null,
  tax_group text not null default ''::text,
  constraint invoice_taxes_pkey PRIMARY KEY (invoice_id, line),
  constraint invoice_taxes_rate_den_check CHECK (rate_den > 0),
  constraint invoice_taxes_tax_check CHECK (tax = ANY (ARRAY['GST'::text, 'QST'::text, 'HST'::text])),
  constraint invoice_taxes_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id)
);
CREATE TRIGGER invoice_taxes_final BEFORE DELETE OR UPDATE ON billing.invoice_taxes FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.invoices (
  id text not null,
  number bigint not null,
  customer_id text not null,
  reason text not null,
  issued_on date not null,
  due_on date not null,
  issued_at timestamp with time zone not null default app.now(),
  issued_by text not null,
  subtotal_cents bigint not null,
  tax_cents bigint not null,
  total_cents bigint not null,
  settled_cents bigint not null default 0,
  outstanding_cents bigint not null generated always as ((total_cents - settled_cents)) stored,
  language text not null,
  bill_to jsonb not null,
  service_address text[] not null,
  company jsonb not null,
  previous_balance_cents bigint not null,
  account_since jsonb not null,
  amount_due_cents bigint not null,
  credited_cents bigint not null default 0,
  written_off_cents bigint not null default 0,
  disputed_cents bigint not null default 0,
  printed jsonb,
  constraint invoices_pkey PRIMARY KEY (id),
  constraint invoices_number_key UNIQUE (number),
  constraint invoices_check CHECK (due_on >= issued_on),
  constraint invoices_check1 CHECK (total_cents = (subtotal_cents + tax_cents) AND total_cents >= 0),
  constraint invoices_check2 CHECK (settled_cents >= 0 AND settled_cents <= total_cents),
  constraint invoices_check3 CHECK (credited_cents >= 0 AND credited_cents <= total_cents),
  constraint invoices_check4 CHECK (written_off_cents >= 0 AND written_off_cents <= total_cents),
  constraint invoices_check5 CHECK (disputed_cents >= 0 AND disputed_cents <= total_cents),
  constraint invoices_id_check CHECK (id ~ '^INV-\d{5,}$'::text),
  constraint invoices_language_check CHECK (language = ANY (ARRAY['fr'::text, 'en'::text])),
  constraint invoices_number_check CHECK (number > 0),
  constraint invoices_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id)
);
CREATE INDEX invoices_by_customer ON billing.invoices USING btree (customer_id, issued_on DESC, number DESC);
CREATE INDEX invoices_by_name ON billing.invoices USING gin (app.fold((bill_to ->> 'name'::text)) gin_trgm_ops);
CREATE INDEX invoices_disputed ON billing.invoices USING btree (customer_id) WHERE (disputed_cents > 0);
CREATE INDEX invoices_due ON billing.invoices USING btree (due_on) WHERE (settled_cents < total_cents);
CREATE INDEX invoices_newest ON billing.invoices USING btree (issued_on DESC, number DESC);
CREATE INDEX invoices_open ON billing.invoices USING btree (customer_id, due_on, number) WHERE (settled_cents < total_cents);
CREATE INDEX invoices_open_newest ON billing.invoices USING btree (issued_on DESC, number DESC) WHERE (settled_cents < total_cents);
CREATE CONSTRAINT TRIGGER invoices_add_up AFTER INSERT ON billing.invoices DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing.check_adds_up();
CREATE TRIGGER invoices_final BEFORE DELETE OR UPDATE ON billing.invoices FOR EACH ROW EXECUTE FUNCTION billing.refuse_edit();
CREATE TRIGGER invoices_keep_month_totals AFTER INSERT ON billing.invoices REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION billing.keep_month_totals();

create table billing.month_totals (
  month date not null,
  shard smallint not null,
  invoices bigint not null,
  total_cents bigint not null,
  constraint month_totals_pkey PRIMARY KEY (month, shard),
  constraint month_totals_month_check CHECK (EXTRACT(day FROM month) = 1::numeric)
);

create table billing.note_undoings (
  credit_note_id text not null,
  invoice_id text not null,
  reason text not null,
  at timestamp with time zone not null default app.now(),
  by text not null,
  constraint note_undoings_pkey PRIMARY KEY (credit_note_id),
  constraint note_undoings_invoice_id_key UNIQUE (invoice_id),
  constraint note_undoings_reason_check CHECK (reason <> ''::text),
  constraint note_undoings_credit_note_id_fkey FOREIGN KEY (credit_note_id) REFERENCES billing.credit_notes(id),
  constraint note_undoings_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id)
);
CREATE TRIGGER note_undoings_final BEFORE DELETE OR UPDATE ON billing.note_undoings FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.recognised (
  month date not null,
  document_id text not null,
  line integer not null,
  invoice_id text,
  invoice_line integer,
  revenue_account text not null,
  cents bigint not null,
  constraint recognised_pkey PRIMARY KEY (document_id, line, month),
  constraint recognised_cents_check CHECK (cents <> 0),
  constraint recognised_invoice_id_invoice_line_fkey FOREIGN KEY (invoice_id, invoice_line) REFERENCES billing.invoice_lines(invoice_id, line),
  constraint recognised_month_fkey FOREIGN KEY (month) REFERENCES billing.recognitions(month) DEFERRABLE INITIALLY DEFERRED,
  constraint recognised_revenue_account_fkey FOREIGN KEY (revenue_account) REFERENCES ledger.accounts(number)
);
CREATE INDEX recognised_by_month ON billing.recognised USING btree (month, document_id, line);
CREATE TRIGGER recognised_append_only BEFORE DELETE OR UPDATE ON billing.recognised FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.recognitions (
  month date not null,
  id text not null generated always as (((('REC-'::text || (EXTRACT(year FROM month))::integer) || '-'::text) || lpad(((EXTRACT(month FROM month))::integer)::text, 2, '0'::text))) stored,
  cents bigint not null,
  lines integer not null,
  invoices_to bigint not null,
  notes_to bigint not null,
  at timestamp with time zone not null default app.now(),
  by text not null,
  constraint recognitions_pkey PRIMARY KEY (month),
  constraint recognitions_id_key UNIQUE (id),
  constraint recognitions_month_check CHECK (EXTRACT(day FROM month) = 1::numeric)
);
CREATE TRIGGER recognitions_append_only BEFORE DELETE OR UPDATE ON billing.recognitions FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.revenue_days (
  seen_in date not null,
  on_date date not null,
  revenue_account text not null,
  sku text not null,
  invoiced_cents bigint not null,
  earned_cents bigint not null,
  constraint revenue_days_pkey PRIMARY KEY (seen_in, on_date, revenue_account, sku),
  constraint revenue_days_revenue_account_fkey FOREIGN KEY (revenue_account) REFERENCES ledger.accounts(number),
  constraint revenue_days_seen_in_fkey FOREIGN KEY (seen_in) REFERENCES billing.recognitions(month) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX revenue_days_by_day ON billing.revenue_days USING btree (on_date);
CREATE TRIGGER revenue_days_append_only BEFORE DELETE OR UPDATE ON billing.revenue_days FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.run_customers (
  run_id text not null,
  customer_id text not null,
  comparison text not null,
  total_cents bigint not null,
  before_cents bigint,
  causes jsonb not null,
  fingerprint text not null,
  explanation text,
  explained_by text,
  outcome text,
  problem text,
  invoice_id text,
  credit_note_id text,
  reversal text,
  reversal_note_id text,
  explanation_shown boolean not null default false,
  constraint run_customers_pkey PRIMARY KEY (run_id, customer_id),
  constraint run_customers_check CHECK ((comparison = 'explained'::text) = (explanation IS NOT NULL)),
  constraint run_customers_check1 CHECK ((NOT outcome IS DISTINCT FROM 'invoiced'::text) = (invoice_id IS NOT NULL)),
  constraint run_customers_comparison_check CHECK (comparison = ANY (ARRAY['same'::text, 'differs'::text, 'unexplained'::text, 'explained'::text])),
  constraint run_customers_outcome_check CHECK (outcome = ANY (ARRAY['invoiced'::text, 'credited'::text, 'nothing'::text, 'credit_waits'::text, 'changed'::text, 'failed'::text])),
  constraint run_customers_reversal_check CHECK (reversal = ANY (ARRAY['credited'::text, 'undone'::text, 'paid'::text, 'disputed'::text, 'credited_before'::text, 'written_off'::text, 'credit_note'::text, 'credit_used'::text, 'nothing'::text, 'failed'::text])),
  constraint run_customers_reversed CHECK ((NOT reversal IS DISTINCT FROM 'credited'::text) = (reversal_note_id IS NOT NULL)),
  constraint run_customers_shown CHECK (NOT explanation_shown OR explanation IS NOT NULL),
  constraint run_customers_credit_note_id_fkey FOREIGN KEY (credit_note_id) REFERENCES billing.credit_notes(id),
  constraint run_customers_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint run_customers_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id),
  constraint run_customers_reversal_note_id_fkey FOREIGN KEY (reversal_note_id) REFERENCES billing.credit_notes(id),
  constraint run_customers_run_id_fkey FOREIGN KEY (run_id) REFERENCES billing.runs(id)
);
CREATE INDEX run_customers_by_comparison ON billing.run_customers USING btree (run_id, comparison, customer_id);
CREATE INDEX run_customers_by_invoice ON billing.run_customers USING btree (invoice_id) WHERE (invoice_id IS NOT NULL);
CREATE INDEX run_customers_to_do ON billing.run_customers USING btree (run_id, customer_id) WHERE (outcome IS NULL);
CREATE INDEX run_customers_to_reverse ON billing.run_customers USING btree (run_id, customer_id) WHERE ((reversal IS NULL) AND (outcome = ANY (ARRAY['invoiced'::text, 'credited'::text])));
CREATE TRIGGER run_customers_kept BEFORE DELETE ON billing.run_customers FOR EACH ROW WHEN ((old.invoice_id IS NOT NULL)) EXECUTE FUNCTION billing.refuse_difference_edit();
CREATE TRIGGER run_customers_printed BEFORE UPDATE ON billing.run_customers FOR EACH ROW WHEN (((old.invoice_id IS NOT NULL) AND ((((((old.causes IS DISTINCT FROM new.causes) OR (old.before_cents IS DISTINCT FROM new.before_cents)) OR (old.comparison IS DISTINCT FROM new.comparison)) OR (old.explanation IS DISTINCT FROM new.explanation)) OR (old.explanation_shown IS DISTINCT FROM new.explanation_shown)) OR (old.invoice_id IS DISTINCT FROM new.invoice_id)))) EXECUTE FUNCTION billing.refuse_difference_edit();

create table billing.run_document_parts (
  run_id text not null,
  place integer not null,
  content bytea not null,
  directory bytea not null,
  constraint run_document_parts_pkey PRIMARY KEY (run_id, place),
  constraint run_document_parts_run_id_fkey FOREIGN KEY (run_id) REFERENCES billing.run_documents(run_id) ON DELETE CASCADE
);

create table billing.run_documents (
  run_id text not null,
  after_customer text not null default ''::text,
  made integer not null default 0,
  total integer not null,
  parts integer not null default 0,
  content_bytes bigint not null default 0,
  directory_bytes bigint not null default 0,
  started_at timestamp with time zone not null default app.now(),
  started_by text not null,
  finished_at timestamp with time zone,
  constraint run_documents_pkey PRIMARY KEY (run_id),
  constraint run_documents_check CHECK (made >= 0 AND made <= total),
  constraint run_documents_run_id_fkey FOREIGN KEY (run_id) REFERENCES billing.runs(id)
);

create table billing.runs (
  id text not null default ('RUN-'::text || nextval('billing.run_number'::regclass)),
  state text not null default 'counting'::text,
  through date not null,
  issued_on date,
  started_at timestamp with time zone not null default app.now(),
  started_by text not null,
  approved_at timestamp with time zone,
  approved_by text,
  finished_at timestamp with time zone,
  reason text,
  reversed_at timestamp with time zone,
  reversed_by text,
  reversal_reason text,
  done integer not null default 0,
  reversed integer not null default 0,
  constraint runs_pkey PRIMARY KEY (id),
  constraint runs_approved CHECK ((state = ANY (ARRAY['issuing'::text, 'issued'::text, 'reversing'::text, 'reversed'::text])) = (approved_at IS NOT NULL)),
  constraint runs_check1 CHECK ((approved_at IS NULL) = (issued_on IS NULL)),
  constraint runs_done_check CHECK (done >= 0),
  constraint runs_reversed CHECK ((state = ANY (ARRAY['reversing'::text, 'reversed'::text])) = (reversal_reason IS NOT NULL)),
  constraint runs_reversed_check CHECK (reversed >= 0),
  constraint runs_state_check CHECK (state = ANY (ARRAY['counting'::text, 'counted'::text, 'issuing'::text, 'issued'::text, 'abandoned'::text, 'reversing'::text, 'reversed'::text]))
);
CREATE UNIQUE INDEX runs_open ON billing.runs USING btree ((true)) WHERE (state = ANY (ARRAY['counting'::text, 'counted'::text, 'issuing'::text, 'reversing'::text]));

create table billing.settlements (
  id bigint not null generated always as identity,
  invoice_id text not null,
  customer_id text not null,
  source_kind text not null,
  source_id text not null,
  amount_cents bigint not null,
  on_date date not null,
  at timestamp with time zone not null default app.now(),
  constraint settlements_pkey PRIMARY KEY (id),
  constraint settlements_amount_cents_check CHECK (amount_cents <> 0),
  constraint settlements_source_kind_check CHECK (source_kind = ANY (ARRAY['payment'::text, 'credit_note'::text, 'write_off'::text])),
  constraint settlements_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint settlements_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id)
);
CREATE INDEX settlements_by_customer ON billing.settlements USING btree (customer_id, id);
CREATE INDEX settlements_by_invoice ON billing.settlements USING btree (invoice_id, id);
CREATE INDEX settlements_by_source ON billing.settlements USING btree (source_kind, source_id, id);
CREATE TRIGGER settlements_append_only BEFORE DELETE OR UPDATE ON billing.settlements FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER settlements_keep_settled AFTER INSERT ON billing.settlements REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION billing.keep_settled();

create table billing.tax_exemption_ends (
  exemption_id text not null,
  valid_to date not null,
  reason text not null,
  at timestamp with time zone not null default app.now(),
  by text not null,
  constraint tax_exemption_ends_pkey PRIMARY KEY (exemption_id),
  constraint tax_exemption_ends_exemption_id_fkey FOREIGN KEY (exemption_id) REFERENCES billing.tax_exemptions(id)
);
CREATE TRIGGER tax_exemption_ends_append_only BEFORE DELETE OR UPDATE ON billing.tax_exemption_ends FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.tax_exemptions (
  id text not null default ('TXE-'::text || nextval('billing.exemption_number'::regclass)),
  customer_id text not null,
  location_id text,
  taxes text[] not null,
  reason text not null,
  certificate text not null,
  band text,
  evidence text not null,
  valid_from date not null,
  valid_to date,
  approved_by text not null,
  approved_at timestamp with time zone not null default app.now(),
  constraint tax_exemptions_pkey PRIMARY KEY (id),
  constraint tax_exemptions_check CHECK (valid_to >= valid_from),
  constraint tax_exemptions_taxes_check CHECK (taxes <@ ARRAY['GST'::text, 'QST'::text, 'HST'::text] AND cardinality(taxes) > 0),
  constraint tax_exemptions_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint tax_exemptions_location_id_fkey FOREIGN KEY (location_id) REFERENCES plant.locations(id)
);
CREATE INDEX tax_exemptions_by_customer ON billing.tax_exemptions USING btree (customer_id, valid_from);
CREATE TRIGGER tax_exemptions_append_only BEFORE DELETE OR UPDATE ON billing.tax_exemptions FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.write_off_recoveries (
  id text not null default ('WR-'::text || nextval('billing.recovery_number'::regclass)),
  write_off_id text not null,
  amount_cents bigint not null,
  net_cents bigint not null,
  gst_cents bigint not null default 0,
  qst_cents bigint not null default 0,
  hst_cents bigint not null default 0,
  reason text not null,
  on_date date not null,
  at timestamp with time zone not null default app.now(),
  by text not null,
  constraint write_off_recoveries_pkey PRIMARY KEY (id),
  constraint write_off_recoveries_amount_cents_check CHECK (amount_cents > 0),
  constraint write_off_recoveries_check CHECK (amount_cents = (net_cents + gst_cents + qst_cents + hst_cents)),
  constraint write_off_recoveries_write_off_id_fkey FOREIGN KEY (write_off_id) REFERENCES billing.write_offs(id)
);
CREATE INDEX write_off_recoveries_by_write_off ON billing.write_off_recoveries USING btree (write_off_id, id);
CREATE TRIGGER write_off_recoveries_append_only BEFORE DELETE OR UPDATE ON billing.write_off_recoveries FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table billing.write_offs (
  id text not null default ('WO-'::text || nextval('billing.write_off_number'::regclass)),
  invoice_id text not null,
  customer_id text not null,
  amount_cents bigint not null,
  net_cents bigint not null,
  gst_cents bigint not null default 0,
  qst_cents bigint not null default 0,
  hst_cents bigint not null default 0,
  reason text not null,
  on_date date not null,
  at timestamp with time zone not null default app.now(),
  by text not null,
  constraint write_offs_pkey PRIMARY KEY (id),
  constraint write_offs_amount_cents_check CHECK (amount_cents > 0),
  constraint write_offs_check CHECK (amount_cents = (net_cents + gst_cents + qst_cents + hst_cents)),
  constraint write_offs_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint write_offs_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id)
);
CREATE INDEX write_offs_by_customer ON billing.write_offs USING btree (customer_id, at DESC, id DESC);
CREATE INDEX write_offs_by_invoice ON billing.write_offs USING btree (invoice_id, at DESC, id DESC);
CREATE INDEX write_offs_newest ON billing.write_offs USING btree (at DESC, id DESC);
CREATE TRIGGER write_offs_append_only BEFORE DELETE OR UPDATE ON billing.write_offs FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table catalog.bundle_parts (
  price_version_id text not null,
  part integer not null,
  sku text not null,
  constraint bundle_parts_pkey PRIMARY KEY (price_version_id, part, sku),
  constraint bundle_parts_part_check CHECK (part >= 1 AND part <= 10),
  constraint bundle_parts_price_version_id_fkey FOREIGN KEY (price_version_id) REFERENCES catalog.price_versions(id),
  constraint bundle_parts_sku_fkey FOREIGN KEY (sku) REFERENCES catalog.items(sku)
);
CREATE INDEX bundle_parts_by_item ON catalog.bundle_parts USING btree (sku);
CREATE TRIGGER bundle_parts_append_only BEFORE DELETE OR UPDATE ON catalog.bundle_parts FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table catalog.item_options (
  plan_sku text not null,
  option_sku text not null,
  constraint item_options_pkey PRIMARY KEY (plan_sku, option_sku),
  constraint item_options_option_sku_fkey FOREIGN KEY (option_sku) REFERENCES catalog.items(sku),
  constraint item_options_plan_sku_fkey FOREIGN KEY (plan_sku) REFERENCES catalog.items(sku)
);
comment on table catalog.item_options is 'Which options a customer may add to which plan.';

create table catalog.items (
  sku text not null,
  name_fr text not null,
  name_en text not null,
  description_fr text not null default ''::text,
  description_en text not null default ''::text,
  kind text not null,
  frequency text not null,
  tax_treatment text not null default 'taxable'::text,
  revenue_account text not null,
  download_mbps integer,
  upload_mbps integer,
  olt_profile text,
  radius_profile text,
  legacy_product_id text,
  on_sale boolean not null default true,
  created_at timestamp with time zone not null default app.now(),
  version integer not null default 1,
  segment text not null default 'both'::text,
  constraint items_pkey PRIMARY KEY (sku),
  constraint items_download_mbps_check CHECK (download_mbps > 0),
  constraint items_frequency_check CHECK (frequency = ANY (ARRAY['one_time'::text, 'monthly'::text, 'quarterly'::text, 'yearly'::text])),
  constraint items_kind_check CHECK (kind = ANY (ARRAY['internet'::text, 'tv'::text, 'phone'::text, 'equipment'::text, 'one_time'::text, 'labour'::text, 'option'::text])),
  constraint items_segment_check CHECK (segment = ANY (ARRAY['residential'::text, 'business'::text, 'both'::text])),
  constraint items_sku_check CHECK (sku ~ '^[A-Z0-9](?:[A-Z0-9-]{0,38}[A-Z0-9])?$'::text),
  constraint items_tax_treatment_check CHECK (tax_treatment = ANY (ARRAY['taxable'::text, 'termination'::text, 'exempt'::text, 'outside'::text])),
  constraint items_upload_mbps_check CHECK (upload_mbps > 0)
);
CREATE INDEX items_by_kind ON catalog.items USING btree (kind, sku);
CREATE INDEX items_by_legacy ON catalog.items USING btree (legacy_product_id) WHERE (legacy_product_id IS NOT NULL);
CREATE INDEX items_by_words ON catalog.items USING gin (app.fold(((((sku || ' '::text) || name_fr) || ' '::text) || name_en)) gin_trgm_ops);
comment on table catalog.items is 'One thing that can be sold; its price stands in price_versions.';

create table catalog.price_versions (
  id text not null default ('PV-'::text || nextval('catalog.price_number'::regclass)),
  sku text not null,
  price_cents bigint not null,
  valid_from date not null,
  created_at timestamp with time zone not null default app.now(),
  constraint price_versions_pkey PRIMARY KEY (id),
  constraint price_versions_sku_valid_from_key UNIQUE (sku, valid_from),
  constraint price_versions_sku_fkey FOREIGN KEY (sku) REFERENCES catalog.items(sku)
);
CREATE TRIGGER price_versions_append_only BEFORE DELETE OR UPDATE ON catalog.price_versions FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table charges.cancellations (
  charge_id text not null,
  at timestamp with time zone not null default app.now(),
  by text not null,
  reason text not null,
  constraint cancellations_pkey PRIMARY KEY (charge_id),
  constraint cancellations_charge_id_fkey FOREIGN KEY (charge_id) REFERENCES charges.charges(id)
);

create table charges.charged_through (
  subscription_id text not null,
  through date not null,
  constraint charged_through_pkey PRIMARY KEY (subscription_id)
);
CREATE INDEX charged_through_by_day ON charges.charged_through USING btree (through, subscription_id);

create table charges.charges (
  id text not null default ('CHG-'::text || nextval('charges.charge_number'::regclass)),
  customer_id text not null,
  location_id text,
  subscription_id text,
  sku text not null,
  description_fr text not null,
  description_en text not null,
  quantity integer not null,
  unit_price_cents bigint not null,
  amount_cents bigint not null,
  tax_treatment text not null,
  revenue_account text not null,
  source text not null,
  added_at timestamp with time zone not null default app.now(),
  added_by text not null,
  state text not null default 'open'::text,
  invoice_id text,
  kind text not null default 'one_time'::text,
  detail_fr text,
  detail_en text,
  period_from date,
  period_to date,
  subscription_item_id text,
  cycle_from date,
  credit_note_id text,
  constraint charges_pkey PRIMARY KEY (id),
  constraint charges_check CHECK (amount_cents = (quantity * unit_price_cents)),
  constraint charges_check1 CHECK ((state = 'invoiced'::text) = (invoice_id IS NOT NULL)),
  constraint charges_credited CHECK ((state = 'credited'::text) = (credit_note_id IS NOT NULL)),
  constraint charges_kind_check CHECK (kind = ANY (ARRAY['recurring'::text, 'one_time'::text])),
  constraint charges_period CHECK ((period_from IS NULL) = (period_to IS NULL) AND period_to >= period_from),
  constraint charges_quantity_check CHECK (quantity > 0),
  constraint charges_recurring CHECK ((kind = 'recurring'::text) = (cycle_from IS NOT NULL)),
  constraint charges_state_check CHECK (state = ANY (ARRAY['open'::text, 'invoiced'::text, 'credited'::text, 'cancelled'::text])),
  constraint charges_tax_treatment_check CHECK (tax_treatment = ANY (ARRAY['taxable'::text, 'termination'::text, 'exempt'::text, 'outside'::text])),
  constraint charges_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint charges_location_id_fkey FOREIGN KEY (location_id) REFERENCES plant.locations(id),
  constraint charges_revenue_account_fkey FOREIGN KEY (revenue_account) REFERENCES ledger.accounts(number)
);
CREATE INDEX charges_by_customer ON charges.charges USING btree (customer_id, added_at DESC, id DESC);
CREATE INDEX charges_by_subscription ON charges.charges USING btree (subscription_id) WHERE (subscription_id IS NOT NULL);
CREATE INDEX charges_open ON charges.charges USING btree (customer_id, id) WHERE (state = 'open'::text);
CREATE INDEX charges_open_by_item ON charges.charges USING btree (subscription_item_id, cycle_from) WHERE ((state = 'open'::text) AND (subscription_item_id IS NOT NULL));

create table charges.cycles (
  item_id text not null,
  cycle_from date not null,
  cycle_to date not null,
  subscription_id text not null,
  from_on date,
  to_on date,
  cents bigint not null,
  given_cents bigint not null default 0,
  plan text,
  constraint cycles_pkey PRIMARY KEY (item_id, cycle_from),
  constraint cycles_one_plan_a_day EXCLUDE USING gist (subscription_id WITH =, plan WITH =, daterange(from_on, to_on + 1) WITH &&) WHERE (plan IS NOT NULL AND from_on IS NOT NULL) DEFERRABLE INITIALLY DEFERRED,
  constraint cycles_check CHECK (cycle_to >= cycle_from),
  constraint cycles_check1 CHECK (from_on >= cycle_from),
  constraint cycles_check2 CHECK (to_on <= cycle_to AND to_on >= from_on),
  constraint cycles_days CHECK ((from_on IS NULL) = (to_on IS NULL) AND (from_on IS NOT NULL OR cents = 0 OR given_cents <> 0)),
  constraint cycles_plan_check CHECK (plan = ANY (ARRAY['internet'::text, 'tv'::text]))
);
CREATE INDEX cycles_by_subscription ON charges.cycles USING btree (subscription_id, cycle_to);

create table charges.municipal_tax_months (
  subscription_id text not null,
  month date not null,
  phone_lines integer not null,
  constraint municipal_tax_months_pkey PRIMARY KEY (subscription_id, month),
  constraint municipal_tax_months_month_check CHECK (EXTRACT(day FROM month) = 1::numeric),
  constraint municipal_tax_months_phone_lines_check CHECK (phone_lines > 0)
);

create table collections.arrangement_invoices (
  arrangement_id text not null,
  invoice_id text not null,
  amount_cents bigint not null,
  constraint arrangement_invoices_pkey PRIMARY KEY (arrangement_id, invoice_id),
  constraint arrangement_invoices_amount_cents_check CHECK (amount_cents > 0),
  constraint arrangement_invoices_arrangement_id_fkey FOREIGN KEY (arrangement_id) REFERENCES collections.arrangements(id),
  constraint arrangement_invoices_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id)
);

create table collections.arrangements (
  id text not null default ('ARR-'::text || nextval('collections.arrangement_number'::regclass)),
  customer_id text not null,
  total_cents bigint not null,
  note text not null default ''::text,
  state text not null default 'active'::text,
  made_at timestamp with time zone not null default app.now(),
  by text not null,
  moved_at timestamp with time zone not null default app.now(),
  constraint arrangements_pkey PRIMARY KEY (id),
  constraint arrangements_state_check CHECK (state = ANY (ARRAY['active'::text, 'kept'::text, 'broken'::text, 'cancelled'::text])),
  constraint arrangements_total_cents_check CHECK (total_cents > 0),
  constraint arrangements_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id)
);
CREATE INDEX arrangements_by_customer ON collections.arrangements USING btree (customer_id, made_at DESC);
CREATE UNIQUE INDEX arrangements_one_active ON collections.arrangements USING btree (customer_id) WHERE (state = 'active'::text);
CREATE CONSTRAINT TRIGGER arrangements_add_up AFTER INSERT ON collections.arrangements DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION collections.check_adds_up();

create table collections.cases (
  id text not null default ('COL-'::text || nextval('collections.case_number'::regclass)),
  customer_id text not null,
  opened_on date not null,
  opened_at timestamp with time zone not null default app.now(),
  closed_at timestamp with time zone,
  round integer not null default 1,
  anchor_due_on date,
  suspended_on date,
  customer_name text not null,
  segment text not null,
  overdue_cents bigint not null default 0,
  collectible_cents bigint not null default 0,
  oldest_due_on date,
  rung text,
  rung_on date,
  next_rung text,
  next_on date,
  next_why text,
  holds text[] not null default '{}'::text[],
  proposed text,
  promise_state text,
  arrangement_state text,
  returned_debit boolean not null default false,
  reviewed_at timestamp with time zone not null default app.now(),
  constraint cases_pkey PRIMARY KEY (id),
  constraint cases_check CHECK ((next_rung IS NULL) = (next_why IS NULL)),
  constraint cases_round_check CHECK (round > 0),
  constraint cases_segment_check CHECK (segment = ANY (ARRAY['residential'::text, 'business'::text])),
  constraint cases_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id)
);
CREATE INDEX cases_by_age ON collections.cases USING btree (COALESCE(oldest_due_on, '9999-12-31'::date), id) WHERE (closed_at IS NULL);
CREATE INDEX cases_by_amount ON collections.cases USING btree (overdue_cents DESC, id) WHERE (closed_at IS NULL);
CREATE INDEX cases_by_customer ON collections.cases USING btree (customer_id, opened_at DESC);
CREATE INDEX cases_by_name ON collections.cases USING btree (customer_name, id) WHERE (closed_at IS NULL);
CREATE INDEX cases_by_next ON collections.cases USING btree (COALESCE(next_on, '9999-12-31'::date), id) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX cases_one_open ON collections.cases USING btree (customer_id) WHERE (closed_at IS NULL);

create table collections.hand_offs (
  case_id text not null,
  customer_id text not null,
  agency text not null,
  reference text,
  amount_cents bigint not null,
  at timestamp with time zone not null default app.now(),
  by text not null,
  written_off_cents bigint not null default 0,
  constraint hand_offs_pkey PRIMARY KEY (case_id),
  constraint hand_offs_amount_cents_check CHECK (amount_cents > 0),
  constraint hand_offs_check CHECK (written_off_cents >= 0 AND written_off_cents <= amount_cents),
  constraint hand_offs_case_id_fkey FOREIGN KEY (case_id) REFERENCES collections.cases(id),
  constraint hand_offs_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id)
);
CREATE TRIGGER hand_offs_append_only BEFORE DELETE OR UPDATE ON collections.hand_offs FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table collections.holds (
  id text not null default ('CHD-'::text || nextval('collections.hold_number'::regclass)),
  customer_id text not null,
  kind text not null,
  reason text not null,
  until_date date,
  placed_at timestamp with time zone not null default app.now(),
  placed_by text not null,
  released_at timestamp with time zone,
  released_by text,
  constraint holds_pkey PRIMARY KEY (id),
  constraint holds_check CHECK ((released_at IS NULL) = (released_by IS NULL)),
  constraint holds_kind_check CHECK (kind = ANY (ARRAY['deceased'::text, 'bankruptcy'::text, 'vulnerable'::text, 'other'::text])),
  constraint holds_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id)
);
CREATE INDEX holds_in_force ON collections.holds USING btree (customer_id) WHERE (released_at IS NULL);

create table collections.instalments (
  arrangement_id text not null,
  number integer not null,
  due_on date not null,
  amount_cents bigint not null,
  constraint instalments_pkey PRIMARY KEY (arrangement_id, number),
  constraint instalments_amount_cents_check CHECK (amount_cents > 0),
  constraint instalments_number_check CHECK (number > 0),
  constraint instalments_arrangement_id_fkey FOREIGN KEY (arrangement_id) REFERENCES collections.arrangements(id)
);

create table collections.notes (
  id bigint not null generated always as identity,
  customer_id text not null,
  kind text not null,
  outcome text,
  note text not null,
  at timestamp with time zone not null default app.now(),
  by text not null,
  constraint notes_pkey PRIMARY KEY (id),
  constraint notes_check CHECK (outcome IS NULL OR kind = 'call'::text),
  constraint notes_kind_check CHECK (kind = ANY (ARRAY['note'::text, 'call'::text])),
  constraint notes_outcome_check CHECK (outcome = ANY (ARRAY['reached'::text, 'no_answer'::text, 'voicemail'::text, 'wrong_number'::text])),
  constraint notes_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id)
);
CREATE INDEX notes_by_customer ON collections.notes USING btree (customer_id, id DESC);
CREATE TRIGGER notes_append_only BEFORE DELETE OR UPDATE ON collections.notes FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table collections.notice_messages (
  message_id text not null,
  step_id text not null,
  status text not null,
  left_at timestamp with time zone,
  constraint notice_messages_pkey PRIMARY KEY (message_id),
  constraint notice_messages_step_id_fkey FOREIGN KEY (step_id) REFERENCES collections.steps(id)
);
CREATE INDEX notice_messages_by_step ON collections.notice_messages USING btree (step_id);

create table collections.notice_proofs (
  step_id text not null,
  how text not null,
  on_date date not null,
  at timestamp with time zone not null default app.now(),
  by text not null,
  constraint notice_proofs_pkey PRIMARY KEY (step_id),
  constraint notice_proofs_step_id_fkey FOREIGN KEY (step_id) REFERENCES collections.steps(id)
);
CREATE TRIGGER notice_proofs_append_only BEFORE DELETE OR UPDATE ON collections.notice_proofs FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table collections.promises (
  id text not null default ('PRM-'::text || nextval('collections.promise_number'::regclass)),
  customer_id text not null,
  amount_cents bigint not null,
  on_date date not null,
  note text not null default ''::text,
  state text not null default 'open'::text,
  made_at timestamp with time zone not null default app.now(),
  by text not null,
  moved_at timestamp with time zone not null default app.now(),
  constraint promises_pkey PRIMARY KEY (id),
  constraint promises_amount_cents_check CHECK (amount_cents > 0),
  constraint promises_state_check CHECK (state = ANY (ARRAY['open'::text, 'kept'::text, 'broken'::text, 'cancelled'::text])),
  constraint promises_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id)
);
CREATE INDEX promises_by_customer ON collections.promises USING btree (customer_id, made_at DESC);
CREATE UNIQUE INDEX promises_one_open ON collections.promises USING btree (customer_id) WHERE (state = 'open'::text);

create table collections.proposals (
  id text not null default ('CPR-'::text || nextval('collections.proposal_number'::regclass)),
  case_id text not null,
  customer_id text not null,
  rung text not null,
  round integer not null,
  amount_cents bigint not null,
  made_at timestamp with time zone not null default app.now(),
  state text not null default 'open'::text,
  decided_at timestamp with time zone,
  decided_by text,
  reason text,
  constraint proposals_pkey PRIMARY KEY (id),
  constraint proposals_check CHECK ((state = 'open'::text) = (decided_at IS NULL)),
  constraint proposals_state_check CHECK (state = ANY (ARRAY['open'::text, 'approved'::text, 'declined'::text, 'withdrawn'::text])),
  constraint proposals_case_id_fkey FOREIGN KEY (case_id) REFERENCES collections.cases(id),
  constraint proposals_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id)
);
CREATE UNIQUE INDEX proposals_one_open ON collections.proposals USING btree (case_id) WHERE (state = 'open'::text);

create table collections.runs (
  on_date date not null,
  after_customer text not null default ''::text,
  state text not null default 'walking'::text,
  reviewed integer not null default 0,
  started_at timestamp with time zone not null default app.now(),
  constraint runs_pkey PRIMARY KEY (on_date),
  constraint runs_state_check CHECK (state = ANY (ARRAY['walking'::text, 'walked'::text]))
);

create table collections.steps (
  id text not null default ('CST-'::text || nextval('collections.step_number'::regclass)),
  case_id text not null,
  customer_id text not null,
  rung text not null,
  round integer not null,
  anchor_due_on date not null,
  on_date date not null,
  amount_cents bigint not null,
  announced_on date,
  at timestamp with time zone not null default app.now(),
  by text not null,
  constraint steps_pkey PRIMARY KEY (id),
  constraint steps_amount_cents_check CHECK (amount_cents > 0),
  constraint steps_check CHECK (announced_on > on_date),
  constraint steps_rung_check CHECK (rung = ANY (ARRAY['reminder'::text, 'second_notice'::text, 'formal_notice'::text, 'suspension_notice'::text, 'final_notice'::text, 'suspension'::text, 'demand_letter'::text, 'termination'::text, 'hand_off'::text])),
  constraint steps_case_id_fkey FOREIGN KEY (case_id) REFERENCES collections.cases(id),
  constraint steps_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id)
);
CREATE INDEX steps_by_customer ON collections.steps USING btree (customer_id, at DESC);
CREATE UNIQUE INDEX steps_friendly_once ON collections.steps USING btree (case_id, anchor_due_on, rung) WHERE (rung = ANY (ARRAY['reminder'::text, 'second_notice'::text, 'formal_notice'::text]));
CREATE UNIQUE INDEX steps_hard_once ON collections.steps USING btree (case_id, round, rung) WHERE (rung <> ALL (ARRAY['reminder'::text, 'second_notice'::text, 'formal_notice'::text]));
CREATE TRIGGER steps_append_only BEFORE DELETE OR UPDATE ON collections.steps FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table customers.customers (
  id text not null default ('C-'::text || nextval('customers.customer_number'::regclass)),
  kind text not null,
  name text not null,
  language text not null,
  status text not null default 'prospect'::text,
  email_id text,
  email_billing text,
  cell_phone text,
  tel_home text,
  notes text not null default ''::text,
  tags text[] not null default '{}'::text[],
  stripe_id text,
  legacy_account_id text,
  legacy_customer_id text,
  billing_day integer not null default 1,
  created_at timestamp with time zone not null default app.now(),
  version integer not null default 1,
  billing_cycle text not null default 'common'::text,
  constraint customers_pkey PRIMARY KEY (id),
  constraint customers_stripe_id_key UNIQUE (stripe_id),
  constraint customers_billing_cycle_check CHECK (billing_cycle = ANY (ARRAY['common'::text, 'anniversary'::text])),
  constraint customers_billing_day_check CHECK (billing_day >= 1 AND billing_day <= 31),
  constraint customers_kind_check CHECK (kind = ANY (ARRAY['residential'::text, 'business'::text])),
  constraint customers_language_check CHECK (language = ANY (ARRAY['fr'::text, 'en'::text])),
  constraint customers_status_check CHECK (status = ANY (ARRAY['prospect'::text, 'active'::text, 'suspended'::text, 'terminated'::text]))
);
CREATE INDEX customers_by_billing_email ON customers.customers USING btree (lower(email_billing));
CREATE INDEX customers_by_cell ON customers.customers USING btree (cell_phone);
CREATE INDEX customers_by_email ON customers.customers USING btree (lower(email_id));
CREATE INDEX customers_by_home ON customers.customers USING btree (tel_home);
CREATE INDEX customers_by_legacy ON customers.customers USING btree (legacy_account_id);
CREATE INDEX customers_by_name ON customers.customers USING gin (app.fold(name) gin_trgm_ops);
CREATE INDEX customers_by_status ON customers.customers USING btree (status, created_at DESC, id DESC);
CREATE INDEX customers_by_stripe ON customers.customers USING btree (stripe_id);
CREATE INDEX customers_newest ON customers.customers USING btree (created_at DESC, id DESC);

create table customers.search_terms (
  customer_id text not null,
  kind text not null,
  source_id text not null,
  term text not null,
  shown text not null,
  constraint search_terms_pkey PRIMARY KEY (kind, source_id, term),
  constraint search_terms_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id) ON DELETE CASCADE
);
CREATE INDEX search_terms_by_customer ON customers.search_terms USING btree (customer_id);
CREATE INDEX search_terms_by_term ON customers.search_terms USING gin (term gin_trgm_ops) WITH (gin_pending_list_limit='256');
CREATE INDEX search_terms_prefix ON customers.search_terms USING btree (term text_pattern_ops);
CREATE INDEX search_terms_sounding ON customers.search_terms USING gin (app.sound(term) gin_trgm_ops) WHERE ((kind = 'customer'::text) AND (term !~ '[0-9@]'::text));
CREATE INDEX search_terms_spelled ON customers.search_terms USING gin (term gin_trgm_ops) WITH (gin_pending_list_limit='256') WHERE (kind = ANY (ARRAY['customer'::text, 'location'::text, 'equipment'::text]));

create table dispatch.arrival_windows (
  from_time text not null,
  to_time text not null,
  constraint arrival_windows_pkey PRIMARY KEY (from_time),
  constraint arrival_windows_check CHECK (from_time < to_time),
  constraint arrival_windows_from_time_check CHECK (from_time ~ '^([01]\d|2[0-3]):[0-5]\d$'::text),
  constraint arrival_windows_to_time_check CHECK (to_time ~ '^([01]\d|2[0-3]):[0-5]\d$'::text)
);

create table dispatch.checklist_items (
  job_id text not null,
  item_id text not null,
  position integer not null,
  kind text not null,
  label_fr text not null,
  label_en text not null,
  required boolean not null default false,
  unit text,
  limits jsonb,
  checked boolean,
  text text,
  value double precision,
  verdict text,
  answered_at timestamp with time zone,
  answered_by text,
  constraint checklist_items_pkey PRIMARY KEY (job_id, item_id),
  constraint checklist_items_kind_check CHECK (kind = ANY (ARRAY['check'::text, 'photo'::text, 'measure'::text, 'text'::text])),
  constraint checklist_items_verdict_check CHECK (verdict = ANY (ARRAY['good'::text, 'warn'::text, 'bad'::text])),
  constraint checklist_items_job_id_fkey FOREIGN KEY (job_id) REFERENCES dispatch.jobs(id)
);

create table dispatch.completions (
  job_id text not null,
  at timestamp with time zone not null,
  received_at timestamp with time zone not null default app.now(),
  technician_id text not null,
  summary text not null default ''::text,
  materials jsonb not null default '[]'::jsonb,
  overrides jsonb not null default '[]'::jsonb,
  constraint completions_pkey PRIMARY KEY (job_id),
  constraint completions_job_id_fkey FOREIGN KEY (job_id) REFERENCES dispatch.jobs(id)
);

create table dispatch.consumables (
  code text not null,
  position integer not null,
  name_fr text not null,
  name_en text not null,
  unit text not null,
  step double precision not null,
  active boolean not null default true,
  constraint consumables_pkey PRIMARY KEY (code),
  constraint consumables_code_check CHECK (code ~ '^[a-z0-9_]{2,40}$'::text),
  constraint consumables_step_check CHECK (step > 0::double precision)
);

create table dispatch.failures (
  id bigint not null generated always as identity,
  job_id text not null,
  at timestamp with time zone not null,
  technician_id text not null,
  reason text not null,
  note text not null default ''::text,
  constraint failures_pkey PRIMARY KEY (id),
  constraint failures_job_id_fkey FOREIGN KEY (job_id) REFERENCES dispatch.jobs(id)
);
CREATE INDEX failures_by_job ON dispatch.failures USING btree (job_id, id DESC);

create table dispatch.gate_permissions (
  job_id text not null,
  gate text not null,
  at timestamp with time zone not null default app.now(),
  actor_id text,
  actor_name text not null,
  reason text not null,
  constraint gate_permissions_pkey PRIMARY KEY (job_id, gate),
  constraint gate_permissions_gate_check CHECK (gate = ANY (ARRAY['ont'::text, 'signature'::text])),
  constraint gate_permissions_job_id_fkey FOREIGN KEY (job_id) REFERENCES dispatch.jobs(id)
);

create table dispatch.job_changes (
  id bigint not null generated always as identity,
  job_id text not null,
  at timestamp with time zone not null,
  received_at timestamp with time zone not null default app.now(),
  from_status text,
  to_status text not null,
  technician_id text,
  actor_kind text not null,
  actor_id text,
  actor_name text,
  reason text,
  applied boolean not null default true,
  constraint job_changes_pkey PRIMARY KEY (id),
  constraint job_changes_job_id_fkey FOREIGN KEY (job_id) REFERENCES dispatch.jobs(id)
);
CREATE INDEX job_changes_by_job ON dispatch.job_changes USING btree (job_id, id DESC);
CREATE INDEX job_changes_by_technician ON dispatch.job_changes USING btree (job_id, technician_id);
CREATE TRIGGER job_changes_append_only BEFORE DELETE OR UPDATE ON dispatch.job_changes FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table dispatch.job_equipment (
  job_id text not null,
  equipment_id text not null,
  how text not null,
  at timestamp with time zone not null,
  removed_at timestamp with time zone,
  actor_id text,
  actor_name text,
  constraint job_equipment_pkey PRIMARY KEY (job_id, equipment_id),
  constraint job_equipment_how_check CHECK (how = ANY (ARRAY['scan'::text, 'typed'::text])),
  constraint job_equipment_equipment_id_fkey FOREIGN KEY (equipment_id) REFERENCES stock.equipment(id),
  constraint job_equipment_job_id_fkey FOREIGN KEY (job_id) REFERENCES dispatch.jobs(id)
);

create table dispatch.job_materials (
  job_id text not null,
  item text not null,
  code text,
  name_fr text not null,
  name_en text not null,
  unit text,
  quantity double precision not null,
  at timestamp with time zone not null,
  received_at timestamp with time zone not null default app.now(),
  actor_id text,
  actor_name text,
  constraint job_materials_pkey PRIMARY KEY (job_id, item),
  constraint job_materials_quantity_check CHECK (quantity >= 0::double precision),
  constraint job_materials_job_id_fkey FOREIGN KEY (job_id) REFERENCES dispatch.jobs(id)
);

create table dispatch.job_notes (
  note_id uuid not null,
  job_id text not null,
  at timestamp with time zone not null,
  received_at timestamp with time zone not null default app.now(),
  actor_id text,
  actor_name text,
  text text not null,
  constraint job_notes_pkey PRIMARY KEY (note_id),
  constraint job_notes_job_id_fkey FOREIGN KEY (job_id) REFERENCES dispatch.jobs(id)
);
CREATE INDEX job_notes_by_job ON dispatch.job_notes USING btree (job_id, at, note_id);

create table dispatch.job_types (
  type text not null,
  duration_minutes integer not null,
  skills jsonb not null default '[]'::jsonb,
  checklist jsonb not null default '[]'::jsonb,
  constraint job_types_pkey PRIMARY KEY (type),
  constraint job_types_duration_minutes_check CHECK (duration_minutes > 0),
  constraint job_types_type_check CHECK (type = ANY (ARRAY['install'::text, 'repair'::text, 'upgrade'::text, 'move'::text, 'disconnect'::text, 'survey'::text, 'maintenance'::text, 'construction'::text]))
);

create table dispatch.jobs (
  id text not null default ('DJ-'::text || nextval('dispatch.job_number'::regclass)),
  type text not null,
  status text not null default 'unscheduled'::text,
  priority integer not null default 3,
  customer_id text,
  location_id text,
  subscription_ids text[] not null default '{}'::text[],
  technician_id text,
  starts_at timestamp with time zone,
  duration_minutes integer not null,
  position integer not null default 0,
  window_date date,
  window_from text,
  window_to text,
  window_starts_at timestamp with time zone,
  window_ends_at timestamp with time zone,
  wished_date date,
  wished_from text,
  wished_to text,
  overbooked_because text,
  skills jsonb not null default '[]'::jsonb,
  notes text not null default ''::text,
  source text not null,
  created_at timestamp with time zone not null default app.now(),
  reported_at timestamp with time zone,
  version integer not null default 1,
  constraint jobs_pkey PRIMARY KEY (id),
  constraint jobs_check CHECK ((technician_id IS NULL) = (starts_at IS NULL)),
  constraint jobs_check1 CHECK (status <> 'unscheduled'::text OR technician_id IS NULL),
  constraint jobs_check2 CHECK ((status = ANY (ARRAY['unscheduled'::text, 'cancelled'::text])) OR technician_id IS NOT NULL),
  constraint jobs_check3 CHECK (num_nulls(window_date, window_from, window_to, window_starts_at, window_ends_at) = ANY (ARRAY[0, 5])),
  constraint jobs_check4 CHECK (num_nulls(wished_date, wished_from, wished_to) = ANY (ARRAY[0, 3])),
  constraint jobs_duration_minutes_check CHECK (duration_minutes >= 5 AND duration_minutes <= 720),
  constraint jobs_priority_check CHECK (priority >= 1 AND priority <= 5),
  constraint jobs_status_check CHECK (status = ANY (ARRAY['unscheduled'::text, 'draft'::text, 'published'::text, 'offered'::text, 'accepted'::text, 'en_route'::text, 'on_site'::text, 'paused'::text, 'completed'::text, 'cannot_complete'::text, 'cancelled'::text])),
  constraint jobs_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint jobs_location_id_fkey FOREIGN KEY (location_id) REFERENCES plant.locations(id),
  constraint jobs_technician_id_fkey FOREIGN KEY (technician_id) REFERENCES dispatch.technicians(id),
  constraint jobs_type_fkey FOREIGN KEY (type) REFERENCES dispatch.job_types(type)
);
CREATE INDEX jobs_by_customer ON dispatch.jobs USING btree (customer_id, created_at DESC, id DESC) WHERE (customer_id IS NOT NULL);
CREATE INDEX jobs_by_location ON dispatch.jobs USING btree (location_id, created_at DESC, id DESC) WHERE (location_id IS NOT NULL);
CREATE INDEX jobs_by_start ON dispatch.jobs USING btree (starts_at, id) WHERE (starts_at IS NOT NULL);
CREATE INDEX jobs_by_status ON dispatch.jobs USING btree (status, created_at DESC, id DESC);
CREATE INDEX jobs_by_technician ON dispatch.jobs USING btree (technician_id, starts_at) WHERE (technician_id IS NOT NULL);
CREATE INDEX jobs_newest ON dispatch.jobs USING btree (created_at DESC, id DESC);
CREATE INDEX jobs_pool ON dispatch.jobs USING btree (window_date, created_at, id) WHERE (status = 'unscheduled'::text);

create table dispatch.photo_chunks (
  photo_id uuid not null,
  from_byte integer not null,
  bytes bytea not null,
  constraint photo_chunks_pkey PRIMARY KEY (photo_id, from_byte),
  constraint photo_chunks_photo_id_fkey FOREIGN KEY (photo_id) REFERENCES dispatch.photos(id) ON DELETE CASCADE
);

create table dispatch.photos (
  id uuid not null,
  job_id text not null,
  checklist_item_id text,
  type text not null,
  total_bytes integer not null,
  received_bytes integer not null default 0,
  taken_at timestamp with time zone not null,
  received_at timestamp with time zone not null default app.now(),
  actor_id text,
  actor_name text,
  phase text,
  constraint photos_pkey PRIMARY KEY (id),
  constraint photos_check CHECK (received_bytes >= 0 AND received_bytes <= total_bytes),
  constraint photos_phase_check CHECK (phase = ANY (ARRAY['before'::text, 'during'::text, 'after'::text])),
  constraint photos_total_bytes_check CHECK (total_bytes > 0),
  constraint photos_type_check CHECK (type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text])),
  constraint photos_job_id_fkey FOREIGN KEY (job_id) REFERENCES dispatch.jobs(id)
);
CREATE INDEX photos_by_job ON dispatch.photos USING btree (job_id, taken_at, id);

create table dispatch.refused_actions (
  id bigint not null generated always as identity,
  technician_id text not null,
  operation text not null,
  fingerprint text not null,
  at timestamp with time zone not null,
  received_at timestamp with time zone not null default app.now(),
  times integer not null default 1,
  job_id text,
  code text not null,
  data jsonb not null default '{}'::jsonb,
  input jsonb not null,
  settled_at timestamp with time zone,
  settled_by text,
  settled_note text,
  constraint refused_actions_pkey PRIMARY KEY (id),
  constraint refused_actions_technician_id_operation_fingerprint_key UNIQUE (technician_id, operation, fingerprint)
);
CREATE INDEX refused_actions_by_job ON dispatch.refused_actions USING btree (job_id, id DESC);
CREATE INDEX refused_actions_newest ON dispatch.refused_actions USING btree (id DESC);
CREATE INDEX refused_actions_open ON dispatch.refused_actions USING btree (id DESC) WHERE (settled_at IS NULL);

create table dispatch.signatures (
  id bigint not null generated always as identity,
  job_id text not null,
  name text not null,
  at timestamp with time zone not null,
  received_at timestamp with time zone not null default app.now(),
  png bytea not null,
  actor_id text,
  actor_name text,
  constraint signatures_pkey PRIMARY KEY (id),
  constraint signatures_job_id_fkey FOREIGN KEY (job_id) REFERENCES dispatch.jobs(id)
);
CREATE INDEX signatures_by_job ON dispatch.signatures USING btree (job_id, at DESC, id DESC);

create table dispatch.tech_links (
  id uuid not null,
  technician_id text not null,
  day date not null,
  job_id text,
  created_at timestamp with time zone not null default app.now(),
  created_by text,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  revoked_by text,
  constraint tech_links_pkey PRIMARY KEY (id),
  constraint tech_links_job_id_fkey FOREIGN KEY (job_id) REFERENCES dispatch.jobs(id),
  constraint tech_links_technician_id_fkey FOREIGN KEY (technician_id) REFERENCES dispatch.technicians(id)
);
CREATE INDEX tech_links_by_technician ON dispatch.tech_links USING btree (technician_id, created_at DESC, id DESC);

create table dispatch.technicians (
  id text not null default ('DT-'::text || nextval('dispatch.technician_number'::regclass)),
  name text not null,
  colour text not null,
  phone text,
  language text not null default 'fr'::text,
  skills jsonb not null default '[]'::jsonb,
  hours jsonb not null default '[]'::jsonb,
  staff_id text,
  active boolean not null default true,
  created_at timestamp with time zone not null default app.now(),
  version integer not null default 1,
  constraint technicians_pkey PRIMARY KEY (id),
  constraint technicians_staff_id_key UNIQUE (staff_id),
  constraint technicians_colour_check CHECK (colour ~ '^#[0-9a-fA-F]{6}$'::text),
  constraint technicians_language_check CHECK (language = ANY (ARRAY['fr'::text, 'en'::text])),
  constraint technicians_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff.members(id)
);

create table flows.checkpoints (
  run_id text not null,
  phase text not null,
  index integer not null,
  name text not null,
  kind text not null,
  result jsonb not null,
  signal_id bigint,
  at timestamp with time zone not null,
  constraint checkpoints_pkey PRIMARY KEY (run_id, phase, index),
  constraint checkpoints_index_check CHECK (index >= 0),
  constraint checkpoints_kind_check CHECK (kind = ANY (ARRAY['step'::text, 'sleep'::text, 'wait'::text])),
  constraint checkpoints_phase_check CHECK (phase = ANY (ARRAY['run'::text, 'cancel'::text])),
  constraint checkpoints_run_id_fkey FOREIGN KEY (run_id) REFERENCES flows.runs(id)
);

create table flows.runs (
  id text not null default ('FLW-'::text || nextval('flows.run_number'::regclass)),
  flow text not null,
  version integer not null,
  key text not null,
  input jsonb not null,
  state text not null default 'active'::text,
  started_at timestamp with time zone not null,
  started_tx xid8 not null default pg_current_xact_id(),
  snapshot pg_snapshot not null default pg_current_snapshot(),
  cluster text not null default flows.cluster(),
  cause bigint,
  wake_at timestamp with time zone not null,
  revision integer not null default 0,
  failures integer not null default 0,
  error text,
  wait_name text,
  wait_until timestamp with time zone,
  wait_event text,
  wait_key text,
  cancel_reason text,
  result jsonb,
  ended_at timestamp with time zone,
  constraint runs_pkey PRIMARY KEY (id),
  constraint runs_flow_key_key UNIQUE (flow, key),
  constraint runs_check CHECK ((wait_name IS NULL) = (wait_until IS NULL)),
  constraint runs_check1 CHECK ((wait_event IS NULL) = (wait_key IS NULL)),
  constraint runs_check2 CHECK (wait_event IS NULL OR wait_name IS NOT NULL),
  constraint runs_check3 CHECK ((state = ANY (ARRAY['done'::text, 'cancelled'::text])) = (ended_at IS NOT NULL)),
  constraint runs_failures_check CHECK (failures >= 0),
  constraint runs_flow_check CHECK (length(flow) >= 1 AND length(flow) <= 100),
  constraint runs_key_check CHECK (length(key) >= 1 AND length(key) <= 200),
  constraint runs_state_check CHECK (state = ANY (ARRAY['active'::text, 'failed'::text, 'done'::text, 'cancelled'::text])),
  constraint runs_version_check CHECK (version > 0)
);
CREATE INDEX runs_alive ON flows.runs USING btree (started_at) WHERE (state = ANY (ARRAY['active'::text, 'failed'::text]));
CREATE INDEX runs_due ON flows.runs USING btree (wake_at) WHERE (state = 'active'::text);
CREATE INDEX runs_failed ON flows.runs USING btree (wake_at) WHERE (state = 'failed'::text);
CREATE INDEX runs_waiting ON flows.runs USING btree (wait_event, wait_key) WHERE ((state = 'active'::text) AND (wait_event IS NOT NULL));

create table flows.signals (
  id bigint not null generated always as identity,
  event text not null,
  key text not null,
  data jsonb not null,
  at timestamp with time zone not null,
  tx xid8 not null default pg_current_xact_id(),
  cluster text not null default flows.cluster(),
  constraint signals_pkey PRIMARY KEY (id)
);
CREATE INDEX signals_by_age ON flows.signals USING btree (at);
CREATE INDEX signals_by_topic ON flows.signals USING btree (event, key, id);

create table gigafibre_migrations (
  name text not null,
  breaking boolean not null,
  applied_at timestamp with time zone not null default clock_timestamp(),
  constraint gigafibre_migrations_pkey PRIMARY KEY (name)
);

create table ledger.account_balances (
  account text not null,
  month date not null,
  shard smallint not null,
  debit_cents bigint not null,
  credit_cents bigint not null,
  constraint account_balances_pkey PRIMARY KEY (account, month, shard),
  constraint account_balances_month_check CHECK (EXTRACT(day FROM month) = 1::numeric),
  constraint account_balances_account_fkey FOREIGN KEY (account) REFERENCES ledger.accounts(number)
);

create table ledger.accounts (
  number text not null,
  name_fr text not null,
  name_en text not null,
  kind text not null,
  normal text not null,
  per_customer boolean not null default false,
  constraint accounts_pkey PRIMARY KEY (number),
  constraint accounts_kind_check CHECK (kind = ANY (ARRAY['asset'::text, 'liability'::text, 'revenue'::text, 'expense'::text])),
  constraint accounts_normal_check CHECK (normal = ANY (ARRAY['debit'::text, 'credit'::text])),
  constraint accounts_number_check CHECK (number ~ '^\d{4,10}$'::text)
);

create table ledger.checks (
  on_date date not null,
  started_at timestamp with time zone not null default app.now(),
  finished_at timestamp with time zone,
  entries bigint not null default 0,
  differences jsonb not null default '[]'::jsonb,
  constraint checks_pkey PRIMARY KEY (on_date)
);

create table ledger.customer_balances (
  customer_id text not null,
  account text not null,
  balance_cents bigint not null,
  constraint customer_balances_pkey PRIMARY KEY (customer_id, account),
  constraint customer_balances_account_fkey FOREIGN KEY (account) REFERENCES ledger.accounts(number),
  constraint customer_balances_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id)
);
CREATE INDEX customer_balances_by_account ON ledger.customer_balances USING btree (account, customer_id) WHERE (balance_cents <> 0);

create table ledger.entries (
  id bigint not null generated always as identity,
  tx xid8 not null default pg_current_xact_id(),
  on_date date not null,
  document_kind text not null,
  document_id text not null,
  memo text not null,
  currency text not null default 'CAD'::text,
  total_cents bigint not null,
  posted_at timestamp with time zone not null default app.now(),
  actor_kind text not null,
  actor_id text,
  constraint entries_pkey PRIMARY KEY (id),
  constraint entries_document_kind_document_id_key UNIQUE (document_kind, document_id),
  constraint entries_currency_check CHECK (currency = 'CAD'::text),
  constraint entries_document_id_check CHECK (document_id <> ''::text),
  constraint entries_document_kind_check CHECK (document_kind = ANY (ARRAY['invoice'::text, 'credit_note'::text, 'payment'::text, 'payment_reversal'::text, 'allocation'::text, 'refund'::text, 'adjustment'::text, 'write_off'::text, 'write_off_recovery'::text, 'deposit'::text, 'recognition'::text, 'payout'::text, 'supplier_bill'::text, 'supplier_bill_reversal'::text, 'supplier_payment'::text, 'supplier_payment_reversal'::text, 'transfer'::text])),
  constraint entries_total_cents_check CHECK (total_cents > 0)
);
CREATE INDEX entries_by_date ON ledger.entries USING btree (on_date DESC, id DESC);
CREATE INDEX entries_by_document ON ledger.entries USING btree (document_id);
CREATE TRIGGER entries_append_only BEFORE DELETE OR UPDATE ON ledger.entries FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE CONSTRAINT TRIGGER entries_balanced AFTER INSERT ON ledger.entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.check_balanced();
CREATE TRIGGER entries_no_truncate BEFORE TRUNCATE ON ledger.entries FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

create table ledger.postings (
  entry_id bigint not null,
  line integer not null,
  account text not null,
  customer_id text,
  debit_cents bigint not null,
  credit_cents bigint not null,
  constraint postings_pkey PRIMARY KEY (entry_id, line),
  constraint postings_check CHECK ((debit_cents = 0) <> (credit_cents = 0)),
  constraint postings_credit_cents_check CHECK (credit_cents >= 0),
  constraint postings_debit_cents_check CHECK (debit_cents >= 0),
  constraint postings_line_check CHECK (line > 0),
  constraint postings_account_fkey FOREIGN KEY (account) REFERENCES ledger.accounts(number),
  constraint postings_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint postings_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES ledger.entries(id)
);
CREATE INDEX postings_by_account ON ledger.postings USING btree (account, entry_id DESC);
CREATE INDEX postings_by_customer ON ledger.postings USING btree (customer_id, entry_id DESC) WHERE (customer_id IS NOT NULL);
CREATE TRIGGER postings_append_only BEFORE DELETE OR UPDATE ON ledger.postings FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER postings_keep_balances AFTER INSERT ON ledger.postings REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger.keep_balances();
CREATE TRIGGER postings_no_truncate BEFORE TRUNCATE ON ledger.postings FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

create table messages.early_reports (
  provider_ref text not null,
  status text not null,
  failure text,
  at timestamp with time zone not null default app.now(),
  constraint early_reports_pkey PRIMARY KEY (provider_ref),
  constraint early_reports_status_check CHECK (status = ANY (ARRAY['delivered'::text, 'failed'::text]))
);
CREATE INDEX early_reports_by_age ON messages.early_reports USING btree (at);

create table messages.messages (
  id text not null default ('MSG-'::text || nextval('messages.message_number'::regclass)),
  channel text not null,
  purpose text not null,
  customer_id text,
  to_address text not null,
  language text not null,
  template text not null,
  subject text,
  body_text text not null,
  body_html text,
  attachments jsonb not null default '[]'::jsonb,
  status text not null,
  secret boolean not null default false,
  idempotency_key text not null,
  attempts integer not null default 0,
  next_attempt_at timestamp with time zone,
  provider_ref text,
  failure text,
  created_at timestamp with time zone not null default app.now(),
  sent_at timestamp with time zone,
  moved_at timestamp with time zone not null default app.now(),
  constraint messages_pkey PRIMARY KEY (id),
  constraint messages_idempotency_key_key UNIQUE (idempotency_key),
  constraint messages_channel_check CHECK (channel = ANY (ARRAY['email'::text, 'sms'::text])),
  constraint messages_language_check CHECK (language = ANY (ARRAY['fr'::text, 'en'::text])),
  constraint messages_purpose_check CHECK (purpose = ANY (ARRAY['transactional'::text, 'marketing'::text])),
  constraint messages_status_check CHECK (status = ANY (ARRAY['held'::text, 'queued'::text, 'sending'::text, 'sent'::text, 'delivered'::text, 'failed'::text, 'unknown'::text, 'suppressed'::text])),
  constraint messages_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id)
);
CREATE INDEX messages_by_customer ON messages.messages USING btree (customer_id, created_at DESC);
CREATE INDEX messages_by_provider ON messages.messages USING btree (provider_ref) WHERE (provider_ref IS NOT NULL);
CREATE INDEX messages_due ON messages.messages USING btree (next_attempt_at) WHERE (status = 'queued'::text);
CREATE INDEX messages_newest ON messages.messages USING btree (created_at DESC, id DESC);
CREATE INDEX messages_sending ON messages.messages USING btree (moved_at) WHERE (status = 'sending'::text);

create table messages.suppressions (
  channel text not null,
  address text not null,
  reason text not null,
  at timestamp with time zone not null default app.now(),
  constraint suppressions_pkey PRIMARY KEY (channel, address),
  constraint suppressions_channel_check CHECK (channel = ANY (ARRAY['email'::text, 'sms'::text]))
);

create table network.ont_positions (
  equipment_id text not null,
  olt_id text not null,
  if_index bigint not null,
  onu_id integer not null,
  seen_at timestamp with time zone not null default app.now(),
  constraint ont_positions_pkey PRIMARY KEY (equipment_id, olt_id),
  constraint ont_positions_equipment_id_fkey FOREIGN KEY (equipment_id) REFERENCES stock.equipment(id)
);

create table network.optical_limits (
  system text not null,
  valid_from date not null,
  overload_dbm double precision not null,
  high_dbm double precision not null,
  low_dbm double precision not null,
  poor_dbm double precision not null,
  out_dbm double precision not null,
  margin_db double precision not null,
  constraint optical_limits_pkey PRIMARY KEY (system, valid_from),
  constraint optical_limits_check CHECK (overload_dbm > high_dbm AND high_dbm > low_dbm AND low_dbm > poor_dbm AND poor_dbm > out_dbm),
  constraint optical_limits_system_check CHECK (system = ANY (ARRAY['gpon_b_plus'::text, 'gpon_c_plus'::text, 'xgs_pon'::text]))
);

create table network.readings (
  id bigint not null generated always as identity,
  reading_id uuid not null default gen_random_uuid(),
  at timestamp with time zone not null,
  received_at timestamp with time zone not null default app.now(),
  source text not null,
  equipment_id text,
  location_id text,
  job_id text,
  rx_dbm double precision,
  tx_dbm double precision,
  olt_rx_dbm double precision,
  system text not null,
  level text not null,
  verdict text not null,
  actor_kind text not null,
  actor_id text,
  actor_name text,
  constraint readings_pkey PRIMARY KEY (id),
  constraint readings_reading_id_key UNIQUE (reading_id),
  constraint readings_check CHECK (equipment_id IS NOT NULL OR location_id IS NOT NULL),
  constraint readings_level_check CHECK (level = ANY (ARRAY['overload'::text, 'high'::text, 'good'::text, 'low'::text, 'poor'::text, 'out'::text, 'no_light'::text])),
  constraint readings_source_check CHECK (source = ANY (ARRAY['olt'::text, 'acs'::text, 'manual'::text])),
  constraint readings_system_check CHECK (system = ANY (ARRAY['gpon_b_plus'::text, 'gpon_c_plus'::text, 'xgs_pon'::text])),
  constraint readings_verdict_check CHECK (verdict = ANY (ARRAY['good'::text, 'warn'::text, 'bad'::text])),
  constraint readings_equipment_id_fkey FOREIGN KEY (equipment_id) REFERENCES stock.equipment(id),
  constraint readings_location_id_fkey FOREIGN KEY (location_id) REFERENCES plant.locations(id)
);
CREATE INDEX readings_by_equipment ON network.readings USING btree (equipment_id, at DESC, id DESC) WHERE (equipment_id IS NOT NULL);
CREATE INDEX readings_by_job ON network.readings USING btree (job_id, at DESC, id DESC) WHERE (job_id IS NOT NULL);
CREATE INDEX readings_by_location ON network.readings USING btree (location_id, at DESC, id DESC) WHERE (location_id IS NOT NULL);
CREATE INDEX readings_newest ON network.readings USING btree (at DESC, id DESC);
CREATE UNIQUE INDEX readings_once ON network.readings USING btree (equipment_id, source, at) WHERE ((equipment_id IS NOT NULL) AND (source <> 'manual'::text) AND (job_id IS NULL));

create table payments.agreements (
  id text not null default ('PPA-'::text || nextval('payments.agreement_number'::regclass)),
  customer_id text not null,
  method_id text not null,
  category text not null,
  text_version text not null,
  language text not null,
  proof jsonb not null,
  accepted_at timestamp with time zone not null default app.now(),
  accepted_by text not null,
  usable_from date not null,
  ended_at timestamp with time zone,
  ended_by text,
  end_reason text,
  printed jsonb,
  overdue_invoices text[] not null default '{}'::text[],
  constraint agreements_pkey PRIMARY KEY (id),
  constraint agreements_category_check CHECK (category = ANY (ARRAY['personal'::text, 'business'::text])),
  constraint agreements_check CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_reason IS NULL)),
  constraint agreements_end_reason_check CHECK (end_reason = ANY (ARRAY['customer'::text, 'staff'::text, 'failures'::text, 'mandate'::text, 'method'::text, 'replaced'::text, 'suspended'::text, 'deceased'::text])),
  constraint agreements_language_check CHECK (language = ANY (ARRAY['fr'::text, 'en'::text])),
  constraint agreements_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint agreements_method_id_fkey FOREIGN KEY (method_id) REFERENCES payments.methods(id)
);
CREATE INDEX agreements_by_customer ON payments.agreements USING btree (customer_id, accepted_at DESC);
CREATE UNIQUE INDEX agreements_one_active ON payments.agreements USING btree (customer_id) WHERE (ended_at IS NULL);

create table payments.bank_statements (
  id text not null default ('BS-'::text || nextval('payments.bank_statement_number'::regclass)),
  name text not null,
  digest text not null,
  from_date date not null,
  to_date date not null,
  lines integer not null,
  known integer not null,
  received_cents bigint not null,
  read_at timestamp with time zone not null default app.now(),
  read_by text not null,
  constraint bank_statements_pkey PRIMARY KEY (id),
  constraint bank_statements_digest_key UNIQUE (digest),
  constraint bank_statements_check CHECK (to_date >= from_date)
);
CREATE INDEX bank_statements_newest ON payments.bank_statements USING btree (read_at DESC, id DESC);

create table payments.chargebacks (
  id text not null default ('CB-'::text || nextval('payments.chargeback_number'::regclass)),
  payment_id text not null,
  customer_id text not null,
  amount_cents bigint not null,
  reason text not null,
  state text not null,
  provider text not null,
  provider_ref text not null,
  due_by timestamp with time zone,
  opened_at timestamp with time zone not null default app.now(),
  moved_at timestamp with time zone not null default app.now(),
  constraint chargebacks_pkey PRIMARY KEY (id),
  constraint chargebacks_provider_provider_ref_key UNIQUE (provider, provider_ref),
  constraint chargebacks_amount_cents_check CHECK (amount_cents > 0),
  constraint chargebacks_state_check CHECK (state = ANY (ARRAY['needs_response'::text, 'under_review'::text, 'won'::text, 'lost'::text, 'closed'::text])),
  constraint chargebacks_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint chargebacks_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments.payments(id)
);
CREATE INDEX chargebacks_by_customer ON payments.chargebacks USING btree (customer_id, opened_at DESC, id DESC);
CREATE INDEX chargebacks_by_payment ON payments.chargebacks USING btree (payment_id);
CREATE INDEX chargebacks_newest ON payments.chargebacks USING btree (opened_at DESC, id DESC);

create table payments.checkouts (
  id text not null default ('CHK-'::text || nextval('payments.checkout_number'::regclass)),
  customer_id text not null,
  invoice_id text,
  amount_cents bigint not null,
  currency text not null default 'CAD'::text,
  provider text not null,
  idempotency_key text not null,
  request jsonb not null,
  state text not null default 'starting'::text,
  provider_session text,
  url text,
  expires_at timestamp with time zone,
  failure text,
  payment_id text,
  started_at timestamp with time zone not null default app.now(),
  started_by text not null,
  look_at timestamp with time zone,
  looks integer not null default 0,
  pay_by text not null default 'card'::text,
  cart jsonb,
  constraint checkouts_pkey PRIMARY KEY (id),
  constraint checkouts_idempotency_key_key UNIQUE (idempotency_key),
  constraint checkouts_provider_session_key UNIQUE (provider_session),
  constraint checkouts_amount_cents_check CHECK (amount_cents > 0),
  constraint checkouts_check CHECK (state <> 'open'::text OR provider_session IS NOT NULL),
  constraint checkouts_check1 CHECK (state <> 'paid'::text OR payment_id IS NOT NULL),
  constraint checkouts_check2 CHECK (cart IS NULL OR invoice_id IS NULL),
  constraint checkouts_currency_check CHECK (currency = 'CAD'::text),
  constraint checkouts_pay_by_check CHECK (pay_by = ANY (ARRAY['card'::text, 'klarna'::text])),
  constraint checkouts_state_check CHECK (state = ANY (ARRAY['starting'::text, 'open'::text, 'processing'::text, 'paid'::text, 'expired'::text, 'failed'::text])),
  constraint checkouts_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint checkouts_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id),
  constraint checkouts_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments.payments(id)
);
CREATE INDEX checkouts_by_customer ON payments.checkouts USING btree (customer_id, started_at DESC);
CREATE INDEX checkouts_to_look_at ON payments.checkouts USING btree (look_at) WHERE (look_at IS NOT NULL);

create table payments.debit_files (
  id text not null default ('BF-'::text || nextval('payments.debit_file_number'::regclass)),
  state text not null default 'made'::text,
  sequence bigint,
  file_number integer,
  debit_on date not null,
  answer_by date not null,
  debits integer not null default 0,
  amount_cents bigint not null default 0,
  content_sealed text,
  digest text,
  downloads integer not null default 0,
  made_at timestamp with time zone not null default app.now(),
  made_by text not null,
  made_by_id text,
  released_at timestamp with time zone,
  released_by text,
  sent_at timestamp with time zone,
  sent_by text,
  withdrawn_at timestamp with time zone,
  withdrawn_by text,
  withdrawn_reason text,
  constraint debit_files_pkey PRIMARY KEY (id),
  constraint debit_files_amount_cents_check CHECK (amount_cents >= 0),
  constraint debit_files_check CHECK ((released_at IS NULL) = (file_number IS NULL) AND (file_number IS NULL) = (sequence IS NULL) AND (file_number IS NULL) = (content_sealed IS NULL) AND (file_number IS NULL) = (digest IS NULL)),
  constraint debit_files_check1 CHECK (state <> 'made'::text OR released_at IS NULL),
  constraint debit_files_check2 CHECK ((state <> ALL (ARRAY['released'::text, 'sent'::text])) OR released_at IS NOT NULL),
  constraint debit_files_check3 CHECK (state <> 'sent'::text OR sent_at IS NOT NULL),
  constraint debit_files_check4 CHECK ((state = 'withdrawn'::text) = (withdrawn_at IS NOT NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL)),
  constraint debit_files_debits_check CHECK (debits >= 0),
  constraint debit_files_file_number_check CHECK (file_number >= 1 AND file_number <= 9999),
  constraint debit_files_state_check CHECK (state = ANY (ARRAY['made'::text, 'released'::text, 'sent'::text, 'withdrawn'::text]))
);
CREATE INDEX debit_files_newest ON payments.debit_files USING btree (made_at DESC, id DESC);
CREATE UNIQUE INDEX debit_files_sequence ON payments.debit_files USING btree (sequence) WHERE (state = ANY (ARRAY['released'::text, 'sent'::text]));

create table payments.debits (
  id text not null default ('DEB-'::text || nextval('payments.debit_number'::regclass)),
  customer_id text not null,
  method_id text not null,
  agreement_id text,
  invoice_id text,
  run_id text,
  amount_cents bigint not null,
  cause text not null,
  rail text not null,
  attempt integer not null,
  scheduled_on date not null,
  state text not null,
  idempotency_key text not null,
  provider text not null,
  provider_ref text,
  code text,
  return_code text,
  returned_on date,
  represents text,
  payment_id text,
  retry_on date,
  window_until date,
  made_at timestamp with time zone not null default app.now(),
  made_by text not null,
  sent_at timestamp with time zone,
  moved_at timestamp with time zone not null default app.now(),
  look_at timestamp with time zone,
  file_id text,
  answer_by date,
  looks integer not null default 0,
  authorized jsonb,
  constraint debits_pkey PRIMARY KEY (id),
  constraint debits_idempotency_key_key UNIQUE (idempotency_key),
  constraint debits_represents_key UNIQUE (represents),
  constraint debits_amount_cents_check CHECK (amount_cents > 0),
  constraint debits_attempt_check CHECK (attempt > 0),
  constraint debits_cause_check CHECK (cause = ANY (ARRAY['ppa'::text, 'staff'::text])),
  constraint debits_check CHECK (file_id IS NULL OR rail = 'bank_file'::text),
  constraint debits_rail_check CHECK (rail = ANY (ARRAY['card'::text, 'acss'::text, 'bank_file'::text])),
  constraint debits_state_check CHECK (state = ANY (ARRAY['planned'::text, 'sending'::text, 'sent'::text, 'succeeded'::text, 'in_window'::text, 'settled'::text, 'declined'::text, 'returned'::text, 'cancelled'::text])),
  constraint debits_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES payments.agreements(id),
  constraint debits_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint debits_file_id_fkey FOREIGN KEY (file_id) REFERENCES payments.debit_files(id),
  constraint debits_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id),
  constraint debits_method_id_fkey FOREIGN KEY (method_id) REFERENCES payments.methods(id),
  constraint debits_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments.payments(id),
  constraint debits_represents_fkey FOREIGN KEY (represents) REFERENCES payments.debits(id),
  constraint debits_run_id_fkey FOREIGN KEY (run_id) REFERENCES payments.ppa_runs(id)
);
CREATE INDEX debits_by_customer ON payments.debits USING btree (customer_id, made_at DESC, id DESC);
CREATE INDEX debits_by_file ON payments.debits USING btree (file_id, made_at DESC, id DESC) WHERE (file_id IS NOT NULL);
CREATE INDEX debits_by_payment ON payments.debits USING btree (payment_id) WHERE (payment_id IS NOT NULL);
CREATE UNIQUE INDEX debits_by_provider_ref ON payments.debits USING btree (provider, provider_ref) WHERE (provider_ref IS NOT NULL);
CREATE INDEX debits_by_run ON payments.debits USING btree (run_id, id) WHERE (run_id IS NOT NULL);
CREATE INDEX debits_for_bank ON payments.debits USING btree (scheduled_on, id) WHERE ((rail = 'bank_file'::text) AND (state = 'planned'::text));
CREATE INDEX debits_in_window ON payments.debits USING btree (window_until) WHERE (state = 'in_window'::text);
CREATE UNIQUE INDEX debits_one_at_once ON payments.debits USING btree (invoice_id) WHERE ((state = ANY (ARRAY['planned'::text, 'sending'::text, 'sent'::text])) AND (invoice_id IS NOT NULL));
CREATE UNIQUE INDEX debits_one_attempt ON payments.debits USING btree (invoice_id, attempt) WHERE (cause = 'ppa'::text);
CREATE UNIQUE INDEX debits_one_schedule ON payments.debits USING btree (invoice_id, scheduled_on) WHERE (cause = 'ppa'::text);
CREATE INDEX debits_to_be_answered ON payments.debits USING btree (answer_by, id) WHERE ((rail = 'bank_file'::text) AND (state = 'sent'::text));
CREATE INDEX debits_to_look_at ON payments.debits USING btree (look_at) WHERE (look_at IS NOT NULL);
CREATE INDEX debits_under_way ON payments.debits USING btree (customer_id) WHERE (state = ANY (ARRAY['sending'::text, 'sent'::text]));

create table payments.early_words (
  provider text not null,
  event_ref text not null,
  payment_ref text not null,
  told jsonb not null,
  at timestamp with time zone not null default app.now(),
  constraint early_words_pkey PRIMARY KEY (provider, event_ref)
);
CREATE INDEX early_words_by_payment ON payments.early_words USING btree (provider, payment_ref, at);

create table payments.methods (
  id text not null default ('PM-'::text || nextval('payments.method_number'::regclass)),
  customer_id text not null,
  kind text not null,
  provider text not null,
  provider_ref text not null,
  brand text,
  last4 text,
  exp_month integer,
  exp_year integer,
  institution text,
  transit text,
  mandate_ref text,
  mandate_state text,
  is_default boolean not null default false,
  saved_at timestamp with time zone not null default app.now(),
  removed_at timestamp with time zone,
  removed_by text,
  account_sealed text,
  payer_name text,
  constraint methods_pkey PRIMARY KEY (id),
  constraint methods_provider_provider_ref_key UNIQUE (provider, provider_ref),
  constraint methods_check CHECK ((removed_at IS NULL) = (removed_by IS NULL)),
  constraint methods_check1 CHECK (removed_at IS NULL OR NOT is_default),
  constraint methods_check2 CHECK ((provider = 'bank_file'::text) = (account_sealed IS NOT NULL)),
  constraint methods_check3 CHECK (provider <> 'bank_file'::text OR kind = 'bank_account'::text AND institution IS NOT NULL AND transit IS NOT NULL AND payer_name IS NOT NULL),
  constraint methods_exp_month_check CHECK (exp_month >= 1 AND exp_month <= 12),
  constraint methods_kind_check CHECK (kind = ANY (ARRAY['card'::text, 'bank_account'::text])),
  constraint methods_mandate_state_check CHECK (mandate_state = ANY (ARRAY['active'::text, 'inactive'::text])),
  constraint methods_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id)
);
CREATE INDEX methods_by_customer ON payments.methods USING btree (customer_id, saved_at DESC) WHERE (removed_at IS NULL);
CREATE UNIQUE INDEX methods_one_default ON payments.methods USING btree (customer_id) WHERE is_default;

create table payments.month_totals (
  month date not null,
  shard smallint not null,
  payments bigint not null,
  amount_cents bigint not null,
  constraint month_totals_pkey PRIMARY KEY (month, shard),
  constraint month_totals_month_check CHECK (EXTRACT(day FROM month) = 1::numeric)
);

create table payments.movements (
  provider text not null,
  provider_ref text not null,
  payout_ref text not null,
  type text not null,
  source_ref text,
  payment_ref text,
  amount_cents bigint not null,
  fee_cents bigint not null,
  net_cents bigint not null,
  currency text not null,
  created_at timestamp with time zone not null,
  matched_kind text,
  matched_id text,
  constraint movements_pkey PRIMARY KEY (provider, provider_ref),
  constraint movements_check CHECK (net_cents = (amount_cents - fee_cents)),
  constraint movements_check1 CHECK ((matched_kind IS NULL) = (matched_id IS NULL)),
  constraint movements_matched_kind_check CHECK (matched_kind = ANY (ARRAY['payment'::text, 'refund'::text, 'refund_failed'::text, 'chargeback'::text, 'fee'::text, 'payout'::text])),
  constraint movements_provider_payout_ref_fkey FOREIGN KEY (provider, payout_ref) REFERENCES payments.payouts(provider, provider_ref)
);
CREATE INDEX movements_by_match ON payments.movements USING btree (matched_kind, matched_id) WHERE (matched_kind IS NOT NULL);
CREATE INDEX movements_by_payout ON payments.movements USING btree (provider, payout_ref);
CREATE INDEX movements_unexplained ON payments.movements USING btree (created_at DESC, provider_ref) WHERE (matched_kind IS NULL);

create table payments.payments (
  id text not null default ('PAY-'::text || nextval('payments.payment_number'::regclass)),
  customer_id text not null,
  method text not null,
  amount_cents bigint not null,
  currency text not null default 'CAD'::text,
  rounding_cents bigint not null default 0,
  credit_cents bigint not null,
  provider text,
  provider_ref text,
  reference text,
  checkout_id text,
  received_on date not null,
  received_at timestamp with time zone not null default app.now(),
  balance_after_cents bigint not null,
  receipt jsonb,
  brand text,
  last4 text,
  note text not null default ''::text,
  by text not null,
  withdrawn_cents bigint not null default 0,
  constraint payments_pkey PRIMARY KEY (id),
  constraint payments_amount_cents_check CHECK (amount_cents > 0),
  constraint payments_check CHECK (abs(rounding_cents) <= 2 AND (rounding_cents = 0 OR method = 'cash'::text)),
  constraint payments_check1 CHECK (credit_cents >= 0 AND credit_cents <= (amount_cents + 2)),
  constraint payments_check2 CHECK ((provider IS NULL) = (provider_ref IS NULL)),
  constraint payments_check3 CHECK (withdrawn_cents >= 0 AND withdrawn_cents <= (amount_cents - rounding_cents)),
  constraint payments_currency_check CHECK (currency = 'CAD'::text),
  constraint payments_method_check CHECK (method = ANY (ARRAY['card'::text, 'bank_debit'::text, 'klarna'::text, 'cash'::text, 'cheque'::text, 'transfer'::text])),
  constraint payments_checkout_id_fkey FOREIGN KEY (checkout_id) REFERENCES payments.checkouts(id),
  constraint payments_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id)
);
CREATE INDEX payments_by_customer ON payments.payments USING btree (customer_id, received_on DESC, id DESC);
CREATE INDEX payments_credit ON payments.payments USING btree (customer_id, received_on, id) WHERE (credit_cents > 0);
CREATE INDEX payments_newest ON payments.payments USING btree (received_on DESC, id DESC);
CREATE UNIQUE INDEX payments_once ON payments.payments USING btree (provider, provider_ref) WHERE (provider IS NOT NULL);
CREATE UNIQUE INDEX payments_one_reference ON payments.payments USING btree (customer_id, method, reference) WHERE ((provider IS NULL) AND (reference IS NOT NULL));
CREATE TRIGGER payments_final BEFORE DELETE OR UPDATE ON payments.payments FOR EACH ROW EXECUTE FUNCTION payments.refuse_edit();
CREATE TRIGGER payments_keep_month_totals AFTER INSERT ON payments.payments REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payments.keep_month_totals();

create table payments.payout_looks (
  on_date date not null,
  at timestamp with time zone not null default app.now(),
  constraint payout_looks_pkey PRIMARY KEY (on_date)
);

create table payments.payouts (
  provider text not null,
  provider_ref text not null,
  state text not null,
  amount_cents bigint not null,
  currency text not null,
  created_at timestamp with time zone not null,
  arrives_on date not null,
  read_after text,
  read_at timestamp with time zone,
  posted_at timestamp with time zone,
  reversed_at timestamp with time zone,
  constraint payouts_pkey PRIMARY KEY (provider, provider_ref),
  constraint payouts_state_check CHECK (state = ANY (ARRAY['pending'::text, 'in_transit'::text, 'paid'::text, 'failed'::text, 'canceled'::text]))
);
CREATE INDEX payouts_newest ON payments.payouts USING btree (arrives_on DESC, provider_ref DESC);

create table payments.ppa_run_lines (
  run_id text not null,
  customer_id text not null,
  invoice_id text not null,
  amount_cents bigint not null,
  attempt integer not null,
  constraint ppa_run_lines_pkey PRIMARY KEY (run_id, invoice_id),
  constraint ppa_run_lines_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint ppa_run_lines_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES billing.invoices(id),
  constraint ppa_run_lines_run_id_fkey FOREIGN KEY (run_id) REFERENCES payments.ppa_runs(id)
);

create table payments.ppa_runs (
  id text not null default ('PPR-'::text || nextval('payments.ppa_run_number'::regclass)),
  on_date date not null,
  cause text not null,
  state text not null default 'planning'::text,
  after_customer text not null default ''::text,
  planned integer not null default 0,
  planned_cents bigint not null default 0,
  started_at timestamp with time zone not null default app.now(),
  started_by text not null,
  constraint ppa_runs_pkey PRIMARY KEY (id),
  constraint ppa_runs_cause_check CHECK (cause = ANY (ARRAY['daily'::text, 'now'::text, 'dry'::text])),
  constraint ppa_runs_state_check CHECK (state = ANY (ARRAY['planning'::text, 'planned'::text]))
);
CREATE INDEX ppa_runs_newest ON payments.ppa_runs USING btree (started_at DESC, id DESC);
CREATE UNIQUE INDEX ppa_runs_once_a_day ON payments.ppa_runs USING btree (on_date) WHERE (cause = 'daily'::text);

create table payments.refunds (
  id text not null default ('REF-'::text || nextval('payments.refund_number'::regclass)),
  payment_id text,
  customer_id text not null,
  amount_cents bigint not null,
  destination text not null,
  state text not null,
  reason text not null,
  note text not null default ''::text,
  reference text,
  provider text,
  provider_ref text,
  idempotency_key text not null,
  failure text,
  asked_at timestamp with time zone not null default app.now(),
  asked_by text not null,
  asked_by_id text,
  decided_at timestamp with time zone,
  decided_by text,
  moved_at timestamp with time zone not null default app.now(),
  look_at timestamp with time zone,
  constraint refunds_pkey PRIMARY KEY (id),
  constraint refunds_idempotency_key_key UNIQUE (idempotency_key),
  constraint refunds_amount_cents_check CHECK (amount_cents > 0),
  constraint refunds_check CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
  constraint refunds_destination_check CHECK (destination = ANY (ARRAY['method'::text, 'credit'::text, 'cash'::text, 'cheque'::text, 'transfer'::text])),
  constraint refunds_of_credit CHECK (payment_id IS NOT NULL OR (destination = ANY (ARRAY['cash'::text, 'cheque'::text, 'transfer'::text]))),
  constraint refunds_reason_check CHECK (reason = ANY (ARRAY['requested_by_customer'::text, 'duplicate'::text, 'service_not_rendered'::text, 'mistake'::text, 'made_at_provider'::text])),
  constraint refunds_state_check CHECK (state = ANY (ARRAY['awaiting_approval'::text, 'rejected'::text, 'sending'::text, 'pending'::text, 'succeeded'::text, 'failed'::text])),
  constraint refunds_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint refunds_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments.payments(id)
);
CREATE INDEX refunds_by_customer ON payments.refunds USING btree (customer_id, asked_at DESC, id DESC);
CREATE INDEX refunds_by_payment ON payments.refunds USING btree (payment_id, asked_at DESC);
CREATE INDEX refunds_newest ON payments.refunds USING btree (asked_at DESC, id DESC);
CREATE UNIQUE INDEX refunds_once ON payments.refunds USING btree (provider, provider_ref) WHERE (provider_ref IS NOT NULL);
CREATE INDEX refunds_to_look_at ON payments.refunds USING btree (look_at) WHERE (look_at IS NOT NULL);
CREATE INDEX refunds_waiting ON payments.refunds USING btree (asked_at, id) WHERE (state = 'awaiting_approval'::text);

create table payments.returned_items (
  file_id text not null,
  place integer not null,
  reference text not null,
  debit_id text,
  return_code text not null,
  amount_cents bigint not null,
  outcome text not null,
  constraint returned_items_pkey PRIMARY KEY (file_id, place),
  constraint returned_items_outcome_check CHECK (outcome = ANY (ARRAY['returned'::text, 'already'::text, 'never_sent'::text, 'unknown'::text])),
  constraint returned_items_debit_id_fkey FOREIGN KEY (debit_id) REFERENCES payments.debits(id),
  constraint returned_items_file_id_fkey FOREIGN KEY (file_id) REFERENCES payments.returns_files(id)
);
CREATE TRIGGER returned_items_append_only BEFORE DELETE OR UPDATE ON payments.returned_items FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table payments.returns_files (
  id text not null default ('BR-'::text || nextval('payments.returns_file_number'::regclass)),
  name text not null,
  digest text not null,
  items integer not null,
  amount_cents bigint not null,
  read_at timestamp with time zone not null default app.now(),
  read_by text not null,
  constraint returns_files_pkey PRIMARY KEY (id),
  constraint returns_files_digest_key UNIQUE (digest)
);
CREATE INDEX returns_files_newest ON payments.returns_files USING btree (read_at DESC, id DESC);

create table payments.reviews (
  id text not null default ('PRV-'::text || nextval('payments.review_number'::regclass)),
  kind text not null,
  provider text not null,
  provider_ref text not null,
  payment_ref text,
  customer_id text,
  payment_id text,
  checkout_id text,
  amount_cents bigint not null,
  currency text not null,
  at timestamp with time zone not null default app.now(),
  resolved_at timestamp with time zone,
  resolved_by text,
  resolution text,
  constraint reviews_pkey PRIMARY KEY (id),
  constraint reviews_provider_kind_provider_ref_key UNIQUE (provider, kind, provider_ref),
  constraint reviews_check CHECK ((resolved_at IS NULL) = (resolution IS NULL)),
  constraint reviews_kind_check CHECK (kind = ANY (ARRAY['unknown_customer'::text, 'wrong_currency'::text, 'wrong_amount'::text, 'refund'::text, 'dispute'::text, 'debit'::text])),
  constraint reviews_checkout_id_fkey FOREIGN KEY (checkout_id) REFERENCES payments.checkouts(id),
  constraint reviews_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint reviews_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments.payments(id)
);
CREATE INDEX reviews_by_payment_ref ON payments.reviews USING btree (provider, payment_ref) WHERE (resolved_at IS NULL);
CREATE INDEX reviews_waiting ON payments.reviews USING btree (at, id) WHERE (resolved_at IS NULL);

create table payments.statement_lines (
  id text not null default ('BL-'::text || nextval('payments.statement_line_number'::regclass)),
  statement_id text not null,
  place integer not null,
  on_date date not null,
  description text not null,
  reference text,
  amount_cents bigint not null,
  fingerprint text not null,
  state text not null,
  kind text not null,
  candidates jsonb not null default '[]'::jsonb,
  looked_at timestamp with time zone,
  payment_id text,
  customer_id text,
  file_id text,
  decided_at timestamp with time zone,
  decided_by text,
  reason text,
  rounds integer not null default 0,
  constraint statement_lines_pkey PRIMARY KEY (id),
  constraint statement_lines_fingerprint_key UNIQUE (fingerprint),
  constraint statement_lines_payment_id_key UNIQUE (payment_id),
  constraint statement_lines_amount_cents_check CHECK (amount_cents <> 0),
  constraint statement_lines_check CHECK (state <> 'matched'::text OR kind <> 'payment'::text OR payment_id IS NOT NULL),
  constraint statement_lines_check1 CHECK (state <> 'ignored'::text OR reason IS NOT NULL),
  constraint statement_lines_check2 CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
  constraint statement_lines_kind_check CHECK (kind = ANY (ARRAY['payment'::text, 'debit_file'::text, 'returns'::text, 'payout'::text, 'other'::text])),
  constraint statement_lines_rounds_check CHECK (rounds >= 0),
  constraint statement_lines_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'matched'::text, 'ignored'::text, 'other'::text])),
  constraint statement_lines_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint statement_lines_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments.payments(id),
  constraint statement_lines_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES payments.bank_statements(id)
);
CREATE INDEX statement_lines_by_state ON payments.statement_lines USING btree (state, on_date DESC, id DESC);
CREATE INDEX statement_lines_by_statement ON payments.statement_lines USING btree (statement_id, on_date DESC, id DESC);
CREATE INDEX statement_lines_for_whom ON payments.statement_lines USING gin (candidates jsonb_path_ops) WHERE (state = 'waiting'::text);
CREATE INDEX statement_lines_newest ON payments.statement_lines USING btree (on_date DESC, id DESC);
CREATE UNIQUE INDEX statement_lines_one_file ON payments.statement_lines USING btree (file_id) WHERE (file_id IS NOT NULL);
CREATE INDEX statement_lines_to_look_at ON payments.statement_lines USING btree (statement_id, place) WHERE (looked_at IS NULL);

create table payments.withdrawals (
  id bigint not null generated always as identity,
  payment_id text,
  customer_id text not null,
  kind text not null,
  source_id text not null,
  amount_cents bigint not null,
  on_date date not null,
  at timestamp with time zone not null default app.now(),
  constraint withdrawals_pkey PRIMARY KEY (id),
  constraint withdrawals_kind_source_id_key UNIQUE (kind, source_id),
  constraint withdrawals_check CHECK (amount_cents <> 0 AND (amount_cents > 0) = (kind = ANY (ARRAY['refund'::text, 'return'::text, 'chargeback'::text]))),
  constraint withdrawals_kind_check CHECK (kind = ANY (ARRAY['refund'::text, 'refund_failed'::text, 'return'::text, 'chargeback'::text, 'chargeback_reinstated'::text])),
  constraint withdrawals_of_credit CHECK (payment_id IS NOT NULL OR kind = 'refund'::text),
  constraint withdrawals_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint withdrawals_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments.payments(id)
);
CREATE INDEX withdrawals_by_payment ON payments.withdrawals USING btree (payment_id, id);
CREATE TRIGGER withdrawals_append_only BEFORE DELETE OR UPDATE ON payments.withdrawals FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER withdrawals_keep_withdrawn AFTER INSERT ON payments.withdrawals REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payments.keep_withdrawn();

create table plant.addresses (
  id text not null default ('AD-'::text || nextval('plant.address_number'::regclass)),
  street_id bigint not null,
  civic_number integer not null,
  civic_suffix text not null default ''::text,
  unit text not null default ''::text,
  postal_code text,
  latitude double precision,
  longitude double precision,
  source text not null,
  source_id text,
  constraint addresses_pkey PRIMARY KEY (id),
  constraint addresses_street_id_civic_number_civic_suffix_unit_key UNIQUE (street_id, civic_number, civic_suffix, unit),
  constraint addresses_civic_number_check CHECK (civic_number >= 0),
  constraint addresses_latitude_check CHECK (latitude >= '-90'::integer::double precision AND latitude <= 90::double precision),
  constraint addresses_longitude_check CHECK (longitude >= '-180'::integer::double precision AND longitude <= 180::double precision),
  constraint addresses_postal_code_check CHECK (postal_code ~ '^[A-Z]\d[A-Z] \d[A-Z]\d$'::text),
  constraint addresses_street_id_fkey FOREIGN KEY (street_id) REFERENCES plant.streets(id)
);
CREATE INDEX addresses_by_postal_code ON plant.addresses USING btree (postal_code, civic_number) WHERE (postal_code IS NOT NULL);

create table plant.drawn_addresses (
  address_id text not null,
  terminal_id text not null,
  constraint drawn_addresses_pkey PRIMARY KEY (address_id),
  constraint drawn_addresses_address_id_fkey FOREIGN KEY (address_id) REFERENCES plant.addresses(id) ON DELETE CASCADE,
  constraint drawn_addresses_terminal_id_fkey FOREIGN KEY (terminal_id) REFERENCES plant.terminals(id)
);
CREATE INDEX drawn_addresses_by_terminal ON plant.drawn_addresses USING btree (terminal_id);

create table plant.drops (
  id text not null default ('DRP-'::text || nextval('plant.drop_number'::regclass)),
  location_id text not null,
  splitter_id text not null,
  splitter_port integer not null,
  terminal_id text,
  terminal_port integer,
  vlan integer,
  ont_id integer,
  state text not null,
  reserved_for text not null,
  reserved_at timestamp with time zone not null,
  activated_at timestamp with time zone,
  released_at timestamp with time zone,
  release_reason text,
  constraint drops_pkey PRIMARY KEY (id),
  constraint drops_check CHECK ((released_at IS NOT NULL) = (state = 'released'::text)),
  constraint drops_ont_id_check CHECK (ont_id >= 0 AND ont_id <= 255),
  constraint drops_splitter_port_check CHECK (splitter_port > 0),
  constraint drops_state_check CHECK (state = ANY (ARRAY['reserved'::text, 'active'::text, 'released'::text])),
  constraint drops_terminal_port_check CHECK (terminal_port > 0),
  constraint drops_location_id_fkey FOREIGN KEY (location_id) REFERENCES plant.locations(id),
  constraint drops_splitter_id_fkey FOREIGN KEY (splitter_id) REFERENCES plant.splitters(id),
  constraint drops_terminal_id_fkey FOREIGN KEY (terminal_id) REFERENCES plant.terminals(id)
);
CREATE INDEX drops_by_location ON plant.drops USING btree (location_id);
CREATE UNIQUE INDEX drops_one_per_location ON plant.drops USING btree (location_id) WHERE (state <> 'released'::text);
CREATE UNIQUE INDEX drops_one_per_splitter_port ON plant.drops USING btree (splitter_id, splitter_port) WHERE (state <> 'released'::text);
CREATE UNIQUE INDEX drops_one_per_terminal_port ON plant.drops USING btree (terminal_id, terminal_port) WHERE (state <> 'released'::text);

create table plant.locations (
  id text not null default ('LOC-'::text || nextval('plant.location_number'::regclass)),
  address_id text,
  civic_number text not null,
  unit text,
  street text not null,
  municipality text not null,
  postal_code text,
  latitude double precision,
  longitude double precision,
  access_notes text not null default ''::text,
  contact_name text,
  contact_phone text,
  serviceability text not null,
  serviceability_at timestamp with time zone,
  legacy_location_id text,
  created_at timestamp with time zone not null default app.now(),
  version integer not null default 1,
  constraint locations_pkey PRIMARY KEY (id),
  constraint locations_latitude_check CHECK (latitude >= '-90'::integer::double precision AND latitude <= 90::double precision),
  constraint locations_longitude_check CHECK (longitude >= '-180'::integer::double precision AND longitude <= 180::double precision),
  constraint locations_postal_code_check CHECK (postal_code ~ '^[A-Z]\d[A-Z] \d[A-Z]\d$'::text),
  constraint locations_serviceability_check CHECK (serviceability = ANY (ARRAY['serviceable'::text, 'construction'::text, 'survey'::text, 'not_serviceable'::text])),
  constraint locations_address_id_fkey FOREIGN KEY (address_id) REFERENCES plant.addresses(id)
);
CREATE INDEX locations_by_address ON plant.locations USING btree (address_id) WHERE (address_id IS NOT NULL);
CREATE INDEX locations_by_age ON plant.locations USING btree (created_at DESC, id DESC);

create table plant.municipalities (
  code text not null,
  name text not null,
  designation text not null default ''::text,
  mrc text not null default ''::text,
  region text not null default ''::text,
  population integer not null default 0,
  key text not null,
  latitude double precision,
  longitude double precision,
  constraint municipalities_pkey PRIMARY KEY (code),
  constraint municipalities_code_check CHECK (length(code) >= 1 AND length(code) <= 120),
  constraint municipalities_latitude_check CHECK (latitude >= '-90'::integer::double precision AND latitude <= 90::double precision),
  constraint municipalities_longitude_check CHECK (longitude >= '-180'::integer::double precision AND longitude <= 180::double precision)
);
CREATE INDEX municipalities_by_key ON plant.municipalities USING btree (key, population DESC);

create table plant.occupancies (
  id bigint not null generated always as identity,
  location_id text not null,
  customer_id text not null,
  since timestamp with time zone not null,
  until timestamp with time zone,
  source text not null,
  constraint occupancies_pkey PRIMARY KEY (id),
  constraint occupancies_check CHECK (until >= since),
  constraint occupancies_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint occupancies_location_id_fkey FOREIGN KEY (location_id) REFERENCES plant.locations(id)
);
CREATE INDEX occupancies_by_customer ON plant.occupancies USING btree (customer_id, since DESC);
CREATE INDEX occupancies_by_location ON plant.occupancies USING btree (location_id, since DESC);
CREATE UNIQUE INDEX occupancies_open ON plant.occupancies USING btree (location_id, customer_id) WHERE (until IS NULL);

create table plant.olts (
  id text not null default ('OLT-'::text || nextval('plant.olt_number'::regclass)),
  name text not null,
  vendor text not null,
  model text not null,
  management_address text not null,
  site text not null default ''::text,
  vlan integer not null default 100,
  created_at timestamp with time zone not null default app.now(),
  constraint olts_pkey PRIMARY KEY (id),
  constraint olts_name_key UNIQUE (name),
  constraint olts_vlan_check CHECK (vlan >= 1 AND vlan <= 4094)
);

create table plant.pon_ports (
  id text not null default ('PON-'::text || nextval('plant.pon_number'::regclass)),
  olt_id text not null,
  frame integer not null default 0,
  slot integer not null,
  port integer not null,
  if_index bigint,
  constraint pon_ports_pkey PRIMARY KEY (id),
  constraint pon_ports_olt_id_frame_slot_port_key UNIQUE (olt_id, frame, slot, port),
  constraint pon_ports_olt_id_fkey FOREIGN KEY (olt_id) REFERENCES plant.olts(id)
);

create table plant.splitters (
  id text not null default ('SPL-'::text || nextval('plant.splitter_number'::regclass)),
  name text not null,
  pon_port_id text not null,
  ratio integer not null,
  latitude double precision,
  longitude double precision,
  created_at timestamp with time zone not null default app.now(),
  constraint splitters_pkey PRIMARY KEY (id),
  constraint splitters_name_key UNIQUE (name),
  constraint splitters_latitude_check CHECK (latitude >= '-90'::integer::double precision AND latitude <= 90::double precision),
  constraint splitters_longitude_check CHECK (longitude >= '-180'::integer::double precision AND longitude <= 180::double precision),
  constraint splitters_ratio_check CHECK (ratio = ANY (ARRAY[2, 4, 8, 16, 32, 64, 128])),
  constraint splitters_pon_port_id_fkey FOREIGN KEY (pon_port_id) REFERENCES plant.pon_ports(id)
);
CREATE INDEX splitters_by_port ON plant.splitters USING btree (pon_port_id);

create table plant.streets (
  id bigint not null generated always as identity,
  municipality_code text not null,
  name text not null,
  key text not null,
  words text[] not null,
  constraint streets_pkey PRIMARY KEY (id),
  constraint streets_municipality_code_key_key UNIQUE (municipality_code, key),
  constraint streets_municipality_code_fkey FOREIGN KEY (municipality_code) REFERENCES plant.municipalities(code)
);
CREATE INDEX streets_by_words ON plant.streets USING gin (words) WITH (fastupdate=off);

create table plant.terminals (
  id text not null default ('TRM-'::text || nextval('plant.terminal_number'::regclass)),
  name text not null,
  splitter_id text not null,
  ports integer not null,
  state text not null default 'in_service'::text,
  latitude double precision not null,
  longitude double precision not null,
  created_at timestamp with time zone not null default app.now(),
  constraint terminals_pkey PRIMARY KEY (id),
  constraint terminals_name_key UNIQUE (name),
  constraint terminals_latitude_check CHECK (latitude >= '-90'::integer::double precision AND latitude <= 90::double precision),
  constraint terminals_longitude_check CHECK (longitude >= '-180'::integer::double precision AND longitude <= 180::double precision),
  constraint terminals_ports_check CHECK (ports >= 1 AND ports <= 48),
  constraint terminals_state_check CHECK (state = ANY (ARRAY['planned'::text, 'in_service'::text])),
  constraint terminals_splitter_id_fkey FOREIGN KEY (splitter_id) REFERENCES plant.splitters(id)
);
CREATE INDEX terminals_by_place ON plant.terminals USING gist (point(longitude, latitude));
CREATE INDEX terminals_by_splitter ON plant.terminals USING btree (splitter_id);

create table plant.words (
  word text not null,
  uses integer not null,
  constraint words_pkey PRIMARY KEY (word)
);
CREATE INDEX words_by_likeness ON plant.words USING gin (word gin_trgm_ops) WITH (fastupdate=off);
CREATE INDEX words_by_prefix ON plant.words USING btree (word text_pattern_ops);
CREATE INDEX words_by_shape ON plant.words USING btree ("left"(word, 1), length(word));

create table purchases.bill_files (
  id uuid not null default gen_random_uuid(),
  bill_id text not null,
  name text not null,
  type text not null,
  bytes bytea not null,
  added_at timestamp with time zone not null default app.now(),
  added_by text not null,
  constraint bill_files_pkey PRIMARY KEY (id),
  constraint bill_files_type_check CHECK (type = ANY (ARRAY['application/pdf'::text, 'image/jpeg'::text, 'image/png'::text, 'image/webp'::text])),
  constraint bill_files_bill_id_fkey FOREIGN KEY (bill_id) REFERENCES purchases.bills(id)
);
CREATE INDEX bill_files_by_bill ON purchases.bill_files USING btree (bill_id, added_at, id);
CREATE TRIGGER bill_files_append_only BEFORE DELETE OR UPDATE ON purchases.bill_files FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table purchases.bill_lines (
  bill_id text not null,
  line integer not null,
  account text not null,
  description text not null,
  net_cents bigint not null,
  tax text not null,
  constraint bill_lines_pkey PRIMARY KEY (bill_id, line),
  constraint bill_lines_line_check CHECK (line > 0),
  constraint bill_lines_tax_check CHECK (tax = ANY (ARRAY['both'::text, 'gst'::text, 'none'::text])),
  constraint bill_lines_account_fkey FOREIGN KEY (account) REFERENCES ledger.accounts(number),
  constraint bill_lines_bill_id_fkey FOREIGN KEY (bill_id) REFERENCES purchases.bills(id)
);
CREATE TRIGGER bill_lines_edit BEFORE INSERT OR DELETE OR UPDATE ON purchases.bill_lines FOR EACH ROW EXECUTE FUNCTION purchases.refuse_line_edit();

create table purchases.bills (
  id text not null default ('SB-'::text || nextval('purchases.bill_number'::regclass)),
  supplier_id text not null,
  number text not null,
  number_key text not null generated always as (upper(regexp_replace(number, '\s'::text, ''::text, 'g'::text))) stored,
  state text not null default 'draft'::text,
  billed_on date not null,
  due_on date not null,
  net_cents bigint not null,
  gst_cents bigint not null,
  qst_cents bigint not null,
  total_cents bigint not null,
  note text not null default ''::text,
  source text not null default 'typed'::text,
  read jsonb,
  version integer not null default 1,
  entered_at timestamp with time zone not null default app.now(),
  entered_by text not null,
  written_by_ids text[] not null default '{}'::text[],
  booked_on date,
  approved_at timestamp with time zone,
  approved_by text,
  payment_id text,
  reversed_on date,
  reversed_at timestamp with time zone,
  reversed_by text,
  reversed_reason text,
  constraint bills_pkey PRIMARY KEY (id),
  constraint bills_check CHECK (total_cents = (net_cents + gst_cents + qst_cents) AND total_cents <> 0),
  constraint bills_check1 CHECK ((booked_on IS NULL) = (approved_at IS NULL) AND (approved_at IS NULL) = (approved_by IS NULL)),
  constraint bills_check2 CHECK ((state = 'paid'::text) = (payment_id IS NOT NULL)),
  constraint bills_check3 CHECK ((state = 'reversed'::text) = (reversed_on IS NOT NULL)),
  constraint bills_check4 CHECK ((reversed_on IS NULL) = (reversed_at IS NULL) AND (reversed_at IS NULL) = (reversed_by IS NULL) AND (reversed_by IS NULL) = (reversed_reason IS NULL)),
  constraint bills_check5 CHECK ((state = ANY (ARRAY['draft'::text, 'reversed'::text])) OR booked_on IS NOT NULL),
  constraint bills_check6 CHECK (state <> 'draft'::text OR booked_on IS NULL),
  constraint bills_number_check CHECK (number <> ''::text),
  constraint bills_source_check CHECK (source = ANY (ARRAY['typed'::text, 'read'::text])),
  constraint bills_state_check CHECK (state = ANY (ARRAY['draft'::text, 'approved'::text, 'paid'::text, 'reversed'::text])),
  constraint bills_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES purchases.payments(id),
  constraint bills_supplier_id_fkey FOREIGN KEY (supplier_id) REFERENCES purchases.suppliers(id)
);
CREATE INDEX bills_booked ON purchases.bills USING btree (booked_on) WHERE (booked_on IS NOT NULL);
CREATE INDEX bills_by_number ON purchases.bills USING btree (number_key text_pattern_ops);
CREATE INDEX bills_by_payment ON purchases.bills USING btree (payment_id) WHERE (payment_id IS NOT NULL);
CREATE INDEX bills_by_state ON purchases.bills USING btree (state, entered_at DESC, id DESC);
CREATE INDEX bills_by_supplier ON purchases.bills USING btree (supplier_id, entered_at DESC, id DESC);
CREATE INDEX bills_newest ON purchases.bills USING btree (entered_at DESC, id DESC);
CREATE UNIQUE INDEX bills_once ON purchases.bills USING btree (supplier_id, number_key) WHERE (state <> 'reversed'::text);
CREATE INDEX bills_owed ON purchases.bills USING btree (supplier_id) INCLUDE (due_on, total_cents) WHERE (state = 'approved'::text);
CREATE INDEX bills_reversed ON purchases.bills USING btree (reversed_on) WHERE (reversed_on IS NOT NULL);
CREATE CONSTRAINT TRIGGER bills_add_up AFTER INSERT OR UPDATE OF net_cents ON purchases.bills DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION purchases.check_lines();
CREATE TRIGGER bills_edit BEFORE DELETE OR UPDATE ON purchases.bills FOR EACH ROW EXECUTE FUNCTION purchases.refuse_edit();

create table purchases.payment_bills (
  payment_id text not null,
  bill_id text not null,
  amount_cents bigint not null,
  constraint payment_bills_pkey PRIMARY KEY (payment_id, bill_id),
  constraint payment_bills_bill_id_fkey FOREIGN KEY (bill_id) REFERENCES purchases.bills(id),
  constraint payment_bills_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES purchases.payments(id)
);
CREATE INDEX payment_bills_by_bill ON purchases.payment_bills USING btree (bill_id);
CREATE TRIGGER payment_bills_append_only BEFORE DELETE OR UPDATE ON purchases.payment_bills FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table purchases.payment_reversals (
  payment_id text not null,
  on_date date not null,
  reason text not null,
  at timestamp with time zone not null default app.now(),
  by text not null,
  constraint payment_reversals_pkey PRIMARY KEY (payment_id),
  constraint payment_reversals_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES purchases.payments(id)
);
CREATE TRIGGER payment_reversals_append_only BEFORE DELETE OR UPDATE ON purchases.payment_reversals FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table purchases.payments (
  id text not null default ('SP-'::text || nextval('purchases.payment_number'::regclass)),
  supplier_id text not null,
  paid_on date not null,
  method text not null,
  reference text,
  amount_cents bigint not null,
  at timestamp with time zone not null default app.now(),
  by text not null,
  constraint payments_pkey PRIMARY KEY (id),
  constraint payments_method_check CHECK (method = ANY (ARRAY['transfer'::text, 'cheque'::text, 'debit'::text, 'card'::text])),
  constraint payments_supplier_id_fkey FOREIGN KEY (supplier_id) REFERENCES purchases.suppliers(id)
);
CREATE INDEX payments_by_supplier ON purchases.payments USING btree (supplier_id, at DESC, id DESC);
CREATE TRIGGER payments_append_only BEFORE DELETE OR UPDATE ON purchases.payments FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table purchases.suppliers (
  id text not null default ('SUP-'::text || nextval('purchases.supplier_number'::regclass)),
  name text not null,
  name_key text not null generated always as (app.fold(regexp_replace(name, '\s+'::text, ' '::text, 'g'::text))) stored,
  gst_number text,
  qst_number text,
  terms_days integer not null default 30,
  expense_account text,
  note text not null default ''::text,
  version integer not null default 1,
  added_at timestamp with time zone not null default app.now(),
  added_by text not null,
  constraint suppliers_pkey PRIMARY KEY (id),
  constraint suppliers_name_key_key UNIQUE (name_key),
  constraint suppliers_gst_number_check CHECK (gst_number ~ '^\d{9} RT\d{4}$'::text),
  constraint suppliers_name_check CHECK (name <> ''::text),
  constraint suppliers_qst_number_check CHECK (qst_number ~ '^\d{10} TQ\d{4}$'::text),
  constraint suppliers_terms_days_check CHECK (terms_days >= 0 AND terms_days <= 180),
  constraint suppliers_expense_account_fkey FOREIGN KEY (expense_account) REFERENCES ledger.accounts(number)
);
CREATE INDEX suppliers_by_name ON purchases.suppliers USING btree (name_key, id);

create table radius.nas (
  id integer not null default nextval('radius.nas_id_seq'::regclass),
  nasname text not null,
  shortname text not null,
  type text not null default 'other'::text,
  ports integer,
  secret text not null,
  server text,
  community text,
  description text,
  constraint nas_pkey PRIMARY KEY (id)
);
CREATE INDEX nas_nasname ON radius.nas USING btree (nasname);

create table radius.nasreload (
  nasipaddress inet not null,
  reloadtime timestamp with time zone not null,
  constraint nasreload_pkey PRIMARY KEY (nasipaddress)
);

create table radius.radacct (
  radacctid bigint not null default nextval('radius.radacct_radacctid_seq'::regclass),
  acctsessionid text not null,
  acctuniqueid text not null,
  username text,
  realm text,
  nasipaddress inet not null,
  nasportid text,
  nasporttype text,
  acctstarttime timestamp with time zone,
  acctupdatetime timestamp with time zone,
  acctstoptime timestamp with time zone,
  acctinterval bigint,
  acctsessiontime bigint,
  acctauthentic text,
  connectinfo_start text,
  connectinfo_stop text,
  acctinputoctets bigint,
  acctoutputoctets bigint,
  calledstationid text,
  callingstationid text,
  acctterminatecause text,
  servicetype text,
  framedprotocol text,
  framedipaddress inet,
  framedipv6address inet,
  framedipv6prefix inet,
  framedinterfaceid text,
  delegatedipv6prefix inet,
  class text,
  constraint radacct_pkey PRIMARY KEY (radacctid),
  constraint radacct_acctuniqueid_key UNIQUE (acctuniqueid)
);
CREATE INDEX radacct_active_session_idx ON radius.radacct USING btree (acctuniqueid) WHERE (acctstoptime IS NULL);
CREATE INDEX radacct_bulk_close ON radius.radacct USING btree (nasipaddress, acctstarttime) WHERE (acctstoptime IS NULL);
CREATE INDEX radacct_start_user_idx ON radius.radacct USING btree (acctstarttime, username);
CREATE INDEX radacct_user_idx ON radius.radacct USING btree (username, acctstarttime DESC);

create table radius.radcheck (
  id integer not null default nextval('radius.radcheck_id_seq'::regclass),
  username text not null default ''::text,
  attribute text not null default ''::text,
  op character varying(2) not null default '=='::character varying,
  value text not null default ''::text,
  constraint radcheck_pkey PRIMARY KEY (id)
);
CREATE INDEX radcheck_username ON radius.radcheck USING btree (username, attribute);

create table radius.radgroupcheck (
  id integer not null default nextval('radius.radgroupcheck_id_seq'::regclass),
  groupname text not null default ''::text,
  attribute text not null default ''::text,
  op character varying(2) not null default '=='::character varying,
  value text not null default ''::text,
  constraint radgroupcheck_pkey PRIMARY KEY (id)
);
CREATE INDEX radgroupcheck_groupname ON radius.radgroupcheck USING btree (groupname, attribute);

create table radius.radgroupreply (
  id integer not null default nextval('radius.radgroupreply_id_seq'::regclass),
  groupname text not null default ''::text,
  attribute text not null default ''::text,
  op character varying(2) not null default '='::character varying,
  value text not null default ''::text,
  constraint radgroupreply_pkey PRIMARY KEY (id)
);
CREATE INDEX radgroupreply_groupname ON radius.radgroupreply USING btree (groupname, attribute);

create table radius.radpostauth (
  id bigint not null default nextval('radius.radpostauth_id_seq'::regclass),
  username text not null,
  pass text,
  reply text,
  calledstationid text,
  callingstationid text,
  authdate timestamp with time zone not null default app.now(),
  class text,
  constraint radpostauth_pkey PRIMARY KEY (id)
);
CREATE INDEX radpostauth_username ON radius.radpostauth USING btree (username, authdate DESC);
CREATE TRIGGER radpostauth_forget_password BEFORE INSERT ON radius.radpostauth FOR EACH ROW EXECUTE FUNCTION radius.forget_password();

create table radius.radreply (
  id integer not null default nextval('radius.radreply_id_seq'::regclass),
  username text not null default ''::text,
  attribute text not null default ''::text,
  op character varying(2) not null default '='::character varying,
  value text not null default ''::text,
  constraint radreply_pkey PRIMARY KEY (id)
);
CREATE INDEX radreply_username ON radius.radreply USING btree (username, attribute);

create table radius.radusergroup (
  id integer not null default nextval('radius.radusergroup_id_seq'::regclass),
  username text not null default ''::text,
  groupname text not null default ''::text,
  priority integer not null default 0,
  constraint radusergroup_pkey PRIMARY KEY (id)
);
CREATE INDEX radusergroup_username ON radius.radusergroup USING btree (username);

create table sales.acceptance_codes (
  id bigint not null generated always as identity,
  quote_id text not null,
  version integer not null,
  code_hash text not null,
  channel text not null,
  masked_destination text not null,
  sent_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  attempts integer not null default 0,
  used_at timestamp with time zone,
  constraint acceptance_codes_pkey PRIMARY KEY (id),
  constraint acceptance_codes_channel_check CHECK (channel = ANY (ARRAY['sms'::text, 'email'::text])),
  constraint acceptance_codes_quote_id_version_fkey FOREIGN KEY (quote_id, version) REFERENCES sales.quote_versions(quote_id, version)
);
CREATE INDEX acceptance_codes_newest ON sales.acceptance_codes USING btree (quote_id, version, id DESC);

create table sales.acceptances (
  quote_id text not null,
  version integer not null,
  means text not null,
  accepted_at timestamp with time zone not null,
  accepted_by text not null,
  signer_name text not null,
  signature jsonb,
  language text not null,
  consents jsonb not null default '{}'::jsonb,
  ip_address text,
  device text,
  code_id bigint,
  document_sha256 text not null,
  french_presented_at timestamp with time zone,
  english_chosen_at timestamp with time zone,
  note text not null default ''::text,
  customer_id text not null,
  location_id text not null,
  subscription_id text,
  job_id text,
  port_reserved boolean not null,
  constraint acceptances_pkey PRIMARY KEY (quote_id),
  constraint acceptances_document_sha256_check CHECK (document_sha256 ~ '^[0-9a-f]{64}$'::text),
  constraint acceptances_language_check CHECK (language = ANY (ARRAY['fr'::text, 'en'::text])),
  constraint acceptances_means_check CHECK (means = ANY (ARRAY['online'::text, 'in_person'::text, 'paper'::text, 'phone'::text, 'docuseal'::text])),
  constraint acceptances_code_id_fkey FOREIGN KEY (code_id) REFERENCES sales.acceptance_codes(id),
  constraint acceptances_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint acceptances_location_id_fkey FOREIGN KEY (location_id) REFERENCES plant.locations(id),
  constraint acceptances_quote_id_fkey FOREIGN KEY (quote_id) REFERENCES sales.quotes(id),
  constraint acceptances_quote_id_version_fkey FOREIGN KEY (quote_id, version) REFERENCES sales.quote_versions(quote_id, version)
);
CREATE INDEX acceptances_by_customer ON sales.acceptances USING btree (customer_id, accepted_at DESC, quote_id DESC);
CREATE TRIGGER acceptances_append_only BEFORE DELETE OR UPDATE ON sales.acceptances FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table sales.contracts (
  quote_id text not null,
  sealed_at timestamp with time zone not null,
  language text not null,
  sha256 text not null,
  pdf bytea not null,
  constraint contracts_pkey PRIMARY KEY (quote_id),
  constraint contracts_quote_id_fkey FOREIGN KEY (quote_id) REFERENCES sales.acceptances(quote_id)
);
CREATE TRIGGER contracts_append_only BEFORE DELETE OR UPDATE ON sales.contracts FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table sales.leads (
  id text not null default ('LD-'::text || nextval('sales.lead_number'::regclass)),
  name text not null,
  email text,
  phone text,
  language text not null,
  address_id text,
  address_text text not null,
  serviceability text not null,
  note text not null default ''::text,
  created_at timestamp with time zone not null,
  constraint leads_pkey PRIMARY KEY (id),
  constraint leads_check CHECK (num_nonnulls(email, phone) > 0),
  constraint leads_language_check CHECK (language = ANY (ARRAY['fr'::text, 'en'::text])),
  constraint leads_serviceability_check CHECK (serviceability = ANY (ARRAY['serviceable'::text, 'construction'::text, 'survey'::text, 'not_serviceable'::text])),
  constraint leads_address_id_fkey FOREIGN KEY (address_id) REFERENCES plant.addresses(id)
);
CREATE INDEX leads_by_address ON sales.leads USING btree (address_id) WHERE (address_id IS NOT NULL);
CREATE INDEX leads_by_age ON sales.leads USING btree (created_at DESC, id DESC);

create table sales.quote_lines (
  quote_id text not null,
  version integer not null,
  line integer not null,
  sku text not null,
  kind text not null,
  name_fr text not null,
  name_en text not null,
  quantity integer not null,
  price_version_id text not null,
  unit_cents bigint not null,
  amount_cents bigint not null,
  frequency text not null,
  tax_treatment text not null,
  revenue_account text not null,
  download_mbps integer,
  upload_mbps integer,
  constraint quote_lines_pkey PRIMARY KEY (quote_id, version, line),
  constraint quote_lines_check CHECK (amount_cents = (unit_cents * quantity)),
  constraint quote_lines_frequency_check CHECK (frequency = ANY (ARRAY['one_time'::text, 'monthly'::text])),
  constraint quote_lines_quantity_check CHECK (quantity > 0),
  constraint quote_lines_price_version_id_fkey FOREIGN KEY (price_version_id) REFERENCES catalog.price_versions(id),
  constraint quote_lines_quote_id_version_fkey FOREIGN KEY (quote_id, version) REFERENCES sales.quote_versions(quote_id, version),
  constraint quote_lines_sku_fkey FOREIGN KEY (sku) REFERENCES catalog.items(sku)
);
CREATE TRIGGER quote_lines_append_only BEFORE DELETE OR UPDATE ON sales.quote_lines FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table sales.quote_steps (
  id bigint not null generated always as identity,
  quote_id text not null,
  version integer not null,
  at timestamp with time zone not null,
  step text not null,
  actor text not null,
  ip_address text,
  device text,
  detail text,
  constraint quote_steps_pkey PRIMARY KEY (id),
  constraint quote_steps_step_check CHECK (step = ANY (ARRAY['created'::text, 'revised'::text, 'sent'::text, 'declined'::text, 'expired'::text, 'opened'::text, 'french_presented'::text, 'english_chosen'::text, 'code_sent'::text, 'code_refused'::text, 'code_verified'::text, 'accepted'::text, 'sealed'::text])),
  constraint quote_steps_quote_id_fkey FOREIGN KEY (quote_id) REFERENCES sales.quotes(id)
);
CREATE INDEX quote_steps_by_quote ON sales.quote_steps USING btree (quote_id, version, id);
CREATE UNIQUE INDEX quote_steps_shown_once ON sales.quote_steps USING btree (quote_id, version, step, ip_address) WHERE (step = ANY (ARRAY['opened'::text, 'french_presented'::text, 'english_chosen'::text]));
CREATE TRIGGER quote_steps_append_only BEFORE DELETE OR UPDATE ON sales.quote_steps FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table sales.quote_versions (
  quote_id text not null,
  version integer not null,
  created_at timestamp with time zone not null,
  created_by text,
  customer_id text,
  contact_kind text not null,
  contact_name text not null,
  contact_language text not null,
  contact_email text,
  contact_phone text,
  address_id text,
  location_id text,
  typed_address jsonb,
  unit text,
  address_text text not null,
  serviceability text not null,
  language text not null,
  valid_until date not null,
  slot_date date,
  slot_from text,
  slot_to text,
  notes text not null default ''::text,
  priced_on date not null,
  totals jsonb not null,
  province text not null default 'QC'::text,
  term_months integer,
  goods_rebate_cents bigint not null default 0,
  interest_percent text,
  constraint quote_versions_pkey PRIMARY KEY (quote_id, version),
  constraint quote_versions_check CHECK (num_nonnulls(address_id, location_id, typed_address) = 1),
  constraint quote_versions_check1 CHECK (num_nonnulls(slot_date, slot_from, slot_to) = ANY (ARRAY[0, 3])),
  constraint quote_versions_contact_kind_check CHECK (contact_kind = ANY (ARRAY['residential'::text, 'business'::text])),
  constraint quote_versions_contact_language_check CHECK (contact_language = ANY (ARRAY['fr'::text, 'en'::text])),
  constraint quote_versions_goods_rebate_cents_check CHECK (goods_rebate_cents >= 0),
  constraint quote_versions_interest_percent_check CHECK (interest_percent ~ '^\d{1,3}(\.\d{1,4})?$'::text),
  constraint quote_versions_language_check CHECK (language = ANY (ARRAY['fr'::text, 'en'::text])),
  constraint quote_versions_province_check CHECK (province ~ '^[A-Z]{2}$'::text),
  constraint quote_versions_serviceability_check CHECK (serviceability = ANY (ARRAY['serviceable'::text, 'construction'::text, 'survey'::text, 'not_serviceable'::text])),
  constraint quote_versions_term_months_check CHECK (term_months = ANY (ARRAY[12, 24, 36])),
  constraint rebate_with_a_term CHECK (goods_rebate_cents = 0 OR term_months IS NOT NULL),
  constraint quote_versions_address_id_fkey FOREIGN KEY (address_id) REFERENCES plant.addresses(id),
  constraint quote_versions_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint quote_versions_location_id_fkey FOREIGN KEY (location_id) REFERENCES plant.locations(id),
  constraint quote_versions_quote_id_fkey FOREIGN KEY (quote_id) REFERENCES sales.quotes(id)
);
CREATE INDEX quote_versions_by_words ON sales.quote_versions USING gin (app.fold(((((((((quote_id || ' '::text) || contact_name) || ' '::text) || address_text) || ' '::text) || COALESCE(contact_email, ''::text)) || ' '::text) || COALESCE(contact_phone, ''::text))) gin_trgm_ops);
CREATE TRIGGER quote_versions_append_only BEFORE DELETE OR UPDATE ON sales.quote_versions FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table sales.quotes (
  id text not null default ('QTN-'::text || nextval('sales.quote_number'::regclass)),
  status text not null default 'draft'::text,
  version integer not null default 1,
  customer_id text,
  valid_until date not null,
  created_at timestamp with time zone not null default app.now(),
  constraint quotes_pkey PRIMARY KEY (id),
  constraint quotes_status_check CHECK (status = ANY (ARRAY['draft'::text, 'sent'::text, 'accepted'::text, 'declined'::text, 'expired'::text])),
  constraint quotes_version_check CHECK (version > 0),
  constraint quotes_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id)
);
CREATE INDEX quotes_by_age ON sales.quotes USING btree (created_at DESC, id DESC);
CREATE INDEX quotes_by_customer ON sales.quotes USING btree (customer_id, created_at DESC) WHERE (customer_id IS NOT NULL);
CREATE INDEX quotes_by_status ON sales.quotes USING btree (status, created_at DESC, id DESC);
CREATE INDEX quotes_open_by_end ON sales.quotes USING btree (valid_until) WHERE (status = ANY (ARRAY['draft'::text, 'sent'::text]));

create table staff.api_keys (
  key text not null,
  secret_hash text not null,
  label text not null,
  capabilities text[] not null,
  created_by text,
  created_at timestamp with time zone not null default app.now(),
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_keys_pkey PRIMARY KEY (key)
);

create table staff.members (
  id text not null default ('ST-'::text || nextval('staff.member_number'::regclass)),
  name text not null,
  email text not null,
  role text not null,
  language text not null default 'fr'::text,
  active boolean not null default true,
  deactivated_at timestamp with time zone,
  last_seen_at timestamp with time zone,
  created_at timestamp with time zone not null default app.now(),
  constraint members_pkey PRIMARY KEY (id),
  constraint members_language_check CHECK (language = ANY (ARRAY['fr'::text, 'en'::text]))
);
CREATE UNIQUE INDEX members_by_email ON staff.members USING btree (lower(email));

create table staff.one_time_codes (
  id bigint not null generated always as identity,
  member_id text not null,
  code_hash text not null,
  expires_at timestamp with time zone not null,
  attempts integer not null default 0,
  used_at timestamp with time zone,
  constraint one_time_codes_pkey PRIMARY KEY (id),
  constraint one_time_codes_member_id_fkey FOREIGN KEY (member_id) REFERENCES staff.members(id)
);
CREATE INDEX one_time_codes_open ON staff.one_time_codes USING btree (member_id, id DESC) WHERE (used_at IS NULL);

create table stock.equipment (
  id text not null default ('EQP-'::text || nextval('stock.equipment_number'::regclass)),
  kind text not null,
  maker text,
  model text,
  serial text not null,
  look_alike text not null,
  mac text,
  barcode text,
  status text not null,
  place_kind text not null,
  place_id text,
  ownership text not null default 'rental'::text,
  customer_id text,
  location_id text,
  subscription_id text,
  created_at timestamp with time zone not null default app.now(),
  version integer not null default 1,
  search text generated always as (lower(((((((((serial || ' '::text) || COALESCE(mac, ''::text)) || ' '::text) || COALESCE(replace(mac, ':'::text, ''::text), ''::text)) || ' '::text) || COALESCE(barcode, ''::text)) || ' '::text) || id))) stored,
  constraint equipment_pkey PRIMARY KEY (id),
  constraint equipment_mac_key UNIQUE (mac),
  constraint equipment_serial_key UNIQUE (serial),
  constraint equipment_check CHECK ((status = 'installed'::text) = (place_kind = 'location'::text)),
  constraint equipment_check1 CHECK ((place_kind = 'location'::text) = (location_id IS NOT NULL)),
  constraint equipment_check2 CHECK (place_kind <> 'location'::text OR customer_id IS NOT NULL),
  constraint equipment_check3 CHECK (status <> 'in_van'::text OR place_kind = 'van'::text),
  constraint equipment_check4 CHECK (status <> 'in_stock'::text OR place_kind = 'warehouse'::text),
  constraint equipment_check5 CHECK ((place_kind = 'unknown'::text) = (place_id IS NULL)),
  constraint equipment_kind_check CHECK (kind = ANY (ARRAY['ont'::text, 'router'::text, 'mesh'::text, 'tv_box'::text, 'phone_adapter'::text, 'switch'::text, 'radio'::text])),
  constraint equipment_mac_check CHECK (mac ~ '^([0-9A-F]{2}:){5}[0-9A-F]{2}$'::text),
  constraint equipment_ownership_check CHECK (ownership = ANY (ARRAY['rental'::text, 'sold'::text])),
  constraint equipment_place_kind_check CHECK (place_kind = ANY (ARRAY['warehouse'::text, 'van'::text, 'location'::text, 'unknown'::text])),
  constraint equipment_serial_check CHECK (serial ~ '^[0-9A-Z]{4,40}$'::text),
  constraint equipment_status_check CHECK (status = ANY (ARRAY['in_stock'::text, 'in_van'::text, 'installed'::text, 'returned'::text, 'defective'::text, 'lost'::text, 'retired'::text])),
  constraint equipment_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint equipment_location_id_fkey FOREIGN KEY (location_id) REFERENCES plant.locations(id)
);
CREATE INDEX equipment_by_barcode ON stock.equipment USING btree (barcode) WHERE (barcode IS NOT NULL);
CREATE INDEX equipment_by_customer ON stock.equipment USING btree (customer_id, created_at DESC, id DESC) WHERE (customer_id IS NOT NULL);
CREATE INDEX equipment_by_kind ON stock.equipment USING btree (kind, created_at DESC, id DESC);
CREATE INDEX equipment_by_location ON stock.equipment USING btree (location_id) WHERE (location_id IS NOT NULL);
CREATE INDEX equipment_by_look_alike ON stock.equipment USING btree (look_alike);
CREATE INDEX equipment_by_place ON stock.equipment USING btree (place_kind, place_id, created_at DESC, id DESC);
CREATE INDEX equipment_by_status ON stock.equipment USING btree (status, created_at DESC, id DESC);
CREATE INDEX equipment_by_words ON stock.equipment USING gin (search gin_trgm_ops);
CREATE INDEX equipment_newest ON stock.equipment USING btree (created_at DESC, id DESC);

create table stock.movements (
  id bigint not null generated always as identity,
  equipment_id text not null,
  at timestamp with time zone not null default app.now(),
  kind text not null,
  from_kind text,
  from_id text,
  to_kind text not null,
  to_id text,
  status text not null,
  customer_id text,
  job_id text,
  actor_kind text not null,
  actor_id text,
  actor_name text,
  reason text,
  constraint movements_pkey PRIMARY KEY (id),
  constraint movements_from_kind_check CHECK (from_kind = ANY (ARRAY['warehouse'::text, 'van'::text, 'location'::text, 'unknown'::text])),
  constraint movements_kind_check CHECK (kind = ANY (ARRAY['received'::text, 'found'::text, 'loaded'::text, 'attached'::text, 'removed'::text, 'taken_back'::text, 'set_aside'::text])),
  constraint movements_to_kind_check CHECK (to_kind = ANY (ARRAY['warehouse'::text, 'van'::text, 'location'::text, 'unknown'::text])),
  constraint movements_equipment_id_fkey FOREIGN KEY (equipment_id) REFERENCES stock.equipment(id)
);
CREATE INDEX movements_by_equipment ON stock.movements USING btree (equipment_id, id DESC);
CREATE INDEX movements_by_job ON stock.movements USING btree (job_id) WHERE (job_id IS NOT NULL);
CREATE TRIGGER movements_append_only BEFORE DELETE OR UPDATE ON stock.movements FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table subscriptions.activation_troubles (
  id bigint not null generated always as identity,
  subscription_id text not null,
  job_id text not null,
  on_date date not null,
  refusal text not null,
  data jsonb not null default '{}'::jsonb,
  since timestamp with time zone not null default app.now(),
  settled_at timestamp with time zone,
  settled_by text,
  constraint activation_troubles_pkey PRIMARY KEY (id),
  constraint activation_troubles_check CHECK ((settled_at IS NULL) = (settled_by IS NULL)),
  constraint activation_troubles_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions.subscriptions(id)
);
CREATE INDEX activation_troubles_oldest ON subscriptions.activation_troubles USING btree (since, subscription_id) WHERE (settled_at IS NULL);
CREATE UNIQUE INDEX activation_troubles_one_open ON subscriptions.activation_troubles USING btree (subscription_id) WHERE (settled_at IS NULL);

create table subscriptions.agreed_terms (
  subscription_id text not null,
  months integer not null,
  goods_rebate_cents bigint not null default 0,
  source text not null,
  at timestamp with time zone not null default app.now(),
  constraint agreed_terms_pkey PRIMARY KEY (subscription_id),
  constraint agreed_terms_goods_rebate_cents_check CHECK (goods_rebate_cents >= 0),
  constraint agreed_terms_months_check CHECK (months >= 1 AND months <= 60),
  constraint agreed_terms_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions.subscriptions(id)
);
CREATE TRIGGER agreed_terms_append_only BEFORE DELETE OR UPDATE ON subscriptions.agreed_terms FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table subscriptions.desired_states (
  subscription_id text not null,
  target text not null,
  desired jsonb not null,
  desired_at timestamp with time zone not null default app.now(),
  actual jsonb,
  seen_at timestamp with time zone,
  state text not null default 'waiting'::text,
  since timestamp with time zone not null default app.now(),
  look_at timestamp with time zone,
  looks integer not null default 0,
  reason text,
  constraint desired_states_pkey PRIMARY KEY (subscription_id, target),
  constraint desired_states_check CHECK (state = 'waiting'::text OR seen_at IS NOT NULL),
  constraint desired_states_looks_check CHECK (looks >= 0),
  constraint desired_states_reason_check CHECK (reason = ANY (ARRAY['differs'::text, 'unknown_device'::text, 'unreachable'::text, 'misconfigured'::text, 'nothing_to_ask'::text])),
  constraint desired_states_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'agrees'::text, 'drifts'::text])),
  constraint desired_states_target_check CHECK (target = ANY (ARRAY['radius'::text, 'olt'::text, 'acs'::text])),
  constraint desired_states_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions.subscriptions(id)
);
CREATE INDEX desired_states_due ON subscriptions.desired_states USING btree (look_at) WHERE (look_at IS NOT NULL);
CREATE INDEX desired_states_off ON subscriptions.desired_states USING btree (since, subscription_id, target) WHERE (state <> 'agrees'::text);

create table subscriptions.due_changes (
  subscription_id text not null,
  on_date date not null,
  what text not null,
  reason text not null,
  added_by text not null,
  items jsonb not null default '{}'::jsonb,
  paused_items jsonb not null default '{}'::jsonb,
  problem text,
  constraint due_changes_pkey PRIMARY KEY (subscription_id, what, on_date),
  constraint due_changes_what_check CHECK (what = ANY (ARRAY['provision'::text, 'cancel'::text, 'reconnect'::text, 'move'::text])),
  constraint due_changes_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions.subscriptions(id)
);
CREATE INDEX due_changes_by_day ON subscriptions.due_changes USING btree (on_date, subscription_id);

create table subscriptions.items (
  id text not null default ('SI-'::text || nextval('subscriptions.item_number'::regclass)),
  subscription_id text not null,
  line integer not null,
  sku text not null,
  price_version_id text not null,
  price_cents bigint not null,
  name_fr text not null,
  name_en text not null,
  kind text not null,
  frequency text not null,
  tax_treatment text not null,
  revenue_account text not null,
  download_mbps integer,
  upload_mbps integer,
  olt_profile text,
  radius_profile text,
  starts_on date,
  ends_on date,
  location_id text,
  promise text,
  constraint items_pkey PRIMARY KEY (id),
  constraint items_subscription_id_line_key UNIQUE (subscription_id, line),
  constraint items_one_plan_a_day EXCLUDE USING gist (subscription_id WITH =, kind WITH =, daterange(starts_on, ends_on + 1) WITH &&) WHERE ((kind = ANY (ARRAY['internet'::text, 'tv'::text])) AND starts_on IS NOT NULL) DEFERRABLE INITIALLY DEFERRED,
  constraint items_days CHECK (ends_on >= (starts_on - 1)),
  constraint items_end_after_start CHECK (ends_on IS NULL OR starts_on IS NOT NULL),
  constraint items_frequency_check CHECK (frequency = ANY (ARRAY['one_time'::text, 'monthly'::text, 'quarterly'::text, 'yearly'::text])),
  constraint items_kind_check CHECK (kind = ANY (ARRAY['internet'::text, 'tv'::text, 'phone'::text, 'equipment'::text, 'one_time'::text, 'labour'::text, 'option'::text])),
  constraint items_tax_treatment_check CHECK (tax_treatment = ANY (ARRAY['taxable'::text, 'termination'::text, 'exempt'::text, 'outside'::text])),
  constraint items_location_id_fkey FOREIGN KEY (location_id) REFERENCES plant.locations(id),
  constraint items_price_version_id_fkey FOREIGN KEY (price_version_id) REFERENCES catalog.price_versions(id),
  constraint items_promise_fkey FOREIGN KEY (promise) REFERENCES subscriptions.items(id),
  constraint items_revenue_account_fkey FOREIGN KEY (revenue_account) REFERENCES ledger.accounts(number),
  constraint items_sku_fkey FOREIGN KEY (sku) REFERENCES catalog.items(sku),
  constraint items_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions.subscriptions(id)
);
CREATE INDEX promotions_by_end ON subscriptions.items USING btree (ends_on) WHERE (price_cents < 0);
CREATE TRIGGER items_sold BEFORE DELETE OR UPDATE ON subscriptions.items FOR EACH ROW EXECUTE FUNCTION subscriptions.refuse_resale();

create table subscriptions.moves (
  id bigint not null generated always as identity,
  subscription_id text not null,
  from_location_id text not null,
  to_location_id text not null,
  on_date date not null,
  equipment text not null,
  items jsonb not null default '{}'::jsonb,
  state text not null default 'set'::text,
  asked_at timestamp with time zone not null default app.now(),
  asked_by text not null,
  constraint moves_pkey PRIMARY KEY (id),
  constraint moves_check CHECK (from_location_id <> to_location_id),
  constraint moves_equipment_check CHECK (equipment = ANY (ARRAY['carried'::text, 'swapped'::text])),
  constraint moves_state_check CHECK (state = ANY (ARRAY['set'::text, 'done'::text, 'withdrawn'::text])),
  constraint moves_from_location_id_fkey FOREIGN KEY (from_location_id) REFERENCES plant.locations(id),
  constraint moves_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions.subscriptions(id),
  constraint moves_to_location_id_fkey FOREIGN KEY (to_location_id) REFERENCES plant.locations(id)
);
CREATE INDEX moves_by_subscription ON subscriptions.moves USING btree (subscription_id, id);
CREATE UNIQUE INDEX moves_set ON subscriptions.moves USING btree (subscription_id) WHERE (state = 'set'::text);
CREATE INDEX moves_to ON subscriptions.moves USING btree (to_location_id, on_date) WHERE (state <> 'withdrawn'::text);

create table subscriptions.notices (
  id bigint not null generated always as identity,
  subscription_id text not null,
  kind text not null,
  about text not null,
  on_date date not null,
  at timestamp with time zone not null default app.now(),
  constraint notices_pkey PRIMARY KEY (id),
  constraint notices_subscription_id_kind_about_on_date_key UNIQUE (subscription_id, kind, about, on_date),
  constraint notices_kind_check CHECK (kind = ANY (ARRAY['term_end'::text, 'promotion_end'::text, 'price_rise'::text])),
  constraint notices_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions.subscriptions(id)
);
CREATE TRIGGER notices_append_only BEFORE DELETE OR UPDATE ON subscriptions.notices FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table subscriptions.pauses (
  id bigint not null generated always as identity,
  subscription_id text not null,
  reason text not null,
  from_on date not null,
  until_on date,
  items jsonb not null,
  rest_from date,
  constraint pauses_pkey PRIMARY KEY (id),
  constraint pauses_check CHECK (rest_from < from_on),
  constraint pauses_reason_check CHECK (reason = ANY (ARRAY['non_payment'::text, 'vacation'::text, 'abuse'::text])),
  constraint pauses_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions.subscriptions(id)
);
CREATE INDEX pauses_by_subscription ON subscriptions.pauses USING btree (subscription_id, id);
CREATE UNIQUE INDEX pauses_open ON subscriptions.pauses USING btree (subscription_id) WHERE (until_on IS NULL);

create table subscriptions.steps (
  id bigint not null generated always as identity,
  subscription_id text not null,
  at timestamp with time zone not null default app.now(),
  from_status text,
  to_status text not null,
  on_date date not null,
  reason text,
  by text not null,
  command text,
  constraint steps_pkey PRIMARY KEY (id),
  constraint steps_to_status_check CHECK (to_status = ANY (ARRAY['pending'::text, 'active'::text, 'suspended'::text, 'cancelled'::text])),
  constraint steps_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions.subscriptions(id)
);
CREATE INDEX steps_by_subscription ON subscriptions.steps USING btree (subscription_id, id);
CREATE TRIGGER steps_append_only BEFORE DELETE OR UPDATE ON subscriptions.steps FOR EACH ROW EXECUTE FUNCTION app.refuse_change();

create table subscriptions.subscriptions (
  id text not null default ('SUB-'::text || nextval('subscriptions.subscription_number'::regclass)),
  customer_id text not null,
  location_id text not null,
  status text not null default 'pending'::text,
  source text not null,
  opened_at timestamp with time zone not null default app.now(),
  activated_on date,
  cancelled_on date,
  equipment_id text,
  radius_user text,
  radius_password_sealed text,
  legacy_service_id text,
  billing_anchor date,
  suspended_for text,
  billed_elsewhere_to date,
  anchors jsonb not null default '[]'::jsonb,
  constraint subscriptions_pkey PRIMARY KEY (id),
  constraint subscriptions_radius_user_key UNIQUE (radius_user),
  constraint subscriptions_anchors_check CHECK (jsonb_typeof(anchors) = 'array'::text),
  constraint subscriptions_check CHECK (status = 'pending'::text OR status = 'cancelled'::text OR activated_on IS NOT NULL),
  constraint subscriptions_check1 CHECK ((radius_user IS NULL) = (radius_password_sealed IS NULL)),
  constraint subscriptions_radius_user_check CHECK (radius_user = lower(radius_user)),
  constraint subscriptions_status_check CHECK (status = ANY (ARRAY['pending'::text, 'active'::text, 'suspended'::text, 'cancelled'::text])),
  constraint subscriptions_suspended_for CHECK ((status = 'suspended'::text) = (suspended_for IS NOT NULL)),
  constraint subscriptions_suspended_for_check CHECK (suspended_for = ANY (ARRAY['non_payment'::text, 'vacation'::text, 'abuse'::text])),
  constraint subscriptions_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers.customers(id),
  constraint subscriptions_location_id_fkey FOREIGN KEY (location_id) REFERENCES plant.locations(id)
);
CREATE INDEX subscriptions_by_activation ON subscriptions.subscriptions USING btree (activated_on) WHERE (activated_on IS NOT NULL);
CREATE INDEX subscriptions_by_customer ON subscriptions.subscriptions USING btree (customer_id, opened_at DESC, id DESC);
CREATE INDEX subscriptions_by_legacy ON subscriptions.subscriptions USING btree (legacy_service_id) WHERE (legacy_service_id IS NOT NULL);
CREATE INDEX subscriptions_by_location ON subscriptions.subscriptions USING btree (location_id, opened_at DESC, id DESC);
CREATE INDEX subscriptions_by_status ON subscriptions.subscriptions USING btree (status, opened_at DESC, id DESC);
CREATE INDEX subscriptions_newest ON subscriptions.subscriptions USING btree (opened_at DESC, id DESC);
CREATE INDEX subscriptions_running ON subscriptions.subscriptions USING btree (id) WHERE (status = ANY (ARRAY['active'::text, 'suspended'::text]));

create table subscriptions.terms (
  id bigint not null generated always as identity,
  subscription_id text not null,
  starts_on date not null,
  months integer,
  ends_on date,
  goods_rebate_cents bigint not null default 0,
  source text not null,
  at timestamp with time zone not null default app.now(),
  constraint terms_pkey PRIMARY KEY (id),
  constraint terms_check CHECK ((ends_on IS NULL) = (months IS NULL) AND ends_on >= starts_on),
  constraint terms_goods_rebate_cents_check CHECK (goods_rebate_cents >= 0),
  constraint terms_months_check CHECK (months >= 1 AND months <= 60),
  constraint terms_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions.subscriptions(id)
);
CREATE INDEX terms_by_end ON subscriptions.terms USING btree (ends_on) WHERE (ends_on IS NOT NULL);
CREATE INDEX terms_by_subscription ON subscriptions.terms USING btree (subscription_id, id);
CREATE TRIGGER terms_append_only BEFORE DELETE OR UPDATE ON subscriptions.terms FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
