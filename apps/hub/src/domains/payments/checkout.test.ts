// Paying by the provider's page: the hub over HTTP, the simulated Stripe over HTTP, signed webhooks between them.
import {
  billingOperations,
  paymentsOperations as op,
  portalOperations,
  type LiveMessage,
} from '@gigafibre/contract';
import { stripeSignature } from '@gigafibre/simulators';
import { newCustomer, stockCatalog, testWorld, type Caller, type TestWorld } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { portalLink } from '../../doors/portal-sign-in/index.ts';
import { issueInvoice, readInvoice, verifyBilling } from '../billing/index.ts';
import { readCustomer } from '../customers/index.ts';
import { accountOf, balanceOf, verifyLedger } from '../ledger/index.ts';
import { verifyPayments } from './index.ts';
import { listPayments } from './read-payments.ts';

const bill = async (world: TestWorld, customerId: string, amountCents = 8_043n): Promise<string> => {
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
  return (
    await world.act((tx) => issueInvoice(tx, { customerId, on: '2026-11-02', reason: 'test', lines: [line] }))
  ).id;
};

const signedIn = async (world: TestWorld, customerId: string): Promise<Caller> => {
  const link = await portalLink(world.env, { customerIds: [customerId], now: world.now, id: customerId });
  const browser = world.visitor('portal');
  await browser.call(portalOperations.openPortalLink, { token: link.split('token=')[1] ?? '' });
  return browser;
};

const pay = (url: string, cardNumber = '4242424242424242') =>
  fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ cardNumber, cardExpiry: '12/30', cardCvc: '123' }),
    redirect: 'manual',
  });

const booksAreRight = async (world: TestWorld) => {
  expect((await verifyLedger(world)).differences).toEqual([]);
  expect(await verifyBilling(world)).toEqual([]);
  expect(await verifyPayments(world)).toEqual([]);
};

/** A customer with an invoice of 80.43, signed in to the portal. */
const company = async () => {
  const world = await testWorld();
  const customerId = await newCustomer(world);
  const invoiceId = await bill(world, customerId);
  const browser = await signedIn(world, customerId);
  const stateOf = async (id: string) => (await browser.call(op.readMyCheckout, { id })).state;
  return { world, customerId, invoiceId, browser, stateOf };
};

/** An event signed as Stripe signs, of our own making, for what a well-behaved Stripe never sends. */
const send = (world: TestWorld, event: object, { secret = 'whsec_test', at = world.now } = {}) => {
  const body = JSON.stringify(event, null, 1);
  return fetch(`${world.url}/webhook/stripe`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'stripe-signature': stripeSignature(body, secret, at) },
  });
};
const succeeded = (world: TestWorld, over: object, id = 'evt_1') => ({
  id,
  object: 'event',
  type: 'payment_intent.succeeded',
  created: Math.floor(world.now.getTime() / 1_000),
  data: {
    object: {
      id: 'pi_1',
      object: 'payment_intent',
      amount: 8_043,
      amount_received: 8_043,
      currency: 'cad',
      ...over,
    },
  },
});

test('an invoice is paid on the provider’s page, and the browser’s return proves nothing', async () => {
  const { world, customerId, invoiceId, browser, stateOf } = await company();
  const started = await browser.call(op.checkoutInvoice, { invoiceId });
  expect(started.amountCents).toBe(8_043n);
  world.world.stripe.setWebhookMode('hold');
  const back = await pay(started.url);
  const location = back.headers.get('location') ?? '';
  expect(location).toMatch(
    new RegExp(`^${world.url}/payments/return\\?checkout=${started.checkoutId}&session=cs_`),
  );
  const result = await fetch(location, { redirect: 'manual' });
  expect(result.headers.get('location')).toBe(`/portal/#/payment-success?checkout=${started.checkoutId}`);
  await world.settle();
  expect(await stateOf(started.checkoutId)).toBe('open');
  expect(await balanceOf(world, customerId)).toBe(8_043n);

  world.world.stripe.releaseWebhooks();
  await world.settle();
  expect(await browser.call(op.readMyCheckout, { id: started.checkoutId })).toMatchObject({
    state: 'paid',
    url: null,
    paymentId: expect.stringMatching(/^PAY-/),
  });
  expect((await browser.call(billingOperations.readMyInvoice, { id: invoiceId })).status).toBe('paid');
  expect(await browser.call(billingOperations.readMyBalance, {})).toMatchObject({
    balanceCents: 0n,
    openInvoices: 0,
  });
  const { rows } = await browser.call(op.listMyPayments, {});
  expect(rows).toMatchObject([{ method: 'card', brand: 'visa', last4: '4242', amountCents: 8_043n }]);
  const pdf = await browser.fetch(`${world.url}/api/me/payments/${rows[0]?.id}/receipt`);
  expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect((await readCustomer(world, customerId)).stripeId).toMatch(/^cus_/);
  await booksAreRight(world);
});

