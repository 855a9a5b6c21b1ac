import { z } from 'zod';
import { fileAnswer } from './answers.ts';
import { event } from './event.ts';
import { query } from './operation.ts';
import { cents, civilDate, ids, line, page, pageInput } from './values.ts';

/** What can be looked at, by the address people keep of it. */
export const reportName = z.enum([
  'revenue',
  'taxes',
  'receivables',
  'recurring',
  'retention',
  'sales',
  'payments',
  'deferred',
  'technicians',
]);
export type ReportName = z.infer<typeof reportName>;

/** What the rows of a report are of; each report offers some of them, the first when none is asked. */
export const reportBy = z.enum([
  'month',
  'account',
  'municipality',
  'plan',
  'segment',
  'customer',
  'agent',
  'tax',
  'method',
  'technician',
  'cohort',
]);
export type ReportBy = z.infer<typeof reportBy>;

/** What the rows of each report can be of, the usual one first. */
export const REPORT_BYS = Object.freeze({
  revenue: ['month', 'account', 'municipality', 'plan'],
  taxes: ['tax', 'month'],
  receivables: ['segment', 'customer'],
  recurring: ['month'],
  retention: ['cohort'],
  sales: ['month', 'agent'],
  payments: ['method', 'month'],
  deferred: ['month', 'account'],
  technicians: ['technician'],
} satisfies Readonly<Record<ReportName, readonly ReportBy[]>>);

/** Longest period of one report. */
export const REPORT_MONTHS_MAX = 60;
/** Rows of one report: customers who owe, the largest sums first. */
export const REPORT_ROWS_MAX = 2_000;

const words = z.object({ fr: z.string(), en: z.string() });

/** A column: its words, and what its figures are. `percent` in hundredths, `minutes` whole. */
export const reportColumn = z.object({
  key: z.string(),
  heading: words,
  kind: z.enum(['money', 'count', 'percent', 'minutes']),
  /** A list of its documents can be asked for. */
  opens: z.boolean(),
});
export type ReportColumn = z.infer<typeof reportColumn>;

/** A row, or the totals: figures by the key of their column; what has no meaning in a row is absent. */
const figures = {
  amounts: z.record(z.string(), cents),
  counts: z.record(z.string(), z.int()),
};
export const reportRow = z.object({
  key: z.string(),
  label: words,
  /** Beside the label: a registration number, the number of a customer. */
  note: z.string().nullable(),
  ...figures,
});
export type ReportRow = z.infer<typeof reportRow>;

export const report = z.object({
  report: reportName,
  by: reportBy,
  /** Days looked at, both included. */
  from: civilDate,
  to: civilDate,
  title: words,
  /** What the figures mean, in one or two sentences. */
  meaning: words,
  columns: z.array(reportColumn),
  rows: z.array(reportRow),
  totals: z.object(figures),
  /** The same sums read from the postings of the ledger, figure by figure; empty where the ledger knows nothing of it. */
  ledger: z.array(z.object({ column: z.string(), label: words, reportCents: cents, ledgerCents: cents })),
  /** Said under the report: what is not in it yet. */
  remarks: z.array(words),
});
export type Report = z.infer<typeof report>;

/** A document behind a figure. `kind` says which screen shows it. */
export const reportDocument = z.object({
  kind: z.enum([
    'invoice',
    'credit_note',
    'payment',
    'withdrawal',
    'write_off',
    'write_off_recovery',
    'supplier_bill',
    'subscription',
    'quote',
    'job',
    'customer',
  ]),
  id: z.string(),
  on: civilDate,
  customerId: ids.customer.nullable(),
  customerName: z.string(),
  text: words,
  /** Its share of the figure; null where the figure counts. */
  cents: cents.nullable(),
});
export type ReportDocument = z.infer<typeof reportDocument>;

const asked = {
  report: reportName,
  by: reportBy.optional(),
  /** First and last day; this month and the eleven before it when absent. */
  from: civilDate.optional(),
  to: civilDate.optional(),
};

export const reportsOperations = {
  readReport: query({
    name: 'reports.readReport',
    path: '/api/reports/{report}',
    summary: 'A report of a period, with the same sums as the ledger has them beside its own.',
    allow: 'reports.read',
    input: z.object(asked),
    output: report,
    refusals: ['report_period'],
  }),
  listReportDocuments: query({
    name: 'reports.listReportDocuments',
    path: '/api/reports/{report}/documents',
    summary: 'The documents behind one figure of a report, newest first; they add up to it.',
    allow: 'reports.read',
    input: z.object({
      ...asked,
      ...pageInput,
      /** The key of a row; the whole column when absent. */
      row: line(200).optional(),
      column: z.string().max(40),
    }),
    output: page(reportDocument),
    refusals: ['report_period', 'not_found'],
  }),
  exportReport: query({
    name: 'reports.exportReport',
    path: '/api/reports/{report}/export',
    summary: 'A report as a file for spreadsheets or paper, in the language of the reader.',
    allow: 'reports.read',
    input: z.object({ ...asked, format: z.enum(['csv', 'xlsx', 'pdf']) }),
    output: fileAnswer,
    refusals: ['report_period'],
  }),
  exportJournal: query({
    name: 'reports.exportJournal',
    path: '/api/ledger/journal',
    summary: 'The journal of some days as CSV, one line per posting: debits equal credits.',
    allow: 'reports.read',
    input: z.object({ from: civilDate, to: civilDate }),
    output: fileAnswer,
    refusals: ['report_period'],
  }),
};

export const recognitionEvents = {
  revenueRecognised: event({
    type: 'billing.revenue_recognised',
    subject: 'recognition',
    data: z.object({
      /** Its first day. */
      month: civilDate,
      totalCents: cents,
      lines: z.int(),
    }),
    seenWith: 'reports.read',
    stale: ['reports.readReport', 'ledger.listAccounts', 'ledger.listEntries'],
  }),
};
