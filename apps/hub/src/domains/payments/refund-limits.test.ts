// What a clerk may give back alone is weighed over what was given before: cutting a refund in pieces changes nothing.
import { ROLES } from '@gigafibre/contract';
import { ADMIN, newCustomer, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { receivePayment } from './index.ts';
import { refundPayment } from './refunds/ask-refund.ts';
import { approveRefund, rejectRefund } from './refunds/decide-refund.ts';

test('pieces of one payment, and refunds of one customer by one person in thirty days, are weighed together', async () => {
  const hub = await testHub();
  const clerk = { ...ADMIN, capabilities: new Set(ROLES.billing) };
  const other = { ...clerk, id: 'ST-201', name: 'Autre' };
  const manager = { ...ADMIN, id: 'ST-200', name: 'Chef' };
  const [customerId, stranger] = [await newCustomer(hub), await newCustomer(hub)];
  const paid = async (of: string) =>
    (
      await hub.act((tx) =>
        receivePayment(tx, {
          customerId: of,
          method: 'cheque',
          amountCents: 100_000n,
          receivedOn: '2026-11-02',
        }),
      )
    )?.id ?? '';
  const payments = [await paid(customerId), await paid(customerId), await paid(customerId)];
  const give = async (place: number | string, amountCents: bigint, by = clerk) =>
    hub.act(
      (tx) =>
        refundPayment(tx, {
          paymentId: typeof place === 'number' ? (payments[place] ?? '') : place,
          amountCents,
          destination: 'cheque',
          reason: 'mistake',
          note: '',
          reference: null,
        }),
      by,
    );
  expect((await give(0, 12_000n)).state).toBe('succeeded');
  const second = await give(0, 8_001n);
  expect(second.state).toBe('awaiting_approval');
  // What waits was not given; what was turned down neither.
  await hub.act((tx) => rejectRefund(tx, { id: second.id, note: 'non' }), manager);
  expect((await give(0, 8_000n)).state).toBe('succeeded');
  // Of the same payment by somebody else, and of another payment of the same customer by the same person.
  expect((await give(0, 1n, other)).state).toBe('awaiting_approval');
  const elsewhere = await give(1, 1n);
  expect(elsewhere.state).toBe('awaiting_approval');
  expect((await give(1, 20_000n, other)).state).toBe('succeeded');
  expect((await give(await paid(stranger), 20_000n)).state).toBe('succeeded');
  // What a second person approved is not held against who asked, but for the same payment.
  await hub.act((tx) => approveRefund(tx, { id: elsewhere.id }), manager);
  await hub.passDays(31);
  expect((await give(2, 20_000n)).state).toBe('succeeded');
  expect((await give(1, 1n)).state).toBe('awaiting_approval');
});
