// The adapter against the simulated Twilio, over HTTP on loopback; signatures also against known vectors.
import { readFileSync } from 'node:fs';
import {
  catchWebhooks,
  seededRandom,
  startTwilio,
  twilioSignature,
  type TwilioSimulator,
} from '@gigafibre/simulators';
import { sharedData } from '@gigafibre/testing/shared-data';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smsConformance } from './sms.conformance.ts';
import { readTwilioCallback } from './twilio-callback.ts';
import { createTwilioSms } from './twilio.ts';

const NOW = new Date('2026-03-02T15:00:00Z');
const env = { clock: () => NOW, random: seededRandom('sms'), log: () => {} };
const FROM = '+14505550100';

smsConformance('Twilio', async () => {
  const [twilio, catcher] = await Promise.all([startTwilio({ env }), catchWebhooks()]);
  return {
    sender: createTwilioSms({ ...twilio.credentials, baseUrl: twilio.address, timeoutMs: 4_000 }),
    from: FROM,
    numbers: { good: '+14505550123', unreachable: '+14505550194', optedOut: '+14505550198' },
    statusCallbackUrl: catcher.url,
    received: async () => {
      await twilio.settled();
      return catcher.caught.map(({ body, headers }) => ({
        url: catcher.url,
        params: Object.fromEntries(new URLSearchParams(body)),
        signatureHeader: String(headers['x-twilio-signature']),
      }));
    },
    now: () => NOW,
    stop: async () => {
      await twilio.stop();
      await catcher.stop();
    },
  };
});

let twilio: TwilioSimulator;
beforeAll(async () => {
  twilio = await startTwilio({ env });
});
afterAll(() => twilio.stop());

function sender(over: { timeoutMs?: number; authToken?: string; baseUrl?: string } = {}) {
  return createTwilioSms({ ...twilio.credentials, baseUrl: twilio.address, timeoutMs: 3_000, ...over });
}

function message(to: string, body = 'Bonjour') {
  return { to, from: FROM, body };
}

test('a server error and a cut connection leave a message unknown: it may have gone', async () => {
  expect(await sender().send(message('+14505550197'))).toMatchObject({ is: 'unknown' });
  expect(await sender().send(message('+14505550111', 'sim:reset'))).toMatchObject({ is: 'unknown' });
  expect(await sender().send(message('+14505550111', 'sim:garbage'))).toMatchObject({ is: 'unknown' });
});

test('past its deadline a message is unknown, and looking it up tells whether it went', async () => {
  const hurried = sender({ timeoutMs: 150 });
  expect(await hurried.send(message('+14505550196'))).toMatchObject({ is: 'unknown' });
  expect(await hurried.send(message('+14505550195'))).toMatchObject({ is: 'unknown' });
  const since = new Date(NOW.getTime() - 1_000);
  expect(await sender().findSent({ to: '+14505550196', since })).toEqual({ is: 'done', value: [] });
  expect(await sender().findSent({ to: '+14505550195', since })).toMatchObject({
    value: [{ body: 'Bonjour' }],
  });
});

test('too many at once is for later; wrong credentials are for a person', async () => {
  expect(await sender().send(message('+14505550111', 'sim:http429'))).toMatchObject({ is: 'retry' });
  expect(await sender({ authToken: 'invalid' }).send(message('+14505550111'))).toMatchObject({
    is: 'broken',
  });
});

test('a provider that is not there was not reached: retry', async () => {
  const gone = await startTwilio({ env });
  await gone.stop();
  expect(await sender({ baseUrl: gone.address }).send(message('+14505550111'))).toMatchObject({
    is: 'retry',
  });
});

const vectors = sharedData('twilio_mailjet_docuseal_traccar/twilio/signature_vectors.json');

test.skipIf(vectors === undefined)(
  'known signatures are judged as they should be (skipped without the real-input collection)',
  () => {
    type Vector = {
      authToken: string;
      url: string;
      params?: Record<string, string>;
      signature: string;
      valid: boolean;
    };
    const forms = (JSON.parse(readFileSync(vectors ?? '', 'utf8')) as Vector[]).filter(
      ({ params }) => params,
    );
    expect(forms.length).toBeGreaterThanOrEqual(3);
    for (const { authToken, url, params = {}, signature, valid } of forms) {
      const reading = readTwilioCallback(authToken, { url, params, signatureHeader: signature });
      // These vectors are of calls, not messages: a right signature gets as far as the content.
      expect(reading).toEqual({ ok: false, reason: valid ? 'malformed' : 'bad_signature' });
    }
  },
);

const recorded = sharedData('twilio_mailjet_docuseal_traccar/twilio/status_callback_delivered.form.txt');

test.skipIf(recorded === undefined)(
  'a recorded delivery report is read (skipped without the real-input collection)',
  () => {
    const params = Object.fromEntries(new URLSearchParams(readFileSync(recorded ?? '', 'utf8').trim()));
    const url = 'https://hub.example.test/webhook/sms';
    const signatureHeader = twilioSignature('token', url, params);
    expect(readTwilioCallback('token', { url, params, signatureHeader })).toEqual({
      ok: true,
      status: { providerRef: 'SM4262411b90e5464b98a4f66a49c57a97', state: 'delivered', errorCode: null },
    });
  },
);
