import { readdir, readFile } from 'node:fs/promises';

/** One process as Linux shows it. PSS counts a page shared by n processes as an nth for each. */
export type Running = Readonly<{
  pid: number;
  command: string;
  cpuMs: number;
  rssBytes: number;
  pssBytes: number;
}>;

/** Linux counts processor time in hundredths of a second, on every machine. */
const TICK_MS = 10;
const KIB = 1_024;

/** A process and everything below it; nothing on systems without /proc. What ends meanwhile is left out. */
export async function processTree(root: number): Promise<Running[]> {
  const entries = await readdir('/proc').catch(() => []);
  const stats = await Promise.all(entries.filter((entry) => /^\d+$/.test(entry)).map(readStat));
  const children = Map.groupBy(
    stats.filter((stat) => stat !== undefined),
    ({ parent }) => parent,
  );
  const below = (pid: number): Stat[] =>
    (children.get(pid) ?? []).flatMap((child) => [child, ...below(child.pid)]);
  const self = stats.find((stat) => stat?.pid === root);
  return Promise.all((self ? [self, ...below(root)] : []).map(withMemory));
}

type Stat = Readonly<{ pid: number; parent: number; cpuMs: number }>;

async function readStat(entry: string): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // The name stands in brackets and may hold anything; what follows are numbers in a fixed order.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  // Its own time and that of the children it has waited for.
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + field, 0);
  return { pid: Number(entry), parent: fields[1] ?? 0, cpuMs: ticks * TICK_MS };
}

async function withMemory({ pid, cpuMs }: Stat): Promise<Running> {
  const [command, rollup] = await Promise.all([
    readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
    readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => ''),
  ]);
  const bytesOf = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0) * KIB;
  return {
    pid,
    cpuMs,
    command: command.replaceAll('\0', ' ').trim(),
    rssBytes: bytesOf('Rss'),
    pssBytes: bytesOf('Pss'),
  };
}
