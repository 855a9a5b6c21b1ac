import { activeService, newCustomer, stockCatalog, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { cartOf, cartTotal } from './cart.ts';

test('what is bought bears the taxes of the place of the customer’s service', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const taxedIn = async (customerId: string) => {
    const bought = await cartOf(hub, { customerId, items: [{ sku: 'VISITE', quantity: 1 }] });
    const before = bought.reduce((sum, { amountCents }) => sum + amountCents, 0n);
    return [before, await cartTotal(hub, { customerId, bought })] as const;
  };
  for (const [postalCode, rate] of [
    ['K1A 0B1', 13n],
    ['E1C 1A1', 15n],
  ] as const) {
    const { customerId } = await activeService(hub, { postalCode });
    const [before, total] = await taxedIn(customerId);
    expect(total).toBe(before + (before * rate + 50n) / 100n);
  }
  const [before, total] = await taxedIn(await newCustomer(hub));
  expect(total).toBe(before + (before * 5n + 50n) / 100n + (before * 9_975n + 50_000n) / 100_000n);
});
