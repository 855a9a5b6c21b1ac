import { Stripe } from 'stripe';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { catchWebhooks, type WebhookCatcher } from '../kit/catch-webhooks.ts';
import { seededRandom } from '../kit/random.ts';
import { startStripe, type StripeSimulator } from './start-stripe.ts';

let now = new Date('2026-03-02T15:00:00Z');
const SECRET = 'whsec_simulator';
let stripe: StripeSimulator;
let catcher: WebhookCatcher;
let api: Stripe;

beforeEach(async () => {
  now = new Date('2026-03-02T15:00:00Z');
  const env = { clock: () => now, random: seededRandom('stripe'), log: () => {} };
  stripe = await startStripe({ env });
  catcher = await catchWebhooks();
  stripe.configure({ url: catcher.url, secret: SECRET });
  const { hostname, port } = new URL(stripe.address);
  api = new Stripe('sk_test_1', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
});

afterEach(async () => {
  await stripe.stop();
  await catcher.stop();
});

async function openSession(locale: 'fr-CA' | 'en' = 'en') {
  return api.checkout.sessions.create({
    mode: 'payment',
    line_items: [
      {
        quantity: 1,
        price_data: { currency: 'cad', unit_amount: 123_456, product_data: { name: 'Facture INV-00012' } },
      },
    ],
    success_url: 'http://127.0.0.1:9/ok?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://127.0.0.1:9/no',
    locale,
    payment_intent_data: { metadata: { invoice: 'INV-00012' } },
  });
}

async function pay(
  url: string | null,
  cardNumber: string,
  fields: Record<string, string> = {},
): Promise<Response> {
  const body = new URLSearchParams({ cardNumber, cardExpiry: '12/30', cardCvc: '123', ...fields });
  return fetch(url ?? '', { method: 'POST', body, redirect: 'manual' });
}

async function toldTypes(): Promise<string[]> {
  await stripe.settled();
  return catcher.caught.map(({ body }) => (JSON.parse(body) as { type: string }).type);
}

test('paying redirects to the success address with the session in it, and tells four events in order', async () => {
  const session = await openSession();
  const response = await pay(session.url, '4242 4242 4242 4242');
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toBe(`http://127.0.0.1:9/ok?session=${session.id}`);
  expect(await toldTypes()).toEqual([
    'payment_intent.created',
    'charge.succeeded',
    'payment_intent.succeeded',
    'checkout.session.completed',
  ]);
});

test('webhooks are signed as the official library expects', async () => {
  const session = await openSession();
  await pay(session.url, '4242424242424242');
  await stripe.settled();
  const { body, headers } = catcher.caught[0] ?? { body: '', headers: {} };
  const event = api.webhooks.constructEvent(
    body,
    String(headers['stripe-signature']),
    SECRET,
    300,
    undefined,
    now.getTime(),
  );
  expect(event.type).toBe('payment_intent.created');
});

test('a session is paid once, however often the button is pressed', async () => {
  const session = await openSession();
  const presses = await Promise.all([
    pay(session.url, '4242424242424242'),
    pay(session.url, '4242424242424242'),
  ]);
  expect(presses.map(({ status }) => status).toSorted()).toEqual([200, 303]);
  const intents = await api.paymentIntents.list();
  expect(intents.data).toHaveLength(1);
});

test.each([
  ['4000000000000002', 'Votre carte a été refusée.'],
  ['4000000000009995', 'Votre carte n’a pas les fonds suffisants.'],
  ['4242424242424241', 'Le numéro de carte est invalide.'],
  ['4111111111111111', 'seules les cartes d’essai'],
])('card %s is refused in French on a French page: %s', async (number, sentence) => {
  const session = await openSession('fr-CA');
  const page = await (await pay(session.url, number)).text();
  expect(page).toContain(sentence);
  expect(page).toContain('1\u00a0234,56\u00a0$');
  expect((await api.checkout.sessions.retrieve(session.id)).status).toBe('open');
});

test('an English page writes the amount in English', async () => {
  const page = await (await fetch((await openSession()).url ?? '')).text();
  expect(page).toContain('<html lang="en">');
  expect(page).toContain('$1,234.56');
});

test('a card whose bank asks is paid only when the payer confirms', async () => {
  const session = await openSession();
  const page = await (await pay(session.url, '4000002760003184')).text();
  expect(page).toContain('Your bank asks');
  const refused = await fetch(`${session.url}/authenticate`, {
    method: 'POST',
    body: new URLSearchParams({ answer: 'refuse' }),
    redirect: 'manual',
  });
  expect(refused.status).toBe(402);
  await pay(session.url, '4000002760003184');
  const accepted = await fetch(`${session.url}/authenticate`, {
    method: 'POST',
    body: new URLSearchParams({ answer: 'accept' }),
    redirect: 'manual',
  });
  expect(accepted.status).toBe(303);
});

test('a session expires by the world’s clock and says so', async () => {
  const session = await openSession();
  now = new Date(now.getTime() + 24 * 3_600_000);
  expect(await (await fetch(session.url ?? '')).text()).toContain('expired');
  expect(await toldTypes()).toEqual(['checkout.session.expired']);
});

test.each([
  ['pm_card_visa', 'succeeded', undefined],
  ['pm_card_chargeDeclined', undefined, 'generic_decline'],
  ['pm_card_chargeDeclinedInsufficientFunds', undefined, 'insufficient_funds'],
  ['pm_card_authenticationRequired', undefined, 'authentication_required'],
])('charged without the payer, %s gives %s %s', async (method, status, declineCode) => {
  const charge = api.paymentIntents.create({
    amount: 5_000,
    currency: 'cad',
    payment_method: method,
    off_session: true,
    confirm: true,
  });
  if (status !== undefined) expect((await charge).status).toBe(status);
  else
    await expect(charge).rejects.toMatchObject({
      statusCode: 402,
      type: 'StripeCardError',
      decline_code: declineCode,
    });
});

test('the same idempotency key replays the first answer, a refusal included, and charges once', async () => {
  const params = {
    amount: 5_000,
    currency: 'cad',
    payment_method: 'pm_card_chargeDeclined',
    off_session: true,
    confirm: true,
  } as const;
  const attempt = () => api.paymentIntents.create(params, { idempotencyKey: 'k1' });
  await expect(attempt()).rejects.toMatchObject({ decline_code: 'generic_decline' });
  await expect(attempt()).rejects.toMatchObject({ decline_code: 'generic_decline' });
  expect((await api.paymentIntents.list()).data).toHaveLength(1);
  const other = api.paymentIntents.create({ ...params, amount: 6_000 }, { idempotencyKey: 'k1' });
  await expect(other).rejects.toMatchObject({ type: 'StripeIdempotencyError' });
});

test('refunds never exceed what was taken', async () => {
  const intent = await api.paymentIntents.create({
    amount: 5_000,
    currency: 'cad',
    payment_method: 'pm_card_visa',
    off_session: true,
    confirm: true,
  });
  await api.refunds.create({ payment_intent: intent.id, amount: 2_000 });
  await expect(api.refunds.create({ payment_intent: intent.id, amount: 3_001 })).rejects.toMatchObject({
    statusCode: 400,
  });
  await api.refunds.create({ payment_intent: intent.id });
  await expect(api.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
    code: 'charge_already_refunded',
  });
  expect((await toldTypes()).filter((type) => type === 'refund.created')).toHaveLength(2);
});

