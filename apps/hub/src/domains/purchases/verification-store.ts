import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';

export type FoundDifference = { what: string; key: string; kept_cents: bigint; found_cents: bigint };

/**
 * Each bill beside its lines and its postings, each payment beside its bills, and the accounts of purchases beside
 * all of them together. Every side is made from zero.
 */
export async function differencesFromZero(db: Db, limit: number): Promise<FoundDifference[]> {
  const { rows } = await sql<FoundDifference>`
    with posted as (
      select e.document_kind as kind, e.document_id as id, p.account, sum(p.debit_cents - p.credit_cents) as cents
        from ledger.entries e join ledger.postings p on p.entry_id = e.id
       where e.document_kind in ('supplier_bill', 'supplier_bill_reversal', 'supplier_payment', 'supplier_payment_reversal')
       group by 1, 2, 3),
    booked as (
      select 'supplier_bill' as kind, id, 1 as sign, net_cents, gst_cents, qst_cents, total_cents
        from purchases.bills where booked_on is not null
      union all
      select 'supplier_bill_reversal', id, -1, net_cents, gst_cents, qst_cents, total_cents
        from purchases.bills where booked_on is not null and state = 'reversed'),
    paid as (
      select 'supplier_payment' as kind, id, amount_cents as cents from purchases.payments
      union all
      select 'supplier_payment_reversal', p.id, -p.amount_cents
        from purchases.payments p join purchases.payment_reversals r on r.payment_id = p.id),
    wanted as (
      select kind, id, '2010' as account, (-sign * total_cents)::numeric as cents from booked
      union all select kind, id, '1350', (sign * gst_cents)::numeric from booked
      union all select kind, id, '1355', (sign * qst_cents)::numeric from booked
      union all
      select b.kind, b.id, l.account, sum(b.sign * l.net_cents)
        from booked b join purchases.bill_lines l on l.bill_id = b.id group by 1, 2, 3
      union all select kind, id, '2010', cents::numeric from paid
      union all select kind, id, '1010', -cents::numeric from paid)
    select 'posting' as what, coalesce(w.kind, p.kind) || ' ' || coalesce(w.id, p.id) || ' ' || coalesce(w.account, p.account) as key,
           coalesce(w.cents, 0)::bigint as kept_cents, coalesce(p.cents, 0)::bigint as found_cents
      from wanted w full join posted p using (kind, id, account)
     where coalesce(w.cents, 0) <> coalesce(p.cents, 0)
    union all
    select 'lines', b.id, b.net_cents, coalesce(l.cents, 0)::bigint
      from purchases.bills b
      left join (select bill_id, sum(net_cents) as cents from purchases.bill_lines group by 1) l on l.bill_id = b.id
     where b.net_cents <> coalesce(l.cents, 0)
    union all
    select 'payment', p.id, p.amount_cents, coalesce(s.cents, 0)::bigint
      from purchases.payments p
      left join (select payment_id, sum(amount_cents) as cents from purchases.payment_bills group by 1) s on s.payment_id = p.id
     where p.amount_cents <> coalesce(s.cents, 0)
    union all
    select 'paid bill', b.id, b.total_cents, coalesce(s.amount_cents, 0)
      from purchases.bills b
      left join purchases.payment_bills s on s.payment_id = b.payment_id and s.bill_id = b.id
     where b.state = 'paid' and b.total_cents is distinct from s.amount_cents
    union all
    select 'payable', '2010', owed.cents, held.cents
      from (select coalesce(sum(total_cents), 0)::bigint as cents from purchases.bills where state = 'approved') owed,
           (select coalesce(sum(credit_cents - debit_cents), 0)::bigint as cents
              from ledger.account_balances where account = '2010') held
     where owed.cents <> held.cents
    limit ${limit}`.execute(db);
  return rows;
}
