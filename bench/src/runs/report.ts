import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { verifyLedger } from '../../../apps/hub/src/domains/ledger/index.ts';
import { handClock } from '../../../apps/hub/src/platform/clock.ts';
import { openEmptyCompany } from '../demo/empty-company.ts';
import { addServices } from './many-services.ts';
import { playRun, type Played } from './play-run.ts';
import { writeSameRows } from './same-rows.ts';

/** As many services as the overview names. */
const SERVICES = 21_876;
/** The first run gives the second something to compare with; the second is measured. */
const MONTHS = ['2026-11-01', '2026-12-01'] as const;
const PEER_TIMES = 3;
const EXTRAPOLATED = 1_000_000;
/** A run keeps nothing from one batch to the next: it must fit into this, whatever its size. */
const HEAP_MIB = 256;

/** Preview and issue of a monthly run over many services, beside the same rows written by the server alone. */
export async function runsReport({ customers }: { customers: number | undefined }): Promise<string> {
  setFlagsFromString(`--max-old-space-size=${HEAP_MIB}`);
  const folder = await mkdtemp(join(tmpdir(), 'gigafibre-bench-'));
  const clock = handClock(new Date(`${MONTHS[0]}T12:00:00Z`));
  const company = await openEmptyCompany(folder, clock);
  try {
    await addServices(company.pool, customers ?? SERVICES);
    await playRun(company.ground, MONTHS[0]);
    clock.set(new Date(`${MONTHS[1]}T12:00:00Z`));
    // A month has passed: the server has looked at its tables since.
    await company.pool.query('vacuum analyze');
    const run = await playRun(company.ground, MONTHS[1]);
    const peerMs: number[] = [];
    for (let times = 0; times < PEER_TIMES; times += 1)
      peerMs.push(await writeSameRows(company.pool, run.id));
    const started = performance.now();
    const books = await verifyLedger(company.ground);
    const verifyMs = performance.now() - started;
    if (books.differences.length > 0) throw new Error('the books disagree with themselves');
    return table({ run, peerMs, verifyMs, entries: Number(books.entries) });
  } finally {
    await company.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type Measured = Readonly<{ run: Played; peerMs: readonly number[]; verifyMs: number; entries: number }>;

function table({ run, peerMs, verifyMs, entries }: Measured): string {
  const peer = peerMs.toSorted((a, b) => a - b)[Math.floor(peerMs.length / 2)] ?? 0;
  const rows = [
    ['computed and compared', run.countMs],
    ['issued', run.issueMs],
    ['the same rows by INSERT … SELECT, with the same checks and triggers', peer],
  ] as const;
  const minutes = ((run.countMs + run.issueMs) / run.invoices) * (EXTRAPOLATED / 60_000);
  return [
    `${run.invoices} invoices; ${(run.bytes / 1_048_576).toFixed(0)} MiB at most in this process, whose heap may grow to ${HEAP_MIB}; books of ${entries} entries verified from zero in ${(verifyMs / 1_000).toFixed(1)} s.`,
    `At this cost ${EXTRAPOLATED} services take ${minutes.toFixed(0)} min.`,
    '',
    '| | s | ms an invoice | of INSERT … SELECT |',
    '|---|--:|--:|--:|',
    ...rows.map(
      ([name, ms]) =>
        `| ${name} | ${(ms / 1_000).toFixed(1)} | ${(ms / run.invoices).toFixed(2)} | ${(ms / peer).toFixed(1)} × |`,
    ),
  ].join('\n');
}