test('the customer’s own screen hears of it, and another customer’s does not', async () => {
  const { world, invoiceId, browser } = await company();
  const stranger = await signedIn(world, await newCustomer(world));
  const stop = new AbortController();
  const listen = async (who: Caller): Promise<LiveMessage[]> => {
    const heard: LiveMessage[] = [];
    const response = await who.fetch(`${world.url}/sse?app=portal`, { signal: stop.signal });
    void (async () => {
      const decoder = new TextDecoder();
      let text = '';
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk as Uint8Array, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const data = /^data: (.*)$/m.exec(block)?.[1];
          if (data && data !== '{}') heard.push(JSON.parse(data) as LiveMessage);
        }
      }
    })().catch(() => undefined);
    return heard;
  };
  const [own, foreign] = [await listen(browser), await listen(stranger)];
  const { url } = await browser.call(op.checkoutInvoice, { invoiceId });
  await pay(url);
  await world.settle();
  await expect.poll(() => own.map(({ type }) => type)).toContain('payment.received');
  const stale = own.flatMap((message) => message.stale);
  for (const query of [
    'payments.readMyCheckout',
    'billing.readMyInvoice',
    'billing.readMyBalance',
    'payments.listMyPayments',
  ])
    expect(stale, query).toContain(query);
  expect(foreign.filter(({ type }) => /payment|invoice|checkout/.test(type))).toEqual([]);
  stop.abort();
});

test('webhooks repeated, shuffled and replayed change nothing', async () => {
  const { world, customerId, invoiceId, browser } = await company();
  for (const mode of ['duplicate', 'shuffle'] as const) {
    world.world.stripe.setWebhookMode(mode);
    const again = mode === 'shuffle' ? await bill(world, customerId, 5_000n) : invoiceId;
    const { url } = await browser.call(op.checkoutInvoice, { invoiceId: again });
    await pay(url);
    await world.settle();
    expect((await readInvoice(world, again)).status, mode).toBe('paid');
  }
  world.world.stripe.setWebhookMode('normal');
  const events = world.world.stripe.state()['events'] as { id: string }[];
  for (const { id } of events.toReversed()) world.world.stripe.replay(id);
  await world.settle();
  expect((await listPayments(world, { limit: 9 })).rows).toHaveLength(2);
  expect(await accountOf(world, customerId)).toEqual({
    receivableCents: 0n,
    creditCents: 0n,
    balanceCents: 0n,
  });
  await booksAreRight(world);
});

test('pressing twice opens one page; paying from two pages pays once and keeps the rest as credit', async () => {
  const { world, customerId, invoiceId, browser } = await company();
  const [one, other] = await Promise.all([
    browser.call(op.checkoutInvoice, { invoiceId }),
    browser.call(op.checkoutInvoice, { invoiceId }),
  ]);
  expect(other).toEqual(one);
  const balance = await browser.call(op.checkoutBalance, {});
  expect(balance.checkoutId).not.toBe(one.checkoutId);
  await pay(one.url);
  await pay(one.url);
  await pay(balance.url);
  await world.settle();
  const { rows } = await listPayments(world, { limit: 9, customerId });
  expect(rows.map(({ creditCents }) => creditCents).toSorted()).toEqual([0n, 8_043n]);
  expect(await balanceOf(world, customerId)).toBe(-8_043n);
  await expect(browser.call(op.checkoutInvoice, { invoiceId })).rejects.toMatchObject({
    code: 'invoice_already_paid',
  });
  await expect(browser.call(op.checkoutBalance, {})).rejects.toMatchObject({ code: 'nothing_to_pay' });
  await booksAreRight(world);
});

