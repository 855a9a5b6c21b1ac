import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerLines, sortedMib } from './mib.ts';
import { readRequest, type SnmpAnswerLine, type SnmpRequest } from './snmp-message.ts';

const oids = fc.uniqueArray(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 2, maxLength: 6 }), {
  minLength: 1,
  maxLength: 60,
  selector: (oid) => oid.join('.'),
});

function ask(kind: SnmpRequest['kind'], oid: readonly number[], maxRepetitions = 0): SnmpRequest {
  return { community: 'public', kind, id: 1, nonRepeaters: 0, maxRepetitions, oids: [oid] };
}

function mibOf(all: readonly (readonly number[])[]) {
  return sortedMib(
    all.map((oid): SnmpAnswerLine => ({ oid: [1, 3, ...oid], value: { is: 'integer', value: 1 } })),
  );
}

test('going from next to next gives every line once, in the order of numbers, then the end', () => {
  fc.assert(
    fc.property(oids, (all) => {
      const mib = mibOf(all);
      const visited: string[] = [];
      let at: readonly number[] = [1];
      for (let step = 0; step <= all.length; step += 1) {
        const [line] = answerLines(mib, ask('get_next', at));
        if (line === undefined || line.value.is === 'end_of_mib') break;
        visited.push(line.oid.join('.'));
        at = line.oid;
      }
      expect(visited).toEqual(mib.map(({ oid }) => oid.join('.')));
      expect(answerLines(mib, ask('get_next', at))).toMatchObject([{ value: { is: 'end_of_mib' } }]);
    }),
  );
});

test('asking in bulk gives what asking one by one gives', () => {
  fc.assert(
    fc.property(oids, fc.integer({ min: 1, max: 20 }), (all, repetitions) => {
      const mib = mibOf(all);
      const bulk = answerLines(mib, ask('get_bulk', [1], repetitions)).filter(
        ({ value }) => value.is !== 'end_of_mib',
      );
      expect(bulk).toEqual(mib.slice(0, repetitions));
    }),
  );
});

test('a packet of another version, or of nothing, is no question', () => {
  expect(readRequest(Buffer.from('302902010004067075626c6963', 'hex'))).toBeNull();
  expect(readRequest(Buffer.alloc(0))).toBeNull();
});
