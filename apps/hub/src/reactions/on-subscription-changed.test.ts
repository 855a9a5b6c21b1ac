// What a customer reads when a service changes, and of what is coming.
import { instantOf } from '@gigafibre/calendar';
import {
  activeService,
  newCustomer,
  newLocation,
  stockCatalog,
  testHub,
  type TestHub,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { importItem, pricesOn } from '../domains/catalog/index.ts';
import {
  activateSubscription,
  comingEndsTick,
  endSubscription,
  openSubscription,
  readSubscription,
  reconnectSubscription,
  suspendSubscription,
} from '../domains/subscriptions/index.ts';
import {
  addDiscount,
  addOption,
  removeOption,
  repriceItem,
} from '../domains/subscriptions/changes/change-options.ts';
import { changePlan } from '../domains/subscriptions/changes/change-plan.ts';

async function company() {
  const hub = await testHub();
  await stockCatalog(hub);
  const common = {
    taxTreatment: 'taxable',
    onSale: true,
    frequency: 'monthly',
    revenueAccount: '4010',
  } as const;
  const items = [
    { sku: 'FIBRE-1000', nameFr: 'Fibre 1000', nameEn: 'Fibre 1000', kind: 'internet', priceCents: 8_995 },
    { sku: 'RABAIS', nameFr: 'Rabais', nameEn: 'Discount', kind: 'option', priceCents: 0 },
    { sku: 'VACANCES', nameFr: 'Pause', nameEn: 'Hold', kind: 'option', priceCents: 1_000 },
  ] as const;
  for (const { priceCents, ...item } of items)
    await hub.act((tx) =>
      importItem(tx, { ...common, ...item, prices: [{ priceCents, from: '2025-01-01' }] }),
    );
  return hub;
}

const WRITTEN = [
  'service_ends',
  'plan_changed',
  'option_added',
  'option_removed',
  'vacation_starts',
  'vacation_ends',
  'price_rises',
  'price_lowered',
  'term_ends',
  'promotion_ends',
];

/** The e-mails of changes, oldest first: template and words. */
async function written(hub: TestHub): Promise<readonly Readonly<{ template: string; text: string }>[]> {
  await hub.drain();
  const { rows } = await hub.pool.query<{ template: string; text: string }>(
    `select template, subject || ' | ' || body_text as text from messages.messages
      where channel = 'email' and template = any ($1) order by created_at, length(id), id`,
    [WRITTEN],
  );
  return rows.map(({ template, text }) => ({ template, text: text.replaceAll(/[\u00a0\u202f]/g, ' ') }));
}

test('each change of a service is confirmed once in writing: what, when, and what it costs', async () => {
  const hub = await company();
  const { subscriptionId: id } = await activeService(hub, { on: '2026-11-02' });
  await hub.drain();
  await hub.passDays(10);
  const act = async (change: Parameters<typeof hub.act>[0]) => {
    await hub.act(change);
    await hub.drain();
  };
  const itemOf = async (sku: string) =>
    (await readSubscription(hub, id)).items.find((item) => item.sku === sku)?.id ?? '';
  await act((tx) => changePlan(tx, { id, sku: 'FIBRE-1000' }));
  const router = await itemOf('ROUTEUR');
  await act((tx) => removeOption(tx, { id, itemId: router }));
  await act((tx) => addOption(tx, { id, sku: 'ROUTEUR' }));
  const itemId = await itemOf('FIBRE-1000');
  const dearer = { id, itemId, priceCents: 9_495n, when: '2026-12-20', reason: 'coûts' };
  await act((tx) => repriceItem(tx, dearer));
  await act((tx) => suspendSubscription(tx, { id, reason: 'vacation', until: '2026-12-11' }));
  await hub.passDays(1);
  await act((tx) => reconnectSubscription(tx, { id }));
  await act((tx) => endSubscription(tx, { id, on: '2026-12-31', reason: 'départ' }));
  const sent = await written(hub);
  expect(sent.map(({ template }) => template).toSorted()).toEqual([
    'option_added',
    'option_removed',
    'plan_changed',
    'price_rises',
    'service_ends',
    'vacation_ends',
    'vacation_starts',
  ]);
  const words = Object.fromEntries(sent.map(({ template, text }) => [template, text]));
  expect(words['plan_changed']).toContain('À partir du 12 novembre 2026, votre forfait est Fibre 1000.');
  expect(words['plan_changed']).toMatch(/Votre prochaine facture portera \d+,\d\d \$ de plus, avant taxes\./);
  expect(words['price_rises']).toContain('Nouveau prix à partir du 20 décembre 2026 : 94,95 $ par mois');
  expect(words['price_rises']).toContain('refuser ce changement et mettre fin au contrat sans frais');
  expect(words['vacation_starts']).toContain('Il revient de lui-même le 12 décembre 2026');
  expect(words['service_ends']).toContain('prend fin le 31 décembre 2026');
  // Drained again, and once it is over: nothing is said twice.
  await hub.moveTo(instantOf({ date: '2027-01-01', time: '10:00' }));
  expect(await written(hub)).toHaveLength(sent.length);
  const { rows } = await hub.pool.query('select kind, on_date::text from subscriptions.notices');
  expect(rows).toEqual([{ kind: 'price_rise', on_date: '2026-12-20' }]);
});

test('a term agreed at the sale begins with the service, and its end is announced 90 days before, once', async () => {
  const hub = await company();
  const customerId = await newCustomer(hub);
  const locationId = await newLocation(hub, customerId);
  const price = (await pricesOn(hub, { skus: ['ROUTEUR'], on: '2026-11-02' })).get('ROUTEUR');
  if (!price) throw new Error('no router');
  const items = [{ sku: 'ROUTEUR', priceVersionId: price.priceVersionId, priceCents: price.priceCents }];
  const term = { months: 12, goodsRebateCents: 10_000n };
  const { id } = await hub.act((tx) =>
    openSubscription(tx, { customerId, locationId, items, term, source: 'quote QTN-1' }),
  );
  await hub.moveTo(instantOf({ date: '2026-11-10', time: '10:00' }));
  await hub.act((tx) => activateSubscription(tx, hub.env, { id, equipmentId: null }));
  expect(
    (await hub.pool.query('select starts_on::text, ends_on::text, months from subscriptions.terms')).rows,
  ).toEqual([{ starts_on: '2026-11-10', ends_on: '2027-11-09', months: 12 }]);
  await hub.act((tx) => addDiscount(tx, { id, sku: 'RABAIS', amountCents: 100n, cycles: 3 }));
  const look = async (date: string, time = '09:00') => {
    await hub.moveTo(instantOf({ date, time }));
    const told = await comingEndsTick(hub.env).run();
    return [told, (await written(hub)).map(({ template }) => template)];
  };
  expect(await look('2027-01-10', '08:59')).toEqual([0, []]);
  expect(await look('2027-01-10')).toEqual([1, ['promotion_ends']]);
  expect(await look('2027-01-10', '10:00')).toEqual([0, ['promotion_ends']]);
  expect(await look('2027-08-10')).toEqual([0, ['promotion_ends']]);
  expect(await look('2027-08-11')).toEqual([1, ['promotion_ends', 'term_ends']]);
  expect(await look('2027-08-12')).toEqual([0, ['promotion_ends', 'term_ends']]);
  expect((await written(hub)).at(-1)?.text).toContain('expire le 9 novembre 2027');
});
