import { afterEach, beforeEach, expect, test } from 'vitest';
import { catchWebhooks, type WebhookCatcher } from '../kit/catch-webhooks.ts';
import { seededRandom } from '../kit/random.ts';
import { segmentsOf } from './messages.ts';
import { startTwilio, type TwilioSimulator } from './start-twilio.ts';

let twilio: TwilioSimulator;
let catcher: WebhookCatcher;

beforeEach(async () => {
  const clock = () => new Date('2026-03-02T15:00:00Z');
  twilio = await startTwilio({ env: { clock, random: seededRandom('twilio'), log: () => {} } });
  catcher = await catchWebhooks();
});

afterEach(async () => {
  await twilio.stop();
  await catcher.stop();
});

async function post(form: Record<string, string>, token = twilio.credentials.authToken): Promise<Response> {
  const { accountSid } = twilio.credentials;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${token}`).toString('base64')}`;
  const url = `${twilio.address}/2010-04-01/Accounts/${accountSid}/Messages.json`;
  return fetch(url, { method: 'POST', headers: { authorization }, body: new URLSearchParams(form) });
}

async function told(): Promise<(string | null)[]> {
  await twilio.settled();
  return catcher.caught.map(({ body }) => new URLSearchParams(body).get('MessageStatus'));
}

const FROM = '+14505550100';

test.each([
  ['+14505550123', ['sent', 'delivered']],
  ['+14505550199', ['sent']],
  ['+14505550193', ['sent', 'undelivered']],
])('a message to %s is told as %j', async (to, statuses) => {
  const response = await post({ To: to, From: FROM, Body: 'Bonjour', StatusCallback: catcher.url });
  expect(response.status).toBe(201);
  expect(await response.json()).toMatchObject({ status: 'queued', num_segments: '1', to });
  expect(await told()).toEqual(statuses);
});

test.each([
  [{ To: '5145550123', From: FROM, Body: 'x' }, 400, 21211],
  [{ To: '+14505550123', From: FROM, Body: '' }, 400, 21602],
  [{ To: '+14505550123', From: FROM, Body: 'x'.repeat(1601) }, 400, 21617],
  [{ To: '+14505550198', From: FROM, Body: 'x' }, 400, 21610],
])('%j is refused %i with code %i', async (form, status, code) => {
  const response = await post(form);
  expect([response.status, await response.json()]).toMatchObject([status, { code, status }]);
  expect(twilio.messages()).toHaveLength(0);
});

test('without the right token nothing is sent', async () => {
  const response = await post({ To: '+14505550123', From: FROM, Body: 'x' }, 'invalid');
  expect([response.status, await response.json()]).toMatchObject([401, { code: 20003 }]);
});

test('callbacks can come in another order and twice', async () => {
  twilio.setCallbackMode('duplicate');
  await post({ To: '+14505550123', From: FROM, Body: 'x', StatusCallback: catcher.url });
  expect((await told()).toSorted()).toEqual(['delivered', 'delivered', 'sent', 'sent']);
});

test('segments are counted as networks count them', () => {
  expect(segmentsOf('a'.repeat(160))).toBe(1);
  expect(segmentsOf('a'.repeat(161))).toBe(2);
  expect(segmentsOf('ê'.repeat(70))).toBe(1);
  expect(segmentsOf('ê'.repeat(71))).toBe(2);
  expect(segmentsOf('€'.repeat(81))).toBe(2);
});
