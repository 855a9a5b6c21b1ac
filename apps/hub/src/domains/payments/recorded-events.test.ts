// Events of the real-input collection, signed by us, sent to the hub twice and out of order.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paymentsOperations as op } from '@gigafibre/contract';
import { stripeSignature } from '@gigafibre/simulators';
import { sharedData, testWorld } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { verifyLedger } from '../ledger/index.ts';
import { verifyPayments } from './index.ts';

const folder = sharedData('stripe/events_ruby_mock');
const files = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.json'));

test.skipIf(folder === undefined)(
  'every recorded event is taken once, and of strangers nothing is written but what a person must see',
  async () => {
    const world = await testWorld();
    const send = async (file: string, secret = 'whsec_test') => {
      const event = JSON.parse(readFileSync(join(folder ?? '', file), 'utf8')) as object; // our collection: objects
      // Two recordings carry the same id: each is an event of its own here.
      const body = JSON.stringify({ ...event, id: `evt_${file}` });
      return fetch(`${world.url}/webhook/stripe`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'stripe-signature': stripeSignature(body, secret, world.now),
        },
      });
    };
    expect((await send(files[0] ?? '', 'whsec_other')).status).toBe(400);
    const answers = await Promise.all([...files, ...files.toReversed()].map((file) => send(file)));
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
    expect((await verifyLedger(world)).differences).toEqual([]);
    expect(await verifyPayments(world)).toEqual([]);
  },
);
