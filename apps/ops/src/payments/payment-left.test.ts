import { expect, test } from 'vitest';
import { paymentLeft, refundEffect } from './payment-left.ts';

test('what was rounded on cash or left already can not leave again', () => {
  expect(paymentLeft({ amountCents: 10_000n, roundingCents: 2n, withdrawnCents: 2_500n })).toBe(7_498n);
});

test('a refund takes what is on no invoice first; put on the account, it all comes off invoices', () => {
  const payment = { creditCents: 3_000n };
  expect(refundEffect(payment, { amountCents: 2_000n, toAccount: false })).toEqual({
    fromCreditCents: 2_000n,
    offInvoicesCents: 0n,
  });
  expect(refundEffect(payment, { amountCents: 5_000n, toAccount: false })).toEqual({
    fromCreditCents: 3_000n,
    offInvoicesCents: 2_000n,
  });
  expect(refundEffect(payment, { amountCents: 5_000n, toAccount: true })).toEqual({
    fromCreditCents: 0n,
    offInvoicesCents: 5_000n,
  });
});
