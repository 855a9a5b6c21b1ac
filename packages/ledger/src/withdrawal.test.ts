import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  balancesByAccount,
  paymentEntry,
  refundEntry,
  reinstatementEntry,
  releaseEntry,
  returnEntry,
} from './index.ts';

const of = { date: '2026-11-21', customerId: 'C-00001', memo: 'Essai' };

test('a payment that is returned, and comes back, leaves the whole as a credit of the customer', () => {
  const amounts = fc
    .bigInt({ min: 1n, max: 1_000_000n })
    .chain((amountCents) =>
      fc.bigInt({ min: 0n, max: amountCents }).map((appliedCents) => ({ amountCents, appliedCents })),
    );
  fc.assert(
    fc.property(amounts, ({ amountCents, appliedCents }) => {
      const fromCreditCents = amountCents - appliedCents;
      const paid = paymentEntry({ ...of, id: 'PAY-1', into: '1050', amountCents, appliedCents });
      const gone = returnEntry({ ...of, id: 'DSP-1', from: '1050', amountCents, fromCreditCents });
      expect([...balancesByAccount([paid, gone]).values()].every((cents) => cents === 0n)).toBe(true);
      const back = reinstatementEntry({ ...of, id: 'DSP-1/back', into: '1050', amountCents });
      expect(balancesByAccount([paid, gone, back]).get('2210')).toBe(-amountCents);
    }),
  );
});

test('a cash refund is rounded, and the difference is in the books', () => {
  const entry = refundEntry({
    ...of,
    id: 'REF-1',
    from: '1010',
    amountCents: 8_043n,
    fromCreditCents: 0n,
    roundingCents: 2n,
  });
  expect(Object.fromEntries(balancesByAccount([entry]))).toEqual({
    '1010': -8_045n,
    '1100': 8_043n,
    '6310': 2n,
  });
});

test('a refund to the account moves no money', () => {
  const entry = releaseEntry({ ...of, id: 'REF-2', amountCents: 500n });
  expect(Object.fromEntries(balancesByAccount([entry]))).toEqual({ '1100': 500n, '2210': -500n });
});
