import { REPORT_BYS, type ReportBy, type ReportName } from '@gigafibre/contract';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { recogniseMonth, verifyBilling } from '../../../apps/hub/src/domains/billing/index.ts';
import { SIZES, writeHistory } from '../../../apps/hub/src/imports/demo/history/write-history.ts';
import { SYSTEM, type Reading } from '../../../apps/hub/src/platform/acting.ts';
import { handClock } from '../../../apps/hub/src/platform/clock.ts';
import { transact } from '../../../apps/hub/src/platform/transact.ts';
import { readReport } from '../../../apps/hub/src/views/reports/read-report.ts';
import { openEmptyCompany } from '../demo/empty-company.ts';

/** The last day of the history: the same rows whenever it is measured. */
const ENDS_ON = '2026-11-21';
const PERIOD = { from: '2025-12-01', to: '2026-11-30' } as const;
const TIMES = 7;

/** The sums of a report straight from the records or the postings, by hand, without any sum that is kept. */
const BY_HAND: Readonly<Partial<Record<ReportName, string>>> = {
  revenue: postings(`p.account like '4%' or p.account = '2200'`),
  taxes: postings(`p.account in ('2100', '2105', '2110')`),
  payments: `select method, sum(amount_cents) from payments.payments where received_on between $1 and $2 group by 1`,
  receivables: `select customer_id, sum(total_cents - settled_cents) from billing.invoices
    where issued_on <= $2 and $1::date is not null group by 1`,
  deferred: postings(`p.account = '2200' and $1::date is not null`, `e.on_date <= $2`),
  recurring: `select m, sum(i.price_cents) from generate_series($1::date, $2::date, interval '1 month') m
    join subscriptions.items i on i.starts_on <= m and (i.ends_on is null or i.ends_on >= m) group by 1`,
};

function postings(accounts: string, days = 'e.on_date between $1 and $2'): string {
  return `select date_trunc('month', e.on_date), p.account, sum(p.credit_cents - p.debit_cents)
    from ledger.postings p join ledger.entries e on e.id = p.entry_id where (${accounts}) and ${days} group by 1, 2`;
}

/** Every report of a year of the full company, beside its sums asked by hand: a table in Markdown. */
export async function reportsReport(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gigafibre-reports-'));
  const company = await openEmptyCompany(folder, handClock(new Date(`${ENDS_ON}T16:00:00Z`)));
  try {
    const { pool, ground } = company;
    await writeHistory(pool, { size: SIZES.full, endsOn: ENDS_ON });
    await pool.query('vacuum analyze');
    const started = performance.now();
    let months = 0;
    while (await transact(ground, { by: SYSTEM }, recogniseMonth)) months += 1;
    const recogniseMs = performance.now() - started;
    await pool.query('vacuum analyze');
    if ((await verifyBilling(ground)).length > 0) throw new Error('what is kept is not what its rows make');
    const reading: Reading = { db: ground.db, by: SYSTEM, now: ground.clock.now() };
    const rows: string[] = [];
    for (const [report, bys] of Object.entries(REPORT_BYS) as [ReportName, ReportBy[]][])
      // keys of a literal: exact
      for (const by of bys) rows.push(await measured({ reading, pool }, { report, by }));
    return [
      `${months} months recognised in ${(recogniseMs / 1_000).toFixed(1)} s. Reports of twelve months; medians of ${TIMES}.`,
      '',
      '| report | ms | by hand, ms | ratio |',
      '|---|--:|--:|--:|',
      ...rows,
    ].join('\n');
  } finally {
    await company.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measured(
  { reading, pool }: { reading: Reading; pool: pg.Pool },
  { report, by }: { report: ReportName; by: ReportBy },
): Promise<string> {
  const own = await medianMs(async () => {
    const { ledger } = await readReport(reading, { report, by, ...PERIOD });
    if (ledger.some(({ reportCents, ledgerCents }) => reportCents !== ledgerCents))
      throw new Error(`${report} by ${by} is not what the ledger says`);
  });
  const byHand = BY_HAND[report];
  if (byHand === undefined) return `| ${report}, by ${by} | ${own.toFixed(0)} | | |`;
  const raw = await medianMs(() => pool.query(byHand, [PERIOD.from, PERIOD.to]));
  return `| ${report}, by ${by} | ${own.toFixed(0)} | ${raw.toFixed(0)} | ${(own / raw).toFixed(2)} |`;
}

async function medianMs(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < TIMES; turn += 1) {
    const started = performance.now();
    await run();
    times.push(performance.now() - started);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
