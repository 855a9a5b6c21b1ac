import { salesOperations as op } from '@gigafibre/contract';
import { serveHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { openSession } from '../../platform/auth/sessions.ts';
import { addressId, HELENE, LINES, sellingHub, tokenOf } from './test/sold.ts';

test('an agent previews, quotes, revises, sends, prints, lists and closes', async () => {
  const hub = await sellingHub();
  const served = await serveHub(hub);
  const agent = await served.as('csr');
  const asked = { contact: HELENE, addressId: await addressId(hub), lines: LINES };
  const preview = await agent.call(op.previewQuote, { lines: LINES });
  const quote = await agent.call(op.createQuote, asked);
  expect(quote.totals).toEqual(preview.totals);
  const revised = await agent.call(op.reviseQuote, {
    ...asked,
    id: quote.id,
    version: 1,
    lines: [{ sku: 'FIBRE-1000' }],
  });
  expect(revised).toMatchObject({
    version: 2,
    status: 'draft',
    totals: { month: { subtotalCents: 7_995n } },
  });
  await expect(agent.call(op.sendQuote, { id: quote.id, version: 1 })).rejects.toMatchObject({
    code: 'changed_meanwhile',
  });
  expect(await agent.call(op.sendQuote, { id: quote.id, version: 2, channels: ['sms'] })).toMatchObject({
    status: 'sent',
  });
  expect((await agent.call(op.readQuote, { id: quote.id, version: 1 })).totals).toEqual(preview.totals);
  const pdf = await agent.fetch(`${served.url}/api/quotes/${quote.id}/pdf?language=en`);
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect(agent.urlOf(op.readQuotePdf, { id: quote.id })).toContain(`/api/quotes/${quote.id}/pdf`);
  const { url } = await agent.call(op.readQuoteLink, { id: quote.id });
  expect(url).toContain(`/accept/${await tokenOf(hub, revised)}`);
  for (const search of ['TREMBLAY', 'helene', quote.id, 'maraichers', '4505550187'])
    expect(
      (await agent.call(op.listQuotes, { search })).rows.map(({ id }) => id),
      search,
    ).toEqual([quote.id]);
  expect((await agent.call(op.listQuotes, { search: '100%' })).rows).toEqual([]);
  const declined = await agent.call(op.declineQuote, { id: quote.id, reason: 'Trop cher' });
  expect(declined).toMatchObject({ status: 'declined', declineReason: 'Trop cher' });
  await expect(agent.call(op.expireQuote, { id: quote.id })).rejects.toMatchObject({
    code: 'not_in_this_state',
  });
  const other = await agent.call(op.createQuote, asked);
  expect(await agent.call(op.expireQuote, { id: other.id })).toMatchObject({ status: 'expired' });
  const reader = await served.as('readonly');
  await expect(reader.call(op.createQuote, asked)).rejects.toMatchObject({ code: 'forbidden' });
});

test('an acceptance in person seals a contract that its customer finds in the portal', async () => {
  const hub = await sellingHub();
  const served = await serveHub(hub);
  const agent = await served.as('csr');
  const asked = { contact: HELENE, addressId: await addressId(hub), lines: LINES };
  const quote = await agent.call(op.createQuote, asked);
  const accepted = await agent.call(op.confirmAcceptance, {
    quoteId: quote.id,
    version: 1,
    name: HELENE.name,
    means: 'in_person',
  });
  expect(accepted).toMatchObject({ status: 'accepted', order: { contractReady: false } });
  const get = (url: string, cookie?: string) =>
    served.visitor(cookie ? 'portal' : 'ops', cookie ? { cookie } : {}).fetch(url);
  const staff = (url: string) => agent.fetch(url);
  expect((await staff(agent.urlOf(op.readContractPdf, { id: quote.id }))).status).toBe(409);
  await hub.drain();
  expect((await staff(agent.urlOf(op.readContractPdf, { id: quote.id }))).status).toBe(200);
  const token = await hub.act((tx) =>
    openSession(tx, {
      kind: 'customer',
      actorId: accepted.customerId ?? '',
      openedBy: 'link',
      expiresAt: new Date(hub.now.getTime() + 3_600_000),
    }),
  );
  const cookie = `gf_portal=${token}`;
  const customer = served.visitor('portal', { cookie });
  expect((await customer.call(op.listMyContracts, {})).rows).toMatchObject([
    { quoteId: quote.id, ready: true },
  ]);
  expect((await get(customer.urlOf(op.readMyContractPdf, { id: quote.id }), cookie)).status).toBe(200);
  expect((await get(customer.urlOf(op.readMyContractPdf, { id: 'QTN-99999' }), cookie)).status).toBe(404);
  const link = agent.urlOf(op.readAcceptanceContract, { token: await tokenOf(hub, quote) });
  expect((await get(link)).status).toBe(200);
});

test('somebody without fibre leaves an address; the office sees it; a flood is held back', async () => {
  const hub = await sellingHub();
  const served = await serveHub(hub);
  const visitor = served.visitor('portal');
  const lead = { name: 'Luc <b>', emailId: 'luc@example.test', address: '12, rang Perdu' };
  expect(await visitor.call(op.createLead, lead)).toEqual({ received: true });
  await expect(visitor.call(op.createLead, { name: 'Luc', address: 'x' })).rejects.toMatchObject({
    code: 'no_way_to_reach',
  });
  await visitor.call(op.createLead, {
    name: 'Léa',
    cellPhone: '450 555-0123',
    addressId: await addressId(hub, '20 montée des Tourbières'),
  });
  const agent = await served.as('csr');
  const { rows } = await agent.call(op.listLeads, {});
  expect(rows.map(({ name }) => name)).toEqual(['Léa', 'Luc <b>']);
  expect(rows[0]).toMatchObject({ cellPhone: '+14505550123', language: 'fr' });
  const flood = Array.from({ length: 12 }, () =>
    visitor.call(op.createLead, lead).catch((error) => error.code),
  );
  expect(await Promise.all(flood)).toContain('too_many_requests');
});
