import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { verifyLedger } from '../../../apps/hub/src/domains/ledger/index.ts';
import { handClock } from '../../../apps/hub/src/platform/clock.ts';
import { openEmptyCompany } from '../demo/empty-company.ts';
import { addServices } from './many-services.ts';
import { playRun, type Part, type Played } from './play-run.ts';
import { between, processorTime } from './processor-time.ts';
import { writeSameRows } from './same-rows.ts';

/** As many services as the overview names. */
const SERVICES = 21_876;
/** The first run gives the second something to compare with; the second is measured. */
const MONTHS = ['2026-11-01', '2026-12-01'] as const;
const PEER_TIMES = 3;
const EXTRAPOLATED = 1_000_000;
/** A run keeps nothing from one page to the next: it must fit into this, whatever its size. */
const HEAP_MIB = 192;
const MIB = 1_048_576;

type Measured = Readonly<{
  run: Played;
  /** The same rows written by the server alone, the median. */
  peer: Part;
  verifyMs: number;
  entries: number;
}>;

/**
 * Preview and issue of a monthly run over many services, beside the same rows written by the server alone; of several
 * sizes also what each further invoice costs.
 */
export async function runsReport({ sizes }: { sizes: readonly number[] }): Promise<string> {
  setFlagsFromString(`--max-old-space-size=${HEAP_MIB}`);
  const all: Measured[] = [];
  for (const size of sizes.length > 0 ? sizes : [SERVICES]) all.push(await measured(size));
  const ordered = all.toSorted((one, other) => one.run.invoices - other.run.invoices);
  return [...ordered.map(table), growth(ordered)].join('\n\n');
}

async function measured(size: number): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'gigafibre-bench-'));
  const clock = handClock(new Date(`${MONTHS[0]}T12:00:00Z`));
  const company = await openEmptyCompany(folder, clock);
  try {
    const used = await processorTime(company.pool);
    await addServices(company.pool, size);
    await playRun(company.ground, { through: MONTHS[0], used });
    clock.set(new Date(`${MONTHS[1]}T12:00:00Z`));
    // A month has passed: the server has looked at its tables since.
    await company.pool.query('vacuum analyze');
    const run = await playRun(company.ground, { through: MONTHS[1], used });
    const peers: Part[] = [];
    for (let times = 0; times < PEER_TIMES; times += 1) {
      const before = await used();
      const ms = await writeSameRows(company.pool, run.id);
      peers.push({ ms, ...between(before, await used()) });
    }
    const started = performance.now();
    const books = await verifyLedger(company.ground);
    const verifyMs = performance.now() - started;
    if (books.differences.length > 0) throw new Error('the books disagree with themselves');
    return { run, peer: median(peers), verifyMs, entries: Number(books.entries) };
  } finally {
    await company.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function median(parts: readonly Part[]): Part {
  const middle = parts.toSorted((a, b) => a.ms - b.ms)[Math.floor(parts.length / 2)];
  if (!middle) throw new Error('nothing was measured');
  return middle;
}

function table({ run, peer, verifyMs, entries }: Measured): string {
  const rows = [
    ['computed and compared', run.count],
    ['issued', run.issue],
    ['the same rows by INSERT … SELECT, with the same checks and triggers', peer],
  ] as const;
  const each = (ms: number): string => (ms / run.invoices).toFixed(2);
  return [
    `${run.invoices} invoices; ${(run.bytes / MIB).toFixed(0)} MiB at most in this process, whose heap may grow to ${HEAP_MIB}; books of ${entries} entries verified from zero in ${(verifyMs / 1_000).toFixed(1)} s.`,
    '',
    '| | s | ms an invoice | of INSERT … SELECT | ms of this process | ms of the server |',
    '|---|--:|--:|--:|--:|--:|',
    ...rows.map(
      ([name, { ms, clientMs, serverMs }]) =>
        `| ${name} | ${(ms / 1_000).toFixed(1)} | ${each(ms)} | ${(ms / peer.ms).toFixed(1)} × | ${each(clientMs)} | ${each(serverMs)} |`,
    ),
  ].join('\n');
}

const wholeMs = ({ run }: Measured): number => run.count.ms + run.issue.ms;

/** What each further invoice costs between two sizes, and what that makes of a million. */
function growth(all: readonly Measured[]): string {
  const steps = all.slice(1).flatMap((larger, index) => {
    const smaller = all[index];
    if (!smaller || larger.run.invoices === smaller.run.invoices) return [];
    const more = larger.run.invoices - smaller.run.invoices;
    return [{ smaller, larger, ms: (wholeMs(larger) - wholeMs(smaller)) / more }];
  });
  const largest = all.at(-1);
  if (!largest) throw new Error('nothing was measured');
  const { invoices } = largest.run;
  // The steepest slope: a cost that grows is not flattered by what was cheap before.
  const slope = steps.length === 0 ? wholeMs(largest) / invoices : Math.max(...steps.map(({ ms }) => ms));
  const minutes = (wholeMs(largest) + slope * (EXTRAPOLATED - invoices)) / 60_000;
  const peak = Math.max(...all.map(({ run }) => run.bytes)) / MIB;
  return [
    ...steps.map(
      ({ smaller, larger, ms }) =>
        `From ${smaller.run.invoices} to ${larger.run.invoices} each further invoice takes ${ms.toFixed(2)} ms, computed and issued (${(wholeMs(smaller) / smaller.run.invoices).toFixed(2)} before).`,
    ),
    `So ${EXTRAPOLATED} services take ${minutes.toFixed(0)} min, in ${peak.toFixed(0)} MiB as far as measured.`,
  ].join('\n');
}
