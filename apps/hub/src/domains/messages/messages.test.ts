import { messagesOperations as op } from '@gigafibre/contract';
import { testHub, testWorld } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { createCustomer } from '../customers/index.ts';
import type { Outside } from '../../env.ts';
import { deliver } from './deliver.ts';
import { sendMessage, type Sending } from './index.ts';
import { setMessageMode } from './mode.ts';
import { noteSmsStatus } from './sms-status.ts';

const code = (key: string, to: Sending['to']): Sending => ({
  template: 'staff_code',
  to,
  variables: { code: '123456' },
  idempotencyKey: key,
  channels: ['email', 'sms'],
});
const person = { email: 'helene@example.test', phone: '+14505550123', language: 'fr' } as const;

test('in sandbox mode nothing leaves, and everything can be read', async () => {
  const world = await testWorld();
  await world.act((tx) => sendMessage(tx, world.env, code('k', person)));
  await world.settle();
  const { rows } = await (await world.as('admin')).call(op.listMessages, {});
  expect(rows.map(({ status, channel }) => `${channel} ${status}`).sort()).toEqual([
    'email held',
    'sms held',
  ]);
  expect(rows.find(({ channel }) => channel === 'email')?.text).toContain('123456');
  expect(world.world.state()).toMatchObject({ smtp: expect.anything() });
  expect(await (await fetch(`${world.world.addresses.inbox}/mail?to=${person.email}`)).json()).toEqual([]);
});

test('the same key writes one message, whatever the number of tries', async () => {
  const hub = await testHub();
  for (let time = 0; time < 3; time += 1)
    await hub.act((tx) => sendMessage(tx, hub.env, code('same', person)));
  const { rows } = await hub.pool.query('select count(*)::int as n from messages.messages');
  expect(rows).toEqual([{ n: 2 }]);
});

test('live, a message arrives once in the language of the customer, and its secret is wiped here', async () => {
  const world = await testWorld({ messages: 'live' });
  await world.drain();
  const { id } = await world.act((tx) =>
    createCustomer(tx, {
      kind: 'residential',
      name: 'John Smith',
      language: 'en',
      emailId: 'john@example.test',
      emailBilling: null,
      cellPhone: '4505550124',
      telHome: null,
      notes: '',
      tags: [],
    }),
  );
  await world.act((tx) => sendMessage(tx, world.env, code('k', { customerId: id })));
  await world.settle();
  const mail = (await (await fetch(`${world.world.addresses.inbox}/mail?to=john@example.test`)).json()) as {
    subject: string;
  }[];
  expect(mail.map(({ subject }) => subject)).toEqual(['123456: your sign-in code']);
  const { rows } = await (await world.as('admin')).call(op.listMessages, { customerId: id });
  expect(
    rows.every(({ status, text }) => (status === 'sent' || status === 'delivered') && text === '•••'),
  ).toBe(true);
});

test('two workers at once send a message once', async () => {
  const world = await testWorld({ messages: 'live' });
  await world.drain();
  const [id = ''] = await world.act((tx) =>
    sendMessage(tx, world.env, { ...code('k', person), channels: ['email'] }),
  );
  await Promise.all([deliver(world.env, { id }), deliver(world.env, { id }), deliver(world.env, { id })]);
  expect(
    ((await (await fetch(`${world.world.addresses.inbox}/mail?to=${person.email}`)).json()) as unknown[])
      .length,
  ).toBe(1);
  await world.settle();
});

test('a message a dead worker took is shown as unknown, and a person may send it again', async () => {
  const hub = await testHub();
  const [id = ''] = await hub.act((tx) =>
    sendMessage(tx, hub.env, { ...code('k', person), channels: ['email'] }),
  );
  await hub.pool.query(`update messages.messages set status = 'sending', moved_at = $2 where id = $1`, [
    id,
    hub.now,
  ]);
  await hub.moveTo(new Date(hub.now.getTime() + 6 * 60_000));
  await hub.drain();
  const { rows } = await hub.pool.query('select status from messages.messages');
  expect(rows).toEqual([{ status: 'unknown' }]);
});