test('a declined card leaves the page open for another', async () => {
  const { world, invoiceId, browser, stateOf } = await company();
  const { url, checkoutId } = await browser.call(op.checkoutInvoice, { invoiceId });
  await pay(url, '4000000000000002');
  await world.settle();
  expect(await stateOf(checkoutId)).toBe('open');
  await pay(url);
  await world.settle();
  expect(await stateOf(checkoutId)).toBe('paid');
});

test.each(['http500', 'http429', 'garbage', 'reset', 'reset_after'] as const)(
  'when the provider fails (%s), the payer is told, and trying again gives one payment',
  async (fault) => {
    const { world, customerId, invoiceId, browser } = await company();
    const first = await browser.call(op.checkoutInvoice, { invoiceId });
    await pay(first.url);
    await world.settle();
    const next = await bill(world, customerId);
    world.world.stripe.orderFault(fault);
    await expect(browser.call(op.checkoutInvoice, { invoiceId: next })).rejects.toMatchObject({
      code: 'outside_unavailable',
      status: 503,
    });
    const again = await browser.call(op.checkoutInvoice, { invoiceId: next });
    await pay(again.url);
    await world.settle();
    expect((await readInvoice(world, next)).status).toBe('paid');
    const sessions = world.world.stripe.state()['sessions'] as unknown[];
    expect(sessions).toHaveLength(2);
    await booksAreRight(world);
  },
);

test('what comes late about a paid checkout does not undo it', async () => {
  const { world, invoiceId, browser, stateOf } = await company();
  const { url, checkoutId } = await browser.call(op.checkoutInvoice, { invoiceId });
  await pay(url);
  await world.settle();
  const { rows: sessions } = await world.pool.query<{ id: string }>(
    `select provider_session as id from payments.checkouts`,
  );
  const session = {
    id: sessions[0]?.id,
    mode: 'payment',
    payment_status: 'unpaid',
    metadata: { checkoutId },
  };
  for (const type of ['expired', 'async_payment_failed', 'completed'])
    await send(world, {
      id: `evt_late_${type}`,
      object: 'event',
      type: `checkout.session.${type}`,
      created: Math.floor(world.now.getTime() / 1_000),
      data: { object: session },
    });
  await world.settle();
  const { rows } = await world.pool.query(`select outcome from app.inbox where vendor_id like 'evt_late%'`);
  expect(rows).toEqual(Array.from({ length: 3 }, () => ({ outcome: 'left as it was: paid' })));
  expect(await stateOf(checkoutId)).toBe('paid');
});

test('money whose webhook never came is found by asking the provider', async () => {
  const { world, invoiceId, browser, stateOf } = await company();
  const { url, checkoutId } = await browser.call(op.checkoutInvoice, { invoiceId });
  world.world.stripe.setWebhookMode('hold');
  await pay(url);
  await world.settle();
  expect(await stateOf(checkoutId)).toBe('open');
  await world.moveTo(new Date(world.now.getTime() + 11 * 60_000));
  await world.settle();
  expect(await stateOf(checkoutId)).toBe('paid');
  expect((await readInvoice(world, invoiceId)).status).toBe('paid');
  // The webhook that comes after all changes nothing.
  world.world.stripe.releaseWebhooks();
  await world.settle();
  expect((await listPayments(world, { limit: 9 })).rows).toHaveLength(1);
  await booksAreRight(world);
});

test('a page nobody paid expires, by the provider’s word or by asking, and paying then is a new page', async () => {
  const { world, invoiceId, browser, stateOf } = await company();
  const { checkoutId } = await browser.call(op.checkoutInvoice, { invoiceId });
  for (let day = 0; day < 3; day += 1) {
    await world.moveTo(new Date(world.now.getTime() + 11 * 3_600_000));
    await world.settle();
  }
  expect(await stateOf(checkoutId).catch(async () => 'signed out')).toBe('signed out');
  const later = await signedIn(world, (await readInvoice(world, invoiceId)).customerId);
  expect((await later.call(op.readMyCheckout, { id: checkoutId })).state).toBe('expired');
  expect((await later.call(op.checkoutInvoice, { invoiceId })).checkoutId).not.toBe(checkoutId);
});

