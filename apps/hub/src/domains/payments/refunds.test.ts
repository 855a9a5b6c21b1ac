// Refunds and chargebacks: the hub over HTTP, the simulated Stripe over HTTP, its webhooks in every order.
import { paymentsOperations as op, portalOperations, ROLES } from '@gigafibre/contract';
import { stripeSignature } from '@gigafibre/simulators';
import {
  ADMIN,
  newCustomer,
  testHub,
  testWorld,
  type TestHub,
  type TestWorld,
  type Caller,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { portalLink } from '../../doors/portal-sign-in/index.ts';
import { writeSetting } from '../../platform/settings.ts';
import {
  accountBalance,
  issueAccountCredit,
  issueCreditNote,
  issueInvoice,
  readInvoice,
  verifyBilling,
} from '../billing/index.ts';
import { LIMITS_SETTING } from '../charges/index.ts';
import { accountOf, balanceOf, verifyLedger } from '../ledger/index.ts';
import { receivePayment, verifyPayments, type Receiving } from './index.ts';
import { readPayment } from './read-payments.ts';
import { refundCredit, refundPayment } from './refunds/ask-refund.ts';
import { approveRefund } from './refunds/decide-refund.ts';
import { readRefund } from './refunds/read-refunds.ts';

const bill = async (hub: TestHub, customerId: string, amountCents = 8_043n): Promise<string> => {
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
  const invoice = await hub.act((tx) =>
    issueInvoice(tx, { customerId, on: '2026-11-02', reason: 'test', lines: [line] }),
  );
  return invoice.id;
};

const take = async (hub: TestHub, customerId: string, amountCents: bigint, over: Partial<Receiving> = {}) => {
  const payment = await hub.act((tx) =>
    receivePayment(tx, { customerId, method: 'cheque', amountCents, receivedOn: '2026-11-02', ...over }),
  );
  if (!payment) throw new Error('recorded already');
  return payment.id;
};

const giveBack = (
  hub: TestHub,
  paymentId: string,
  over: Partial<Parameters<typeof refundPayment>[1]> = {},
  by = ADMIN,
) =>
  hub.act(
    (tx) =>
      refundPayment(tx, {
        paymentId,
        destination: 'cheque',
        reason: 'mistake',
        note: '',
        reference: null,
        ...over,
      }),
    by,
  );

const booksAreRight = async (hub: TestHub) => {
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
  expect(await verifyPayments(hub)).toEqual([]);
};

/** A customer whose invoice of 80.43 was paid by a card on the provider's page. */
const paidByCard = async (cardNumber: string) => {
  const world = await testWorld();
  const customerId = await newCustomer(world);
  const invoiceId = await bill(world, customerId);
  const csr = await world.as('csr');
  const { url } = await csr.call(op.checkoutForCustomer, { id: customerId, invoiceId });
  const body = new URLSearchParams({ cardNumber, cardExpiry: '12/30', cardCvc: '123' });
  await fetch(url, { method: 'POST', body, redirect: 'manual' });
  await world.settle();
  const { rows } = await csr.call(op.listPayments, { customerId });
  const [payment] = rows;
  if (!payment) throw new Error('not paid');
  return {
    world,
    customerId,
    invoiceId,
    paymentId: payment.id,
    paymentRef: payment.reference ?? '',
    office: await world.as('billing'),
  };
};

const send = (world: TestWorld, event: object) => {
  const body = JSON.stringify(event, null, 1);
  return fetch(`${world.url}/webhook/stripe`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'stripe-signature': stripeSignature(body, 'whsec_test', world.now),
    },
  });
};
const eventOf = (world: TestWorld, { id, type, object }: { id: string; type: string; object: object }) => ({
  id,
  object: 'event',
  type,
  created: Math.floor(world.now.getTime() / 1_000),
  data: { object },
});

