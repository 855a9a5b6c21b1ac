import { Refusal } from '@gigafibre/contract';
import { testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { DEMO_CATALOG } from '../../../db/demo/catalog.ts';
import {
  addPriceVersion,
  editItem,
  importItem,
  listItems,
  pricesOn,
  pricesSold,
  readItem,
  type ImportedItem,
} from './index.ts';

const plan: ImportedItem = {
  sku: 'FIBRE-X',
  nameFr: 'Fibre été',
  nameEn: 'Summer fibre',
  kind: 'internet',
  frequency: 'monthly',
  revenueAccount: '4010',
  prices: [{ priceCents: 6_000, from: '2025-01-01' }],
};

test('a price holds from its day until the next begins, and what was sold keeps its version', async () => {
  const hub = await testHub();
  await hub.act((tx) => importItem(tx, plan));
  const sold = (await readItem(hub, 'FIBRE-X')).price;
  await hub.act((tx) => addPriceVersion(tx, { sku: 'FIBRE-X', priceCents: 7_000n, from: '2026-12-01' }));
  const priceOn = async (on: string) =>
    (await pricesOn(hub, { skus: ['FIBRE-X'], on })).get('FIBRE-X')?.priceCents;
  expect(await priceOn('2026-11-30')).toBe(6_000n);
  expect(await priceOn('2026-12-01')).toBe(7_000n);
  expect(await priceOn('2024-12-31')).toBeUndefined();
  const kept = await pricesSold(hub, [sold?.id ?? '']);
  expect(kept.get(sold?.id ?? '')?.priceCents).toBe(6_000n);
});

test('a price cannot begin in the past, nor twice on one day', async () => {
  const hub = await testHub();
  await hub.act((tx) => importItem(tx, plan));
  const price = (from: string) =>
    hub.act((tx) => addPriceVersion(tx, { sku: 'FIBRE-X', priceCents: 1n, from }));
  await expect(price('2026-11-01')).rejects.toMatchObject({ code: 'price_in_the_past' });
  await price('2026-11-02');
  await expect(price('2026-11-02')).rejects.toMatchObject({ code: 'price_day_taken' });
});

test('of two people editing one item the second is told', async () => {
  const hub = await testHub();
  const { version } = await hub.act((tx) => importItem(tx, plan));
  const edit = (nameFr: string) =>
    hub.act((tx) => editItem(tx, { sku: 'FIBRE-X', version, nameFr })).catch((error: unknown) => error);
  const outcomes = await Promise.all([edit('Une'), edit('Deux')]);
  expect(outcomes.filter((outcome) => outcome instanceof Refusal)).toHaveLength(1);
});

test('what is not a revenue account or not an option is refused, and nothing is kept', async () => {
  const hub = await testHub();
  const bring = (change: Partial<ImportedItem>) => hub.act((tx) => importItem(tx, { ...plan, ...change }));
  await expect(bring({ revenueAccount: '2100' })).rejects.toMatchObject({ code: 'account_not_revenue' });
  await expect(bring({ options: ['NOPE'] })).rejects.toMatchObject({ code: 'option_unknown' });
  await expect(readItem(hub, 'FIBRE-X')).rejects.toMatchObject({ code: 'not_found' });
});

test('the demo catalog loads, is found without accents, and free activation costs nothing', async () => {
  const hub = await testHub();
  await hub.act(async (tx) => {
    for (const item of DEMO_CATALOG) await importItem(tx, item);
  });
  const found = await listItems(hub, { search: 'tele de BASE', limit: 10 });
  expect(found.rows.map(({ sku }) => sku)).toEqual(['TELE-BASE']);
  expect((await listItems(hub, { search: '100%', limit: 10 })).rows).toEqual([]);
  expect((await readItem(hub, 'ACTIVATION')).price?.priceCents).toBe(0n);
  expect((await readItem(hub, 'FIBRE-500')).price?.priceCents).toBe(6_495n);
  const first = await listItems(hub, { limit: 5 });
  const rest = await listItems(hub, { limit: 200, after: first.next ?? '' });
  expect(first.rows.length + rest.rows.length).toBe(DEMO_CATALOG.length);
});
