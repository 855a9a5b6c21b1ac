import { multiply, taxesFor, type Province } from '@gigafibre/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  draftCredit,
  leftOf,
  type Creditable,
  type CreditableLine,
  type CreditDraft,
} from './credit-draft.ts';

type Line = { amountCents: bigint; treatment: 'taxable' | 'termination' | 'exempt' | 'outside' };

/** An invoice as it is issued, with nothing credited yet. */
function invoiceOf(lines: readonly Line[], province: Province = 'QC'): Creditable {
  const taxed = taxesFor({ province, on: '2026-11-02', lines });
  return {
    invoiceId: 'INV-00001',
    totalCents: taxed.totalCents,
    creditedCents: 0n,
    lines: lines.map((line, index) => ({
      line: index + 1,
      quantity: 1,
      unitPriceCents: line.amountCents,
      amountCents: line.amountCents,
      netCents: taxed.lines[index]?.netCents ?? 0n,
      taxTreatment: line.treatment,
      group: province,
      creditedAmountCents: 0n,
      creditedNetCents: 0n,
    })),
    taxes: taxed.taxes.map((tax, index) => ({
      ...tax,
      line: index + 1,
      group: province,
      creditedBaseCents: 0n,
      creditedTaxCents: 0n,
    })),
  };
}

/** The same invoice once a note of it was issued. */
const after = (of: Creditable, note: CreditDraft): Creditable => ({
  ...of,
  creditedCents: of.creditedCents + note.totalCents,
  lines: of.lines.map((line) => {
    const own = note.lines.find((one) => one.of.line === line.line);
    return {
      ...line,
      creditedAmountCents: line.creditedAmountCents + (own?.amountCents ?? 0n),
      creditedNetCents: line.creditedNetCents + (own?.netCents ?? 0n),
    };
  }),
  taxes: of.taxes.map((tax) => {
    const own = note.taxes.find((one) => one.of.line === tax.line);
    return {
      ...tax,
      creditedBaseCents: tax.creditedBaseCents + (own?.baseCents ?? 0n),
      creditedTaxCents: tax.creditedTaxCents + (own?.taxCents ?? 0n),
    };
  }),
});

const taxable = (amountCents: bigint): Line => ({ amountCents, treatment: 'taxable' });

test('a full credit is the exact mirror: 69.95 takes back 3.50 and 6.98, 60.00 takes back 3.00 and 5.99', () => {
  for (const [base, gst, qst] of [
    [6_995n, 350n, 698n],
    [6_000n, 300n, 599n],
    [10n, 1n, 1n],
    [3n, 0n, 0n],
  ] as const) {
    const note = draftCredit(invoiceOf([taxable(base)]), 'all');
    expect([note.kind, ...note.taxes.map(({ taxCents }) => taxCents), note.totalCents]).toEqual([
      'full',
      gst,
      qst,
      base + gst + qst,
    ]);
  }
});

test('a part follows the same rule with its own base: 25.00 of 69.95 takes back 1.25 and 2.49', () => {
  const note = draftCredit(invoiceOf([taxable(6_995n)]), [{ line: 1, amountCents: 2_500n }]);
  expect(note).toMatchObject({ kind: 'partial', subtotalCents: 2_500n, taxCents: 125n + 249n });
});

test('ten dimes taken back one by one give back five cents of GST, not ten', () => {
  let of = invoiceOf([taxable(100n)]);
  const gst: bigint[] = [];
  for (let piece = 0; piece < 10; piece += 1) {
    const note = draftCredit(of, [{ line: 1, amountCents: 10n }]);
    gst.push(note.taxes[0]?.taxCents ?? -1n);
    of = after(of, note);
  }
  expect(gst).toEqual([1n, 1n, 1n, 1n, 1n, 0n, 0n, 0n, 0n, 0n]);
  expect(of.creditedCents).toBe(of.totalCents);
});

test('an indemnity gives back the taxes it contains; its parts together give back all of it', () => {
  const of = invoiceOf([{ amountCents: 5_000n, treatment: 'termination' }]);
  const half = draftCredit(of, [{ line: 1, amountCents: 2_500n }]);
  expect([half.taxes.map(({ taxCents }) => taxCents), half.totalCents]).toEqual([[119n, 227n], 2_500n]);
  const rest = draftCredit(after(of, half), 'all');
  expect([rest.kind, half.taxCents + rest.taxCents, half.totalCents + rest.totalCents]).toEqual([
    'full',
    238n + 454n,
    5_000n,
  ]);
});

