import { addMonths } from '@gigafibre/calendar';
import { Refusal, type FileAnswer } from '@gigafibre/contract';
import { sql } from 'kysely';
import type { Reading } from '../../platform/acting.ts';
import { csvOf } from '../csv.ts';
import { decimal } from './report-files.ts';

/** Longest journal of one file. */
const JOURNAL_MONTHS_MAX = 3;
const ROWS_AT_ONCE = 20_000;
/** Far above three months of a company this program is for; a file beyond it would not open. */
const ROWS_MAX = 1_000_000;

type Posting = {
  entry_id: bigint;
  line: number;
  on_date: string;
  document_kind: string;
  document_id: string;
  memo: string;
  account: string;
  name_fr: string;
  name_en: string;
  customer_id: string | null;
  debit_cents: bigint;
  credit_cents: bigint;
};

const HEADINGS = {
  fr: [
    'Écriture',
    'Date',
    'Genre',
    'Document',
    'Libellé',
    'Compte',
    'Nom du compte',
    'Client',
    'Débit',
    'Crédit',
  ],
  en: ['Entry', 'Date', 'Kind', 'Document', 'Memo', 'Account', 'Account name', 'Customer', 'Debit', 'Credit'],
} as const;

/** The journal of some days, one line per posting in the order they were posted. Three months at most. */
export async function exportJournal(
  reading: Reading,
  { from, to }: { from: string; to: string },
): Promise<FileAnswer> {
  if (from > to || addMonths(from, JOURNAL_MONTHS_MAX) <= to)
    throw new Refusal('report_period', { months: JOURNAL_MONTHS_MAX });
  const { language } = reading.by;
  const lines: string[][] = [[...HEADINGS[language]]];
  let after: readonly [bigint, number] = [0n, 0];
  while (lines.length < ROWS_MAX) {
    const rows = await postings(reading, { from, to, after });
    for (const row of rows)
      lines.push([
        row.entry_id.toString(),
        row.on_date,
        row.document_kind,
        row.document_id,
        row.memo,
        row.account,
        language === 'fr' ? row.name_fr : row.name_en,
        row.customer_id ?? '',
        row.debit_cents === 0n ? '' : decimal(row.debit_cents),
        row.credit_cents === 0n ? '' : decimal(row.credit_cents),
      ]);
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) break;
    after = [last.entry_id, last.line];
  }
  return {
    type: 'text/csv',
    name: `journal-${from}-${to}.csv`,
    bytes: csvOf(lines),
  };
}

async function postings(
  { db }: Reading,
  { from, to, after }: { from: string; to: string; after: readonly [bigint, number] },
): Promise<Posting[]> {
  const { rows } = await sql<Posting>`
    select p.entry_id, p.line, e.on_date, e.document_kind, e.document_id, e.memo, p.account, a.name_fr, a.name_en,
           p.customer_id, p.debit_cents, p.credit_cents
      from ledger.entries e join ledger.postings p on p.entry_id = e.id join ledger.accounts a on a.number = p.account
     where e.on_date between ${from}::date and ${to}::date and (p.entry_id, p.line) > (${after[0]}::bigint, ${after[1]})
     order by p.entry_id, p.line limit ${ROWS_AT_ONCE}`.execute(db);
  return rows;
}
