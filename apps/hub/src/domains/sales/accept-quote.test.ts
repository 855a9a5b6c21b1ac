import { verifySeal } from '@gigafibre/documents';
import { Refusal } from '@gigafibre/contract';
import { expect, test } from 'vitest';
import { readCustomer } from '../customers/index.ts';
import { jobsOf } from '../dispatch/index.ts';
import { listLocations, readLocation } from '../plant/index.ts';
import { cancelSubscription, subscriptionsOf } from '../subscriptions/index.ts';
import { confirmAcceptance } from './confirm-acceptance.ts';
import { declineQuote, expireQuote, readContractPdf, readQuote, reviseQuote, sendQuote } from './index.ts';
import { listMyContracts, readMyContractPdf } from './read-contracts.ts';
import { signAcceptance } from './sign-acceptance.ts';
import {
  addressId,
  askCode,
  HELENE,
  LINES,
  quoteFor,
  sellingHub,
  showFrench,
  signFully,
  signing,
  tokenOf,
  visitor,
  WHENCE,
} from './test/sold.ts';

const slot = { date: '2026-11-09', from: '08:00', to: '12:00' };

test('a signature makes customer, location, port, subscription, charges, job and sealed contract', async () => {
  const hub = await sellingHub();
  const quote = await quoteFor(hub, { slot });
  await hub.act((tx) => sendQuote(tx, { id: quote.id, version: 1 }));
  const order = await signFully(hub, quote);
  expect(await readCustomer(hub, order.customerId)).toMatchObject({
    name: HELENE.name,
    status: 'active',
    cellPhone: HELENE.cellPhone,
  });
  const location = await readLocation(hub, order.locationId);
  expect(location).toMatchObject({ customerId: order.customerId, network: { state: 'reserved' } });
  expect(await subscriptionsOf(hub, order.customerId)).toMatchObject([
    { id: order.subscriptionId, status: 'pending', locationId: order.locationId },
  ]);
  const jobs = await jobsOf(hub, order.customerId);
  expect(jobs).toMatchObject([{ id: order.jobId, type: 'install' }]);
  await hub.drain();
  expect(await readQuote(hub, { id: quote.id })).toMatchObject({
    status: 'accepted',
    customerId: order.customerId,
    order: { portReserved: true, contractReady: true },
  });
  const { bytes } = await readContractPdf(hub, { id: quote.id });
  expect(verifySeal(bytes)).toMatchObject({ valid: true });
  const mail = await hub.pool.query(
    `select template, to_address from messages.messages where template in ('quote_signing', 'quote_accepted') order by template, channel`,
  );
  expect(mail.rows).toEqual([
    { template: 'quote_accepted', to_address: HELENE.emailId },
    { template: 'quote_signing', to_address: HELENE.emailId },
    { template: 'quote_signing', to_address: HELENE.cellPhone },
  ]);
});

test('of acceptances racing on one quote exactly one makes an order', async () => {
  const hub = await sellingHub();
  const quote = await quoteFor(hub);
  const token = await tokenOf(hub, quote);
  await showFrench(hub, token);
  const code = await askCode(hub, token);
  const sign = () => signAcceptance(visitor(hub), hub.env, { signing: signing(token, code), whence: WHENCE });
  const staff = { reading: hub, transact: hub.act };
  const confirm = () =>
    confirmAcceptance(staff, {
      confirmation: { quoteId: quote.id, version: 1, name: 'H. Tremblay', means: 'phone', note: '' },
      whence: WHENCE,
    });
  const outcomes = await Promise.allSettled([sign(), sign(), confirm(), sign(), confirm()]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') {
      expect(outcome.reason).toBeInstanceOf(Refusal);
      expect(['quote_already_accepted', 'code_not_valid']).toContain(outcome.reason.code);
    }
  const counts = await hub.pool.query<{ n: bigint }>(`
    select count(*) as n from customers.customers union all select count(*) from plant.locations
    union all select count(*) from subscriptions.subscriptions union all select count(*) from sales.acceptances
    union all select count(*) from plant.drops union all select count(*) from charges.charges`);
  expect(counts.rows.map(({ n }) => Number(n))).toEqual([1, 1, 1, 1, 1, 1]);
});

