import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOnce, type Start } from './start-once.ts';

const COLD_RUNS = 3;
const WARM_RUNS = 5;
/** Starts that found something to build or install are made again, so often. */
const ATTEMPTS_MAX = 3;

/**
 * How long `npm start` takes until it is ready, in a new folder and in one that has its company; the memory of
 * its processes at rest; how long Ctrl-C takes. Medians, with the fastest and the slowest.
 */
export async function startReport(): Promise<string> {
  const rows: string[][] = [];
  const before = loadavg()[0] ?? 0;
  for (const demo of ['none', 'small'] as const) {
    const cold: Start[] = [];
    const warm: Start[] = [];
    for (let run = 0; run < COLD_RUNS; run += 1) {
      const folder = await mkdtemp(join(tmpdir(), 'gigafibre-start-'));
      const data = join(folder, 'data');
      const args = ['--demo', demo, '--data', data];
      try {
        cold.push(await counted(args, () => rm(data, { recursive: true, force: true })));
        const warmRuns = run === COLD_RUNS - 1 ? WARM_RUNS : 0;
        for (let again = 0; again < warmRuns; again += 1) warm.push(await counted(args));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }
    rows.push(row(`first, --demo ${demo}`, cold), row(`later, --demo ${demo}`, warm));
  }
  return [
    `${availableParallelism()} cores; load average ${before.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after.`,
    '',
    '| start | ready s | CPU s | hub MB | its RSS | database MB | its processes | launcher MB | Ctrl-C s |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}

/** A start that had nothing to build or install. */
async function counted(args: readonly string[], forget?: () => Promise<void>): Promise<Start> {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const start = await startOnce(args);
    if (!start.built) return start;
    await forget?.();
  }
  throw new Error('the sources change while starts are measured');
}

const MB = 1_000_000;
const SECOND_MS = 1_000;

function row(name: string, starts: readonly Start[]): string[] {
  const seconds = (of: (start: Start) => number): string =>
    spread(starts.map((start) => of(start) / SECOND_MS));
  const megabytes = (of: (start: Start) => number): string =>
    (median(starts.map((start) => of(start))) / MB).toFixed(0);
  return [
    name,
    seconds(({ readyMs }) => readyMs),
    seconds(({ cpuMs }) => cpuMs),
    megabytes(({ hub }) => hub.pssBytes),
    megabytes(({ hub }) => hub.rssBytes),
    megabytes(({ database }) => database.pssBytes),
    String(median(starts.map(({ database }) => database.processes))),
    megabytes(({ launcher }) => launcher.pssBytes),
    seconds(({ stopMs }) => stopMs),
  ];
}

const spread = (values: readonly number[]): string =>
  `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
