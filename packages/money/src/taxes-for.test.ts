import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sumCents, taxesFor, TAX_RATES } from './index.ts';
import type { Province, TaxableLine, TaxedDocument, TaxTreatment } from './index.ts';

const on = '2026-11-21';

function taxable(...amounts: bigint[]): TaxableLine[] {
  return amounts.map((amountCents) => ({ amountCents, treatment: 'taxable' }));
}

function figures(document: TaxedDocument): bigint[] {
  return [...document.taxes.map((row) => row.taxCents), document.totalCents];
}

test.each([
  [3n, 0n, 0n, 3n, 'below half a cent'],
  [10n, 1n, 1n, 12n, 'GST exactly half a cent'],
  [1010n, 51n, 101n, 1162n, 'not rounded to even'],
  [2070n, 104n, 206n, 2380n, 'a float would give 1.03'],
  [5000n, 250n, 499n, 5749n, ''],
  [5995n, 300n, 598n, 6893n, ''],
  [6000n, 300n, 599n, 6899n, 'QST exactly half a cent'],
  [6495n, 325n, 648n, 7468n, ''],
  [6995n, 350n, 698n, 8043n, 'QST does not apply to the GST'],
  [7995n, 400n, 798n, 9193n, ''],
  [8995n, 450n, 897n, 10_342n, ''],
  [10_000n, 500n, 998n, 11_498n, 'Revenu Québec example'],
  [11_995n, 600n, 1197n, 13_792n, 'two roundings, not one of 14.975 %'],
  [14_000n, 700n, 1397n, 16_097n, 'a float would give 13.96'],
  [49_999n, 2500n, 4987n, 57_486n, ''],
  [100_000n, 5000n, 9975n, 114_975n, ''],
  [-6000n, -300n, -599n, -6899n, 'credit mirrors invoice'],
  [-6995n, -350n, -698n, -8043n, 'credit mirrors invoice'],
])('Quebec taxes on %s cents are %s and %s, total %s %s', (base, gst, qst, total) => {
  const document = taxesFor({ province: 'QC', on, lines: taxable(base) });
  expect(figures(document)).toEqual([gst, qst, total]);
  expect(document.taxes.map((row) => [row.tax, row.baseCents])).toEqual([
    ['GST', base],
    ['QST', base],
  ]);
});

test.each([
  [
    [6995n, 500n, 1995n],
    [475n, 947n, 10_912n],
  ],
  [
    [6495n, 1000n, 2495n, 495n],
    [524n, 1046n, 12_055n],
  ],
  [
    [5995n, 1495n, 995n, -1000n],
    [374n, 747n, 8606n],
  ],
  [
    [995n, 995n, 995n, 995n, 995n, 995n],
    [299n, 596n, 6865n],
  ],
  [Array.from({ length: 10 }, () => 495n), [248n, 494n, 5692n]],
])('tax is computed on the sum of the lines %s, not line by line', (lines, expected) => {
  const document = taxesFor({ province: 'QC', on, lines: taxable(...lines) });
  expect(figures(document)).toEqual(expected);
});

test('the 9-1-1 tax passed on is part of the price of the telephone', () => {
  const document = taxesFor({ province: 'QC', on, lines: taxable(2000n, 52n) });
  expect([document.subtotalCents, ...figures(document)]).toEqual([2052n, 103n, 205n, 2360n]);
});

test.each<[Province, string, bigint]>([
  ['ON', on, 909n],
  ['NS', '2025-04-01', 979n],
  ['NS', '2025-03-31', 1049n],
  ['NB', on, 1049n],
  ['NL', '2016-06-30', 909n],
  ['PE', '2016-09-30', 979n],
  ['PE', '2016-10-01', 1049n],
  ['BC', on, 350n],
])('a service in %s taxed on %s carries %s cents on 69.95', (province, day, cents) => {
  const document = taxesFor({ province, on: day, lines: taxable(6995n) });
  expect(document.taxes.map((row) => row.taxCents)).toEqual([cents]);
});

test('a day without a known rate is refused rather than taxed at zero', () => {
  expect(() => taxesFor({ province: 'QC', on: '2012-12-31', lines: taxable(1n) })).toThrow(
    /QC on 2012-12-31/,
  );
});

test('every province has one regime per day: no gap and no overlap', () => {
  const provinces = [...new Set(TAX_RATES.flatMap((row) => row.provinces))];
  expect(provinces).toHaveLength(13);
  for (const province of provinces) {
    for (const day of [
      '2013-04-01',
      '2016-06-30',
      '2016-07-01',
      '2016-10-01',
      '2025-03-31',
      '2025-04-01',
      '2099-01-01',
    ]) {
      const taxes = taxesFor({ province, on: day, lines: [] }).taxes.map((row) => row.tax);
      expect(taxes).toEqual(province === 'QC' ? ['GST', 'QST'] : [expect.stringMatching(/GST|HST/)]);
    }
  }
});

