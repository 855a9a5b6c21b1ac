-- compatible
-- A debit of which nothing is heard is asked about, a few times.
alter table payments.debits add column looks integer not null default 0;
update payments.debits set look_at = coalesce(sent_at, moved_at) + interval '8 days'
 where state = 'sent' and rail = 'acss' and look_at is null;

-- Who authorised one debit that no agreement covers, when and how that is known.
alter table payments.debits add column authorized jsonb;

-- The invoices that were late already when an agreement was made, and that it names.
alter table payments.agreements add column overdue_invoices text[] not null default '{}';
alter table payments.agreements drop constraint agreements_end_reason_check;
alter table payments.agreements add constraint agreements_end_reason_check
  check (end_reason in ('customer', 'staff', 'failures', 'mandate', 'method', 'replaced', 'suspended', 'deceased'));

-- When a transfer that failed after it was paid left the books.
alter table payments.payouts add column reversed_at timestamptz;
