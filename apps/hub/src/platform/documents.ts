import type { FileAnswer, Operation, ParsedOf } from '@gigafibre/contract';
import { SYSTEM, type Reading } from './acting.ts';
import type { Clock } from './clock.ts';
import type { Db } from './db/connect.ts';

/** An operation that gives a document, and the function that makes it: the same bytes however it is asked for. */
export type DocumentSource = Readonly<{
  operation: Operation;
  make: (reading: Reading, input: never) => Promise<FileAnswer>;
}>;

/** Makes the document an operation gives at `path`; undefined when no source is listed for it. Refuses as the operation does. */
export type Documents = (path: string) => Promise<FileAnswer | undefined>;

/** Declares that `make` makes the document which `operation` gives. */
export const gives = <Op extends Operation>(
  operation: Op,
  make: (reading: Reading, input: ParsedOf<Op>) => Promise<FileAnswer>,
): DocumentSource => ({ operation, make });

/** Puts the sources behind one door, so that a domain may enclose documents of domains it does not know. */
export function openDocuments(
  { db, clock }: { db: Db; clock: Clock },
  sources: readonly DocumentSource[],
): Documents {
  return async (path) => {
    for (const { operation, make } of sources) {
      const named = parametersIn(operation.path, path);
      if (named === undefined) continue;
      // Parsed by the operation's own schema, which is what `make` was typed with.
      const input = operation.input.parse(named) as never;
      return make({ db, by: SYSTEM, now: clock.now() }, input);
    }
    return undefined;
  };
}

/** `/api/invoices/{id}/pdf` against `/api/invoices/INV-1/pdf` gives `{ id: 'INV-1' }`; undefined when they differ. */
function parametersIn(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const named: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined && part !== given[at]) return undefined;
    if (name !== undefined) named[name] = decodeURIComponent(given[at] ?? '');
  }
  return named;
}
