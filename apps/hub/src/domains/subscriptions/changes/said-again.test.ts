import { activeService, stockCatalog, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import type { Tx } from '../../../platform/acting.ts';
import { importItem } from '../../catalog/index.ts';
import { chargesCredited, openChargesOf, takeOpenCharges } from '../../charges/index.ts';
import { jobsOf } from '../../dispatch/index.ts';
import { readSubscription } from '../read-subscription.ts';
import { addDiscount, repriceItem } from './change-options.ts';
import { dueChangesTick } from './due-changes.ts';
import { endSubscription } from './end-subscription.ts';
import { suspendSubscription } from './suspend-subscription.ts';
import { agreeTerm, renewSubscription } from './terms.ts';

/** A service at 84.95 since 1 November, with 240 $ given on goods for 24 months and 10.00 off; it is the 16th. */
async function service() {
  const hub = await testHub();
  await stockCatalog(hub);
  await hub.act((tx) =>
    importItem(tx, {
      sku: 'RABAIS',
      nameFr: 'Rabais',
      nameEn: 'Discount',
      kind: 'option',
      frequency: 'monthly',
      taxTreatment: 'taxable',
      revenueAccount: '4080',
      onSale: true,
      prices: [{ priceCents: 0, from: '2025-01-01' }],
    }),
  );
  const { subscriptionId: id, customerId, locationId } = await activeService(hub, { on: '2026-11-01' });
  await hub.drain();
  await hub.moveTo(new Date('2026-11-16T15:00:00Z'));
  await hub.act((tx) =>
    agreeTerm(tx, { id, on: '2026-11-01', months: 24, goodsRebateCents: 24_000n, source: 'essai' }),
  );
  const end = (on: string) => hub.act((tx) => endSubscription(tx, { id, on, reason: 'départ' }));
  return { hub, id, customerId, locationId, end };
}

test('an end said again after its indemnity was billed gives that back and asks for its own; the devices are fetched', async () => {
  const { hub, id, customerId, locationId, end } = await service();
  // A new term does not take away what is left of the rebate on goods.
  await hub.act((tx) => renewSubscription(tx, { id, months: 12 }));
  const asked = async (on: string) =>
    (await end(on)).charges.filter(({ sku }) => sku === 'RESILIATION').map(({ amountCents }) => amountCents);
  expect(await asked('2027-01-31')).toEqual([21_000n]);
  await expect(hub.act((tx) => renewSubscription(tx, { id, months: 24 }))).rejects.toThrow('end_is_set');
  const ids = (await hub.act((tx) => takeOpenCharges(tx, customerId))).map((charge) => charge.id);
  await hub.act((tx) => chargesCredited(tx, { ids, creditNoteId: 'CN-1' }));
  expect(await asked('2027-03-31')).toEqual([-21_000n, 19_000n]);
  expect(await asked('2027-02-28')).toEqual([21_000n, -19_000n, -21_000n, 20_000n]);
  const waits = (await openChargesOf(hub, customerId)).filter(({ sku }) => sku === 'RESILIATION');
  expect(waits.reduce((sum, { amountCents }) => sum + amountCents, 0n)).toBe(-1_000n);
  await hub.moveTo(new Date('2027-03-01T15:00:00Z'));
  await dueChangesTick(hub.env).run();
  await hub.drain();
  expect(await readSubscription(hub, id)).toMatchObject({ status: 'cancelled' });
  expect(await jobsOf(hub, customerId)).toMatchObject([
    { type: 'disconnect', locationId, status: 'unscheduled' },
  ]);
});

test('a discount is not repriced, a price is agreed for what was sold, and a vacation is not over before it is set', async () => {
  const { hub, id } = await service();
  await hub.act((tx) => addDiscount(tx, { id, sku: 'RABAIS', amountCents: 1_000n, cycles: 3 }));
  const items = async () => (await readSubscription(hub, id)).items;
  const reprice = async (sku: string, priceCents: bigint) => {
    const itemId = (await items()).find((one) => one.sku === sku)?.id ?? '';
    return hub.act((tx: Tx) => repriceItem(tx, { id, itemId, priceCents, reason: 'essai' }));
  };
  await expect(reprice('RABAIS', 500n)).rejects.toThrow('discount_not_repriced');
  // Sold to nobody any more, and faster since.
  await hub.pool.query(
    `update catalog.items set on_sale = false, download_mbps = 900 where sku = 'FIBRE-500'`,
  );
  await reprice('FIBRE-500', 7_495n);
  expect((await items()).find(({ sku }) => sku === 'FIBRE-500')).toMatchObject({
    priceCents: 7_495n,
    downloadMbps: 500,
  });
  const rest = (on: string, until: string) =>
    hub.act((tx) => suspendSubscription(tx, { id, reason: 'vacation', on, until }));
  await expect(rest('2026-11-01', '2026-11-15')).rejects.toMatchObject({ data: { from: '2026-11-16' } });
  await rest('2026-11-01', '2026-11-16');
});