test('events can be held, released, sent twice and replayed', async () => {
  stripe.setWebhookMode('hold');
  await pay((await openSession()).url, '4242424242424242');
  expect(await toldTypes()).toEqual([]);
  expect(stripe.releaseWebhooks()).toBe(4);
  expect(await toldTypes()).toHaveLength(4);
  stripe.setWebhookMode('duplicate');
  await pay((await openSession()).url, '4242424242424242');
  expect(await toldTypes()).toHaveLength(12);
  const [event] = (await api.events.list({ limit: 1 })).data;
  stripe.setWebhookMode('normal');
  expect(stripe.replay(event?.id ?? '')).toBe(true);
  expect((await toldTypes()).at(-1)).toBe('checkout.session.completed');
});

test('shuffled events all arrive, in another order than told', async () => {
  stripe.setWebhookMode('shuffle');
  for (const _ of [1, 2, 3]) await pay((await openSession()).url, '4242424242424242');
  const told = await toldTypes();
  const inOrder = [1, 2, 3].flatMap(() => [
    'payment_intent.created',
    'charge.succeeded',
    'payment_intent.succeeded',
    'checkout.session.completed',
  ]);
  expect(told.toSorted()).toEqual(inOrder.toSorted());
  expect(told).not.toEqual(inOrder);
});

test('a webhook not taken is sent again until it is', async () => {
  catcher.answerWith(500);
  const session = await openSession();
  await pay(session.url, '4242424242424242');
  await stripe.settled();
  const refused = catcher.caught.length;
  catcher.answerWith(200);
  await expect.poll(() => catcher.caught.length, { timeout: 5_000 }).toBe(refused * 2);
});

async function post(path: string, form: Record<string, string>): Promise<unknown> {
  const headers = { authorization: 'Bearer sk_test_1' };
  const response = await fetch(stripe.address + path, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  });
  return response.json();
}

test('unknown parameters, missing customers and bad addresses are refused as Stripe refuses them', async () => {
  expect(await post('/v1/customers', { nome: 'x' })).toMatchObject({
    error: { code: 'parameter_unknown', param: 'nome' },
  });
  expect(
    await post('/v1/payment_intents', { amount: '500', currency: 'cad', customer: 'cus_no' }),
  ).toMatchObject({ error: { code: 'resource_missing', param: 'customer' } });
  expect(await post('/v1/payment_intents', { amount: '1e3', currency: 'cad' })).toMatchObject({
    error: { code: 'parameter_invalid_integer' },
  });
});

test('text of the payer’s page cannot become markup', async () => {
  const session = await api.checkout.sessions.create({
    mode: 'payment',
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: 'cad',
          unit_amount: 5_000,
          product_data: { name: '<script>alert(1)</script>' },
        },
      },
    ],
    success_url: 'http://127.0.0.1:9/ok',
  });
  expect(await (await fetch(session.url ?? '')).text()).not.toContain('<script>');
});

test('the control page and the state show what happened', async () => {
  await openSession();
  const page = await fetch(stripe.address);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(await page.text()).toContain('4000000000000002');
  expect(await (await fetch(`${stripe.address}/state`)).json()).toMatchObject({
    sessions: [{ status: 'open' }],
  });
});