test('a part goes back: first what is a credit, then off the invoice paid last, which is owed again', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const [first, second] = [await bill(hub, customerId, 5_000n), await bill(hub, customerId, 3_000n)];
  const paymentId = await take(hub, customerId, 9_000n);
  expect(await giveBack(hub, paymentId, { amountCents: 2_500n })).toMatchObject({ state: 'succeeded' });
  expect(await accountOf(hub, customerId)).toMatchObject({ receivableCents: 1_500n, creditCents: 0n });
  expect(await readInvoice(hub, second)).toMatchObject({ status: 'partly_paid', outstandingCents: 1_500n });
  expect((await readInvoice(hub, first)).status).toBe('paid');
  expect(await readPayment(hub, paymentId)).toMatchObject({ withdrawnCents: 2_500n, creditCents: 0n });
  await booksAreRight(hub);
});

test('two refunds at once never give back more than came', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  await bill(hub, customerId, 5_000n);
  const paymentId = await take(hub, customerId, 5_000n);
  const both = await Promise.allSettled(
    [3_000n, 3_000n].map((amountCents) => giveBack(hub, paymentId, { amountCents })),
  );
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'refund_too_large' },
  });
  await booksAreRight(hub);
});

test('more than the payment, nothing, or less is refused, and nothing moves', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const paymentId = await take(hub, customerId, 5_000n);
  const refused = async (amountCents: bigint, code: string) =>
    expect(giveBack(hub, paymentId, { amountCents })).rejects.toMatchObject({ code });
  await refused(5_001n, 'refund_too_large');
  await refused(0n, 'amount_not_valid');
  await refused(-1n, 'amount_not_valid');
  await expect(giveBack(hub, paymentId, { destination: 'method' })).rejects.toMatchObject({
    code: 'refund_by_hand_only',
  });
  await expect(giveBack(hub, 'PAY-99999')).rejects.toMatchObject({ code: 'not_found' });
  expect(await balanceOf(hub, customerId)).toBe(-5_000n);
});

test('to the account no money moves: the invoice is owed again and the money is a credit', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const invoiceId = await bill(hub, customerId, 5_000n);
  const paymentId = await take(hub, customerId, 5_000n);
  await giveBack(hub, paymentId, { destination: 'credit' });
  expect(await accountOf(hub, customerId)).toMatchObject({ receivableCents: 5_000n, creditCents: 5_000n });
  expect((await readInvoice(hub, invoiceId)).status).toBe('issued');
  await expect(giveBack(hub, paymentId, { destination: 'credit' })).rejects.toMatchObject({
    code: 'refund_too_large',
  });
  await booksAreRight(hub);
});

test('cash handed out ends in 0 or 5, and the rounding is in the books', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const paymentId = await take(hub, customerId, 8_043n);
  await giveBack(hub, paymentId, { destination: 'cash' });
  const { rows } = await hub.pool.query(
    `select account, debit_cents - credit_cents as cents from ledger.postings join ledger.entries on id = entry_id
      where document_kind = 'refund' order by account`,
  );
  expect(rows).toEqual([
    { account: '1010', cents: -8_045n },
    { account: '2210', cents: 8_043n },
    { account: '6310', cents: 2n },
  ]);
  await booksAreRight(hub);
});

