import { catalogOperations as op } from '@gigafibre/contract';
import { serveHub, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';

const item = {
  sku: 'FIBRE-X',
  nameFr: 'Fibre été',
  nameEn: 'Summer fibre',
  kind: 'internet',
  frequency: 'monthly',
  revenueAccount: '4010',
  priceCents: 6_000,
  from: '2026-11-02',
} as const;

test('a manager makes an item, prices and renames it; an agent only reads', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const manager = await served.as('manager');
  const agent = await served.as('csr');
  const made = await manager.call(op.createItem, item);
  expect(made).toMatchObject({
    version: 1,
    segment: 'both',
    price: { priceCents: 6_000n, from: '2026-11-02' },
  });
  await manager.call(op.addPriceVersion, { sku: 'FIBRE-X', priceCents: 6_500, from: '2027-01-01' });
  const edited = await manager.call(op.editItem, { sku: 'FIBRE-X', version: 1, nameFr: 'Fibre hiver' });
  expect(edited).toMatchObject({ version: 2, nameFr: 'Fibre hiver', nameEn: 'Summer fibre' });
  const forOffices = await manager.call(op.editItem, { sku: 'FIBRE-X', version: 2, segment: 'business' });
  expect(forOffices).toMatchObject({ version: 3, segment: 'business', nameFr: 'Fibre hiver' });
  const read = await agent.call(op.readItem, { sku: 'FIBRE-X' });
  expect(read.prices.map(({ priceCents, from }) => [priceCents, from])).toEqual([
    [6_500n, '2027-01-01'],
    [6_000n, '2026-11-02'],
  ]);
  const { rows } = await agent.call(op.listItems, { search: 'hiver', onSale: 'true', kind: 'internet' });
  expect(rows.map(({ sku }) => sku)).toEqual(['FIBRE-X']);
  await expect(agent.call(op.createItem, { ...item, sku: 'Y' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(manager.call(op.createItem, item)).rejects.toMatchObject({ code: 'sku_taken' });
});

test('a manager makes a bundle and gives it other parts from a day on', async () => {
  const served = await serveHub(await testHub());
  const manager = await served.as('manager');
  await manager.call(op.createItem, item);
  await manager.call(op.createItem, { ...item, sku: 'TV', kind: 'tv' });
  const bundle = {
    sku: 'DUO',
    nameFr: 'Duo',
    nameEn: 'Duo',
    revenueAccount: '4010',
    discountCents: 1_000,
    parts: [['FIBRE-X'], ['TV']],
    from: '2026-11-02',
  };
  const made = await manager.call(op.createBundle, bundle);
  expect(made).toMatchObject({
    kind: 'option',
    price: { priceCents: -1_000n },
    parts: [['FIBRE-X'], ['TV']],
  });
  const version = { sku: 'DUO', discountCents: 500, parts: [['FIBRE-X', 'TV'], ['TV']], from: '2027-01-01' };
  await manager.call(op.addBundleVersion, version);
  const read = await manager.call(op.readItem, { sku: 'DUO' });
  expect(read.prices.map(({ priceCents }) => priceCents)).toEqual([-500n, -1_000n]);
  expect(read.parts).toEqual([['FIBRE-X'], ['TV']]);
  await expect(manager.call(op.addBundleVersion, { ...version, sku: 'TV' })).rejects.toMatchObject({
    code: 'not_a_bundle',
  });
  const price = { sku: 'DUO', priceCents: -500, from: '2027-02-01' };
  await expect(manager.call(op.addPriceVersion, price)).rejects.toMatchObject({ code: 'bundle_keeps_parts' });
  const below = { ...price, sku: 'TV' };
  await expect(manager.call(op.addPriceVersion, below)).rejects.toMatchObject({ code: 'price_below_zero' });
  await expect(manager.call(op.addPriceVersion, { ...below, priceCents: 50_000_001 })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  const unknown = { ...bundle, sku: 'TRIO', parts: [['FIBRE-X'], ['RIEN']] };
  await expect(manager.call(op.createBundle, unknown)).rejects.toMatchObject({ code: 'bundle_part_unknown' });
});
