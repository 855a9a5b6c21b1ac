// The provider's transfers against the books: the hub and the simulated Stripe, its fees, its payouts.
import { paymentsOperations as op } from '@gigafibre/contract';
import { newCustomer, testWorld, type TestWorld } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { issueInvoice, verifyBilling } from '../billing/index.ts';
import { verifyLedger } from '../ledger/index.ts';
import { verifyPayments } from './index.ts';

const paid = async (world: TestWorld, amountCents: bigint) => {
  const customerId = await newCustomer(world);
  const line = {
    kind: 'one_time',
    sku: null,
    description: { fr: 'Travaux', en: 'Work' },
    quantity: 1,
    unitPriceCents: amountCents,
    amountCents,
    taxTreatment: 'outside',
    revenueAccount: '4060',
    locationId: null,
  } as const;
  await world.act((tx) => issueInvoice(tx, { customerId, on: '2026-11-02', reason: 'test', lines: [line] }));
  const csr = await world.as('csr');
  const { url } = await csr.call(op.checkoutForCustomer, { id: customerId });
  const body = new URLSearchParams({ cardNumber: '4242424242424242', cardExpiry: '12/30', cardCvc: '123' });
  await fetch(url, { method: 'POST', body, redirect: 'manual' });
  await world.settle();
  const { rows } = await csr.call(op.listPayments, { customerId });
  return { id: rows[0]?.id ?? '', ref: rows[0]?.reference ?? '' };
};

test('every cent of a transfer is a payment, a refund, a chargeback or a fee, and the bank gets the rest', async () => {
  const world = await testWorld();
  const [first, second] = [await paid(world, 10_000n), await paid(world, 20_000n)];
  const office = await world.as('billing');
  await office.call(op.refundPayment, { paymentId: first.id, amountCents: 1_000, reason: 'mistake' });
  world.world.stripe.openDispute(second.ref);
  await world.settle();
  await paid(world, 30_000n);
  const ref = world.world.stripe.payOut();
  await world.settle();
  const { payouts, unexplained, clearingCents } = await office.call(op.readReconciliation, {});
  // 2.9 % and 30 cents of each payment, and 15 dollars for the dispute.
  const feeCents = 320n + 610n + 900n + 1_500n;
  expect(payouts).toMatchObject([
    {
      providerRef: ref,
      state: 'paid',
      posted: true,
      grossCents: 39_000n,
      feeCents,
      amountCents: 39_000n - feeCents,
      unexplained: 0,
    },
  ]);
  expect(unexplained).toEqual([]);
  expect(clearingCents).toEqual({ cards: 0n, debits: 0n });
  const { rows } = await world.pool.query(
    `select account, debit_cents - credit_cents as cents from ledger.postings join ledger.entries on id = entry_id
      where document_kind = 'payout' order by account`,
  );
  expect(rows).toEqual([
    { account: '1010', cents: 39_000n - feeCents },
    { account: '1050', cents: -39_000n },
    { account: '6200', cents: feeCents },
  ]);
  world.world.stripe.setWebhookMode('duplicate');
  await paid(world, 5_000n);
  world.world.stripe.payOut();
  await world.settle();
  expect((await office.call(op.readReconciliation, {})).payouts).toHaveLength(2);
  expect((await verifyLedger(world)).differences).toEqual([]);
  expect(await verifyBilling(world)).toEqual([]);
  expect(await verifyPayments(world)).toEqual([]);
});

test('what nobody here knows of is listed, and a payment no transfer brings is awaited', async () => {
  const world = await testWorld();
  const { id } = await paid(world, 10_000n);
  const { stripe } = world.world;
  await fetch(`${stripe.address}/v1/payment_intents`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_1', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'amount=777&currency=cad&payment_method=pm_card_visa&confirm=true',
  });
  await world.settle();
  await world.moveTo(new Date('2026-11-12T15:00:00Z'));
  const office = await world.as('billing');
  expect((await office.call(op.readReconciliation, {})).awaited).toMatchObject([{ paymentId: id }]);
  stripe.payOut();
  await world.settle();
  const { unexplained, awaited, clearingCents } = await office.call(op.readReconciliation, {});
  expect(unexplained).toMatchObject([{ type: 'charge', amountCents: 777n }]);
  expect(awaited).toEqual([]);
  expect(clearingCents.cards).toBe(-777n);
});

test('a transfer no webhook told of is found the next morning, and nobody is asked while none is awaited', async () => {
  const world = await testWorld();
  await paid(world, 10_000n);
  world.world.stripe.setWebhookMode('hold');
  world.world.stripe.payOut();
  await world.settle();
  const posted = async () =>
    (await (await world.as('billing')).call(op.readReconciliation, {})).payouts.map(({ posted: is }) => is);
  expect(await posted()).toEqual([]);
  const morning = (days: number) => world.moveTo(new Date(Date.UTC(2026, 10, 2 + days, 12, 30)));
  await morning(1);
  await world.settle();
  expect(await posted()).toEqual([true]);
  await morning(2);
  await world.settle();
  const looks = await world.pool.query('select on_date from payments.payout_looks');
  expect(looks.rows).toHaveLength(1);
});

test('a transfer that fails after it was paid leaves the bank again, is listed, and comes with the next', async () => {
  const world = await testWorld();
  await paid(world, 10_000n);
  const ref = world.world.stripe.payOut() ?? '';
  await world.settle();
  const bank = async () =>
    (
      await world.pool.query<{ cents: bigint }>(
        `select sum(debit_cents - credit_cents)::bigint as cents from ledger.postings where account = '1010'`,
      )
    ).rows[0]?.cents;
  expect(await bank()).toBe(9_680n);
  world.world.stripe.failPayout(ref);
  await world.settle();
  const office = await world.as('billing');
  const { payouts, clearingCents } = await office.call(op.readReconciliation, {});
  expect(payouts).toMatchObject([{ providerRef: ref, state: 'failed', posted: false, reversed: true }]);
  expect(await bank()).toBe(0n);
  expect(clearingCents).toEqual({ cards: 9_680n, debits: 0n });
  // Told again, it is not taken back again; sent again, it is in the bank and explained.
  world.world.stripe.setWebhookMode('duplicate');
  const next = world.world.stripe.payOut();
  await world.settle();
  const after = await office.call(op.readReconciliation, {});
  expect(after.payouts.find(({ providerRef }) => providerRef === next)).toMatchObject({
    amountCents: 9_680n,
    posted: true,
    unexplained: 0,
  });
  expect(after.clearingCents).toEqual({ cards: 0n, debits: 0n });
  expect(await bank()).toBe(9_680n);
  expect((await verifyLedger(world)).differences).toEqual([]);
});