test('what is not signed, too old, too large or not an event is refused and leaves no trace', async () => {
  const { world } = await company();
  const old = new Date(world.now.getTime() - 301_000);
  const event = succeeded(world, {});
  expect((await send(world, event, { secret: 'whsec_other' })).status).toBe(400);
  expect((await send(world, event, { at: old })).status).toBe(400);
  expect((await send(world, { hello: 'world' })).status).toBe(400);
  expect((await send(world, { ...event, padding: 'x'.repeat(600_000) })).status).toBe(413);
  const unsigned = await fetch(`${world.url}/webhook/stripe`, { method: 'POST', body: '{}' });
  expect([unsigned.status, await unsigned.json()]).toMatchObject([
    400,
    { error: { code: 'webhook_not_believed' } },
  ]);
  const { rows } = await world.pool.query('select * from app.inbox');
  expect(rows).toEqual([]);
});

test('money of an unknown customer waits for a person, who says whose it is', async () => {
  const { world, customerId, invoiceId } = await company();
  const billing = await world.as('billing');
  expect((await send(world, succeeded(world, { customer: 'cus_nobody' }))).status).toBe(200);
  await world.settle();
  expect(await balanceOf(world, customerId)).toBe(8_043n);
  const [review] = (await billing.call(op.listReviews, {})).rows;
  expect(review).toMatchObject({ kind: 'unknown_customer', amountCents: 8_043n, providerRef: 'pi_1' });
  const id = review?.id ?? '';
  await expect(billing.call(op.resolveReview, { id, note: 'à voir' })).rejects.toMatchObject({
    code: 'customer_needed',
  });
  const resolved = await billing.call(op.resolveReview, { id, customerId, note: 'payé par le voisin' });
  expect(resolved).toMatchObject({
    paymentId: expect.stringMatching(/^PAY-/),
    resolution: 'payé par le voisin',
  });
  expect((await readInvoice(world, invoiceId)).status).toBe('paid');
  await expect(billing.call(op.resolveReview, { id, customerId, note: 'encore' })).rejects.toMatchObject({
    code: 'not_in_this_state',
  });
  await send(world, succeeded(world, { customer: 'cus_nobody' }, 'evt_2'));
  await world.settle();
  expect((await listPayments(world, { limit: 9 })).rows).toHaveLength(1);
  await booksAreRight(world);
});

test('another amount than asked is recorded as it came, and a person looks', async () => {
  const { world, customerId, invoiceId, browser } = await company();
  const { checkoutId } = await browser.call(op.checkoutInvoice, { invoiceId });
  await send(world, succeeded(world, { amount_received: 5_000, metadata: { checkoutId } }));
  await world.settle();
  expect(await readInvoice(world, invoiceId)).toMatchObject({
    status: 'partly_paid',
    outstandingCents: 3_043n,
  });
  expect(await balanceOf(world, customerId)).toBe(3_043n);
  const { rows } = await (await world.as('billing')).call(op.listReviews, {});
  expect(rows).toMatchObject([{ kind: 'wrong_amount', customerId }]);
  await booksAreRight(world);
});

test('another currency is not recorded, and a person looks', async () => {
  const { world, customerId, invoiceId, browser, stateOf } = await company();
  const { checkoutId } = await browser.call(op.checkoutInvoice, { invoiceId });
  await send(world, succeeded(world, { currency: 'usd', metadata: { checkoutId } }));
  await world.settle();
  expect([await balanceOf(world, customerId), await stateOf(checkoutId)]).toEqual([8_043n, 'open']);
  const { rows } = await (await world.as('billing')).call(op.listReviews, {});
  expect(rows).toMatchObject([{ kind: 'wrong_currency', currency: 'USD', customerId }]);
});

