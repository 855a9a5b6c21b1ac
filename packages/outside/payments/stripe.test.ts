// The adapter against the simulated Stripe, over HTTP on loopback.
import { catchWebhooks, seededRandom, startStripe, type StripeSimulator } from '@gigafibre/simulators';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paymentsConformance } from './payments.conformance.ts';
import type { NewCheckout } from './port.ts';
import { createStripePayments } from './stripe.ts';

const NOW = new Date('2026-03-02T15:00:00Z');
const SECRET = 'whsec_conformance';
const env = { clock: () => NOW, random: seededRandom('payments'), log: () => {} };

function adapterFor(baseUrl: string, secretKey = 'sk_test_demo', timeoutMs = 4_000) {
  return createStripePayments({ secretKey, webhookSecrets: [SECRET], baseUrl, timeoutMs });
}

async function payOnPage(url: string, cardNumber: string): Promise<Response> {
  const body = new URLSearchParams({
    cardNumber,
    cardExpiry: '12/30',
    cardCvc: '123',
    billingName: 'Zoé Tremblay',
  });
  return fetch(url, { method: 'POST', body, redirect: 'manual' });
}

paymentsConformance('Stripe', async () => {
  const [stripe, catcher] = await Promise.all([startStripe({ env }), catchWebhooks()]);
  stripe.configure({ url: catcher.url, secret: SECRET });
  return {
    provider: adapterFor(stripe.address),
    pay: async (url, card) => {
      await payOnPage(url, card === 'taken' ? '4242424242424242' : '4000000000000002');
    },
    received: async () => {
      await stripe.settled();
      return catcher.caught.map(({ body, headers }) => ({
        rawBody: body,
        signatureHeader: String(headers['stripe-signature']),
      }));
    },
    nowMs: () => NOW.getTime(),
    stop: async () => {
      await stripe.stop();
      await catcher.stop();
    },
  };
});

let stripe: StripeSimulator;
beforeAll(async () => {
  stripe = await startStripe({ env });
});
afterAll(() => stripe.stop());

function checkout(key: string, description = 'Facture'): NewCheckout {
  return {
    amountCents: 5_000n,
    currency: 'cad',
    description,
    metadata: {},
    successUrl: 'http://127.0.0.1:9/ok',
    cancelUrl: 'http://127.0.0.1:9/no',
    idempotencyKey: key,
    locale: 'en',
  };
}

test('a write answered with a server error or with rubbish is unknown; a read is asked again', async () => {
  const adapter = adapterFor(stripe.address);
  expect(await adapter.createCheckout(checkout('f1', 'sim:http500'))).toMatchObject({ is: 'unknown' });
  expect(await adapter.createCheckout(checkout('f2', 'sim:garbage'))).toMatchObject({ is: 'unknown' });
  expect(await adapter.createCheckout(checkout('f3', 'sim:reset'))).toMatchObject({ is: 'unknown' });
  stripe.orderFault('http500');
  expect(await adapter.getCheckout('cs_test_x')).toMatchObject({ is: 'retry' });
});

test('a rate limit says how long to wait', async () => {
  const outcome = await adapterFor(stripe.address).createCheckout(checkout('f4', 'sim:http429'));
  expect(outcome).toEqual({ is: 'retry', afterMs: 1_000, reason: 'rate limited' });
});

test('a write past its deadline is unknown, and its key finds what was made', async () => {
  stripe.orderFault('hang_after');
  const hurried = await adapterFor(stripe.address, 'sk_test_demo', 150).createCheckout(checkout('slow'));
  expect(hurried.is).toBe('unknown');
  const before = sessions();
  const again = await adapterFor(stripe.address).createCheckout(checkout('slow'));
  expect(again.is).toBe('done');
  expect(sessions()).toBe(before);
});

test('a provider that is not there was not reached: retry', async () => {
  const gone = await startStripe({ env });
  await gone.stop();
  const outcome = await adapterFor(gone.address).createCheckout(checkout('gone'));
  expect(outcome).toMatchObject({ is: 'retry' });
});

test('a refused key is broken, not a no to the payer', async () => {
  const outcome = await adapterFor(stripe.address, 'sk_test_invalid').getCheckout('cs_test_x');
  expect(outcome.is).toBe('broken');
});

function sessions(): number {
  const list = stripe.state()['sessions'];
  return Array.isArray(list) ? list.length : -1;
}

