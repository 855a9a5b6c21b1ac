import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  candidatesFor,
  CERTAIN,
  certainOf,
  isNumberedBy,
  numbersIn,
  type Incoming,
  type Payer,
} from './match-line.ts';

const zoe: Payer = {
  id: 'C-10001',
  name: 'Zoé Tremblay',
  legacy: '48213',
  balanceCents: 8_043n,
  open: [{ id: 'INV-10007', outstandingCents: 8_043n }],
  byHand: [],
};
const luc: Payer = { ...zoe, id: 'C-10002', name: 'Luc Gagnon', legacy: '48214', open: [] };
const line = (over: Partial<Incoming> = {}): Incoming => ({
  description: 'PAIEMENT DE FACTURE',
  reference: null,
  amountCents: 8_043n,
  ...over,
});
const certain = (of: Incoming, payers: readonly Payer[]) => certainOf(candidatesFor(of, payers))?.customerId;

test('a number with the amount or the name is certain; a number, a name or an amount alone is not', () => {
  expect(certain(line({ reference: 'C-10001' }), [zoe, luc])).toBe('C-10001');
  expect(certain(line({ reference: '0000048213' }), [zoe, luc])).toBe('C-10001');
  expect(certain(line({ description: 'Dépôt INV-10007' }), [zoe])).toBe('C-10001');
  expect(certain(line({ reference: '10001', description: 'TREMBLAY ZOE', amountCents: 5n }), [zoe])).toBe(
    'C-10001',
  );
  expect(certain(line({ reference: 'C-10001', amountCents: 5_000n }), [zoe])).toBeUndefined();
  expect(certain(line({ description: 'VIREMENT INTERAC ZOE TREMBLAY' }), [zoe])).toBeUndefined();
  expect(certain(line(), [zoe])).toBeUndefined();
  const [likely] = candidatesFor(line({ description: 'VIREMENT INTERAC ZOE TREMBLAY' }), [zoe, luc]);
  expect(likely).toMatchObject({
    customerId: 'C-10001',
    invoiceId: 'INV-10007',
    reasons: ['name', 'invoice_amount'],
  });
});

test('two customers named, or one already recorded by hand, wait for a person', () => {
  expect(certain(line({ reference: 'C-10001 C-10002' }), [zoe, luc])).toBeUndefined();
  const kept = { ...zoe, byHand: [{ id: 'PAY-10001', amountCents: 8_043n }] };
  expect(certain(line({ reference: 'C-10001' }), [kept])).toBeUndefined();
  expect(candidatesFor(line({ reference: 'C-10001' }), [kept])[0]?.paymentId).toBe('PAY-10001');
});

test('digits in a description are anybody’s until the name says whose; a cheque’s number is no customer’s', () => {
  const cheque = line({ description: 'DEPOT CHEQUE NO 10001' });
  expect(certain(cheque, [zoe])).toBeUndefined();
  expect(candidatesFor(cheque, [zoe])[0]).toMatchObject({ customerId: 'C-10001' });
  expect(certain(line({ description: 'VIREMENT 48213' }), [zoe])).toBeUndefined();
  expect(certain(line({ description: 'DEPOT CHÈQUE', reference: '10001' }), [zoe])).toBeUndefined();
  expect(certain(line({ description: 'CHQ 10001 ZOE TREMBLAY' }), [zoe])).toBe('C-10001');
  expect(certain(line({ description: 'VIREMENT C-10001' }), [zoe])).toBe('C-10001');
  // Somebody else's digits beside a number make people look.
  expect(certain(line({ description: 'C-10001 48214' }), [zoe, luc])).toBeUndefined();
});

test('a line that bears a customer’s number or an invoice’s is no file of ours', () => {
  expect(isNumberedBy(line({ reference: '10001' }), [zoe])).toBe(true);
  expect(isNumberedBy(line({ description: 'DPA INV-10007' }), [zoe])).toBe(true);
  expect(isNumberedBy(line({ description: 'DPA GIGAFIBRE 10001' }), [zoe])).toBe(false);
});

test('numbers are found as people and banks write them, and dates are not customers', () => {
  expect(numbersIn({ reference: 'C10001', description: 'facture inv 10007' })).toEqual(
    expect.arrayContaining(['C-10001', 'INV-10007']),
  );
  expect(numbersIn({ reference: 'INV-00042', description: 'C 10001' })).toEqual(
    expect.arrayContaining(['INV-00042']),
  );
  expect(numbersIn({ reference: null, description: 'le 18-11 à 9 h' })).toEqual([]);
});

test('whatever a bank writes, only a customer whose number it bears is certain', () => {
  const words = fc.array(
    fc.constantFrom('C-10001', '10001', '48214', 'ZOE', 'TREMBLAY', 'LUC', 'GAGNON', 'INV-10007', 'X'),
    {
      maxLength: 6,
    },
  );
  fc.assert(
    fc.property(words, fc.constantFrom(8_043n, 5n), (said, amountCents) => {
      const of = line({ description: said.join(' '), amountCents });
      const all = candidatesFor(of, [zoe, luc]);
      const sure = certainOf(all);
      if (sure === undefined) return;
      expect(sure.confidence).toBeGreaterThanOrEqual(CERTAIN);
      const numbers = sure.customerId === 'C-10001' ? ['C-10001', '10001', 'INV-10007'] : ['48214'];
      expect(said.some((word) => numbers.includes(word))).toBe(true);
      const others = sure.customerId === 'C-10001' ? ['48214'] : ['C-10001', '10001', 'INV-10007'];
      expect(said.some((word) => others.includes(word))).toBe(false);
    }),
    { numRuns: 500 },
  );
});
