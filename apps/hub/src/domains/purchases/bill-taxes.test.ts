import { gstNumber, qstNumber } from '@gigafibre/contract';
import { multiply } from '@gigafibre/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { billTaxes, taxesOnPaper, taxTolerance, type BoughtLine } from './bill-taxes.ts';

const billedOn = '2026-11-02';
const both = (...amounts: bigint[]): BoughtLine[] =>
  amounts.map((netCents) => ({ netCents, tax: 'both' as const }));
const untold = { gstCents: null, qstCents: null };

test.each<[string, BoughtLine[], bigint, bigint]>([
  ['one line', both(10_000n), 500n, 998n],
  ['six small lines, added before they are taxed', both(995n, 995n, 995n, 995n, 995n, 995n), 299n, 596n],
  ['a credit', both(-6_000n), -300n, -599n],
  ['a supplier who collects no QST', [{ netCents: 10_000n, tax: 'gst' }], 500n, 0n],
  ['an untaxed line beside', [...both(10_000n), { netCents: 5_000n, tax: 'none' }], 500n, 998n],
])('each tax is on the sum of the lines that carry it: %s', (_, lines, gstCents, qstCents) => {
  expect(billTaxes({ billedOn, lines })).toEqual({ gstCents, qstCents });
  expect(taxesOnPaper({ billedOn, lines }, untold)).toEqual({ gstCents, qstCents });
});

const someLines = fc.array(
  fc.record({
    netCents: fc.bigInt(-500_000n, 500_000n),
    tax: fc.constantFrom<BoughtLine['tax']>('both', 'gst', 'none'),
  }),
  { minLength: 1, maxLength: 40 },
);

test('a supplier who rounds line by line is always within reach of the rules, and keeps its cents', () => {
  fc.assert(
    fc.property(someLines, (lines) => {
      const perLine = (num: bigint, den: bigint, kinds: readonly string[]) =>
        lines
          .filter(({ tax }) => kinds.includes(tax))
          .reduce((sum, { netCents }) => sum + multiply(netCents, { num, den }), 0n);
      const printed = {
        gstCents: perLine(5n, 100n, ['both', 'gst']),
        qstCents: perLine(9_975n, 100_000n, ['both']),
      };
      expect(taxesOnPaper({ billedOn, lines }, printed)).toEqual(printed);
    }),
  );
});

test('a tax further from the rules than a few cents is refused, whatever the bill; one at the edge is not', () => {
  fc.assert(
    fc.property(someLines, fc.boolean(), fc.boolean(), (lines, above, ofGst) => {
      const rules = billTaxes({ billedOn, lines });
      const edge = taxTolerance(lines, ofGst ? 'GST' : 'QST') * (above ? 1n : -1n);
      const beyond = edge + (above ? 1n : -1n);
      const printed = (apart: bigint) =>
        ofGst
          ? { gstCents: rules.gstCents + apart, qstCents: null }
          : { gstCents: null, qstCents: rules.qstCents + apart };
      expect(() => taxesOnPaper({ billedOn, lines }, printed(edge))).not.toThrow();
      expect(() => taxesOnPaper({ billedOn, lines }, printed(beyond))).toThrow('supplier_bill_tax');
    }),
  );
});

test('a credit mirrors its bill, and a day without a known rate is refused rather than untaxed', () => {
  fc.assert(
    fc.property(someLines, (lines) => {
      const taxes = billTaxes({ billedOn, lines });
      const mirrored = lines.map((line) => ({ ...line, netCents: -line.netCents }));
      expect(billTaxes({ billedOn, lines: mirrored })).toEqual({
        gstCents: -taxes.gstCents,
        qstCents: -taxes.qstCents,
      });
    }),
  );
  expect(() => billTaxes({ billedOn: '2013-03-31', lines: both(1n) })).toThrow('No tax rate is known');
});

test('registration numbers are kept one way, however they are typed, and a mistyped one is refused', () => {
  expect(gstNumber.parse(' 123456782rt 0001')).toBe('123456782 RT0001');
  expect(qstNumber.parse('1234567890TQ0001')).toBe('1234567890 TQ0001');
  for (const wrong of ['123456789 RT0001', '12345678 RT0001', '123456782', ''])
    expect(gstNumber.safeParse(wrong).success, wrong).toBe(false);
  expect(qstNumber.safeParse('123456789 TQ0001').success).toBe(false);
});