test('above the limit nothing moves until somebody else who may approves it', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const limit = 20_000n;
  const amountCents = limit + 1n;
  const paymentId = await take(hub, customerId, amountCents);
  const capabilities = new Set(['billing.refund'] as const);
  const clerk = { ...ADMIN, id: 'ST-200', capabilities };
  const asked = await giveBack(hub, paymentId, {}, clerk);
  expect(asked.state).toBe('awaiting_approval');
  expect(await balanceOf(hub, customerId)).toBe(-amountCents);
  const himself = { ...ADMIN, id: 'ST-200' };
  await expect(hub.act((tx) => approveRefund(tx, { id: asked.id }), himself)).rejects.toMatchObject({
    code: 'own_refund',
  });
  expect(await hub.act((tx) => approveRefund(tx, { id: asked.id }))).toMatchObject({ state: 'succeeded' });
  await expect(hub.act((tx) => approveRefund(tx, { id: asked.id }))).rejects.toMatchObject({
    code: 'not_in_this_state',
  });
  expect(await balanceOf(hub, customerId)).toBe(0n);
  const exactly = await take(hub, customerId, limit);
  expect((await giveBack(hub, exactly, {}, clerk)).state).toBe('succeeded');
  // The limit is a setting.
  const lower = { creditCents: 1, writeOffCents: 1, refundCents: 5_000 };
  await hub.act((tx) => writeSetting(tx, LIMITS_SETTING, lower));
  const small = await take(hub, customerId, 5_001n);
  expect((await giveBack(hub, small, {}, clerk)).state).toBe('awaiting_approval');
  await booksAreRight(hub);
});

test('over HTTP: the office asks, the manager approves or turns down, the customer sees theirs', async () => {
  const world = await testWorld();
  const customerId = await newCustomer(world);
  const paymentId = await take(world, customerId, 60_000n);
  const [office, manager] = [await world.as('billing'), await world.as('manager')];
  const ask = () =>
    office.call(op.refundPayment, {
      paymentId,
      destination: 'transfer',
      amountCents: 30_000,
      reason: 'service_not_rendered',
    });
  const [first, second] = [await ask(), await ask()];
  await expect(office.call(op.approveRefund, { id: first.id })).rejects.toMatchObject({ status: 403 });
  expect(await manager.call(op.approveRefund, { id: first.id })).toMatchObject({ state: 'succeeded' });
  expect(await manager.call(op.rejectRefund, { id: second.id, note: 'non' })).toMatchObject({
    state: 'rejected',
    failure: 'non',
  });
  const link = await portalLink(world.env, { customerIds: [customerId], now: world.now, id: customerId });
  const browser = world.visitor('portal');
  await browser.call(portalOperations.openPortalLink, { token: link.split('token=')[1] ?? '' });
  const { rows } = await browser.call(op.listMyRefunds, {});
  expect(rows.map(({ state }) => state).toSorted()).toEqual(['rejected', 'succeeded']);
  const receiptOf = async (caller: Caller, path: string, id: string) => {
    const answer = await caller.fetch(`${world.url}${path.replace('{id}', id)}`);
    return [answer.status, Buffer.from(await answer.arrayBuffer()).toString('latin1')] as const;
  };
  const [status, printed] = await receiptOf(manager, op.readRefundReceipt.path, first.id);
  expect([status, printed.slice(0, 5)]).toEqual([200, '%PDF-']);
  expect(await receiptOf(browser, op.readMyRefundReceipt.path, first.id)).toEqual([200, printed]);
  expect((await receiptOf(browser, op.readMyRefundReceipt.path, second.id))[0]).toBe(409);
  const strange = await portalLink(world.env, {
    customerIds: [await newCustomer(world)],
    now: world.now,
    id: 'stranger',
  });
  const stranger = world.visitor('portal');
  await stranger.call(portalOperations.openPortalLink, { token: strange.split('token=')[1] ?? '' });
  expect((await receiptOf(stranger, op.readMyRefundReceipt.path, first.id))[0]).toBe(404);
  expect(await balanceOf(world, customerId)).toBe(-30_000n);
  await booksAreRight(world);
});

