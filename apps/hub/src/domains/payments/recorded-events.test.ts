// Events of the real-input collection, signed by us, sent to the hub twice, out of order, and in every way they may
// not be believed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paymentsOperations as op } from '@gigafibre/contract';
import { stripeSignature } from '@gigafibre/simulators';
import { newCustomer, sharedData, testWorld, type TestWorld } from '@gigafibre/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { issueInvoice, verifyBilling } from '../billing/index.ts';
import { accountOf, verifyLedger } from '../ledger/index.ts';
import { verifyPayments } from './index.ts';

const folder = sharedData('stripe/events_ruby_mock');
const files = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.json'));
type Recorded = { id: string; type: string; created: number; data: { object: Record<string, unknown> } };
const recorded = (file: string) => JSON.parse(readFileSync(join(folder ?? '', file), 'utf8')) as Recorded; // our collection: events

const SECRET = 'whsec_test';
const post = (world: TestWorld, body: string, signature: string | undefined) =>
  fetch(`${world.url}/webhook/stripe`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      ...(signature === undefined ? {} : { 'stripe-signature': signature }),
    },
  });
const send = (world: TestWorld, event: object, secret = SECRET) => {
  const body = JSON.stringify(event);
  return post(world, body, stripeSignature(body, secret, world.now));
};
const booksAreRight = async (world: TestWorld) => {
  expect((await verifyLedger(world)).differences).toEqual([]);
  expect(await verifyBilling(world)).toEqual([]);
  expect(await verifyPayments(world)).toEqual([]);
};