test('hostile text in a variable is escaped in HTML', async () => {
  const hub = await testHub();
  await hub.act((tx) =>
    sendMessage(tx, hub.env, {
      template: 'welcome',
      to: person,
      variables: { name: '<img src=x onerror=alert(1)>', plan: '"&', url: 'https://example.test' },
      idempotencyKey: 'x',
    }),
  );
  const { rows } = await hub.pool.query<{ body_html: string }>('select body_html from messages.messages');
  expect(rows[0]?.body_html).toContain('&lt;img src=x');
  expect(rows[0]?.body_html).not.toContain('<img');
});

test('delivery reports move a message on; unsigned ones are refused, late and repeated ones change nothing', async () => {
  const world = await testWorld({ messages: 'live' });
  await world.drain();
  const good = { ...person, phone: '+14505550123' };
  const never = { ...person, phone: '+14505550194' };
  await world.act((tx) => sendMessage(tx, world.env, { ...code('a', good), channels: ['sms'] }));
  await world.act((tx) => sendMessage(tx, world.env, { ...code('b', never), channels: ['sms'] }));
  await world.settle();
  const { rows } = await world.pool.query<{ to_address: string; status: string }>(
    'select to_address, status from messages.messages order by to_address',
  );
  expect(rows).toEqual([
    { to_address: '+14505550123', status: 'delivered' },
    { to_address: '+14505550194', status: 'failed' },
  ]);
  const forged = await world.visitor('ops').fetch(`${world.url}/webhook/twilio/status`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'MessageSid=SM1&MessageStatus=failed',
  });
  expect(forged.status).toBe(403);
});

test('a report that comes before the sending was written down is kept for it; those of strangers are forgotten', async () => {
  const hub = await testHub({
    outside: {
      sms: {
        vendor: 'twilio',
        // What the provider says of it arrives before this answer does.
        send: async () => {
          const early = { providerRef: 'SM-early', state: 'undelivered', errorCode: '30003' } as const;
          await hub.act((tx) => noteSmsStatus(tx, early));
          return { is: 'done', value: { providerRef: 'SM-early' } };
        },
      } as unknown as Outside['sms'], // all that sending asks of it
    },
  });
  await hub.act((tx) => setMessageMode(tx, { mode: 'live', allowlist: [] }));
  await hub.drain();
  const sms = { ...code('early', person), channels: ['sms'] as const };
  const [id = ''] = await hub.act((tx) => sendMessage(tx, hub.env, sms));
  await hub.drain();
  const statusOf = 'select status, failure from messages.messages where id = $1';
  expect((await hub.pool.query(statusOf, [id])).rows).toEqual([{ status: 'failed', failure: '30003' }]);
  await hub.act((tx) =>
    noteSmsStatus(tx, { providerRef: 'SM-stranger', state: 'delivered', errorCode: null }),
  );
  await hub.passDays(2);
  await hub.drain();
  expect((await hub.pool.query('select * from messages.early_reports')).rows).toEqual([]);
});

test('the mode is set by those who may, and a failed message is read and sent again', async () => {
  const world = await testWorld();
  const admin = await world.as('admin');
  await expect((await world.as('csr')).call(op.setMessageMode, { mode: 'live' })).rejects.toMatchObject({
    status: 403,
  });
  await admin.call(op.setMessageMode, { mode: 'allowlist', allowlist: ['Nobody@bounce.test'] });
  expect(await admin.call(op.readMessageMode, {})).toEqual({
    mode: 'allowlist',
    allowlist: ['nobody@bounce.test'],
  });
  await world.settle();
  const [refused = ''] = await world.act((tx) =>
    sendMessage(tx, world.env, {
      ...code('r', { ...person, email: 'nobody@bounce.test' }),
      channels: ['email'],
    }),
  );
  const [held = ''] = await world.act((tx) =>
    sendMessage(tx, world.env, { ...code('h', person), channels: ['email'] }),
  );
  await world.settle();
  expect(await admin.call(op.readMessage, { id: refused })).toMatchObject({ status: 'failed' });
  expect(await admin.call(op.readMessage, { id: held })).toMatchObject({ status: 'held' });
  expect(await admin.call(op.resendMessage, { id: refused })).toMatchObject({ status: 'queued' });
  await expect(admin.call(op.resendMessage, { id: held })).rejects.toMatchObject({
    code: 'not_in_this_state',
  });
  await world.settle();
});