test('over HTTP: refunded to the card, pending at first, and the customer sees it', async () => {
  const { world, customerId, invoiceId, paymentId, office } = await paidByCard('4000000000007726');
  const asked = await office.call(op.refundPayment, { paymentId, reason: 'requested_by_customer' });
  expect(asked).toMatchObject({ state: 'sending', amountCents: 8_043n });
  await world.settle();
  expect(await office.call(op.readRefund, { id: asked.id })).toMatchObject({
    state: 'pending',
    reference: expect.stringMatching(/^re_/),
  });
  expect((await readInvoice(world, invoiceId)).status).toBe('issued');
  world.world.stripe.clearBanks();
  await world.settle();
  const { rows } = await office.call(op.listRefunds, { customerId });
  expect(rows).toMatchObject([{ id: asked.id, state: 'succeeded', paymentId }]);
  const csr = await world.as('csr');
  await expect(csr.call(op.refundPayment, { paymentId, reason: 'mistake' })).rejects.toMatchObject({
    status: 403,
  });
  const { rows: reviews } = await office.call(op.listReviews, {});
  expect(reviews).toEqual([]);
  await booksAreRight(world);
});

test('a refund the bank refuses in the end is the customer’s credit, which pays what is owed', async () => {
  const { world, customerId, invoiceId, paymentId, office } = await paidByCard('4000000000005126');
  const { id } = await office.call(op.refundPayment, { paymentId, reason: 'duplicate' });
  await world.settle();
  expect((await readRefund(world, id)).state).toBe('succeeded');
  expect(await balanceOf(world, customerId)).toBe(8_043n);
  world.world.stripe.setWebhookMode('duplicate');
  world.world.stripe.clearBanks();
  await world.settle();
  expect(await readRefund(world, id)).toMatchObject({ state: 'failed', failure: 'expired_or_canceled_card' });
  expect((await readInvoice(world, invoiceId)).status).toBe('paid');
  expect(await balanceOf(world, customerId)).toBe(0n);
  await booksAreRight(world);
});

test('a lost answer is asked again under the same key: one refund, whatever happens to the line', async () => {
  const { world, paymentId, office } = await paidByCard('4242424242424242');
  world.world.stripe.orderFault('http500');
  const { id } = await office.call(op.refundPayment, { paymentId, reason: 'mistake' });
  await world.settle();
  expect((await readRefund(world, id)).state).toBe('sending');
  await world.moveTo(new Date(world.now.getTime() + 11 * 60_000));
  await world.settle();
  expect((await readRefund(world, id)).state).toBe('succeeded');
  expect(world.world.stripe.state()['refunds']).toHaveLength(1);
  await booksAreRight(world);
});

test('a refund made at the provider is taken over, and a person is told', async () => {
  const { world, customerId, paymentId, paymentRef, office } = await paidByCard('4242424242424242');
  const object = {
    id: 're_9',
    amount: 500,
    currency: 'cad',
    payment_intent: paymentRef,
    status: 'succeeded',
  };
  await send(world, eventOf(world, { id: 'evt_r1', type: 'refund.updated', object }));
  await send(world, eventOf(world, { id: 'evt_r2', type: 'refund.created', object }));
  await world.settle();
  const { rows } = await office.call(op.listRefunds, { paymentId });
  expect(rows).toMatchObject([{ amountCents: 500n, state: 'succeeded', reason: 'made_at_provider' }]);
  expect(await balanceOf(world, customerId)).toBe(500n);
  expect((await office.call(op.listReviews, {})).rows).toMatchObject([{ kind: 'refund', paymentId }]);
  await booksAreRight(world);
});

