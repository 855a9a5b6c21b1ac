import { newCustomer, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { balanceOf } from '../ledger/index.ts';
import { receivePayment } from '../payments/index.ts';
import { issueCreditNote, issueInvoice } from './index.ts';
import { statementDocument, statementOf } from './statement.ts';

const account = async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const bill = (amountCents: bigint, on: string) =>
    hub.act((tx) =>
      issueInvoice(tx, {
        customerId,
        on,
        reason: 'test',
        lines: [
          {
            kind: 'one_time',
            sku: null,
            description: { fr: 'Travaux', en: 'Work' },
            quantity: 1,
            unitPriceCents: amountCents,
            amountCents,
            taxTreatment: 'outside',
            revenueAccount: '4060',
            locationId: null,
          },
        ],
      }),
    );
  await bill(10_000n, '2026-10-15');
  const november = await bill(5_000n, '2026-11-02');
  await hub.act((tx) =>
    receivePayment(tx, { customerId, method: 'card', amountCents: 16_000n, receivedOn: '2026-11-02' }),
  );
  await hub.passDays(10); // 12 November
  await hub.act((tx) => issueCreditNote(tx, { invoiceId: november.id, chosen: 'all', reason: 'x' }));
  await hub.passDays(30); // 12 December
  await bill(2_000n, '2026-12-12');
  await hub.drain();
  return { hub, customerId, november };
};

test('a statement opens with what was owed, lists what moved it, and closes with what is owed', async () => {
  const { hub, customerId, november } = await account();
  const statement = await statementOf(hub, { customerId, from: '2026-11-01', to: '2026-11-30' });
  expect(statement).toMatchObject({
    openingCents: 10_000n,
    debitCents: 5_000n,
    creditCents: 21_000n,
    closingCents: -6_000n,
    movements: [
      { on: '2026-11-02', kind: 'invoice', id: november.id, debitCents: 5_000n, balanceCents: 15_000n },
      { on: '2026-11-02', kind: 'payment', creditCents: 16_000n, balanceCents: -1_000n },
      { on: '2026-11-12', kind: 'credit_note', creditCents: 5_000n, balanceCents: -6_000n },
    ],
  });
  const next = await statementOf(hub, { customerId, from: '2026-12-01', to: '2026-12-31' });
  // What was put against the invoice later moves nothing: it is the same money.
  expect([next.openingCents, next.movements.length, next.closingCents]).toEqual([-6_000n, 1, -4_000n]);
  expect(next.closingCents).toBe(await balanceOf(hub, customerId));
});

test('a customer without movement has a statement of nothing; reversed days and strangers are refused', async () => {
  const { hub, customerId } = await account();
  const quiet = await statementOf(hub, { customerId, from: '2026-09-01', to: '2026-09-30' });
  expect(quiet).toMatchObject({ openingCents: 0n, movements: [], closingCents: 0n });
  await expect(statementOf(hub, { customerId, from: '2026-09-02', to: '2026-09-01' })).rejects.toThrow(
    'dates_reversed',
  );
  await expect(statementOf(hub, { customerId: 'C-1', from: '2026-09-01', to: '2026-09-01' })).rejects.toThrow(
    'not_found',
  );
});

test('the statement as PDF is the same bytes each time, in the language asked', async () => {
  const { hub, customerId } = await account();
  const days = { customerId, from: '2026-11-01', to: '2026-11-30' };
  const first = await statementDocument(hub, days);
  await hub.passDays(400);
  const later = await statementDocument(hub, days);
  expect(Buffer.from(later.bytes).equals(Buffer.from(first.bytes))).toBe(true);
  expect(first.name).toBe(`etat-de-compte-${customerId}-2026-11-01-2026-11-30.pdf`);
  const english = await statementDocument(hub, { ...days, language: 'en' });
  expect(Buffer.from(english.bytes).toString('latin1')).toContain('/Lang (en');
});
