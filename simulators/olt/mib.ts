import type { SnmpAnswerLine, SnmpAnswerValue, SnmpRequest } from './snmp-message.ts';

/** Everything an agent knows, in the order of the identifiers. */
export type Mib = readonly SnmpAnswerLine[];

/** More lines than this do not fit a packet; real agents cut bulk answers as well. */
const MAX_LINES = 60;

/** The lines in the order agents give them: number by number, never as text. */
export function sortedMib(lines: readonly SnmpAnswerLine[]): Mib {
  return [...lines].sort((a, b) => compareOids(a.oid, b.oid));
}

/** The lines that answer a question. */
export function answerLines(mib: Mib, request: SnmpRequest): readonly SnmpAnswerLine[] {
  switch (request.kind) {
    case 'get':
      return request.oids.map((oid) => ({ oid, value: valueAt(mib, oid) }));
    case 'get_next':
      return request.oids.map((oid) => nextAfter(mib, oid));
    case 'get_bulk':
      return bulkLines(mib, request);
    case 'set':
      return request.oids.map((oid) => ({ oid, value: { is: 'null' } }));
  }
}

function bulkLines(mib: Mib, { oids, nonRepeaters, maxRepetitions }: SnmpRequest): readonly SnmpAnswerLine[] {
  const lines = oids.slice(0, nonRepeaters).map((oid) => nextAfter(mib, oid));
  let from = oids.slice(nonRepeaters);
  for (let repetition = 0; repetition < maxRepetitions && lines.length < MAX_LINES; repetition += 1) {
    const row = from.map((oid) => nextAfter(mib, oid));
    lines.push(...row);
    if (row.every(({ value }) => value.is === 'end_of_mib')) break;
    from = row.map(({ oid }) => oid);
  }
  return lines.slice(0, MAX_LINES);
}

function valueAt(mib: Mib, oid: readonly number[]): SnmpAnswerValue {
  const line = mib[firstAtOrAfter(mib, oid)];
  return line !== undefined && compareOids(line.oid, oid) === 0 ? line.value : { is: 'no_such_instance' };
}

function nextAfter(mib: Mib, oid: readonly number[]): SnmpAnswerLine {
  const at = firstAtOrAfter(mib, oid);
  const line = mib[at];
  const found = line !== undefined && compareOids(line.oid, oid) === 0 ? mib[at + 1] : line;
  return found ?? { oid, value: { is: 'end_of_mib' } };
}

function firstAtOrAfter(mib: Mib, oid: readonly number[]): number {
  let low = 0;
  let high = mib.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const line = mib[middle];
    if (line !== undefined && compareOids(line.oid, oid) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compareOids(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
