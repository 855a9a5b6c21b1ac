import type { Language } from '@gigafibre/contract';
import { newCustomer, newLocation, stockCatalog, testHub, type TestHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import {
  acceptQuote,
  createQuote,
  declineQuote,
  expireQuote,
  reviseQuote,
  sendQuote,
} from '../domains/sales/index.ts';

// The clock stands on 2 November 2026; quotes are good until 2 December. Montréal is five hours behind UTC.
const VALID_UNTIL = '2026-12-02';
const REMINDED_AT = new Date('2026-11-29T14:00:00Z');
const EXPIRES_AT = new Date('2026-12-03T05:00:00Z');
const before = (instant: Date) => new Date(instant.getTime() - 1);

type Drawn = Awaited<ReturnType<typeof drawn>>;

async function drawn(
  hub: TestHub,
  { language = 'fr', validUntil = VALID_UNTIL }: { language?: Language; validUntil?: string } = {},
) {
  await stockCatalog(hub);
  const customerId = await newCustomer(hub, { language });
  const locationId = await newLocation(hub, customerId);
  const nothing = { contact: null, addressId: null, address: null, unit: null, slot: null, notes: '' };
  const lines = [{ sku: 'FIBRE-500', quantity: 1 }];
  const input = { ...nothing, customerId, locationId, lines, validUntil };
  const { id } = await hub.act((tx) => createQuote(tx, input));
  return { id, input };
}

/** A quote that was sent, its link out and its follow-up started. */
async function sent(hub: TestHub, options: Parameters<typeof drawn>[1] = {}): Promise<Drawn> {
  const quote = await drawn(hub, options);
  await hub.act((tx) => sendQuote(tx, { id: quote.id, version: 1 }));
  await hub.drain();
  return quote;
}

const accept = (hub: TestHub, quoteId: string) =>
  hub.act((tx) =>
    acceptQuote(tx, {
      quoteId,
      version: 1,
      means: 'in_person',
      name: 'Zoé Côté-Lefebvre',
      signature: null,
      language: 'fr',
      consents: {},
      whence: null,
      codeId: null,
      documentSha256: '0'.repeat(64),
      frenchPresentedAt: null,
      englishChosenAt: null,
      note: '',
    }),
  );

async function at(hub: TestHub, instant: Date): Promise<void> {
  await hub.moveTo(instant);
  await hub.drain();
}

async function reminders(
  hub: TestHub,
): Promise<{ subject: string; body_text: string; to_address: string }[]> {
  const { rows } = await hub.pool.query(
    `select subject, body_text, to_address from messages.messages where template = 'quote_reminder' order by id`,
  );
  return rows;
}

const runs = async (hub: TestHub) =>
  (
    await hub.pool.query('select key, state, result from flows.runs where flow = $1 order by id', [
      'quote-follow-up',
    ])
  ).rows;

test('the prospect is reminded once, three days before the last day, with the link to sign', async () => {
  const hub = await testHub();
  const { id } = await sent(hub);
  await at(hub, before(REMINDED_AT));
  expect(await reminders(hub)).toEqual([]);
  await at(hub, REMINDED_AT);
  await at(hub, before(EXPIRES_AT));
  const [reminder, ...more] = await reminders(hub);
  expect(more).toEqual([]);
  expect(reminder).toMatchObject({
    subject: `Votre soumission ${id} prend fin bientôt`,
    to_address: 'zoe@example.test',
  });
  expect(reminder?.body_text).toMatch(/jusqu’au 2\u00a0décembre\u00a02026\.[^]*http\S+\/accept\/ey/);
});

test('the day after its last day the quote expires, by the follow-up', async () => {
  const hub = await testHub();
  const { id } = await sent(hub);
  await at(hub, before(EXPIRES_AT));
  await at(hub, EXPIRES_AT);
  const { rows } = await hub.pool.query(
    `select actor_kind, actor_id, customer_id is not null as has_customer from app.events where type = 'quote.expired' and subject_id = $1`,
    [id],
  );
  expect(rows).toEqual([{ actor_kind: 'flow', actor_id: 'quote-follow-up', has_customer: true }]);
  expect(await runs(hub)).toEqual([{ key: `${id}:1`, state: 'done', result: 'expired' }]);
});

test('a quote that was accepted, declined or ended before is neither reminded of nor expired', async () => {
  const endings = {
    accepted: (hub: TestHub, id: string) => accept(hub, id),
    declined: (hub: TestHub, id: string) => hub.act((tx) => declineQuote(tx, { id, reason: 'trop cher' })),
    expired: (hub: TestHub, id: string) => hub.act((tx) => expireQuote(tx, { id })),
  };
  for (const [ending, end] of Object.entries(endings)) {
    const hub = await testHub();
    const { id } = await sent(hub);
    await end(hub, id);
    await hub.drain();
    expect(await runs(hub), ending).toEqual([{ key: `${id}:1`, state: 'done', result: ending }]);
    await at(hub, REMINDED_AT);
    await at(hub, EXPIRES_AT);
    expect(await reminders(hub), ending).toEqual([]);
    const { rows } = await hub.pool.query(`select 1 from app.events where type = 'quote.expired'`);
    expect(rows, ending).toHaveLength(ending === 'expired' ? 1 : 0);
  }
});

test('a revised quote is followed anew in its new version, and the old one no more', async () => {
  const hub = await testHub();
  const { id, input } = await sent(hub);
  const revised = { ...input, id, version: 1, validUntil: '2026-12-20' };
  await hub.act((tx) => reviseQuote(tx, revised));
  await hub.act((tx) => sendQuote(tx, { id, version: 2 }));
  await hub.drain();
  await at(hub, EXPIRES_AT);
  expect(await reminders(hub)).toEqual([]);
  await at(hub, new Date('2026-12-17T14:00:00Z'));
  expect((await reminders(hub)).map(({ body_text: text }) => /jusqu’au (.+)\./.exec(text)?.[1])).toEqual([
    '20\u00a0décembre\u00a02026',
  ]);
  await at(hub, new Date('2026-12-21T05:00:00Z'));
  expect(await runs(hub)).toEqual([
    { key: `${id}:1`, state: 'done', result: 'revised' },
    { key: `${id}:2`, state: 'done', result: 'expired' },
  ]);
});

test('the follow-up of a version stops even when nobody told it that the quote was revised', async () => {
  const hub = await testHub();
  const { id, input } = await sent(hub);
  await hub.act((tx) => reviseQuote(tx, { ...input, id, version: 1, validUntil: '2026-12-20' }));
  await hub.act((tx) => sendQuote(tx, { id, version: 2 }));
  await hub.pool.query(`delete from pgboss.job where state = 'created'`);
  await at(hub, REMINDED_AT);
  await at(hub, EXPIRES_AT);
  expect(await reminders(hub)).toEqual([]);
  const { rows } = await hub.pool.query(`select 1 from app.events where type = 'quote.expired'`);
  expect(rows).toEqual([]);
});

test('sent twice, a version is followed once', async () => {
  const hub = await testHub();
  const { id } = await sent(hub);
  await hub.act((tx) => sendQuote(tx, { id, version: 1 }));
  await at(hub, REMINDED_AT);
  expect(await reminders(hub)).toHaveLength(1);
  expect(await runs(hub)).toHaveLength(1);
});

test('a quote sent in its last days is not followed by a reminder at once, and expires all the same', async () => {
  const hub = await testHub();
  const { id } = await sent(hub, { validUntil: '2026-11-05' });
  await at(hub, new Date('2026-11-05T14:00:00Z'));
  expect(await reminders(hub)).toEqual([]);
  await at(hub, new Date('2026-11-06T05:00:00Z'));
  expect(await runs(hub)).toEqual([{ key: `${id}:1`, state: 'done', result: 'expired' }]);
});

test('a prospect who reads English is reminded in English', async () => {
  const hub = await testHub();
  await sent(hub, { language: 'en' });
  await at(hub, REMINDED_AT);
  expect((await reminders(hub))[0]?.body_text).toContain('is still valid until December\u00a02, 2026');
});
