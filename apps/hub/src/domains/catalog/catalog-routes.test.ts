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
  expect(made).toMatchObject({ version: 1, price: { priceCents: 6_000n, from: '2026-11-02' } });
  await manager.call(op.addPriceVersion, { sku: 'FIBRE-X', priceCents: 6_500, from: '2027-01-01' });
  const edited = await manager.call(op.editItem, { sku: 'FIBRE-X', version: 1, nameFr: 'Fibre hiver' });
  expect(edited).toMatchObject({ version: 2, nameFr: 'Fibre hiver', nameEn: 'Summer fibre' });
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
