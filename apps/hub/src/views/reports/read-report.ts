import { addMonths, civilDateOf, lastDayOfMonth } from '@gigafibre/calendar';
import {
  Refusal,
  REPORT_BYS,
  REPORT_MONTHS_MAX,
  type Report,
  type ReportBy,
  type ReportDocument,
  type ReportName,
} from '@gigafibre/contract';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Reading } from '../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import { deferred } from './deferred.ts';
import { payments } from './payments.ts';
import { receivables } from './receivables.ts';
import { recurring } from './recurring.ts';
import { totalsOf, type Asked, type ReportDefinition } from './report.ts';
import { retention } from './retention.ts';
import { revenue } from './revenue.ts';
import { sales } from './sales.ts';
import { taxes } from './taxes.ts';
import { technicians } from './technicians.ts';

const REPORTS: Readonly<Record<ReportName, ReportDefinition>> = {
  revenue,
  taxes,
  receivables,
  recurring,
  retention,
  sales,
  payments,
  deferred,
  technicians,
};

export type Wanted = Readonly<{
  report: ReportName;
  by?: ReportBy | undefined;
  from?: string | undefined;
  to?: string | undefined;
}>;

/** A report of a period. Refused when the period is none or too long, or its rows cannot be of what is asked. */
export async function readReport(reading: Reading, wanted: Wanted): Promise<Report> {
  const definition = REPORTS[wanted.report];
  const asked = askedOf(reading, wanted);
  const columns = definition.columns(asked);
  // The report and the ledger beside it are of one instant, whatever is posted meanwhile.
  const { rows, ledger, remarks, totals } = await reading.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((db) => definition.read({ ...reading, db, now: reading.now }, asked));
  return {
    report: wanted.report,
    by: asked.by,
    from: asked.from,
    to: asked.to,
    title: definition.title,
    meaning: definition.meaning,
    columns: [...columns],
    rows: [...rows],
    totals: totals ?? totalsOf(columns, rows),
    ledger: ledger ?? [],
    remarks: [...(remarks ?? [])],
  };
}

type DocumentsWanted = Wanted &
  Readonly<{ row?: string | undefined; column: string; limit: number; after?: string | undefined }>;
type FoundDocument = Omit<ReportDocument, 'text'> & { fr: string; en: string };

/** The documents behind a figure, newest first, a page at a time. Refused `not_found` for a figure without any. */
export async function listReportDocuments(
  reading: Reading,
  { row, column, limit, after, ...wanted }: DocumentsWanted,
): Promise<{ rows: ReportDocument[]; next: string | null }> {
  const asked = narrowed(askedOf(reading, wanted), { report: wanted.report, row });
  const behind = REPORTS[wanted.report].documents(reading, { ...asked, column, row });
  if (!behind) throw new Refusal('not_found', { what: column });
  const [on, kind, id] = readCursor(after, z.tuple([keys.date, keys.id, keys.id])) ?? [];
  const beyond =
    on === undefined || kind === undefined || id === undefined
      ? sql``
      : sql`where (found."on", found.kind, found.id) < (${on}::date, ${kind}, ${id})`;
  // A document with several lines behind the figure stands once, with what they make together.
  const { rows } = await sql<FoundDocument>`
    select found.*, coalesce(c.name, '') as "customerName"
      from (select kind, id, "on", "customerId", string_agg(distinct fr, ', ') as fr, string_agg(distinct en, ', ') as en,
                   sum(cents)::bigint as cents
              from (${behind}) behind group by kind, id, "on", "customerId") found
      left join customers.customers c on c.id = found."customerId"
      ${beyond} order by found."on" desc, found.kind desc, found.id desc limit ${limit + 1}`.execute(
    reading.db,
  );
  const page = pageOf(rows, limit, (last) => cursorOf(last.on, last.kind, last.id));
  return { ...page, rows: page.rows.map(({ fr, en, ...document }) => ({ ...document, text: { fr, en } })) };
}

/** The days of one month where the row is of one: its documents are found without looking at the others. */
function narrowed(asked: Asked, { report, row }: { report: ReportName; row: string | undefined }): Asked {
  const [, month] = row?.match(/(?:^| )(\d{4}-(?:0[1-9]|1[0-2]))$/) ?? [];
  // Deferred revenue is told by the months to come, of documents of the past.
  if (asked.by !== 'month' || report === 'deferred' || month === undefined) return asked;
  const [first, last] = [`${month}-01`, lastDayOfMonth(`${month}-01`)];
  if (first > asked.to || last < asked.from) return asked;
  return {
    ...asked,
    from: first > asked.from ? first : asked.from,
    to: last < asked.to ? last : asked.to,
  };
}

/** This month and the eleven before it, and the usual rows, unless said otherwise. */
export function askedOf({ now }: Pick<Reading, 'now'>, { report, by, from, to }: Wanted): Asked {
  const last = to ?? lastDayOfMonth(from !== undefined && from > civilDateOf(now) ? from : civilDateOf(now));
  const first = from ?? `${addMonths(`${last.slice(0, 7)}-01`, -11)}`;
  if (first > last || addMonths(first, REPORT_MONTHS_MAX) <= last)
    throw new Refusal('report_period', { months: REPORT_MONTHS_MAX });
  const bys: readonly ReportBy[] = REPORT_BYS[report];
  if (by !== undefined && !bys.includes(by))
    throw new Refusal('invalid_input', { field: 'by', reason: bys.join(', ') });
  const usual = bys[0];
  if (usual === undefined) throw new Error(`report ${report} has no rows`);
  return { from: first, to: last, by: by ?? usual };
}