test('a discount is taken back with its line, and nobody gets back more than was paid', () => {
  const of = invoiceOf([taxable(10_000n), taxable(-2_000n)]);
  expect(draftCredit(of, 'all').totalCents).toBe(of.totalCents);
  expect(() => draftCredit(of, [{ line: 1 }])).toThrow('credit_above_left');
  expect(() => draftCredit(of, [{ line: 2 }])).toThrow('nothing_to_credit');
  expect(() => draftCredit(of, [{ line: 2, amountCents: 500n }])).toThrow('credit_above_left');
  const most = draftCredit(of, [{ line: 1, amountCents: 8_000n }]);
  expect(most.totalCents).toBe(of.totalCents);
  expect(() => draftCredit(after(of, most), 'all')).toThrow('invoice_credited');
});

test('what makes no sense is refused by name', () => {
  const of = invoiceOf([taxable(6_995n), taxable(500n)]);
  const refused = (chosen: Parameters<typeof draftCredit>[1]) => () => draftCredit(of, chosen);
  expect(refused([{ line: 3 }])).toThrow('credit_line_unknown');
  expect(refused([{ line: 1 }, { line: 1 }])).toThrow('credit_line_twice');
  expect(refused([{ line: 1, quantity: 1, amountCents: 1n }])).toThrow('credit_amount_or_quantity');
  expect(refused([{ line: 1, quantity: 2 }])).toThrow('credit_above_left');
  expect(refused([{ line: 1, amountCents: 6_996n }])).toThrow('credit_above_left');
  expect(refused([{ line: 1, amountCents: -1n }])).toThrow('credit_above_left');
  expect(refused([{ line: 1, amountCents: 0n }])).toThrow('credit_above_left');
  expect(() => draftCredit(invoiceOf([taxable(0n)]), 'all')).toThrow('nothing_to_credit');
});

const anyLine = fc.record({
  amountCents: fc.bigInt(-3_000n, 12_000n),
  treatment: fc.constantFrom(
    'taxable' as const,
    'taxable' as const,
    'termination' as const,
    'exempt' as const,
  ),
});
const anyPiece = fc.record({ line: fc.nat(5), share: fc.integer({ min: 1, max: 100 }) });

test('any credits of any invoice: never more than it says of any line or tax, and together exactly the invoice', () => {
  fc.assert(
    fc.property(
      fc.array(anyLine, { minLength: 1, maxLength: 5 }),
      fc.constantFrom<Province>('QC', 'ON', 'AB'),
      fc.array(fc.array(anyPiece, { minLength: 1, maxLength: 3 }), { maxLength: 8 }),
      (lines, province, notes) => {
        let of = invoiceOf(lines, province);
        fc.pre(of.totalCents > 0n);
        for (const pieces of notes) {
          const chosen = [...new Map(pieces.map((piece) => [piece.line, piece])).values()].flatMap(
            (piece) => {
              const line = of.lines[piece.line];
              return line ? [{ line: line.line, amountCents: shareOf(line, piece.share) }] : [];
            },
          );
          try {
            of = after(of, draftCredit(of, chosen));
          } catch (error) {
            expect(String(error)).toMatch(/credit_above_left|nothing_to_credit|invoice_credited/);
          }
          neverTooMuch(of);
        }
        if (of.creditedCents < of.totalCents) of = after(of, draftCredit(of, 'all'));
        neverTooMuch(of);
        expect(of.creditedCents).toBe(of.totalCents);
        expect(of.taxes.map((tax) => tax.creditedTaxCents)).toEqual(of.taxes.map((tax) => tax.taxCents));
      },
    ),
    { numRuns: 2_000 },
  );
});

const shareOf = (line: CreditableLine, share: number): bigint =>
  multiply(leftOf(line), { num: BigInt(share), den: 100n });

function neverTooMuch(of: Creditable): void {
  expect(of.creditedCents <= of.totalCents).toBe(true);
  for (const { taxCents, creditedTaxCents } of of.taxes)
    expect(
      creditedTaxCents >= 0n ? creditedTaxCents <= taxCents || taxCents < 0n : creditedTaxCents >= taxCents,
    ).toBe(true);
  for (const { amountCents, creditedAmountCents } of of.lines)
    expect(
      amountCents >= 0n
        ? creditedAmountCents >= 0n && creditedAmountCents <= amountCents
        : creditedAmountCents <= 0n && creditedAmountCents >= amountCents,
    ).toBe(true);
}
