import { sumCents, taxesFor } from '@gigafibre/money';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  allocationEntry,
  balancesByAccount,
  balancesByCustomer,
  creditNoteEntry,
  invoiceEntry,
  paymentEntry,
  payoutEntry,
  recognitionEntry,
  refundEntry,
  reverse,
  writeOffEntry,
  writeOffRecoveryEntry,
} from './index.ts';
import type { BilledLine, Entry } from './index.ts';

const date = '2026-11-21';
const customerId = 'C-00001';
const internet: BilledLine = { account: '4010', netCents: 6995n, inAdvance: true };
const taxes = [
  { tax: 'GST', taxCents: 350n },
  { tax: 'QST', taxCents: 698n },
] as const;
const invoice = { date, id: 'INV-00001', customerId, memo: 'November', lines: [internet], taxes };
const payment = {
  date,
  id: 'PAY-00001',
  customerId,
  memo: 'Card',
  into: '1050',
  amountCents: 8043n,
} as const;

/** An entry as people write it: positive is Dr, negative is Cr. */
function sides(entry: Entry | undefined): Record<string, bigint> {
  return Object.fromEntries(entry ? balancesByAccount([entry]) : []);
}

test('69.95 billed in advance is owed with its taxes and waits in deferred revenue', () => {
  expect(sides(invoiceEntry(invoice))).toEqual({ 1100: 8043n, 2200: -6995n, 2100: -350n, 2110: -698n });
});

test('what is not billed in advance is revenue at once, each family in its account, discounts against theirs', () => {
  const lines: BilledLine[] = [
    { account: '4060', netCents: 10_000n, inAdvance: false },
    { account: '4900', netCents: -2000n, inAdvance: false },
    { account: '2120', netCents: 52n, inAdvance: false },
  ];
  expect(sides(invoiceEntry({ ...invoice, lines, taxes: [] }))).toEqual({
    1100: 8052n,
    4060: -10_000n,
    4900: 2000n,
    2120: -52n,
  });
});

test('an Ontario invoice owes HST', () => {
  const posted = invoiceEntry({ ...invoice, taxes: [{ tax: 'HST', taxCents: 909n }] });
  expect(sides(posted)).toEqual({ 1100: 7904n, 2200: -6995n, 2105: -909n });
});

test('a free invoice has no entry', () => {
  const lines = [internet, { ...internet, netCents: -6995n }];
  expect(invoiceEntry({ ...invoice, lines, taxes: [] })).toBeUndefined();
});

test('only the receivable names the customer', () => {
  const named = invoiceEntry(invoice)?.postings.filter((posting) => posting.customerId === customerId);
  expect(named?.map((posting) => posting.account)).toEqual(['1100']);
});

test('the days that pass turn deferred revenue into revenue', () => {
  const parts = [
    { account: '4010', amountCents: 233n },
    { account: '4900', amountCents: -33n },
  ] as const;
  expect(sides(recognitionEntry({ date, id: 'REC-1', memo: '', parts }))).toEqual({
    2200: 200n,
    4010: -233n,
    4900: 33n,
  });
  expect(recognitionEntry({ date, id: 'REC-1', memo: '', parts: [] })).toBeUndefined();
});

test('a Stripe charge waits in transit until the payout, less fees', () => {
  expect(sides(paymentEntry({ ...payment, appliedCents: 8043n }))).toEqual({ 1050: 8043n, 1100: -8043n });
  const payout = { date, id: 'po_1', memo: '', clearing: '1050', grossCents: 8043n, feeCents: 263n } as const;
  expect(sides(payoutEntry(payout))).toEqual({ 1010: 7780n, 6200: 263n, 1050: -8043n });
});

test('what a payment does not settle waits as a credit, and is put against an invoice later', () => {
  expect(sides(paymentEntry({ ...payment, appliedCents: 5000n }))).toEqual({
    1050: 8043n,
    1100: -5000n,
    2210: -3043n,
  });
  const allocation = { date, id: 'ALL-1', customerId, memo: '', amountCents: 3043n };
  expect(sides(allocationEntry(allocation))).toEqual({ 2210: 3043n, 1100: -3043n });
});

test('cash rounding is its own line: 80.45 pays 80.43', () => {
  const cash = {
    ...payment,
    into: '1010',
    amountCents: 8045n,
    roundingCents: 2n,
    appliedCents: 8043n,
  } as const;
  expect(sides(paymentEntry(cash))).toEqual({ 1010: 8045n, 1100: -8043n, 6310: -2n });
  const less = { ...cash, amountCents: 8040n, roundingCents: -2n, appliedCents: 8042n };
  expect(sides(paymentEntry(less))).toEqual({ 1010: 8040n, 1100: -8042n, 6310: 2n });
});

test('a returned debit makes the customer owe again', () => {
  const debit = paymentEntry({ ...payment, into: '1055', appliedCents: 8043n });
  const document = { kind: 'payment_reversal', id: 'PAY-00001R' } as const;
  const returned = reverse(debit, { date: '2026-11-25', document, memo: '901' });
  expect(sides(returned)).toEqual({ 1100: 8043n, 1055: -8043n });
  expect(returned.date).toBe('2026-11-25');
});

test('a credit note mirrors the invoice; what settles nothing is a credit', () => {
  expect(sides(creditNoteEntry({ ...invoice, appliedCents: 8043n }))).toEqual({
    1100: -8043n,
    2200: 6995n,
    2100: 350n,
    2110: 698n,
  });
  expect(sides(creditNoteEntry({ ...invoice, appliedCents: 43n }))).toMatchObject({
    1100: -43n,
    2210: -8000n,
  });
});

