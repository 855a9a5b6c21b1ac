import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parsedJson, recordOf, type JsonRecord } from '@gigafibre/outside/wire';

/** Raised when what is written changes shape; an older file is then begun anew. */
const VERSION = 1;

/** What a world remembers from one run to the next. */
export type StateFile = {
  /** What was kept, by part; empty when there is nothing, or nothing readable. */
  readonly kept: JsonRecord;
  /** Keeps the world as it is now, before this returns. */
  keep(state: Readonly<Record<string, unknown>>): void;
};

/** Opens the file, or a memory of nothing when no path is given. */
export function openStateFile(path: string | undefined): StateFile {
  if (path === undefined) return { kept: {}, keep: () => {} };
  mkdirSync(dirname(path), { recursive: true });
  const read = recordOf(parsedJson(textOf(path)));
  return {
    kept: read['version'] === VERSION ? read : {},
    keep: (state) => {
      // Written whole beside it and moved into place: a stop in the middle leaves the one before.
      writeFileSync(`${path}.new`, JSON.stringify({ version: VERSION, ...state }));
      renameSync(`${path}.new`, path);
    },
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not there yet: the first run.
    return '';
  }
}
