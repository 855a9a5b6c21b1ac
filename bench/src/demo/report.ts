import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  SIZES,
  writeHistory,
  type HistorySize,
} from '../../../apps/hub/src/imports/demo/history/write-history.ts';
import { bareCopies, dumpGrown, rowCounts, type Dumped } from './bare-copies.ts';
import { openEmptyCompany } from './empty-company.ts';

/** The last day of the history: the same rows whenever it is measured. */
const ENDS_ON = '2026-11-01';

/**
 * How fast the demo's history is written, beside the same rows as finished text copied by the server itself, into
 * tables without anything and into tables with their indexes: a table in Markdown. `customers` makes it smaller.
 */
export async function demoReport({ customers }: { customers: number | undefined }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gigafibre-demo-'));
  const company = await openEmptyCompany(folder);
  try {
    const { pool } = company;
    const before = await rowCounts(pool);
    await pool.query('checkpoint');
    const started = performance.now();
    const written = await writeHistory(pool, { size: sizeFor(customers), endsOn: ENDS_ON });
    const history = { rows: written.rows, ms: performance.now() - started };
    const dumped = await dumpGrown(pool, { before, folder: join(folder, 'postgres') });
    const indexed = await bareCopies(pool, dumped, 'indexed');
    const bare = await bareCopies(pool, dumped, 'bare');
    return table(dumped, [
      ['demo history, made and checked', history],
      ['raw COPY, tables with their indexes', indexed],
      ['raw COPY, bare tables', bare],
    ]);
  } finally {
    await company.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The full company, or one as much smaller as it has fewer customers. */
function sizeFor(customers: number = SIZES.full.customers): HistorySize {
  const part = (of: number): number => Math.round((of * customers) / SIZES.full.customers);
  const { sites, spareLocations, subscriptions, daysOfEvents } = SIZES.full;
  return {
    customers,
    sites: part(sites),
    spareLocations: part(spareLocations),
    subscriptions: part(subscriptions),
    daysOfEvents,
  };
}

type Rate = Readonly<{ rows: number; ms: number }>;

function table(dumped: readonly Dumped[], rates: readonly (readonly [string, Rate])[]): string {
  const perSecond = ({ rows, ms }: Rate): number => (rows * 1_000) / ms;
  const own = rates[0]?.[1];
  const lines = rates.map(([name, rate]) => [
    name,
    String(rate.rows),
    (rate.ms / 1_000).toFixed(1),
    String(Math.round(perSecond(rate) / 1_000) * 1_000),
    own ? `${(perSecond(rate) / perSecond(own)).toFixed(1)} ×` : '',
  ]);
  const bytes = dumped.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    `${dumped.length} tables, ${(bytes / 1_000_000).toFixed(0)} MB as text.`,
    '',
    '| | rows | s | rows/s | of the history’s rate |',
    '|---|--:|--:|--:|--:|',
    ...lines.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}
