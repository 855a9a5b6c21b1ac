import { portalOperations, staffOperations } from '@gigafibre/contract';
import {
  activeService,
  newCustomer,
  serveHub,
  stockCatalog,
  testHub,
  type TestHub,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { sendMessage } from '../domains/messages/index.ts';

/** The text of the newest message of a template. */
async function newest(hub: TestHub, template: string): Promise<string> {
  await hub.drain();
  const { rows } = await hub.pool.query<{ body_text: string }>(
    'select body_text from messages.messages where template = $1 order by created_at desc, id desc limit 1',
    [template],
  );
  return rows[0]?.body_text ?? '';
}

/** What the pattern finds; fails when it finds nothing, since nothing is not a secret. */
function found(pattern: RegExp, text: string): string {
  const [, secret] = pattern.exec(text) ?? [];
  if (secret === undefined) throw new Error(`${pattern} is not in: ${text}`);
  return secret;
}

/** Signs in in every way there is; gives every secret that was used. */
async function signIns(hub: TestHub): Promise<string[]> {
  const served = await serveHub(hub);
  const admin = await served.as('admin');
  const email = 'simone@example.test';
  await admin.call(staffOperations.inviteStaff, { name: 'Simone', email, role: 'csr' });
  const invitation = found(/token=(\S+)/, await newest(hub, 'staff_invitation'));
  const byLink = served.visitor('ops');
  await byLink.call(staffOperations.signInWithLink, { token: invitation });
  const byCode = served.visitor('ops');
  await byCode.call(staffOperations.requestCode, { email });
  const code = found(/\b(\d{6})\b/, await newest(hub, 'staff_code'));
  await byCode.call(staffOperations.signInWithCode, { email, code });
  const customerId = await newCustomer(hub);
  const visitor = served.visitor('portal');
  await visitor.call(portalOperations.requestPortalLink, { identifier: 'zoe@example.test' });
  const link = found(/token=(\S+)/, await newest(hub, 'portal_link'));
  await visitor.call(portalOperations.openPortalLink, { token: link });
  const { url } = await admin.call(portalOperations.openAsCustomer, { id: customerId });
  const impersonating = served.visitor('portal');
  await impersonating.call(portalOperations.openPortalLink, { token: found(/token=(\S+)/, url) });
  const { secret } = await admin.call(staffOperations.createApiKey, {
    label: 'caisse',
    capabilities: ['clients.read'],
  });
  const cookies = [byLink, byCode, visitor, impersonating].flatMap((one) => [...one.cookies.values()]);
  expect(cookies).toHaveLength(4);
  return [invitation, code, link, found(/token=(\S+)/, url), secret, ...cookies];
}

/** Writes messages with secrets in them; gives the secrets. */
async function messageSends(hub: TestHub): Promise<string[]> {
  const url = 'https://gigafibre.test/open?token=of-the-message';
  const to = { email: 'zoe@example.test', phone: '+14505550123', language: 'fr' } as const;
  const channels = ['email', 'sms'] as const;
  await hub.act(async (tx) => {
    const code = { template: 'staff_code', variables: { code: '918273' }, idempotencyKey: 'code' } as const;
    await sendMessage(tx, hub.env, { ...code, to, channels });
    const variables = { name: 'Zoé', url };
    const link = { template: 'portal_link', variables, idempotencyKey: 'link' } as const;
    await sendMessage(tx, hub.env, { ...link, to, channels });
  });
  return ['918273', url];
}

/** Turns a service on; gives its session password. */
async function activation(hub: TestHub): Promise<string[]> {
  await stockCatalog(hub);
  await activeService(hub);
  await hub.drain();
  const { rows } = await hub.pool.query<{ value: string }>(
    `select value from radius.radcheck where attribute = 'Cleartext-Password'`,
  );
  expect(rows).toHaveLength(1);
  return rows.map(({ value }) => value);
}

test('no link, code, key, session or password ever stands in the event log', async () => {
  const hub = await testHub();
  const secrets = [...(await signIns(hub)), ...(await messageSends(hub)), ...(await activation(hub))];
  await hub.drain();
  const { rows } = await hub.pool.query<{ row: string }>('select to_jsonb(e)::text as row from app.events e');
  const types = rows.map(({ row }) => (JSON.parse(row) as { type: string }).type);
  expect(types).toEqual(
    expect.arrayContaining(['session.opened', 'api_key.created', 'message.written', 'staff.invited']),
  );
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(5);
    // An instant or a number may hold the same six digits: a code is looked for as a value of its own.
    const held = rows.filter(({ row }) =>
      /^\d{6}$/.test(secret) ? new RegExp(`(?<![\\d.])${secret}(?!\\d)`).test(row) : row.includes(secret),
    );
    expect(held, secret).toEqual([]);
  }
});
