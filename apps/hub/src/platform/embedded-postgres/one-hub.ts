import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StartupProblem } from '../startup-problem.ts';
import type { Folder } from './folder.ts';

const sqliteBusy = 5;

/**
 * Takes the folder for this process alone; the answer gives it back. The lock is one of the operating
 * system's, which even `kill -9` releases, so there is no stale lock to reason about; SQLite is merely the
 * way Node offers to take one. Refused with a StartupProblem when another process has it.
 */
export function takeFolder({ data, lock, holder }: Folder): () => void {
  const database = new DatabaseSync(lock, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    if (!(cause instanceof Error && 'errcode' in cause && cause.errcode === sqliteBusy)) throw cause;
    const by = readFileSync(holder, 'utf8').trim();
    throw new StartupProblem(
      `The data folder ${data} is in use by another Gigafibre${by === '' ? '' : ` (process ${by})`}: stop ` +
        'it, choose another folder with --data DIR, or share one database between processes with DATABASE_URL.',
      { cause },
    );
  }
  writeFileSync(holder, `${process.pid}\n`);
  let held = true;
  return () => {
    if (held) database.close();
    held = false;
  };
}
