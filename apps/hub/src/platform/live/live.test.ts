import { customersOperations as op, liveMessage } from '@gigafibre/contract';
import { serveHub, testHub, type Caller } from '@gigafibre/testing';
import { expect, onTestFinished, test } from 'vitest';

/** Reads messages of a stream until `count` have come. */
async function listen(
  caller: Caller,
  url: string,
  lastEventId?: string,
): Promise<{ next: () => Promise<{ id: string; data: string; event: string }> }> {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const response = await caller.fetch(`${url}/sse`, {
    signal: abort.signal,
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  });
  if (!response.body) throw new Error('no stream');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  const next = async (): Promise<{ id: string; data: string; event: string }> => {
    while (!rest.includes('\n\n')) {
      const { value, done } = await reader.read();
      if (done) throw new Error('stream ended');
      rest += value;
    }
    const at = rest.indexOf('\n\n');
    const block = rest.slice(0, at);
    rest = rest.slice(at + 2);
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
    return { id: field('id'), data: field('data'), event: field('event') };
  };
  return { next };
}

test('what one person does reaches the screens that may see it, and no business data travels', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const csr = await served.as('csr');
  const stream = await listen(csr, served.url);
  expect((await stream.next()).event).toBe('hello');
  const customer = await csr.call(op.createCustomer, { name: 'Hélène Tremblay' });
  const { data } = await stream.next();
  const message = liveMessage.parse(JSON.parse(data));
  expect(message).toMatchObject({
    type: 'customer.created',
    subject: customer.id,
    stale: ['customers.listCustomers'],
  });
  expect(data).not.toContain('Tremblay');
});

test('a screen without the right hears nothing, and one that comes back gets what it missed', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const csr = await served.as('csr');
  const blind = await served.as(['settings.users']);
  const stream = await listen(csr, served.url);
  const hello = await stream.next();
  const deaf = await listen(blind, served.url);
  await deaf.next();
  const first = await csr.call(op.createCustomer, { name: 'Un' });
  const second = await csr.call(op.createCustomer, { name: 'Deux' });
  const back = await listen(csr, served.url, hello.id);
  await back.next();
  const missed = [await back.next(), await back.next()].map(
    ({ data }) => liveMessage.parse(JSON.parse(data)).subject,
  );
  expect(missed).toEqual([first.id, second.id]);
  const late = deaf.next().then(
    () => 'heard',
    () => 'closed',
  );
  expect(await Promise.race([late, stream.next().then(() => 'nothing')])).toBe('nothing');
});

test('nobody listens without signing in', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const response = await served.visitor('ops').fetch(`${served.url}/sse`);
  expect(response.status).toBe(401);
});
