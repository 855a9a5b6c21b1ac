import { sql } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';

export type FoundDifference = { what: string; key: string; kept_cents: bigint; found_cents: bigint };

/** What is settled, owed and posted of invoices. */
const ofInvoices = sql`
    select 'settled' as what, i.id as key, i.settled_cents as kept_cents, coalesce(s.cents, 0)::bigint as found_cents
      from billing.invoices i left join settled s on s.invoice_id = i.id
     where i.settled_cents <> coalesce(s.cents, 0)
    union all
    select 'receivable', customer_id, coalesce(b.balance_cents, 0), coalesce(o.cents, 0)::bigint
      from (select * from ledger.customer_balances where account = '1100') b full join owed o using (customer_id)
     where coalesce(b.balance_cents, 0) <> coalesce(o.cents, 0)
    union all
    select 'entry', i.id, i.total_cents, coalesce(e.total_cents, 0)
      from billing.invoices i left join ledger.entries e on e.document_kind = 'invoice' and e.document_id = i.id
     where (i.total_cents > 0 and e.id is null)`;

/** What invoices say was credited, written off and disputed. */
const ofWhatCameAfter = sql`
    select 'credited', i.id, i.credited_cents, coalesce(c.cents, 0)::bigint
      from billing.invoices i
      left join (select invoice_id, sum(total_cents) as cents from billing.credit_notes group by 1) c on c.invoice_id = i.id
     where i.credited_cents <> coalesce(c.cents, 0)
    union all
    select 'written off', i.id, i.written_off_cents, coalesce(w.cents, 0)::bigint
      from billing.invoices i
      left join (select w.invoice_id, sum(w.amount_cents - coalesce(r.cents, 0)) as cents from billing.write_offs w
                   left join (select write_off_id, sum(amount_cents) as cents from billing.write_off_recoveries group by 1) r
                     on r.write_off_id = w.id group by 1) w on w.invoice_id = i.id
     where i.written_off_cents <> coalesce(w.cents, 0)
    union all
    select 'disputed', i.id, i.disputed_cents, coalesce(d.cents, 0)::bigint
      from billing.invoices i
      left join (select invoice_id, sum(amount_cents) as cents from billing.disputes
                  where id not in (select dispute_id from billing.dispute_outcomes) group by 1) d on d.invoice_id = i.id
     where i.disputed_cents <> coalesce(d.cents, 0)`;

/** What credit notes took back, and what was posted of them and of write-offs. */
const ofNotes = sql`
    select 'tax credited', i.id || ' ' || t.line, t.tax_cents, c.cents::bigint
      from billing.invoice_taxes t join billing.invoices i on i.id = t.invoice_id
      join (select invoice_id, invoice_tax_line, sum(tax_cents) as cents from billing.credit_note_taxes group by 1, 2) c
        on c.invoice_id = t.invoice_id and c.invoice_tax_line = t.line
     where c.cents > greatest(t.tax_cents, 0) or c.cents < least(t.tax_cents, 0)
        or (i.credited_cents = i.total_cents and c.cents <> t.tax_cents)
    union all
    select 'note credit', n.id, n.credit_cents, (n.total_cents - coalesce(s.cents, 0) - coalesce(u.cents, 0))::bigint
      from billing.credit_notes n
      left join (select source_id, sum(amount_cents) as cents from billing.settlements
                  where source_kind = 'credit_note' group by 1) s on s.source_id = n.id
      left join (select credit_note_id, sum(amount_cents) as cents from billing.credit_uses group by 1) u
        on u.credit_note_id = n.id
     where n.credit_cents <> n.total_cents - coalesce(s.cents, 0) - coalesce(u.cents, 0)
    union all
    select 'entry', d.id, d.cents, coalesce(e.total_cents, 0)
      from (select 'credit_note' as kind, id, total_cents as cents from billing.credit_notes
            union all select 'write_off', id, amount_cents from billing.write_offs
            union all select 'write_off_recovery', id, amount_cents from billing.write_off_recoveries) d
      left join ledger.entries e on e.document_kind = d.kind and e.document_id = d.id
     where e.id is null`;

