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
