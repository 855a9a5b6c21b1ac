// What the database holds of customers' money, read as rows for the checks of a story.
import type { TestWorld } from '@gigafibre/testing';

type Books = Pick<TestWorld, 'pool'>;

/** The cycle a line's days belong to: the last that had started, for one may be cut short by another billing day. */
const cycleOf = (item: string, from: string): string =>
  `(select max(c.cycle_from) from charges.cycles c where c.item_id = ${item} and c.cycle_from <= ${from})`;

/** Recurring lines of one item and cycle, the run's and the first bill's, that are there twice. */
export async function billedTwice({ pool }: Books): Promise<unknown[]> {
  const { rows } = await pool.query(
    `select l.subscription_item_id, x.cycle from billing.invoice_lines l
      cross join lateral (select ${cycleOf('l.subscription_item_id', 'l.period_from')} as cycle) x
      where l.kind = 'recurring' and l.charge_id is null group by 1, 2 having count(*) > 1`,
  );
  return rows;
}

/** Of a service: the line of an item in it, a cycle, and cents. */
export type OfItem = { id: string; line: number; cycle: string; cents: bigint };

/** What a credit note took back of days of services. */
export async function givenBy({ pool }: Books, noteId: string): Promise<OfItem[]> {
  const { rows } = await pool.query<OfItem>(
    `select i.subscription_id as id, i.line, ${cycleOf('i.id', 'l.period_from')} as cycle,
            sum(t.amount_cents)::bigint as cents
       from billing.credit_note_lines t
       join billing.invoice_lines l on l.invoice_id = t.invoice_id and l.line = t.invoice_line and l.kind = 'recurring'
       join subscriptions.items i on i.id = l.subscription_item_id
      where t.credit_note_id = $1 group by 1, 2, 3`,
    [noteId],
  );
  return rows;
}

/** Credits that waited and were withdrawn because of a credit note. */
export async function withdrawnBy({ pool }: Books, noteId: string): Promise<OfItem[]> {
  const { rows } = await pool.query<OfItem>(
    `select i.subscription_id as id, i.line, h.cycle_from as cycle, h.amount_cents as cents
       from charges.cancellations x join charges.charges h on h.id = x.charge_id
       join subscriptions.items i on i.id = h.subscription_item_id where x.reason = $1`,
    [noteId],
  );
  return rows;
}

/** Debts given up of each customer, and what of them came back. */
export async function writtenOff({
  pool,
}: Books): Promise<{ customer: string; back: bigint; lost: bigint }[]> {
  const { rows } = await pool.query<{ customer: string; back: bigint; lost: bigint }>(
    `select customer_id as customer, sum(coalesce(back, 0))::bigint as back, sum(amount_cents)::bigint as lost
       from billing.write_offs w left join lateral (
         select sum(amount_cents) as back from billing.write_off_recoveries where write_off_id = w.id) r on true
      group by 1`,
  );
  return rows;
}

/** What has been asked for each item and cycle of a customer, on invoices and waiting for one. */
export async function askedOf({ pool }: Books, customerId: string): Promise<string[]> {
  const { rows } = await pool.query<{ said: string }>(
    `select concat_ws(' ', i.sku, i.starts_on, i.ends_on, c.cycle_from, (
              coalesce((select sum(amount_cents) from billing.invoice_lines l where l.kind = 'recurring'
                 and l.subscription_item_id = i.id and ${cycleOf('i.id', 'l.period_from')} = c.cycle_from), 0)
              + coalesce((select sum(amount_cents) from charges.charges h where h.state = 'open'
                 and h.subscription_item_id = i.id and h.cycle_from = c.cycle_from), 0)
              - coalesce((select sum(amount_cents) from billing.credit_note_own_lines o where o.kind = 'recurring'
                 and o.credit_note_id not in (select credit_note_id from billing.note_undoings)
                 and o.subscription_item_id = i.id and ${cycleOf('i.id', 'o.period_from')} = c.cycle_from), 0)
              - coalesce((select sum(t.amount_cents) from billing.credit_notes n
                 join billing.credit_note_lines t on t.credit_note_id = n.id
                 join billing.invoice_lines l on l.invoice_id = t.invoice_id and l.line = t.invoice_line
                where n.bill_again and l.kind = 'recurring' and l.subscription_item_id = i.id
                  and ${cycleOf('i.id', 'l.period_from')} = c.cycle_from), 0))::bigint) as said
       from subscriptions.subscriptions s join subscriptions.items i on i.subscription_id = s.id
       join charges.cycles c on c.item_id = i.id
      where s.customer_id = $1 and (i.ends_on is null or i.ends_on >= i.starts_on)`,
    [customerId],
  );
  return rows.map(({ said }) => said).filter((said) => !said.endsWith(' 0'));
}

export type ServiceState = { id: string; status: string; reason: string | null; lastDay: string | null };
/** Services with their state, whether money is why they rest, and the last day that is set or was. */
export async function serviceStates({ pool }: Books): Promise<ServiceState[]> {
  const { rows } = await pool.query<ServiceState>(
    `select id, status, suspended_for as reason, coalesce(cancelled_on, (
              select on_date - 1 from subscriptions.due_changes d
               where d.subscription_id = s.id and d.what = 'cancel')) as "lastDay"
       from subscriptions.subscriptions s`,
  );
  return rows;
}

/** Money that debits brought, less what left it again: per payment, with its customer. */
export async function debited({ pool }: Books): Promise<{ id: string; customer: string; cents: bigint }[]> {
  const { rows } = await pool.query<{ id: string; customer: string; cents: bigint }>(
    `select p.id, p.customer_id as customer, p.amount_cents
            - coalesce((select sum(amount_cents) from payments.withdrawals w where w.payment_id = p.id), 0)::bigint as cents
       from payments.debits d join payments.payments p on p.id = d.payment_id`,
  );
  return rows;
}