test('a payment under dispute is not refunded, and the money the bank took is owed again', async () => {
  const { world, customerId, invoiceId, paymentId, paymentRef, office } =
    await paidByCard('4242424242424242');
  world.world.stripe.setWebhookMode('duplicate');
  const ref = world.world.stripe.openDispute(paymentRef);
  await world.settle();
  const { rows } = await office.call(op.listChargebacks, { customerId });
  expect(rows).toMatchObject([{ state: 'needs_response', reason: 'fraudulent', withdrawnCents: 8_043n }]);
  expect((await readInvoice(world, invoiceId)).status).toBe('issued');
  await expect(
    office.call(op.refundPayment, { paymentId, amountCents: 100, reason: 'mistake' }),
  ).rejects.toMatchObject({ code: 'payment_disputed' });
  world.world.stripe.closeDispute(ref, 'won');
  await world.settle();
  const id = rows[0]?.id ?? '';
  const bundle = await office.call(op.listChargebackEvidence, { id });
  expect(bundle.rows.map(({ kind, path }) => [kind, path])).toEqual(
    expect.arrayContaining([
      ['payment', `/payments/receipt/${paymentId}`],
      ['invoice', `/api/invoices/${invoiceId}/pdf`],
    ]),
  );
  expect(await office.call(op.readChargeback, { id })).toMatchObject({ state: 'won', withdrawnCents: 0n });
  expect((await readInvoice(world, invoiceId)).status).toBe('paid');
  expect(await balanceOf(world, customerId)).toBe(0n);
  await booksAreRight(world);
});

test('what the bank says of a dispute gives the same books in every order', async () => {
  const { world, customerId, paymentRef } = await paidByCard('4242424242424242');
  const of = (id: string, type: string, status: string) =>
    eventOf(world, {
      id,
      type: `charge.dispute.${type}`,
      object: {
        id: 'dp_1',
        amount: 8_043,
        currency: 'cad',
        payment_intent: paymentRef,
        reason: 'general',
        status,
      },
    });
  const told = [
    of('evt_4', 'closed', 'won'),
    of('evt_3', 'funds_reinstated', 'won'),
    of('evt_2', 'funds_withdrawn', 'needs_response'),
    of('evt_1', 'created', 'needs_response'),
    of('evt_3', 'funds_reinstated', 'won'),
  ];
  for (const event of told) {
    await send(world, event);
    await world.settle();
    await booksAreRight(world);
  }
  expect(await balanceOf(world, customerId)).toBe(0n);
  const { rows } = await (await world.as('billing')).call(op.listChargebacks, {});
  expect(rows).toMatchObject([{ state: 'won', withdrawnCents: 0n }]);
});

test('a dispute of a payment nobody has is for a person', async () => {
  const { world, office } = await paidByCard('4242424242424242');
  const object = { id: 'dp_2', amount: 100, currency: 'cad', payment_intent: 'pi_none', status: 'lost' };
  await send(world, eventOf(world, { id: 'evt_1', type: 'charge.dispute.created', object }));
  await world.settle();
  expect((await office.call(op.listReviews, {})).rows).toMatchObject([
    { kind: 'dispute', providerRef: 'dp_2', customerId: null },
  ]);
});

/** A credit note of the account, of no payment. */
const credited = (hub: TestHub, customerId: string, amountCents: bigint) =>
  hub.act((tx) =>
    issueAccountCredit(tx, {
      customerId,
      on: '2026-11-02',
      reason: 'parrainage',
      lines: [
        {
          kind: 'one_time',
          sku: null,
          description: { fr: 'Parrainage', en: 'Referral' },
          quantity: 1,
          unitPriceCents: -amountCents,
          amountCents: -amountCents,
          taxTreatment: 'outside',
          revenueAccount: '4010',
          locationId: null,
        },
      ],
    }),
  );
const payOut = (
  hub: TestHub,
  customerId: string,
  over: Partial<Parameters<typeof refundCredit>[1]> = {},
  by = ADMIN,
) =>
  hub.act(
    (tx) =>
      refundCredit(tx, {
        customerId,
        destination: 'cheque',
        reason: 'requested_by_customer',
        note: '',
        reference: 'C-12',
        ...over,
      }),
    by,
  );

