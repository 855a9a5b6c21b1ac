import type { ReportRow } from '@gigafibre/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Reading } from '../../platform/acting.ts';
import { ledgerMovement } from './ledger-sums.ts';
import { money, monthName, type Asked, type Figure, type ReportDefinition } from './report.ts';

/** Where recognition stands: the first day of the month that comes next, and the last numbers it has seen. */
const standing = sql`
  select coalesce((max(month) + interval '1 month')::date,
                  (select date_trunc('month', min(issued_on)::timestamp)::date from billing.invoices), '1000-01-01'::date) as next,
         coalesce(max(invoices_to), 0) as invoices_to, coalesce(max(notes_to), 0) as notes_to from billing.recognitions`;

const invoiceLine = sql`
  select 'invoice' as kind, i.id as document_id, l.line, i.customer_id, i.issued_on, l.revenue_account,
         l.description_fr, l.description_en, l.net_cents, l.period_from, l.period_to
    from billing.invoice_lines l join billing.invoices i on i.id = l.invoice_id`;

/**
 * Lines billed in advance with something left to recognise, and what that is: those whose days reach into the next
 * month or later, and those that came since. Each way walks an index of its own.
 */
const waiting = sql`
  select of.*, of.net_cents - coalesce((select sum(r.cents)::bigint from billing.recognised r
                 where r.document_id = of.document_id and r.line = of.line), 0) as left_cents
    from (${invoiceLine} where l.in_advance and l.period_to >= (select next from standing)
          union
          ${invoiceLine} where l.in_advance and i.number > (select invoices_to from standing)
          union all
          select 'credit_note', n.id, c.line, n.customer_id, n.issued_on, l.revenue_account,
                 l.description_fr, l.description_en, -c.net_cents, l.period_from, l.period_to
            from billing.credit_notes n join billing.credit_note_lines c on c.credit_note_id = n.id
            join billing.invoice_lines l on l.invoice_id = c.invoice_id and l.line = c.invoice_line, standing
           where l.in_advance and (l.period_to >= next or n.number > notes_to)
          union all
          select 'credit_note', n.id, o.line, n.customer_id, n.issued_on, o.revenue_account,
                 o.description_fr, o.description_en, -o.net_cents, o.period_from, o.period_to
            from billing.credit_notes n join billing.credit_note_own_lines o on o.credit_note_id = n.id, standing
           where o.in_advance and (o.period_to >= next or n.number > notes_to)) of`;

/**
 * What is left of each line, by the month it will be recognised in: what is earned through each month from the next
 * one on, less what was through the one before.
 */
const byMonth = sql`
  select w.*, to_char(m.first, 'YYYY-MM') as month,
         earned.through - case when m.first > greatest(standing.next, date_trunc('month', w.issued_on::timestamp)) then earned.before
                               else w.net_cents - w.left_cents end as cents
    from (${waiting}) w cross join standing
    cross join lateral generate_series(greatest(standing.next, date_trunc('month', w.issued_on::timestamp)),
      greatest(standing.next, date_trunc('month', w.issued_on::timestamp), date_trunc('month', w.period_to::timestamp)), interval '1 month') as m(first)
    cross join lateral (select
      round(w.net_cents::numeric * greatest(least((m.first + interval '1 month - 1 day')::date, w.period_to) - w.period_from + 1, 0)
        / (w.period_to - w.period_from + 1))::bigint as through,
      round(w.net_cents::numeric * greatest(least(m.first::date - 1, w.period_to) - w.period_from + 1, 0)
        / (w.period_to - w.period_from + 1))::bigint as before) earned`;

const keyOf = ({ by }: Pick<Asked, 'by'>): RawBuilder<unknown> =>
  by === 'account' ? sql`d.revenue_account` : sql`d.month`;

async function read(reading: Reading, asked: Asked) {
  const { rows } = await sql<{ key: string; fr: string | null; en: string | null; cents: bigint }>`
    with standing as materialized (${standing})
    select ${keyOf(asked)} as key, min(a.name_fr) as fr, min(a.name_en) as en, sum(d.cents)::bigint as cents
      from (${byMonth}) d left join ledger.accounts a on a.number = d.revenue_account
     where d.cents <> 0 group by 1 order by 1`.execute(reading.db);
  return {
    rows: rows.map(({ key, fr, en, cents }): ReportRow => ({
      key,
      label: asked.by === 'account' ? { fr: fr ?? key, en: en ?? key } : monthName(key),
      note: asked.by === 'account' ? key : null,
      amounts: { deferred: cents },
      counts: {},
    })),
    ledger: [
      {
        column: 'deferred',
        label: { fr: 'Produits reportés (2200)', en: 'Deferred revenue (2200)' },
        reportCents: rows.reduce((sum, { cents }) => sum + cents, 0n),
        ledgerCents: await ledgerMovement(reading, {
          from: '1000-01-01',
          to: '9999-11-30',
          accounts: sql`a.number = '2200'`,
        }),
      },
    ],
  };
}

function documents(_: Reading, figure: Figure): RawBuilder<unknown> | undefined {
  if (figure.column !== 'deferred') return undefined;
  return sql`
    select d.kind, d.document_id as id, d.issued_on as "on", d.customer_id as "customerId",
           d.description_fr as fr, d.description_en as en, sum(d.cents)::bigint as cents
      from (with standing as materialized (${standing}) ${byMonth}) d
     where d.cents <> 0 ${figure.row === undefined ? sql`` : sql`and ${keyOf(figure)} = ${figure.row}`}
     group by 1, 2, 3, 4, 5, 6`;
}

/** What was billed in advance and is not earned yet. */
export const deferred: ReportDefinition = {
  title: { fr: 'Produits reportés', en: 'Deferred revenue' },
  meaning: {
    fr: 'Ce qui est facturé d’avance et reste à gagner aujourd’hui, par mois où il le sera ou par compte de produits. La période demandée ne change rien : c’est l’état présent.',
    en: 'What is billed in advance and left to earn today, by the month it will be or by revenue account. The period asked changes nothing: it is the present state.',
  },
  columns: () => [money({ key: 'deferred', fr: 'À constater', en: 'To recognise' })],
  read,
  documents,
};
