import { expect, test } from 'vitest';
import { serveHub, type TestHub } from '@gigafibre/testing';
import { declineQuote, expireQuote, reviseQuote } from '../../domains/sales/index.ts';
import {
  addressId,
  HELENE,
  LINES,
  quoteFor,
  sellingHub,
  signFully,
  tokenOf,
} from '../../domains/sales/test/sold.ts';

const serving = async () => {
  const hub = await sellingHub();
  const { url, visitor } = await serveHub(hub);
  const caller = visitor('portal');
  const get = async (path: string) => {
    const response = await caller.fetch(`${url}${path}`);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const post = async (path: string, body: unknown) => {
    const response = await caller.fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { hub, get, post };
};

const sentCode = async (hub: TestHub): Promise<string> => {
  const { rows } = await hub.pool.query<{ body_text: string }>(
    `select body_text from messages.messages where template = 'acceptance_code' order by id desc limit 1`,
  );
  return /\d{6}/.exec(rows[0]?.body_text ?? '')?.[0] ?? '';
};

test('the page shows the summary before anything else, first in French, and runs nothing inline', async () => {
  const { hub, get } = await serving();
  const token = await tokenOf(hub, await quoteFor(hub, { contact: { ...HELENE, language: 'en' } }));
  const english = await get(`/accept/${token}?lang=en`);
  expect(english.text).toContain('lang="fr-CA"');
  expect(english.text).toContain('Continue in English');
  const page = await get(`/accept/${token}?lang=en`);
  expect(page.text).toContain('lang="en-CA"');
  expect(page.text).toContain('The French version was presented to you first');
  expect(page.text.indexOf('Critical information summary')).toBeLessThan(page.text.indexOf('Your prices'));
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.text).not.toMatch(/<script(?![^>]*src=)|\son\w+=|style="|javascript:/);
  for (const file of ['accept.css', 'accept.js', 'pad.js', 'inter.woff2'])
    expect((await get(`/accept/assets/${file}`)).status, file).toBe(200);
  expect((await get('/accept/assets/..%2Fregister.ts')).status).toBe(404);
});

test('signing over HTTP: code, wrong code, right code, result, sealed contract', async () => {
  const { hub, get, post } = await serving();
  const quote = await quoteFor(hub);
  const token = await tokenOf(hub, quote);
  await get(`/accept/${token}`);
  const sent = await post(`/accept/${token}/code`, { channel: 'email' });
  expect(sent).toMatchObject({ status: 200, body: { channel: 'email', hint: 'he•••@ex•••' } });
  const code = await sentCode(hub);
  const signing = {
    name: 'Hélène Tremblay',
    language: 'fr',
    signature: { kind: 'drawn', strokes: [Array.from({ length: 40 }, (_, x) => [x * 10, 150])] },
    consents: { contract: true, electronic: true },
  };
  const wrong = await post(`/accept/${token}/sign`, {
    ...signing,
    code: code === '111111' ? '222222' : '111111',
  });
  expect(wrong).toMatchObject({ status: 403, body: { error: { code: 'code_not_valid' } } });
  const without = await post(`/accept/${token}/sign`, { ...signing, consents: { contract: true }, code });
  expect(without.status).toBe(422);
  const signed = await post(`/accept/${token}/sign`, { ...signing, code });
  expect(signed).toMatchObject({ status: 200, body: { quoteId: quote.id } });
  expect((await get(`/accept/${token}`)).text).toContain('C’est fait, merci!');
  await hub.drain();
  const sealed = await get(`/accept/${token}/contract.pdf`);
  expect(sealed.headers.get('content-type')).toBe('application/pdf');
  expect((await get(`/accept/${token}`)).text).toContain('Ouvrir le contrat signé');
  expect((await post(`/accept/${token}/sign`, { ...signing, code })).body).toMatchObject({
    error: { code: 'quote_already_accepted' },
  });
});

test('each link that cannot be signed says why and what to do, in its language', async () => {
  const { hub, get } = await serving();
  const page = async (token: string, lang = '') => (await get(`/accept/${token}${lang}`)).text;
  const expired = await quoteFor(hub);
  await hub.act((tx) => expireQuote(tx, { id: expired.id }));
  expect(await page(await tokenOf(hub, expired))).toContain('Cette offre est expirée');
  expect(await page(await tokenOf(hub, expired), '?lang=en')).toContain('This offer has expired');
  const declined = await quoteFor(hub);
  await hub.act((tx) => declineQuote(tx, { id: declined.id, reason: '' }));
  expect(await page(await tokenOf(hub, declined))).toContain('Cette offre est fermée');
  const revised = await quoteFor(hub);
  const old = await tokenOf(hub, revised);
  const again = {
    customerId: null,
    contact: HELENE,
    addressId: await addressId(hub),
    locationId: null,
    address: null,
    unit: null,
    lines: LINES,
    slot: null,
    notes: '',
  };
  await hub.act((tx) => reviseQuote(tx, { ...again, id: revised.id, version: 1 }));
  expect(await page(old)).toContain('Il existe une version plus récente');
  const signed = await quoteFor(hub);
  await signFully(hub, signed);
  expect(await page(await tokenOf(hub, signed))).toContain('C’est fait, merci!');
  const foreign = await get('/accept/not-a-token-at-all-but-long-enough');
  expect(foreign.status).toBe(404);
  expect(foreign.text).toContain('This link is not right');
  await hub.pool.query('alter table sales.quote_versions disable trigger all');
  const altered = await quoteFor(hub);
  const token = await tokenOf(hub, altered);
  await hub.pool.query(`update sales.quote_versions set notes = 'autre' where quote_id = $1`, [altered.id]);
  expect(await page(token)).toContain('Ce contrat doit vous être renvoyé');
});

test('HTML and SQL in every text field come out as text, on the page and in the documents', async () => {
  const { hub, get } = await serving();
  const nasty = `"><script>alert(1)</script><img src=x onerror='alert(2)'>'; drop table sales.quotes; --`;
  const quote = await quoteFor(hub, {
    contact: { ...HELENE, name: nasty },
    addressId: null,
    address: {
      civicNumber: '1',
      street: `rue ${nasty}`.slice(0, 160),
      municipality: `Ville ${nasty}`.slice(0, 120),
      unit: '<b>2</b>',
    },
    notes: nasty,
  });
  const token = await tokenOf(hub, quote);
  const { text } = await get(`/accept/${token}`);
  expect(text).not.toContain('<script>alert');
  expect(text).not.toContain('<img src=x');
  expect(text).not.toContain('<b>2</b>');
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect((await get(`/accept/${token}/contract.pdf`)).status).toBe(200);
  await signFully(hub, quote);
  await hub.drain();
  expect((await get(`/accept/${token}`)).text).not.toContain('<b>2</b>');
});

test('a quote without phone or e-mail can be read but asks to call', async () => {
  const { hub, get, post } = await serving();
  const token = await tokenOf(
    hub,
    await quoteFor(hub, { contact: { ...HELENE, emailId: null, cellPhone: null } }),
  );
  expect((await get(`/accept/${token}`)).text).toContain('Appelez-nous pour signer');
  expect(await post(`/accept/${token}/code`, {})).toMatchObject({
    status: 422,
    body: { error: { code: 'no_way_to_reach' } },
  });
});
