import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGenieAcs } from '@gigafibre/outside/acs';
import { createHuaweiSnmpOlt } from '@gigafibre/outside/olt';
import { createStripePayments } from '@gigafibre/outside/payments';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { catchWebhooks } from '../kit/catch-webhooks.ts';
import { startSimulatedWorld, type SimulatedWorld, type WorldOptions } from './start-world.ts';

const NOW = new Date('2026-03-02T15:00:00Z');
let world: SimulatedWorld;
let folder: string;

async function start(over: Partial<WorldOptions> = {}): Promise<SimulatedWorld> {
  return startSimulatedWorld({ clock: () => NOW, seed: 1, log: () => {}, ...over });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'world-'));
  world = await start({ olts: ['OLT-A', 'OLT-B'] });
});

afterEach(async () => {
  await world.stop();
  await rm(folder, { recursive: true });
});

function payments(at: SimulatedWorld) {
  return createStripePayments({
    secretKey: 'sk_test_1',
    webhookSecrets: ['whsec_1'],
    baseUrl: at.addresses.stripe,
    timeoutMs: 4_000,
  });
}

async function checkout(at: SimulatedWorld, key: string) {
  const made = await payments(at).createCheckout({
    amountCents: 5_000n,
    currency: 'cad',
    description: 'Facture',
    metadata: {},
    successUrl: 'http://127.0.0.1:9/ok',
    cancelUrl: 'http://127.0.0.1:9/no',
    idempotencyKey: key,
    locale: 'en',
  });
  if (made.is !== 'done') throw new Error(JSON.stringify(made));
  return made.value;
}

async function pay(url: string): Promise<void> {
  const body = new URLSearchParams({ cardNumber: '4242424242424242', cardExpiry: '12/30', cardCvc: '123' });
  await fetch(url, { method: 'POST', body, redirect: 'manual' });
}

const acs = (at: SimulatedWorld) =>
  createGenieAcs({ baseUrl: at.addresses.genieacs, timeoutMs: 4_000, connectionRequestMs: 50 });
const olt = createHuaweiSnmpOlt({ community: 'public', timeoutMs: 1_000, retries: 0, deadlineMs: 4_000 });

test('an ONT put on a wall is found by its OLT, and speaks to the ACS once it is configured', async () => {
  const oltAddress = world.olts[1]?.address ?? '';
  world.addOnt({ serial: 'TPLG46E80F93', oltAddress, port: '0/1/3', rxDbm: -20, state: 'unconfigured' });
  expect(await olt.listUnconfiguredOnts({ oltAddress })).toMatchObject({
    value: [{ serial: 'TPLG46E80F93', port: '0/1/3' }],
  });
  expect(await acs(world).findDevice({ serial: 'TPLG46E80F93' })).toEqual({ is: 'done', value: null });
  world.changeOnt('TPLG46E80F93', { state: 'online' });
  expect(await olt.readOnt({ oltAddress, serial: 'TPLG46E80F93' })).toMatchObject({
    value: { state: 'online', rxDbm: -20 },
  });
  expect(await acs(world).findDevice({ serial: 'TPLG46E80F93' })).toMatchObject({
    value: { optical: { rxDbm: -20 } },
  });
  const elsewhere = await olt.readOnt({ oltAddress: world.addresses.olt, serial: 'TPLG46E80F93' });
  expect(elsewhere).toEqual({ is: 'done', value: null });
});

test('the control page adds and changes ONTs, by JSON and by its form, and says what cannot be', async () => {
  const post = async (path: string, body: string) =>
    fetch(world.addresses.control + path, { method: 'POST', body, redirect: 'manual' });
  expect(await (await post('/onts', '{"serial":"HWTCA94196A5","olt":"OLT-B"}')).json()).toMatchObject({
    model: 'EG8145V5',
  });
  expect((await post('/onts', 'serial=TPLG00000001&port=0%2F2%2F1&rxDbm=-22&state=online')).status).toBe(303);
  expect(await (await post('/onts/HWTCA94196A5', '{"state":"offline"}')).json()).toMatchObject({
    lastDownCause: 13,
  });
  expect(world.onts().map(({ serial, port, olt: name }) => [serial, port, name])).toEqual([
    ['HWTCA94196A5', '0/1/0', 'OLT-B'],
    ['TPLG00000001', '0/2/1', 'OLT-A'],
  ]);
  const wrong = await post('/onts', '{"serial":"HWTC1","olt":"OLT-Z"}');
  expect([wrong.status, await wrong.json()]).toEqual([400, { error: 'not a PON serial: HWTC1' }]);
  const page = await (await fetch(world.addresses.control)).text();
  for (const address of [world.addresses.stripe, world.addresses.olt, 'HWTCA94196A5'])
    expect(page).toContain(address);
});

test('the same seed and the same questions give the same answers', async () => {
  const other = await start({ olts: ['OLT-A', 'OLT-B'] });
  try {
    const ids = await Promise.all([checkout(world, 'k'), checkout(other, 'k')]);
    expect(ids[0].sessionId).toBe(ids[1].sessionId);
    expect(world.addOnt({ serial: 'TPLG00000001' })).toEqual(other.addOnt({ serial: 'TPLG00000001' }));
  } finally {
    await other.stop();
  }
});

test('with a state file, payments and ONTs are there after a crash, and webhooks not taken come then', async () => {
  const stateFile = join(folder, 'sub', 'world.json');
  const before = await start({ stateFile });
  before.configure({ stripeWebhookUrl: 'http://127.0.0.1:9/webhook', stripeWebhookSecret: 'whsec_1' });
  const open = await checkout(before, 'open');
  const { sessionId, url } = await checkout(before, 'paid');
  await pay(url);
  before.addOnt({ serial: 'TPLG46E80F93', rxDbm: -20 });
  await expect.poll(() => readFile(stateFile, 'utf8')).toContain('TPLG46E80F93');
  // Not stopped first: the file is as a crash would leave it.
  const after = await start({ stateFile });
  const catcher = await catchWebhooks();
  after.configure({ stripeWebhookUrl: catcher.url, stripeWebhookSecret: 'whsec_1' });
  await after.settled();
  expect(await payments(after).getCheckout(sessionId)).toMatchObject({ value: { paid: true } });
  const reopened = await payments(after).getCheckout(open.sessionId);
  expect(reopened).toMatchObject({
    value: { state: 'open', url: `${after.addresses.stripe}/c/pay/${open.sessionId}` },
  });
  // The same key still gives the same page: whoever crashed may ask again.
  const again = await checkout(after, 'open');
  expect(again.url).toBe(`${after.addresses.stripe}/c/pay/${open.sessionId}`);
  expect(catcher.caught).toHaveLength(4);
  expect(after.onts()).toMatchObject([{ serial: 'TPLG46E80F93', rxDbm: -20 }]);
  await Promise.all([before.stop(), after.stop(), catcher.stop()]);
});

test('a state file nobody can read is begun anew', async () => {
  const stateFile = join(folder, 'world.json');
  await writeFile(stateFile, '{"version":1,');
  const other = await start({ stateFile });
  expect(other.onts()).toEqual([]);
  await other.stop();
});
