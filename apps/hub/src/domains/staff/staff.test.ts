import { messagesOperations, staffOperations as op } from '@gigafibre/contract';
import { serveHub, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';

const member = { name: 'Chloé Service', email: 'chloe@gigafibre.example', role: 'csr' as const };

async function office() {
  const hub = await testHub();
  const served = await serveHub(hub);
  return { hub, served, admin: await served.as('admin') };
}
/** The six digits in the newest code message. */
async function newestCode(hub: Awaited<ReturnType<typeof testHub>>): Promise<string> {
  await hub.drain();
  const { rows } = await hub.pool.query<{ body_text: string }>(
    `select body_text from messages.messages where template = 'staff_code' order by id desc limit 1`,
  );
  return /(\d{6})/.exec(rows[0]?.body_text ?? '')?.[1] ?? '';
}

test('an invited member signs in by the link, and inviting again changes nothing', async () => {
  const { hub, served, admin } = await office();
  const invited = await admin.call(op.inviteStaff, member);
  expect(await admin.call(op.inviteStaff, { ...member, name: 'Autre' })).toEqual(invited);
  await hub.drain();
  const { rows } = await admin.call(messagesOperations.listMessages, {});
  expect(rows.map(({ template, to }) => [template, to])).toEqual([['staff_invitation', member.email]]);
  const token = /token=(\S+)/.exec(rows[0]?.text ?? '')?.[1] ?? '';
  const browser = served.visitor('ops');
  await browser.call(op.signInWithLink, { token });
  expect(await browser.call(op.readSession, {})).toMatchObject({
    kind: 'staff',
    id: invited.id,
    name: member.name,
  });
  await browser.call(op.signOut, {});
  expect((await browser.call(op.readSession, {})).kind).toBeNull();
});

test('a code opens a session once, within ten minutes, and five wrong guesses spend it', async () => {
  const { hub, served, admin } = await office();
  await admin.call(op.inviteStaff, member);
  const ask = async () => {
    await served.visitor('ops').call(op.requestCode, { email: 'CHLOE@gigafibre.example' });
    return newestCode(hub);
  };
  const code = await ask();
  const signIn = (given: string) =>
    served.visitor('ops').call(op.signInWithCode, { email: member.email, code: given });
  expect(await signIn(code)).toMatchObject({ kind: 'staff' });
  await expect(signIn(code), 'used').rejects.toMatchObject({ code: 'code_not_valid' });
  const second = await ask();
  const wrong = second === '000000' ? '111111' : '000000';
  for (let guess = 0; guess < 5; guess += 1)
    await expect(signIn(wrong)).rejects.toMatchObject({ code: 'code_not_valid' });
  await expect(signIn(second), 'spent').rejects.toMatchObject({ code: 'code_not_valid' });
  const third = await ask();
  await hub.moveTo(new Date(hub.now.getTime() + 11 * 60_000));
  await expect(signIn(third), 'expired').rejects.toMatchObject({ code: 'code_not_valid' });
});

test('asking for a code says the same to a stranger, who gets none', async () => {
  const { hub, served } = await office();
  expect(await served.visitor('ops').call(op.requestCode, { email: 'nobody@gigafibre.example' })).toEqual({
    hint: 'no***@gi***',
  });
  await hub.drain();
  const { rows } = await hub.pool.query('select count(*)::int as n from messages.messages');
  expect(rows).toEqual([{ n: 0 }]);
});

test('closing an access ends its sessions at once', async () => {
  const { hub, served, admin } = await office();
  const { id } = await admin.call(op.inviteStaff, member);
  await served.visitor('ops').call(op.requestCode, { email: member.email });
  const browser = served.visitor('ops');
  await browser.call(op.signInWithCode, { email: member.email, code: await newestCode(hub) });
  expect((await admin.call(op.listStaff, {})).rows).toMatchObject([{ id, active: true }]);
  await admin.call(op.deactivateStaff, { id });
  expect((await browser.call(op.readSession, {})).kind).toBeNull();
  await expect(browser.call(messagesOperations.listMessages, {})).rejects.toMatchObject({ status: 401 });
});

test('a key can do no more than its maker, shows its secret once, and stops when revoked', async () => {
  const { served, admin } = await office();
  const made = await admin.call(op.createApiKey, { label: 'n8n', capabilities: ['messages.read'] });
  const integrator = served.visitor('ops', { authorization: `Bearer ${made.key}:${made.secret}` });
  expect((await integrator.call(messagesOperations.listMessages, {})).rows).toEqual([]);
  const small = await served.as(['settings.keys']);
  await expect(
    small.call(op.createApiKey, { label: 'x', capabilities: ['billing.refund'] }),
  ).rejects.toMatchObject({ code: 'forbidden' });
  expect(JSON.stringify(await admin.call(op.listApiKeys, {}))).not.toContain(made.secret);
  await admin.call(op.revokeApiKey, { key: made.key });
  await expect(integrator.call(messagesOperations.listMessages, {})).rejects.toMatchObject({ status: 401 });
});

test('forward-auth headers are believed only from a trusted proxy with the secret', async () => {
  const secret = 'a-long-proxy-secret';
  const hub = await testHub({
    environment: { GIGAFIBRE_PROXY_ADDRESSES: '127.0.0.1', GIGAFIBRE_PROXY_SECRET: secret },
  });
  const served = await serveHub(hub);
  await (await served.as('admin')).call(op.inviteStaff, member);
  const as = (headers: Record<string, string>) => served.visitor('ops', headers).call(op.readSession, {});
  expect((await as({ 'x-authentik-email': member.email, 'x-gigafibre-proxy-secret': secret })).kind).toBe(
    'staff',
  );
  expect(
    (await as({ 'x-authentik-email': member.email, 'x-gigafibre-proxy-secret': 'wrong-wrong-wrong' })).kind,
  ).toBeNull();
  expect((await as({ 'x-authentik-email': member.email })).kind).toBeNull();
  const elsewhere = await testHub({
    environment: { GIGAFIBRE_PROXY_ADDRESSES: '10.0.0.9', GIGAFIBRE_PROXY_SECRET: secret },
  });
  const other = await serveHub(elsewhere);
  await (await other.as('admin')).call(op.inviteStaff, member);
  expect(
    (
      await other
        .visitor('ops', { 'x-authentik-email': member.email, 'x-gigafibre-proxy-secret': secret })
        .call(op.readSession, {})
    ).kind,
  ).toBeNull();
});

test('a cookie sent along by another site changes nothing', async () => {
  const { hub, served, admin } = await office();
  await admin.call(op.inviteStaff, { ...member, role: 'admin' });
  await served.visitor('ops').call(op.requestCode, { email: member.email });
  const browser = served.visitor('ops');
  await browser.call(op.signInWithCode, { email: member.email, code: await newestCode(hub) });
  const post = (site: string) =>
    browser.fetch(`${served.url}/auth/users`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': site },
      body: JSON.stringify({ name: 'X', email: 'x@y.example', role: 'admin' }),
    });
  expect((await post('cross-site')).status).toBe(401);
  expect((await post('same-origin')).status).toBe(200);
});