test.skipIf(folder === undefined)(
  'every recorded event is taken once, and of strangers nothing is written but what a person must see',
  async () => {
    const world = await testWorld();
    // Two recordings carry the same id: each is an event of its own here.
    const sendFile = (file: string) => send(world, { ...recorded(file), id: `evt_${file}` });
    const answers = await Promise.all([...files, ...files.toReversed()].map(sendFile));
    expect(answers.map(({ status }) => status).filter((status) => status !== 200)).toEqual([]);
    await world.settle();
    const { rows: kept } = await world.pool.query(
      `select count(*)::int as count, count(*) filter (where outcome is null)::int as open from app.inbox`,
    );
    expect(kept).toEqual([{ count: files.length, open: 0 }]);
    const { rows: written } = await world.pool.query('select id from payments.payments');
    expect(written).toEqual([]);
    const { rows: reviews } = await (await world.as('billing')).call(op.listReviews, { limit: 200 });
    const kinds = new Set(reviews.map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual(['dispute', 'wrong_currency']);
    await booksAreRight(world);
  },
);

test.skipIf(folder === undefined)(
  'a recorded event that is not signed so, signed too long ago or changed on the way is refused and leaves no trace',
  async () => {
    const world = await testWorld();
    const old = new Date(world.now.getTime() - 301_000);
    const believed: string[] = [];
    for (const file of files) {
      const body = JSON.stringify(recorded(file));
      const right = stripeSignature(body, SECRET, world.now);
      const ways: Record<string, [string, string | undefined]> = {
        'another secret': [body, stripeSignature(body, 'whsec_other', world.now)],
        'too old': [body, stripeSignature(body, SECRET, old)],
        'no signature': [body, undefined],
        'no time': [body, right.replace(/t=\d+,/, '')],
        'another time': [body, right.replace(/t=(\d+)/, (_, at: string) => `t=${Number(at) + 1}`)],
        'another event': [body.replace('"object"', '"Object"'), right],
        'another scheme': [body, right.replace('v1=', 'v0=')],
      };
      for (const [way, [sent, signature]] of Object.entries(ways)) {
        const { status } = await post(world, sent, signature);
        if (status !== 400) believed.push(`${file}, ${way}: ${status}`);
      }
    }
    expect(believed).toEqual([]);
    expect((await world.pool.query('select 1 from app.inbox')).rows).toEqual([]);
  },
);

/** The recorded events of one payment, as they would speak of a payment of ours. */
const ABOUT_ONE_PAYMENT = [
  'payment_intent.created',
  'payment_intent.processing',
  'payment_intent.payment_failed',
  'payment_intent.succeeded',
  'charge.succeeded',
  'charge.updated',
  'checkout.session.completed',
];
const OWED_CENTS = 8_043n;
type Said = Readonly<{ cents: number; currency: string; customer: string; account?: string }>;

function ours(file: string, payment: string, { cents, currency, customer, account }: Said): object {
  const { id: _, ...event } = recorded(`${file}.json`);
  const isIntent = file.startsWith('payment_intent');
  const isSession = file.startsWith('checkout');
  const object = {
    ...event.data.object,
    ...(isIntent ? { id: payment, amount: cents } : { payment_intent: payment }),
    ...(isIntent && file.endsWith('succeeded') ? { amount_received: cents } : {}),
    ...(isSession ? { amount_total: cents } : {}),
    currency,
    customer,
  };
  return { ...event, id: `evt_${payment}_${file}`, data: { object }, ...(account ? { account } : {}) };
}

const bill = (world: TestWorld, customerId: string) =>
  world.act((tx) =>
    issueInvoice(tx, {
      customerId,
      on: '2026-11-02',
      reason: 'test',
      lines: [
        {
          kind: 'one_time',
          sku: null,
          description: { fr: 'Travaux', en: 'Work' },
          quantity: 1,
          unitPriceCents: OWED_CENTS,
          amountCents: OWED_CENTS,
          taxTreatment: 'outside',
          revenueAccount: '4060',
          locationId: null,
        },
      ],
    }),
  );

test.skipIf(folder === undefined)(
  'the recorded events of a payment, in any order and any number, pay once what they say, in dollars, by a customer of ours',
  { timeout: 180_000 },
  async () => {
    const world = await testWorld();
    const billing = await world.as('billing');
    let payments = 0;
    const order = fc.shuffledSubarray([...ABOUT_ONE_PAYMENT, ...ABOUT_ONE_PAYMENT], {
      minLength: 2 * ABOUT_ONE_PAYMENT.length,
    });
    const wrong = fc.constantFrom('nothing', 'nothing', 'amount', 'currency', 'customer', 'account');
    await fc.assert(
      fc.asyncProperty(order, wrong, fc.boolean(), async (files, what, atOnce) => {
        const payment = `pi_recorded_${(payments += 1)}`;
        const customerId = await newCustomer(world);
        const known = `cus_${customerId}`;
        await world.pool.query('update customers.customers set stripe_id = $1 where id = $2', [
          known,
          customerId,
        ]);
        await bill(world, customerId);
        const said: Said = {
          cents: what === 'amount' ? 5_000 : Number(OWED_CENTS),
          currency: what === 'currency' ? 'usd' : 'cad',
          customer: what === 'customer' ? `cus_of_nobody_${payments}` : known,
          ...(what === 'account' ? { account: 'acct_of_somebody_else' } : {}),
        };
        const events = files.map((file) => ours(file, payment, said));
        if (atOnce) await Promise.all(events.map((event) => send(world, event)));
        else for (const event of events) await send(world, event);
        await world.settle();
        const { rows } = await billing.call(op.listPayments, { customerId });
        const isTaken = what === 'nothing' || what === 'amount';
        expect(rows.map(({ amountCents }) => amountCents)).toEqual(isTaken ? [BigInt(said.cents)] : []);
        const { balanceCents } = await accountOf(world, customerId);
        expect(balanceCents).toBe(OWED_CENTS - (isTaken ? BigInt(said.cents) : 0n));
        const reviews = (await billing.call(op.listReviews, { limit: 200 })).rows;
        expect(reviews.filter(({ providerRef }) => providerRef === payment).map(({ kind }) => kind)).toEqual(
          { currency: ['wrong_currency'], customer: ['unknown_customer'] }[what as string] ?? [],
        );
      }),
      { numRuns: 14 },
    );
    await booksAreRight(world);
  },
);

test('an event of a type nobody knows is kept, ignored, and told again when it comes again', async () => {
  const world = await testWorld();
  const created = Math.floor(world.now.getTime() / 1_000);
  const event = {
    id: 'evt_new',
    object: 'event',
    type: 'gravity.reversed',
    created,
    data: { object: { amount: 1 } },
  };
  for (const isNew of [true, false]) {
    const answer = await send(world, event);
    expect([answer.status, await answer.json()]).toEqual([200, { received: true, new: isNew }]);
  }
  await world.settle();
  const { rows } = await world.pool.query('select vendor_id, kind, outcome from app.inbox');
  expect(rows).toEqual([{ vendor_id: 'evt_new', kind: 'gravity.reversed', outcome: 'ignored' }]);
});