test('a future rate is a row that starts on its day', () => {
  const gst = { tax: 'GST', provinces: ['QC'], rate: { num: 6n, den: 100n }, from: '2027-01-01' } as const;
  const rates = [...TAX_RATES.map((row) => (row.tax === 'GST' ? { ...row, to: '2026-12-31' } : row)), gst];
  const taxOn = (day: string) =>
    figures(taxesFor({ province: 'QC', on: day, rates, lines: taxable(10_000n) }));
  expect(taxOn('2026-12-31')).toEqual([500n, 998n, 11_498n]);
  expect(taxOn('2027-01-01').toSorted()).toEqual([11_598n, 600n, 998n].toSorted());
});

test('interest and deposits are outside, exempt supplies are untaxed, both are in the total', () => {
  const lines: TaxableLine[] = [
    { amountCents: 6995n, treatment: 'taxable' },
    { amountCents: 1234n, treatment: 'outside' },
    { amountCents: 1000n, treatment: 'exempt' },
  ];
  const document = taxesFor({ province: 'QC', on, lines });
  expect(figures(document)).toEqual([350n, 698n, 10_277n]);
  expect(document.taxes[0]?.baseCents).toBe(6995n);
  expect(document.lines[1]).toEqual({ netCents: 1234n, taxCents: [0n, 0n] });
});

test('an early-cancellation indemnity contains its taxes: 50.00 holds 2.38 and 4.54', () => {
  const document = taxesFor({
    province: 'QC',
    on,
    lines: [{ amountCents: 5000n, treatment: 'termination' }],
  });
  expect([document.subtotalCents, ...figures(document)]).toEqual([4308n, 238n, 454n, 5000n]);
});

test('a dated exemption lifts its taxes and is named in the result', () => {
  const exemption = {
    id: 'EX-1',
    taxes: ['GST', 'QST'],
    validFrom: '2026-01-01',
    validTo: '2026-11-21',
  } as const;
  const question = { province: 'QC', lines: taxable(6995n), exemptions: [exemption] } as const;
  const relieved = taxesFor({ ...question, on });
  expect(relieved.totalCents).toBe(6995n);
  expect(relieved.reliefs).toEqual([
    { exemptionId: 'EX-1', tax: 'GST', baseCents: 6995n },
    { exemptionId: 'EX-1', tax: 'QST', baseCents: 6995n },
  ]);
  expect(taxesFor({ ...question, on: '2026-11-22' }).totalCents).toBe(8043n);
  expect(taxesFor({ ...question, on: '2025-12-31' }).reliefs).toEqual([]);
});

test('an exemption from one tax leaves the other', () => {
  const exemptions = [{ id: 'EX-2', taxes: ['GST'], validFrom: '2026-01-01' }] as const;
  expect(figures(taxesFor({ province: 'QC', on, lines: taxable(6995n), exemptions }))).toEqual([698n, 7693n]);
});

const treatments: TaxTreatment[] = ['taxable', 'taxable', 'termination', 'exempt', 'outside'];
const someLines = fc.array(
  fc.record({ amountCents: fc.bigInt(-100_000n, 100_000n), treatment: fc.constantFrom(...treatments) }),
  { maxLength: 15 },
);
const somewhere = fc.constantFrom<Province>('QC', 'ON', 'NB', 'AB');

test('the lines add up to the document: net, each tax, and total', () => {
  fc.assert(
    fc.property(someLines, somewhere, (lines, province) => {
      const document = taxesFor({ province, on, lines });
      expect(sumCents(document.lines.map((line) => line.netCents))).toBe(document.subtotalCents);
      document.taxes.forEach((row, index) => {
        expect(sumCents(document.lines.map((line) => line.taxCents[index] ?? 0n))).toBe(row.taxCents);
      });
      const taxCents = sumCents(document.taxes.map((row) => row.taxCents));
      expect(document.totalCents).toBe(document.subtotalCents + taxCents);
    }),
  );
});

test('a credit of the same lines mirrors the invoice, line by line', () => {
  fc.assert(
    fc.property(someLines, somewhere, (lines, province) => {
      const invoice = taxesFor({ province, on, lines });
      const opposite = lines.map((line) => ({ ...line, amountCents: -line.amountCents }));
      const credit = taxesFor({ province, on, lines: opposite });
      expect(credit.totalCents).toBe(-invoice.totalCents);
      expect(credit.lines).toEqual(
        invoice.lines.map((line) => ({
          netCents: -line.netCents,
          taxCents: line.taxCents.map((cents) => -cents),
        })),
      );
    }),
  );
});

test('the order of the lines does not change the taxes of the document', () => {
  fc.assert(
    fc.property(someLines, somewhere, (lines, province) => {
      const forwards = taxesFor({ province, on, lines });
      expect(taxesFor({ province, on, lines: lines.toReversed() }).taxes).toEqual(forwards.taxes);
    }),
  );
});