test('a payment of a known customer without a checkout of ours goes to the oldest invoice', async () => {
  const { world, customerId, invoiceId, browser } = await company();
  await browser.call(op.checkoutInvoice, { invoiceId });
  const { stripeId } = await readCustomer(world, customerId);
  await send(world, succeeded(world, { customer: stripeId, metadata: { checkoutId: 'CHK-99999' } }));
  await world.settle();
  expect((await readInvoice(world, invoiceId)).status).toBe('paid');
});

test('a refund made at the provider is for a person, once', async () => {
  const { world } = await company();
  const refund = (id: string, type: string) => ({
    id,
    object: 'event',
    type,
    created: Math.floor(world.now.getTime() / 1_000),
    data: {
      object: { id: 're_1', amount: 500, currency: 'cad', payment_intent: 'pi_9', status: 'succeeded' },
    },
  });
  await send(world, refund('evt_1', 'refund.created'));
  await send(world, refund('evt_2', 'refund.updated'));
  await world.settle();
  const { rows } = await (await world.as('billing')).call(op.listReviews, {});
  expect(rows).toMatchObject([{ kind: 'refund', amountCents: 500n, providerRef: 're_1' }]);
});

test('the checkouts, invoices and payments of others do not exist; staff may open a page for anybody', async () => {
  const { world, customerId, invoiceId, browser } = await company();
  const stranger = await signedIn(world, await newCustomer(world));
  const { checkoutId, url } = await browser.call(op.checkoutInvoice, { invoiceId });
  await expect(stranger.call(op.readMyCheckout, { id: checkoutId })).rejects.toMatchObject({ status: 404 });
  await expect(stranger.call(op.checkoutInvoice, { invoiceId })).rejects.toMatchObject({ status: 404 });
  await expect(stranger.call(billingOperations.readMyInvoice, { id: invoiceId })).rejects.toMatchObject({
    status: 404,
  });
  expect((await stranger.fetch(`${world.url}/api/me/invoices/${invoiceId}/pdf`)).status).toBe(404);
  const csr = await world.as('csr');
  expect(await csr.call(op.checkoutForCustomer, { id: customerId, invoiceId })).toMatchObject({
    checkoutId,
    url,
  });
  expect(await csr.call(op.readCheckout, { id: checkoutId })).toMatchObject({ customerId, state: 'open' });
  const reader = await world.as('readonly');
  await expect(reader.call(op.checkoutForCustomer, { id: customerId })).rejects.toMatchObject({
    status: 403,
  });
});

test('less than the provider takes is not sent to its page', async () => {
  const world = await testWorld();
  const customerId = await newCustomer(world);
  await bill(world, customerId, 49n);
  const browser = await signedIn(world, customerId);
  await expect(browser.call(op.checkoutBalance, {})).rejects.toMatchObject({ code: 'amount_too_small' });
  expect((await world.pool.query('select * from payments.checkouts')).rows).toEqual([]);
});

test('things of the catalog are bought at the price shown, and invoiced once, when they are paid', async () => {
  const world = await testWorld();
  await stockCatalog(world);
  const customerId = await newCustomer(world);
  const browser = await signedIn(world, customerId);
  const buy = (sku: string, quantity = 1) => browser.call(op.checkoutProduct, { items: [{ sku, quantity }] });
  for (const sku of ['FIBRE-500', 'RIEN'])
    await expect(buy(sku)).rejects.toMatchObject({ code: 'not_sold_online' });
  const started = await buy('VISITE', 2);
  expect(await buy('VISITE', 2)).toEqual(started);
  expect((await buy('VISITE')).checkoutId).not.toBe(started.checkoutId);
  const invoices = () =>
    world.pool.query<{ id: string; total_cents: bigint }>('select * from billing.invoices');
  expect((await invoices()).rows).toEqual([]);
  world.world.stripe.setWebhookMode('duplicate');
  await pay(started.url);
  await world.settle();
  const { rows } = await invoices();
  expect(rows).toMatchObject([{ total_cents: started.amountCents }]);
  expect((await readInvoice(world, rows[0]?.id ?? '')).status).toBe('paid');
  expect(await balanceOf(world, customerId)).toBe(0n);
  expect(await browser.call(op.readMyCheckout, { id: started.checkoutId })).toMatchObject({ state: 'paid' });
  await booksAreRight(world);
});
