import { fieldOperations } from '@gigafibre/contract';
import { technician, testWorld, type TestWorld } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { mintTechLink } from '../../domains/dispatch/index.ts';
import { sendMessage } from '../../domains/messages/index.ts';
import { forgetEndedLinks, shorten } from '../../platform/auth/short-links.ts';
import { shortToken } from '../../platform/chance.ts';

/** A technician's link of today, in a text message and by e-mail; what each says, and the link itself. */
async function texted(world: TestWorld) {
  const technicianId = await technician(world);
  const link = await world.act((tx) => mintTechLink(tx, world.env, { technicianId, jobId: null }));
  await world.act((tx) =>
    sendMessage(tx, world.env, {
      template: 'technician_day',
      to: { phone: '+14505550123', email: 'marc@example.test', language: 'fr' },
      variables: { name: 'Marc', day: '2 novembre 2026', jobs: 4, url: link.url, pageUrl: link.pageUrl },
      idempotencyKey: 'day',
      channels: ['email', 'sms'],
    }),
  );
  const { rows } = await world.pool.query<{ channel: string; body_text: string }>(
    'select channel, body_text from messages.messages order by channel',
  );
  const [email = '', sms = ''] = rows.map(({ body_text }) => body_text);
  const short = /https?:\S+\/l\/[0-9A-Za-z]{20}$/.exec(sms)?.[0] ?? '';
  return { link, email, sms, short };
}

test('a text message carries a short link that leads to the long one; a letter carries the long one', async () => {
  const world = await testWorld();
  const { link, email, sms, short } = await texted(world);
  expect(sms).toBe(`Gigafibre : 4 rendez-vous le 2 novembre 2026. Ouvrir : ${short}`);
  expect(sms.length).toBeLessThanOrEqual(160);
  expect(email).toContain(link.url);
  const phone = world.visitor('field');
  const answer = await phone.fetch(short);
  expect([answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]).toEqual([
    302,
    link.url,
    'no-store',
  ]);
  await phone.call(fieldOperations.signIn, { token: link.token });
});

test('what is kept of a short link opens nothing without the text message', async () => {
  const world = await testWorld();
  const { link, short } = await texted(world);
  const { rows } = await world.pool.query<Record<string, string>>('select * from app.short_links');
  expect(rows).toHaveLength(1);
  const kept = JSON.stringify(rows);
  expect(kept).not.toContain(short.slice(-20));
  for (const part of link.token.split('.')) expect(kept).not.toContain(part);
});

test('a short link ends with what it leads to, is then forgotten, and says so in words', async () => {
  const world = await testWorld();
  const { link, short } = await texted(world);
  const { rows } = await world.pool.query<{ expires_at: string }>('select expires_at from app.short_links');
  expect(new Date(rows[0]?.expires_at ?? '').toISOString()).toBe(link.expiresAt);
  await world.moveTo(new Date(link.expiresAt));
  const answer = await world.visitor('field').fetch(short);
  expect([answer.status, answer.headers.get('location')]).toEqual([404, null]);
  expect(await answer.text()).toContain('lien');
  expect(await forgetEndedLinks(world)).toBe(1);
  expect(await forgetEndedLinks(world)).toBe(0);
});

test('guessing finds nothing and is counted', async () => {
  const world = await testWorld();
  const anybody = world.visitor('field');
  const guesses = [shortToken(), 'a', '%00', '..%2f..%2fapi', `${shortToken()}x`];
  for (const guess of guesses) expect((await anybody.fetch(`${world.url}/l/${guess}`)).status).toBe(404);
  const statuses = new Set<number>();
  for (let time = 0; time < 120; time += 1)
    statuses.add((await anybody.fetch(`${world.url}/l/${shortToken()}`)).status);
  expect([...statuses].toSorted()).toEqual([404, 429]);
});

test('only our own signed links are shortened', () => {
  const base = 'https://gigafibre.example';
  for (const url of [
    `${base}/portal/#/invoices/INV-1`,
    'https://elsewhere.example/l/a.b.c',
    `${base}.evil.example/ops/#/j/a.b.c`,
    `${base}/x/not.a.token`,
  ])
    expect(shorten(base, url)).toBeUndefined();
});
