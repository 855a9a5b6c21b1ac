import fc from 'fast-check';
import { taxesFor } from '@gigafibre/money';
import { expect, test } from 'vitest';
import { openChargesOf } from '../charges/index.ts';
import { addPriceVersion, editItem, readItem } from '../catalog/index.ts';
import { readSubscription } from '../subscriptions/index.ts';
import { acceptQuote, previewQuote, readOffer } from './index.ts';
import { quoteFor, sellingHub } from './test/sold.ts';

const PLANS = ['FIBRE-100', 'FIBRE-500', 'FIBRE-1000', 'FIBRE-2500'] as const;
const ALLOWED = ['IP-FIXE', 'SOUTIEN-PLUS'] as const;
const OTHERS = [
  'TEL-CANADA',
  'TELE-BASE',
  'WIFI-MAILLE',
  'ROUTEUR-LOC',
  'INSTALLATION',
  'ACTIVATION',
  'PRISE-SUPP',
  'ROUTEUR-ACHAT',
] as const;
const basket = fc.record({
  plan: fc.constantFrom(...PLANS),
  rest: fc.uniqueArray(
    fc
      .record({ sku: fc.constantFrom(...ALLOWED, ...OTHERS), quantity: fc.integer({ min: 1, max: 4 }) })
      // Of television there is one plan.
      .map((line) => (line.sku.startsWith('TELE-') ? { ...line, quantity: 1 } : line)),
    { selector: ({ sku }) => sku, maxLength: 6 },
  ),
});

test('what the preview says is what the quote keeps, the order bills and the taxes come to, to the cent', async () => {
  const hub = await sellingHub();
  await fc.assert(
    fc.asyncProperty(basket, async ({ plan, rest }) => {
      const lines = [{ sku: plan, quantity: 1 }, ...rest];
      const preview = await previewQuote(hub, { lines });
      const quote = await quoteFor(hub, { lines });
      expect(quote.totals).toEqual(preview.totals);
      expect(quote.lines).toEqual(preview.lines);
      const order = await hub.act((tx) => acceptQuote(tx, { ...accepted, quoteId: quote.id, version: 1 }));
      const charges = await openChargesOf(hub, order.customerId);
      const subscription = await readSubscription(hub, order.subscriptionId ?? '');
      const taxed = (amounts: readonly bigint[]) =>
        taxesFor({
          province: 'QC',
          on: '2026-11-02',
          lines: amounts.map((amountCents) => ({ amountCents, treatment: 'taxable' })),
        }).totalCents;
      expect(taxed(charges.map(({ amountCents }) => amountCents))).toBe(preview.totals.today.totalCents);
      expect(taxed(subscription.items.map(({ priceCents }) => priceCents))).toBe(
        preview.totals.month.totalCents,
      );
    }),
    { numRuns: 12 },
  );
});

const accepted = {
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

test('a price that changed since it was seen is refused; one the quote locked stays good', async () => {
  const hub = await sellingHub();
  const seen = (await readItem(hub, 'FIBRE-500')).price?.id ?? '';
  const quote = await quoteFor(hub, { lines: [{ sku: 'FIBRE-500', priceVersionId: seen }] });
  await hub.act((tx) => addPriceVersion(tx, { sku: 'FIBRE-500', priceCents: 9_999n, from: '2026-11-02' }));
  const lines = [{ sku: 'FIBRE-500', quantity: 1, priceVersionId: seen }];
  await expect(previewQuote(hub, { lines })).rejects.toMatchObject({ code: 'price_changed' });
  const locked = await previewQuote(hub, { lines, quoteId: quote.id });
  expect(locked.totals).toEqual(quote.totals);
  const fresh = await previewQuote(hub, { lines: [{ sku: 'FIBRE-500', quantity: 1 }] });
  expect(fresh.totals.month.subtotalCents).toBe(9_999n);
  expect((await readOffer(hub, { id: quote.id, version: 1 })).totals).toEqual(quote.totals);
});

test('an option alone, a retired item and an unknown one are refused in words', async () => {
  const hub = await sellingHub();
  const preview = (sku: string, quantity = 1) => previewQuote(hub, { lines: [{ sku, quantity }] });
  await expect(preview('IP-FIXE')).rejects.toMatchObject({ code: 'option_not_allowed' });
  await expect(preview('NOPE')).rejects.toMatchObject({ code: 'not_found' });
  const { version } = await readItem(hub, 'FIBRE-100');
  await hub.act((tx) => editItem(tx, { sku: 'FIBRE-100', version, onSale: false }));
  await expect(preview('FIBRE-100')).rejects.toMatchObject({ code: 'item_not_sold' });
  await expect(
    previewQuote(hub, { lines: [20, 20, 20].map((quantity) => ({ sku: 'TEL-CANADA', quantity })) }),
  ).rejects.toMatchObject({ code: 'too_many_lines' });
  await expect(preview('FIBRE-500', 2)).rejects.toMatchObject({ code: 'one_plan_each' });
});