test('what is saved on the page is charged with its owner away, given back, and forgotten', async () => {
  const adapter = adapterFor(stripe.address);
  const made = await adapter.createCustomer({ customerId: 'C-7', name: 'Zoé', email: null, language: 'fr' });
  if (made.is !== 'done') throw new Error('no customer');
  const { customerRef } = made.value;
  const page = await adapter.createSetup({
    customerRef,
    kind: 'bank_account',
    category: 'personal',
    intervalDescription: 'Chaque mois',
    metadata: { customerId: 'C-7' },
    successUrl: 'http://127.0.0.1:9/ok',
    cancelUrl: 'http://127.0.0.1:9/no',
    idempotencyKey: 'setup-7',
    locale: 'fr-CA',
  });
  if (page.is !== 'done') throw new Error('no page');
  const typed = new URLSearchParams({ institution: '000', transit: '11000', account: '000123456789' });
  await fetch(page.value.url, { method: 'POST', body: typed, redirect: 'manual' });
  const [setup] = stripe.state()['setupIntents'] as { id: string }[]; // our own simulator's list
  const saved = await adapter.getSetup(setup?.id ?? '');
  if (saved.is !== 'done' || saved.value.method === null) throw new Error('nothing saved');
  expect(saved.value).toMatchObject({
    state: 'succeeded',
    customerRef,
    mandateRef: expect.stringMatching(/^mandate_/),
    method: { kind: 'bank_account', institution: '000', transit: '11000', last4: '6789' },
  });
  const { methodRef } = saved.value.method;
  const charge = {
    customerRef,
    methodRef,
    kind: 'bank_account',
    mandateRef: saved.value.mandateRef,
    amountCents: 5_000n,
    currency: 'cad',
    description: 'INV-00012',
    metadata: {},
    idempotencyKey: 'ppa-INV-00012-1',
  } as const;
  const charged = await adapter.chargeMethod(charge);
  expect(await adapter.chargeMethod(charge)).toEqual(charged);
  if (charged.is !== 'done') throw new Error('not charged');
  expect(charged.value.state).toBe('processing');
  stripe.clearBanks();
  const { paymentRef } = charged.value;
  expect(await adapter.getPaymentIntent(paymentRef)).toMatchObject({ value: { state: 'succeeded' } });
  const asked = { paymentRef, amountCents: 1_000n, metadata: {}, idempotencyKey: 'refund-1' };
  expect(await adapter.refund(asked)).toMatchObject({ is: 'done', value: { state: 'pending' } });
  expect(
    await adapter.refund({ ...asked, amountCents: 9_000n, idempotencyKey: 'refund-2' }),
  ).not.toMatchObject({
    is: 'done',
  });
  const payoutRef = stripe.payOut() ?? '';
  expect(await adapter.listPayouts({ after: null })).toMatchObject({
    value: { rows: [{ payoutRef, state: 'paid', amountCents: 3_910n }], next: null },
  });
  const movements = await adapter.listMovements({ payoutRef, after: null });
  if (movements.is !== 'done') throw new Error('no movements');
  const { rows } = movements.value;
  expect(rows.map(({ type }) => type).toSorted()).toEqual(['payment', 'payout', 'refund']);
  expect(rows.find(({ type }) => type === 'payment')).toMatchObject({ paymentRef, feeCents: 90n });
  expect(await adapter.forgetMethod(methodRef)).toMatchObject({ is: 'done' });
  expect(await adapter.forgetMethod(methodRef)).toMatchObject({ is: 'done' });
});

test('a card its bank refuses with its owner away is declined with the bank’s word', async () => {
  const adapter = adapterFor(stripe.address);
  const made = await adapter.createCustomer({ customerId: 'C-8', name: 'Léa', email: null, language: 'fr' });
  if (made.is !== 'done') throw new Error('no customer');
  const charge = (methodRef: string) =>
    adapter.chargeMethod({
      customerRef: made.value.customerRef,
      methodRef,
      kind: 'card',
      mandateRef: null,
      amountCents: 5_000n,
      currency: 'cad',
      description: 'INV-00013',
      metadata: {},
      idempotencyKey: `charge-${methodRef}`,
    });
  expect(await charge('pm_card_chargeDeclinedInsufficientFunds')).toMatchObject({
    is: 'declined',
    code: 'insufficient_funds',
  });
  expect(await charge('pm_card_authenticationRequired')).toMatchObject({
    is: 'declined',
    code: 'authentication_required',
  });
  expect(await charge('pm_card_visa')).toMatchObject({ is: 'done', value: { state: 'succeeded' } });
});
