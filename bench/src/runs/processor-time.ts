import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { processTree } from '../start/process-tree.ts';

/** Processor time used until now, in milliseconds: of this process, and of the database server where /proc tells it. */
export type ProcessorTime = Readonly<{ clientMs: number; serverMs: number }>;

/** How to ask for the processor time of this process and of the server that `pool` speaks to, on this machine. */
export async function processorTime(pool: pg.Pool): Promise<() => Promise<ProcessorTime>> {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  // The server is the parent of every backend, and remembers the time of those that have ended.
  const stat = await readFile(`/proc/${rows[0]?.pid}/stat`, 'utf8').catch(() => '');
  const server = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
  return async () => {
    const { user, system } = process.cpuUsage();
    const processes = server > 0 ? await processTree(server) : [];
    return {
      clientMs: (user + system) / 1_000,
      serverMs: processes.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    };
  };
}

/** What was used between two moments. */
export const between = (before: ProcessorTime, after: ProcessorTime): ProcessorTime => ({
  clientMs: after.clientMs - before.clientMs,
  serverMs: after.serverMs - before.serverMs,
});
