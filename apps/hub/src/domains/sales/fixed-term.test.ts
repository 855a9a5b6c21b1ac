// A fixed term from the quote to the running service, and the taxes of where a service is rendered.
import { salesOperations as op } from '@gigafibre/contract';
import { contractText } from '@gigafibre/documents';
import { serveHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { readCompany } from '../../platform/company.ts';
import { openChargesOf } from '../charges/index.ts';
import { createLocation } from '../plant/index.ts';
import { acceptQuote, contractValuesOf, previewQuote, readOffer } from './index.ts';
import { quoteFor, sellingHub } from './test/sold.ts';

const accepted = {
  version: 1,
  means: 'in_person',
  name: 'Hélène Tremblay',
  signature: null,
  language: 'fr',
  consents: {},
  whence: null,
  codeId: null,
  documentSha256: 'a'.repeat(64),
  frenchPresentedAt: null,
  englishChosenAt: null,
  note: '',
} as const;
const LINES = [{ sku: 'FIBRE-500' }, { sku: 'ROUTEUR-ACHAT' }];

test('a term with its rebate on goods goes from the quote to the contract, the order and the service', async () => {
  const hub = await sellingHub();
  const term = { months: 24 as const, goodsRebateCents: 10_000 };
  const quote = await quoteFor(hub, { lines: LINES, term });
  expect(quote.term).toEqual({ months: 24, goodsRebateCents: 10_000n });
  expect(quote.totals.today.subtotalCents).toBe(9_999n);
  expect(quote.lines.map(({ sku, amountCents }) => [sku, amountCents])).toContainEqual([
    'ROUTEUR-ACHAT',
    -10_000n,
  ]);
  await expect(
    quoteFor(hub, { lines: LINES, term: { months: 24, goodsRebateCents: 20_000 } }),
  ).rejects.toMatchObject({ code: 'rebate_above_goods', data: { maxCents: 19_999 } });
  await expect(
    quoteFor(hub, { lines: [{ sku: 'ROUTEUR-ACHAT' }], term: { months: 12, goodsRebateCents: 0 } }),
  ).rejects.toMatchObject({ code: 'term_needs_service' });
  // Above what an agent may give away, somebody else agrees.
  const agent = await (await serveHub(hub)).as('csr');
  const asked = {
    customerId: null,
    contact: { name: 'X', emailId: 'x@example.test' },
    addressId: quote.addressId,
  };
  await expect(
    agent.call(op.createQuote, { ...asked, lines: LINES, term: { months: 36, goodsRebateCents: 15_000 } }),
  ).rejects.toMatchObject({ code: 'approval_needed' });

  const offer = await readOffer(hub, { id: quote.id, version: 1 });
  const values = contractValuesOf(offer, { company: await readCompany(hub.db), language: 'fr' });
  expect(values).toMatchObject({
    fixedTerm: {
      months: 24,
      totalCents: quote.totals.month.totalCents * 24n + quote.totals.today.totalCents,
    },
    cancellation: { is: 'rebate', rebateCents: 10_000n },
  });
  expect(values.equipment.filter(({ mode }) => mode === 'sold').length).toBeLessThanOrEqual(1);
  expect(JSON.stringify(contractText(values, 'fr'))).toContain('déterminée de 24 mois');

  const order = await hub.act((tx) => acceptQuote(tx, { ...accepted, quoteId: quote.id }));
  const charges = await openChargesOf(hub, order.customerId);
  expect(charges.reduce((sum, { amountCents }) => sum + amountCents, 0n)).toBe(9_999n);
  const { rows } = await hub.pool.query(
    `select months, goods_rebate_cents::int as rebate from subscriptions.agreed_terms where subscription_id = $1`,
    [order.subscriptionId],
  );
  expect(rows).toEqual([{ months: 24, rebate: 10_000 }]);
});

test('a quote, its contract and its preview bear the taxes of where the service is rendered', async () => {
  const hub = await sellingHub();
  const town = { civicNumber: '12', street: 'Main Street', unit: null };
  const places = [
    { ...town, municipality: 'Ottawa', postalCode: 'K1A 0B1', rate: 13n },
    { ...town, municipality: 'Moncton', postalCode: 'E1C 1A1', rate: 15n },
  ];
  for (const { rate, ...address } of places) {
    const quote = await quoteFor(hub, { address, lines: LINES });
    const { month } = quote.totals;
    expect(month.taxes).toEqual([{ tax: 'HST', cents: (month.subtotalCents * rate + 50n) / 100n }]);
    const preview = await previewQuote(hub, {
      lines: LINES.map((line) => ({ ...line, quantity: 1 })),
      postalCode: address.postalCode,
    });
    expect(preview.totals).toEqual(quote.totals);
    const { id } = await hub.act((tx) => createLocation(tx, { address }));
    expect((await quoteFor(hub, { locationId: id, lines: LINES })).totals).toEqual(quote.totals);
    const offer = await readOffer(hub, { id: quote.id, version: 1 });
    const values = contractValuesOf(offer, { company: await readCompany(hub.db), language: 'fr' });
    expect([values.recurring.totalCents, values.oneTime.totalCents]).toEqual([
      quote.totals.month.totalCents,
      quote.totals.today.totalCents,
    ]);
  }
});
