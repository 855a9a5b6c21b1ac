import { sumCents } from '@gigafibre/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  billDifference,
  firstBillCauses,
  isUnexplained,
  type ComparedBill,
  type ComparedLine,
} from './bill-difference.ts';

const line = (over: Partial<ComparedLine> = {}): ComparedLine => ({
  itemId: 'SI-1',
  kind: 'recurring',
  isCharge: false,
  isPart: false,
  isBilledAgain: false,
  isOwnAmount: false,
  nameFr: 'Fibre 500',
  nameEn: 'Fibre 500',
  cents: 7_995n,
  ...over,
});
const bill = (...lines: ComparedLine[]): ComparedBill => ({ lines, rates: 'GST 5 QST 9.975' });
const facts = new Map([['SI-1', { runs: true, monthly: true }]]);
const kinds = (before: ComparedBill, now: ComparedBill, of = facts) =>
  billDifference(before, now, of).map(({ kind, cents }) => [kind, cents]);

test('each cause of a difference is named with its cents', () => {
  expect(kinds(bill(line()), bill(line()))).toEqual([]);
  expect(kinds(bill(line({ isPart: true, cents: 4_000n })), bill(line()))).toEqual([
    ['part_of_cycle', 3_995n],
  ]);
  expect(kinds(bill(line()), bill(line(), line({ itemId: 'SI-2', cents: 500n })))).toEqual([
    ['started', 500n],
  ]);
  const gone = new Map([['SI-1', { runs: false, monthly: true }]]);
  expect(kinds(bill(line()), bill(), gone)).toEqual([['ended', -7_995n]]);
  const yearly = new Map([['SI-1', { runs: true, monthly: false }]]);
  expect(kinds(bill(line()), bill(), yearly)).toEqual([['other_cycle', -7_995n]]);
  const visit = line({ itemId: null, kind: 'one_time', isCharge: true, cents: 6_995n });
  expect(kinds(bill(line()), bill(line(), visit))).toEqual([['one_time', 6_995n]]);
  expect(kinds(bill(line(), visit), bill(line()))).toEqual([['one_time_before', -6_995n]]);
  expect(kinds(bill(line()), bill(line(), line({ isCharge: true, cents: -400n })))).toEqual([
    ['change', -400n],
  ]);
  expect(kinds({ ...bill(line()), rates: 'GST 6' }, bill(line()))).toEqual([['tax_rate', 0n]]);
});

test('a service that runs and is not billed, and a price that moved by itself, wait for a person', () => {
  expect(isUnexplained(billDifference(bill(line()), bill(), facts))).toBe(true);
  expect(isUnexplained(billDifference(bill(line()), bill(line({ cents: 8_995n })), facts))).toBe(true);
  expect(isUnexplained(billDifference(bill(line()), bill(line({ isPart: true, cents: 1n })), facts))).toBe(
    false,
  );
});

test('several cycles of an item at once wait for a person; what is billed again beside a new one does not', () => {
  const several = bill(line(), line(), line());
  expect(kinds(bill(line()), several)).toEqual([['several_cycles', 15_990n]]);
  expect(kinds(several, several)).toEqual([['several_cycles', 0n]]);
  expect(firstBillCauses(bill(line(), line()))).toMatchObject([{ kind: 'several_cycles' }]);
  expect(kinds(bill(line()), bill(line(), line({ isBilledAgain: true })))).toEqual([
    ['part_of_cycle', 7_995n],
  ]);
  // Another billing day cuts a cycle short, and the next one starts in the same run.
  expect(kinds(bill(line()), bill(line({ isPart: true, cents: 3_600n }), line()))).toEqual([
    ['part_of_cycle', 3_600n],
  ]);
});

test('an amount somebody wrote waits for a person when it is more than 30 % of the bill', () => {
  const own = (cents: bigint) =>
    line({ itemId: null, kind: 'one_time', isCharge: true, isOwnAmount: true, cents });
  expect(kinds(bill(line()), bill(line(), own(900_000n)))).toEqual([['own_amount', 900_000n]]);
  expect(kinds(bill(line()), bill(line(), own(2_398n)))).toEqual([['one_time', 2_398n]]);
  expect(kinds(bill(line()), bill(line(), own(1_500n), own(1_500n)))).toEqual([
    ['own_amount', 1_500n],
    ['own_amount', 1_500n],
  ]);
  expect(firstBillCauses(bill(line(), own(900_000n)))).toMatchObject([{ kind: 'own_amount' }]);
  expect(firstBillCauses(bill(line(), own(900n)))).toEqual([]);
});

const anyLine = fc.record({
  itemId: fc.constantFrom('SI-1', 'SI-2', 'SI-3', null),
  kind: fc.constantFrom('recurring', 'one_time'),
  isCharge: fc.boolean(),
  isPart: fc.boolean(),
  isBilledAgain: fc.boolean(),
  isOwnAmount: fc.boolean(),
  nameFr: fc.constant('x'),
  nameEn: fc.constant('x'),
  cents: fc.bigInt(-9_999n, 9_999n),
});

test('the causes add up to the difference, whatever the bills', () => {
  const sum = (lines: readonly ComparedLine[]) => sumCents(lines.map(({ cents }) => cents));
  fc.assert(
    fc.property(fc.array(anyLine), fc.array(anyLine), (before, now) => {
      const causes = billDifference(bill(...before), bill(...now), facts);
      expect(sumCents(causes.map(({ cents }) => cents))).toBe(sum(now) - sum(before));
    }),
  );
});
