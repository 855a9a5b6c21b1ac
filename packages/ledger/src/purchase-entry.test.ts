import { sumCents } from '@gigafibre/money';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  balancesByAccount,
  PURCHASE_ACCOUNTS,
  supplierBillEntry,
  supplierBillReversalEntry,
  supplierPaymentEntry,
  supplierPaymentReversalEntry,
  type Bought,
} from './index.ts';

const bill: Bought = {
  date: '2026-11-21',
  id: 'SB-10001',
  memo: 'Transit',
  lines: [{ account: '5010', netCents: 100_000n }],
  taxes: [
    { tax: 'GST', taxCents: 5_000n },
    { tax: 'QST', taxCents: 9_975n },
  ],
};
const sides = (...entries: Parameters<typeof balancesByAccount>) =>
  Object.fromEntries(balancesByAccount(...entries));

test('a bill is an expense, two taxes to claim, and a debt; a payment settles the debt out of the bank', () => {
  const entry = supplierBillEntry(bill);
  expect(sides([entry])).toEqual({ 5010: 100_000n, 1350: 5_000n, 1355: 9_975n, 2010: -114_975n });
  const paid = supplierPaymentEntry({ ...bill, id: 'SP-10001', amountCents: 114_975n });
  expect(paid && sides([paid])).toEqual({ 2010: 114_975n, 1010: -114_975n });
});

test('a purchase stands on an expense, a stock or plant, never on salaries, bad debts, rounding or a tax', () => {
  expect(PURCHASE_ACCOUNTS).toContain('5010');
  expect(PURCHASE_ACCOUNTS).toContain('1200');
  for (const never of ['1010', '1100', '1350', '2010', '4010', '6010', '6300', '6310'])
    expect(PURCHASE_ACCOUNTS).not.toContain(never);
});

const amount = fc.bigInt(-1_000_000n, 1_000_000n);
const someBill = fc
  .record({
    lines: fc.array(fc.record({ account: fc.constantFrom(...PURCHASE_ACCOUNTS), netCents: amount }), {
      minLength: 1,
      maxLength: 12,
    }),
    gst: amount,
    qst: amount,
  })
  .map(({ lines, gst, qst }): Bought => ({
    ...bill,
    lines,
    taxes: [
      { tax: 'GST', taxCents: gst },
      { tax: 'QST', taxCents: qst },
    ],
  }))
  .filter(({ lines, taxes }) =>
    Boolean(sumCents([...lines.map((line) => line.netCents), ...taxes.map((tax) => tax.taxCents)])),
  );

test('whatever a bill or a credit says, its entry balances, owes its total, and is undone by its reversal', () => {
  fc.assert(
    fc.property(someBill, (some) => {
      const total = sumCents([
        ...some.lines.map(({ netCents }) => netCents),
        ...some.taxes.map(({ taxCents }) => taxCents),
      ]);
      const [posted, undone] = [supplierBillEntry(some), supplierBillReversalEntry(some)];
      expect(sides([posted])[2010]).toBe(-total);
      expect(Object.values(sides([posted, undone])).filter((cents) => cents !== 0n)).toEqual([]);
    }),
  );
});

test('credits that cover the bills move no money, and what is taken back is as it was', () => {
  expect(supplierPaymentEntry({ ...bill, amountCents: 0n })).toBeUndefined();
  expect(supplierPaymentReversalEntry({ ...bill, amountCents: 0n })).toBeUndefined();
  const back = supplierPaymentReversalEntry({ ...bill, amountCents: -500n });
  expect(back && sides([back])).toEqual({ 2010: 500n, 1010: -500n });
});
