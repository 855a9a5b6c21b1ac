import { closeSync, copyFileSync, openSync, renameSync, statSync, truncateSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Folder } from './folder.ts';

const maxLogBytes = 2_000_000;
const maxTailBytes = 20_000;
const checkEveryMs = 60_000;

/** Lends `use` the file PostgreSQL writes to; the previous log is kept beside it once it has grown. */
export function withServerLog<T>({ log }: Folder, use: (fd: number) => T): T {
  if (sizeOf(log) > maxLogBytes) renameSync(log, `${log}.1`);
  const fd = openSync(log, 'a', 0o600);
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}

/**
 * Keeps the log of a running server within bounds: copied aside and emptied, since the server holds it open
 * and appends. PostgreSQL's own collector bounds files by time only. The answer ends the watch.
 */
export function boundServerLog({ log }: Folder): () => void {
  const timer = setInterval(() => {
    if (sizeOf(log) <= maxLogBytes) return;
    copyFileSync(log, `${log}.1`);
    truncateSync(log);
  }, checkEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** What the server wrote after the first `from` bytes of its log, at most its last 20 kB. */
export async function logSince({ log }: Folder, from: number): Promise<string> {
  const text = await readFile(log).catch(() => Buffer.alloc(0));
  const start = from > text.length ? 0 : from; // it was set aside meanwhile
  return text.subarray(start).subarray(-maxTailBytes).toString();
}

/** Bytes in a file, 0 when there is none. */
export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