test('a refund pays back the credit first, then what was settled is owed again', () => {
  const refund = { date, id: 'REF-1', customerId, memo: '', from: '1050', amountCents: 8043n } as const;
  expect(sides(refundEntry({ ...refund, fromCreditCents: 3043n }))).toEqual({
    1050: -8043n,
    1100: 5000n,
    2210: 3043n,
  });
});

test('a write-off of 80.43 is a loss of 69.95 and claims the taxes back', () => {
  const writeOff = { date, id: 'WO-1', customerId, memo: '', netCents: 6995n, taxes };
  expect(sides(writeOffEntry(writeOff))).toEqual({ 6300: 6995n, 2100: 350n, 2110: 698n, 1100: -8043n });
});

test('a debt that was given up is owed again with its taxes when the customer pays after all', () => {
  const recovery = { date, id: 'WR-1', customerId, memo: '', netCents: 6995n, taxes };
  expect(sides(writeOffRecoveryEntry(recovery))).toEqual({
    1100: 8043n,
    6300: -6995n,
    2100: -350n,
    2110: -698n,
  });
  // One cent left of an invoice: both taxes of it round up, the loss is the other way.
  const cent = { ...recovery, netCents: -1n, taxes: taxes.map(({ tax }) => ({ tax, taxCents: 1n })) };
  expect(sides(writeOffEntry(cent))).toEqual({ 1100: -1n, 6300: -1n, 2100: 1n, 2110: 1n });
});

test('amounts that make no sense are refused', () => {
  expect(() => paymentEntry({ ...payment, appliedCents: 8044n })).toThrow(/8044 cents is not a part of 8043/);
  expect(() => paymentEntry({ ...payment, appliedCents: -1n })).toThrow(RangeError);
  expect(() => paymentEntry({ ...payment, amountCents: 0n, appliedCents: 0n })).toThrow(RangeError);
  expect(() => creditNoteEntry({ ...invoice, appliedCents: 8044n })).toThrow(RangeError);
  expect(() => allocationEntry({ ...payment, amountCents: -1n })).toThrow(RangeError);
  expect(() => refundEntry({ ...payment, from: '1050', fromCreditCents: 8044n })).toThrow(RangeError);
  expect(() => payoutEntry({ ...payment, clearing: '1050', grossCents: 1n, feeCents: 2n })).toThrow(
    RangeError,
  );
  expect(() => writeOffEntry({ ...invoice, netCents: -1048n })).toThrow(RangeError);
  expect(() => writeOffRecoveryEntry({ ...invoice, netCents: -1049n })).toThrow(RangeError);
});

const cents = fc.bigInt(1n, 100_000n);
const lines = fc.array(
  fc.record({
    account: fc.constantFrom('4010' as const, '4030' as const, '4060' as const, '4900' as const),
    netCents: fc.bigInt(-20_000n, 100_000n),
    inAdvance: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

/** An invoice or payment of any content, a part of whatever it leaves, refunds, write-offs and reversals. */
const anyEntry = fc
  .record({
    kind: fc.constantFrom('invoice', 'credit', 'payment', 'allocation', 'refund', 'write_off', 'reversed'),
    customerId: fc.constantFrom('C-1', 'C-2', 'C-3'),
    lines,
    amountCents: cents,
    part: fc.bigInt(0n, 100n),
  })
  .map(({ kind, lines, amountCents, part, customerId }): Entry | undefined => {
    const document = { date, id: 'DOC-1', memo: '', customerId };
    const taxed = taxesFor({
      province: 'QC',
      on: date,
      lines: lines.map(({ netCents }) => ({ amountCents: netCents, treatment: 'taxable' })),
    });
    const billed = { ...document, lines, taxes: taxed.taxes };
    const partCents = (amountCents * part) / 100n;
    const received = { ...document, into: '1050', amountCents, appliedCents: partCents } as const;
    if (kind === 'invoice') return invoiceEntry(billed);
    if (kind === 'credit') {
      return taxed.totalCents < 0n
        ? undefined
        : creditNoteEntry({ ...billed, appliedCents: (taxed.totalCents * part) / 100n });
    }
    if (kind === 'payment') return paymentEntry(received);
    if (kind === 'allocation') return allocationEntry({ ...document, amountCents });
    if (kind === 'refund')
      return refundEntry({ ...document, from: '1050', amountCents, fromCreditCents: partCents });
    if (kind === 'write_off') {
      const lostCents = amountCents + sumCents(taxed.taxes.map(({ taxCents }) => taxCents));
      const lost = { ...billed, netCents: amountCents };
      return lostCents <= 0n ? undefined : part < 50n ? writeOffEntry(lost) : writeOffRecoveryEntry(lost);
    }
    const reversal = { date, document: { kind: 'payment_reversal', id: 'R-1' }, memo: '' } as const;
    return reverse(paymentEntry(received), reversal);
  });

test('after any sequence of documents the books balance and the customers add up to the control accounts', () => {
  fc.assert(
    fc.property(fc.array(anyEntry, { maxLength: 40 }), (made) => {
      const entries = made.filter((entry) => entry !== undefined);
      const accounts = balancesByAccount(entries);
      expect(sumCents(accounts.values())).toBe(0n);
      const control = (accounts.get('1100') ?? 0n) + (accounts.get('2210') ?? 0n);
      expect(sumCents(balancesByCustomer(entries).values())).toBe(control);
    }),
  );
});

test('an invoice owes exactly the total of its taxed lines', () => {
  fc.assert(
    fc.property(lines, (some) => {
      const taxed = taxesFor({
        province: 'QC',
        on: date,
        lines: some.map(({ netCents }) => ({ amountCents: netCents, treatment: 'taxable' })),
      });
      const posted = invoiceEntry({ ...invoice, lines: some, taxes: taxed.taxes });
      expect(sides(posted)['1100'] ?? 0n).toBe(taxed.totalCents);
    }),
  );
});