test('expired, superseded, declined, accepted and foreign links are refused, each in its own words', async () => {
  const hub = await sellingHub();
  const attempt = async (token: string) =>
    signAcceptance(visitor(hub), hub.env, { signing: signing(token, '000000'), whence: WHENCE }).catch(
      (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
    );
  const revised = await quoteFor(hub);
  const old = await tokenOf(hub, revised);
  await hub.act(async (tx) => reviseQuote(tx, { ...(await input(hub)), id: revised.id, version: 1 }));
  expect(await attempt(old)).toBe('quote_superseded');
  const declined = await quoteFor(hub);
  await hub.act((tx) => declineQuote(tx, { id: declined.id, reason: 'trop cher' }));
  expect(await attempt(await tokenOf(hub, declined))).toBe('quote_declined');
  const ended = await quoteFor(hub);
  await hub.act((tx) => expireQuote(tx, { id: ended.id }));
  expect(await attempt(await tokenOf(hub, ended))).toBe('quote_expired');
  const signed = await quoteFor(hub);
  await signFully(hub, signed);
  expect(await attempt(await tokenOf(hub, signed))).toBe('quote_already_accepted');
  const token = await tokenOf(hub, await quoteFor(hub));
  const [head, body, signature] = token.split('.');
  const claims = { ...JSON.parse(Buffer.from(body ?? '', 'base64url').toString()), version: '2' };
  const forged = [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
  for (const foreign of [forged, `${token.slice(0, -3)}abc`, 'x'.repeat(40)])
    expect(await attempt(foreign)).toBe('link_not_valid');
  const aged = await quoteFor(hub);
  await hub.passDays(31);
  expect(await attempt(await tokenOf(hub, aged))).toBe('quote_expired');
  await hub.drain();
  expect((await readQuote(hub, { id: aged.id })).status).toBe('expired');
});

test('an offer that is not what was sent is refused, even if somebody changed it in the database', async () => {
  const hub = await sellingHub();
  const quote = await quoteFor(hub);
  const token = await tokenOf(hub, quote);
  await hub.pool.query('alter table sales.quote_lines disable trigger all');
  await hub.pool.query(
    'update sales.quote_lines set unit_cents = 1, amount_cents = quantity where quote_id = $1',
    [quote.id],
  );
  await expect(showFrench(hub, token)).rejects.toMatchObject({ code: 'quote_altered' });
});

test('five wrong codes spend a code; a right one after ten minutes is too late; a new one works', async () => {
  const hub = await sellingHub();
  const quote = await quoteFor(hub);
  const token = await tokenOf(hub, quote);
  await showFrench(hub, token);
  const code = await askCode(hub, token);
  const wrong = code === '000000' ? '111111' : '000000';
  const sign = (typed: string) =>
    signAcceptance(visitor(hub), hub.env, { signing: signing(token, typed), whence: WHENCE }).catch(
      (error: unknown) => (error instanceof Refusal ? error.code : error),
    );
  for (let guess = 1; guess <= 4; guess += 1)
    expect(await sign(wrong), `guess ${guess}`).toBe('code_not_valid');
  expect(await sign(wrong)).toBe('code_attempts_spent');
  expect(await sign(code)).toBe('code_attempts_spent');
  const second = await askCode(hub, token);
  await hub.moveTo(new Date(hub.now.getTime() + 10 * 60_000));
  expect(await sign(second)).toBe('code_not_valid');
  const third = await askCode(hub, token);
  expect(await sign(third)).toMatchObject({ quoteId: quote.id });
});

test('a fourth code within a quarter of an hour is refused', async () => {
  const hub = await sellingHub();
  const token = await tokenOf(hub, await quoteFor(hub));
  for (let sent = 1; sent <= 3; sent += 1) await askCode(hub, token);
  await expect(askCode(hub, token)).rejects.toMatchObject({ code: 'too_many_requests' });
});

test('English is signed only after French was shown and English chosen', async () => {
  const hub = await sellingHub();
  const quote = await quoteFor(hub, { contact: { ...HELENE, language: 'en' } });
  const token = await tokenOf(hub, quote);
  const code = await askCode(hub, token);
  const sign = (language: 'fr' | 'en') =>
    signAcceptance(visitor(hub), hub.env, { signing: signing(token, code, { language }), whence: WHENCE });
  await expect(sign('en')).rejects.toMatchObject({ code: 'french_first' });
  await showFrench(hub, token);
  await expect(sign('en')).rejects.toMatchObject({ code: 'french_first' });
  expect(await sign('fr')).toMatchObject({ quoteId: quote.id });
});

test('the last port goes to one of two signatures; the other sale stands and says work is needed', async () => {
  const hub = await sellingHub();
  const quotes = await Promise.all(
    [40, 45, 48].map(async (number) =>
      quoteFor(hub, {
        contact: { ...HELENE, emailId: `h${number}@example.test` },
        addressId: await addressId(hub, `${number} avenue des Pommiers`),
      }),
    ),
  );
  const orders = [];
  for (const quote of quotes) orders.push(await signFully(hub, quote));
  expect(orders.map(({ portReserved }) => portReserved)).toEqual([true, true, false]);
});

test('withdrawing the subscription frees the port', async () => {
  const hub = await sellingHub();
  const order = await signFully(hub, await quoteFor(hub));
  await hub.act((tx) => cancelSubscription(tx, { id: order.subscriptionId ?? '', reason: 'changé d’idée' }));
  await hub.drain();
  expect((await readLocation(hub, order.locationId)).network).toBeNull();
});

test('an existing customer keeps number and location; a second quote there opens no second location', async () => {
  const hub = await sellingHub();
  const first = await signFully(hub, await quoteFor(hub));
  const quote = await quoteFor(hub, {
    contact: null,
    customerId: first.customerId,
    locationId: first.locationId,
    lines: [{ sku: 'TELE-BASE' }],
  });
  const second = await signFully(hub, quote);
  expect(second).toMatchObject({ customerId: first.customerId, locationId: first.locationId });
  expect((await listLocations(hub, { customerId: first.customerId, limit: 10 })).rows).toHaveLength(1);
});

test('a customer reads their own sealed contracts and nobody else’s', async () => {
  const hub = await sellingHub();
  const order = await signFully(hub, await quoteFor(hub));
  await hub.drain();
  const as = (id: string) => ({ db: hub.db, now: hub.now, by: { ...hub.by, kind: 'customer' as const, id } });
  expect((await listMyContracts(as(order.customerId), { limit: 10 })).rows).toMatchObject([
    { quoteId: order.quoteId, ready: true },
  ]);
  expect((await readMyContractPdf(as(order.customerId), { id: order.quoteId })).type).toBe('application/pdf');
  await expect(readMyContractPdf(as('C-99999'), { id: order.quoteId })).rejects.toMatchObject({
    code: 'not_found',
  });
});

async function input(hub: Parameters<typeof quoteFor>[0]) {
  return {
    customerId: null,
    contact: HELENE,
    addressId: await addressId(hub),
    locationId: null,
    address: null,
    unit: null,
    lines: LINES,
    slot: null,
    notes: '',
  };
}
