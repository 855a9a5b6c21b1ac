import { portalOperations as op, staffOperations } from '@gigafibre/contract';
import { serveHub, testHub, type TestHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { createCustomer } from '../../domains/customers/index.ts';

const person = {
  kind: 'residential',
  language: 'fr',
  emailBilling: null,
  cellPhone: '4505550123',
  telHome: null,
  notes: '',
} as const;
const add = (hub: TestHub, name: string, emailId: string) =>
  hub.act((tx) => createCustomer(tx, { ...person, tags: [], name, emailId }));

async function linkIn(hub: TestHub): Promise<string> {
  await hub.drain();
  const { rows } = await hub.pool.query<{ body_text: string }>(
    `select body_text from messages.messages where channel = 'email' order by id desc limit 1`,
  );
  return /token=(\S+)/.exec(rows[0]?.body_text ?? '')?.[1] ?? '';
}

test('the answer is the same whether or not the identifier exists, and only a known one gets a message', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  await add(hub, 'Hélène', 'helene@example.test');
  const known = await served
    .visitor('portal')
    .call(op.requestPortalLink, { identifier: 'helene@example.test' });
  const unknown = await served
    .visitor('portal')
    .call(op.requestPortalLink, { identifier: 'hector@example.test' });
  expect(known).toEqual({ hint: 'h•••@e•••.test' });
  expect(unknown).toEqual(known);
  await hub.drain();
  const { rows } = await hub.pool.query('select distinct to_address from messages.messages order by 1');
  expect(rows).toEqual([{ to_address: '+14505550123' }, { to_address: 'helene@example.test' }]);
});

test('the fourth request in fifteen minutes is refused, known or not, and the window slides', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const ask = async (identifier: string) => {
    const response = await served.visitor('portal').fetch(`${served.url}/portal/request-link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ identifier }),
    });
    return { status: response.status, retryAfter: response.headers.get('retry-after') };
  };
  for (const identifier of ['X@example.test', ' x@EXAMPLE.test', 'x@example.test'])
    expect((await ask(identifier)).status).toBe(200);
  expect(await ask('x@example.test')).toEqual({ status: 429, retryAfter: '900' });
  // The address of the caller is counted too, whatever it asks for.
  expect((await ask('somebody.else@example.test')).status).toBe(429);
  await hub.moveTo(new Date(hub.now.getTime() + 15 * 60_000 + 1_000));
  expect((await ask('x@example.test')).status).toBe(200);
});

test('a link opens the account it was made for, for 24 hours, and nothing else', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const { id } = await add(hub, 'Hélène', 'helene@example.test');
  await served.visitor('portal').call(op.requestPortalLink, { identifier: id });
  const token = await linkIn(hub);
  const visitor = served.visitor('portal');
  const opened = await visitor.call(op.openPortalLink, { token });
  expect(opened.session).toMatchObject({ kind: 'customer', id });
  expect(await visitor.call(op.readMe, {})).toMatchObject({ id, name: 'Hélène' });
  await expect(served.visitor('ops').call(staffOperations.signInWithLink, { token })).rejects.toMatchObject({
    code: 'link_not_valid',
  });
  await hub.passDays(1.01);
  await expect(served.visitor('portal').call(op.openPortalLink, { token })).rejects.toMatchObject({
    code: 'link_not_valid',
  });
  await expect(visitor.call(op.readMe, {})).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('an identifier of two customers offers the choice after the link is opened, and only between them', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const first = await add(hub, 'Hélène', 'shared@example.test');
  const second = await add(hub, 'Paul', 'shared@example.test');
  const foreign = await add(hub, 'Autre', 'other@example.test');
  await served.visitor('portal').call(op.requestPortalLink, { identifier: 'shared@example.test' });
  const token = await linkIn(hub);
  const offered = await served.visitor('portal').call(op.openPortalLink, { token });
  expect(offered).toEqual({
    session: null,
    choices: [
      { customerId: first.id, name: 'Hélène' },
      { customerId: second.id, name: 'Paul' },
    ],
  });
  await expect(
    served.visitor('portal').call(op.openPortalLink, { token, customerId: foreign.id }),
  ).rejects.toMatchObject({ code: 'link_not_valid' });
  expect(
    (await served.visitor('portal').call(op.openPortalLink, { token, customerId: second.id })).session?.id,
  ).toBe(second.id);
});

test('staff who look at the portal as a customer see everything and change nothing', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const { id } = await add(hub, 'Hélène', 'helene@example.test');
  const { url } = await (await served.as('admin')).call(op.openAsCustomer, { id });
  const visitor = served.visitor('portal');
  await visitor.call(op.openPortalLink, {
    token: new URL(url.replace('#/', '')).searchParams.get('token') ?? '',
  });
  expect((await visitor.call(op.readMe, {})).id).toBe(id);
  const { rows } = await hub.pool.query(
    `select on_behalf_of from app.sessions where actor_kind = 'customer'`,
  );
  expect(rows[0]?.on_behalf_of).toMatch(/^gfk_/);
});