test('a credit with no payment behind it is paid out by hand: from the notes, the bank, once, and on the report', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  await credited(hub, customerId, 5_000n);
  // What a payment left is given back with it, not here.
  await take(hub, customerId, 1_000n);
  expect(await accountBalance(hub, customerId)).toMatchObject({
    creditCents: 6_000n,
    noteCreditCents: 5_000n,
  });
  await expect(payOut(hub, customerId, { amountCents: 5_001n })).rejects.toThrow('50,00');
  await expect(payOut(hub, customerId, { amountCents: 0n })).rejects.toThrow('amount_not_valid');
  await expect(payOut(hub, customerId, { destination: 'method' })).rejects.toThrow('refund_no_method');
  const part = await payOut(hub, customerId, { amountCents: 1_502n, destination: 'cash', reference: null });
  expect(part).toMatchObject({ paymentId: null, state: 'succeeded', amountCents: 1_502n, reference: null });
  // Two at once for all that is left: one has it.
  const both = await Promise.allSettled([payOut(hub, customerId), payOut(hub, customerId)]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await accountOf(hub, customerId)).toMatchObject({ creditCents: 1_000n });
  const { rows } = await hub.pool.query(
    `select sum(credit_cents - debit_cents)::bigint as cents from ledger.postings where account = '1010'`,
  );
  // The cheque recorded in, less 34.98 by cheque and 15.00 of cash, rounded.
  expect(rows).toEqual([{ cents: -1_000n + 3_498n + 1_500n }]);
  await booksAreRight(hub);
  await hub.drain();
  const sent = await hub.pool.query(
    `select body_text from messages.messages where template = 'refund_notice'`,
  );
  expect(JSON.stringify(sent.rows)).toContain('crédit de votre compte');
});

test('over the limit a payout of credit waits for somebody else, and for what is left of the credit then', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  await credited(hub, customerId, 50_000n);
  const clerk = { ...ADMIN, capabilities: new Set(ROLES.billing) };
  const asked = await payOut(hub, customerId, {}, clerk);
  expect(asked).toMatchObject({ state: 'awaiting_approval', amountCents: 50_000n });
  expect((await accountBalance(hub, customerId)).noteCreditCents).toBe(50_000n);
  const approve = () =>
    hub.act((tx) => approveRefund(tx, { id: asked.id }), { ...ADMIN, id: 'ST-200', name: 'Autre' });
  await bill(hub, customerId, 1_000n);
  await hub.drain();
  await expect(approve()).rejects.toThrow('credit_refund_too_large');
  const rest = await payOut(hub, customerId, { amountCents: 49_000n, destination: 'transfer' }, clerk);
  await hub.act((tx) => approveRefund(tx, { id: rest.id }), { ...ADMIN, id: 'ST-200', name: 'Autre' });
  expect(await accountOf(hub, customerId)).toMatchObject({ creditCents: 0n });
  await booksAreRight(hub);
  // Somebody tampered with: what left is no longer what the notes gave.
  await hub.pool
    .query(`insert into billing.credit_uses (credit_note_id, document_kind, document_id, amount_cents)
    select id, 'refund', '${rest.id}', 1 from billing.credit_notes`);
  expect((await verifyPayments(hub)).map(({ what }) => what)).toEqual(['credit paid out']);
});

test('to a method it goes back through the payment, whose invoice the credit then pays', async () => {
  const { world, customerId, invoiceId, office } = await paidByCard('4242424242424242');
  const line = await bill(world, customerId, 3_000n);
  await take(world, customerId, 3_000n);
  await world.act((tx) => issueCreditNote(tx, { invoiceId: line, chosen: 'all', reason: 'panne' }));
  const refund = await office.call(op.refundCredit, {
    customerId,
    destination: 'method',
    reason: 'requested_by_customer',
  });
  expect(refund).toMatchObject({ amountCents: 3_000n, destination: 'method' });
  await world.settle();
  expect(await readInvoice(world, invoiceId)).toMatchObject({ status: 'paid' });
  expect(await accountBalance(world, customerId)).toMatchObject({ creditCents: 0n, noteCreditCents: 0n });
  const receipt = await office.fetch(office.urlOf(op.readRefundReceipt, { id: refund.id }));
  expect(receipt.status).toBe(200);
  await booksAreRight(world);
});