/** What credit notes took back of a cycle, of what invoices billed: to be billed again, or given up. */
const takenBack = sql`
    select sum(t.amount_cents) filter (where n.bill_again) as again,
           sum(t.amount_cents) filter (where not n.bill_again) as given
      from billing.invoice_lines l
      join billing.credit_note_lines t on t.invoice_id = l.invoice_id and t.invoice_line = l.line
      join billing.credit_notes n on n.id = t.credit_note_id
     where l.subscription_item_id = c.item_id and l.kind = 'recurring' and l.period_from between c.cycle_from and c.cycle_to`;

/** What cycles were charged, and the numbers of the series. */
const ofCyclesAndNumbers = sql`
    select 'cycle', c.item_id || ' ' || c.cycle_from, c.cents,
           (coalesce(l.cents, 0) + coalesce(h.cents, 0) - coalesce(o.cents, 0) - coalesce(n.again, 0))::bigint
      from own_cycles c
      left join lateral (select sum(amount_cents) as cents from billing.invoice_lines
                          where subscription_item_id = c.item_id and kind = 'recurring'
                            and period_from between c.cycle_from and c.cycle_to) l on true
      left join lateral (select sum(amount_cents) as cents from charges.charges
                          where subscription_item_id = c.item_id and cycle_from = c.cycle_from and state = 'open') h on true
      left join lateral (select sum(amount_cents) as cents from billing.credit_note_own_lines
                          where subscription_item_id = c.item_id and kind = 'recurring'
                            and credit_note_id not in (select credit_note_id from billing.note_undoings)
                            and period_from between c.cycle_from and c.cycle_to) o on true
      left join lateral (${takenBack}) n on true
     where c.cents <> coalesce(l.cents, 0) + coalesce(h.cents, 0) - coalesce(o.cents, 0) - coalesce(n.again, 0)
    union all
    select 'given up', c.item_id || ' ' || c.cycle_from, c.given_cents, coalesce(n.given, 0)::bigint
      from own_cycles c left join lateral (${takenBack}) n on true
     where c.given_cents <> coalesce(n.given, 0)
    union all
    select 'gap', 'CN', (select last from billing.counters where series = 'CN'), count(*)
      from billing.credit_notes having count(*) <> (select last from billing.counters where series = 'CN')
    union all
    select 'gap', 'INV', (select last from billing.counters where series = 'INV'), count(*)
      from billing.invoices having count(*) <> (select last from billing.counters where series = 'INV')
    union all
    select 'note undone', u.credit_note_id, i.total_cents, n.total_cents
      from billing.note_undoings u join billing.invoices i on i.id = u.invoice_id
      join billing.credit_notes n on n.id = u.credit_note_id
     where i.total_cents <> n.total_cents or i.customer_id <> n.customer_id or n.kind <> 'account'`;

/** Recomputes what is kept about invoices in one statement, hence of one instant, and gives what disagrees. */
export async function differencesFromZero(db: Db, limit: number): Promise<FoundDifference[]> {
  const { rows } = await sql<FoundDifference>`
    with settled as (
      select invoice_id, sum(amount_cents) as cents from billing.settlements group by 1),
    owed as (
      select customer_id, sum(outstanding_cents) as cents from billing.invoices group by 1),
    -- A cycle that another billing day cuts short ends where the next one starts.
    own_cycles as (
      select item_id, cycle_from, cents, given_cents,
             least(cycle_to, lead(cycle_from) over (partition by item_id order by cycle_from) - 1) as cycle_to
        from charges.cycles)
    ${ofInvoices} union all ${ofWhatCameAfter} union all ${ofNotes} union all ${ofCyclesAndNumbers}
    limit ${limit}`.execute(db);
  return rows;
}
