// The adapter against the simulated mail server, by SMTP on loopback.
import { createServer } from 'node:net';
import { seededRandom, startSmtp, type SmtpSimulator } from '@gigafibre/simulators';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mailConformance } from './mail.conformance.ts';
import { createSmtpMail } from './smtp.ts';

const env = { clock: () => new Date('2026-03-02T15:00:00Z'), random: seededRandom('mail'), log: () => {} };

mailConformance('SMTP', async () => {
  const smtp = await startSmtp({ env });
  const sender = createSmtpMail({ host: smtp.host, port: smtp.port, secure: false, timeoutMs: 5_000 });
  return {
    sender,
    addresses: { good: 'zoe@example.test', noMailbox: 'nobody@bounce.test', greylisted: 'zoe@greylist.test' },
    arrived: (to) => smtp.mail(to),
    stop: async () => {
      sender.close();
      await smtp.stop();
    },
  };
});

let smtp: SmtpSimulator;
beforeAll(async () => {
  smtp = await startSmtp({ env });
});
afterAll(() => smtp.stop());

async function sendTo(to: string, over: { port?: number; timeoutMs?: number } = {}) {
  const sender = createSmtpMail({
    host: smtp.host,
    port: smtp.port,
    secure: false,
    timeoutMs: 3_000,
    ...over,
  });
  const letter = { from: 'a@gigafibre.test', to, subject: 's', text: 't', messageId: '<1@gigafibre.test>' };
  try {
    return await sender.send(letter);
  } finally {
    sender.close();
  }
}

test('a letter refused after it was given is declined; a full mailbox is for later', async () => {
  expect(await sendTo('x@data554.test')).toMatchObject({ is: 'declined', code: '554' });
  expect(await sendTo('x@full.test')).toMatchObject({ is: 'retry' });
});

test('a letter given and never answered for is unknown', async () => {
  expect(await sendTo('x@hang.test', { timeoutMs: 800 })).toMatchObject({ is: 'unknown' });
  expect(await sendTo('x@drop.test')).toMatchObject({ is: 'unknown' });
  expect(smtp.mail('x@drop.test')).toHaveLength(1);
});

test('what is no address is declined without asking anybody', async () => {
  expect(await sendTo('pas une adresse')).toMatchObject({ is: 'declined' });
});

test('a server that is not there, or never greets, was not reached: retry', async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', () => resolve()));
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await sendTo('x@example.test', { port, timeoutMs: 300 })).toMatchObject({ is: 'retry' });
  await new Promise((resolve) => silent.close(resolve));
  expect(await sendTo('x@example.test', { port })).toMatchObject({ is: 'retry' });
});

test('the inbox is read over HTTP, as JSON by recipient and as a page', async () => {
  await sendTo('json@example.test');
  const found: unknown = await (await fetch(`${smtp.address}/mail?to=json@example.test`)).json();
  expect(found).toMatchObject([{ subject: 's', to: ['json@example.test'] }]);
  expect(await (await fetch(smtp.address)).text()).toContain('json@example.test');
});
