import { activeService, stockCatalog, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { layDemoPlant } from '../../../../db/demo/plant.ts';
import { verifyBilling } from '../../billing/index.ts';
import { importItem } from '../../catalog/index.ts';
import { createLocation, searchAddresses } from '../../plant/index.ts';
import { readSubscription } from '../read-subscription.ts';
import { dueChangesTick } from './due-changes.ts';
import { endSubscription } from './end-subscription.ts';
import { moveSubscription, withdrawMove } from './move-subscription.ts';
import { reconnectSubscription, suspendSubscription } from './suspend-subscription.ts';

/** A service at 79.95 with a router at 5.00, active since 1 November; `at` moves to the morning of a day. */
async function service() {
  const hub = await testHub();
  await stockCatalog(hub);
  await hub.act((tx) =>
    importItem(tx, {
      sku: 'VACANCES',
      nameFr: 'Pause vacances',
      nameEn: 'Vacation hold',
      kind: 'option',
      frequency: 'monthly',
      taxTreatment: 'taxable',
      revenueAccount: '4080',
      onSale: true,
      prices: [{ priceCents: 1_000, from: '2025-01-01' }],
    }),
  );
  const { subscriptionId: id } = await activeService(hub, { on: '2026-11-01' });
  await hub.drain();
  const at = (day: string) => hub.moveTo(new Date(`${day}T15:00:00Z`));
  const suspend = (day: string, reason: 'non_payment' | 'vacation') =>
    at(day).then(() => hub.act((tx) => suspendSubscription(tx, { id, reason })));
  const reconnect = (day: string) => at(day).then(() => hub.act((tx) => reconnectSubscription(tx, { id })));
  const end = (day: string, on: string) =>
    at(day).then(() => hub.act((tx) => endSubscription(tx, { id, on, reason: 'départ' })));
  /** What is in force on a day, without the places. */
  const on = async (day: string) =>
    (await readSubscription(hub, id)).timeline
      .filter(({ startsOn, endsOn }) => startsOn !== null && startsOn <= day && (endsOn ?? day) >= day)
      .map(({ sku }) => sku);
  return { hub, id, at, suspend, reconnect, end, on };
}
const BOTH = ['FIBRE-500', 'ROUTEUR'];

test('an end set before a pause is said again after it: what began anew follows the new day, once', async () => {
  const { hub, id, suspend, reconnect, end, on } = await service();
  await end('2026-11-10', '2027-03-15');
  await suspend('2026-11-12', 'non_payment');
  await reconnect('2026-12-20');
  expect([await on('2026-12-19'), await on('2027-03-15'), await on('2027-03-16')]).toEqual([[], BOTH, []]);
  const later = await end('2026-12-21', '2027-03-31');
  expect(later.subscription).toMatchObject({ monthlyCents: 8_495n, lastDay: '2027-03-31' });
  expect([await on('2026-12-15'), await on('2027-03-31'), await on('2027-04-01')]).toEqual([[], BOTH, []]);
  const sooner = await end('2026-12-22', '2027-01-10');
  expect(sooner.subscription).toMatchObject({ monthlyCents: 8_495n, lastDay: '2027-01-10' });
  expect(await verifyBilling(hub)).toEqual([]);
  expect((await readSubscription(hub, id)).timeline).toHaveLength(4);
});

test('an end said again while the service rests does not let it be charged, and it comes back to the new day', async () => {
  const { suspend, reconnect, end, on } = await service();
  await end('2026-11-10', '2026-12-05');
  await suspend('2026-11-12', 'non_payment');
  await end('2026-11-20', '2027-03-31');
  // Thirty days more, as for who did not leave.
  expect([await on('2026-12-11'), await on('2026-12-12')]).toEqual([BOTH, []]);
  await reconnect('2026-11-25');
  expect([await on('2027-03-31'), await on('2027-04-01')]).toEqual([BOTH, []]);
  await end('2026-11-26', '2027-04-30');
  expect([await on('2027-04-30'), await on('2027-05-01')]).toEqual([BOTH, []]);
});

test('an end set during a vacation is said again after it: the plan goes on to the new day, the hold does not', async () => {
  const { suspend, reconnect, end, on } = await service();
  await suspend('2026-11-05', 'vacation');
  await end('2026-11-10', '2027-03-15');
  expect(await on('2027-03-15')).toEqual(['VACANCES']);
  await reconnect('2026-12-20');
  await end('2026-12-21', '2027-03-31');
  expect([
    await on('2026-12-19'),
    await on('2026-12-21'),
    await on('2027-03-31'),
    await on('2027-04-01'),
  ]).toEqual([['VACANCES'], BOTH, BOTH, []]);
});

test('a move set before a pause is withdrawn, or done, after it: one plan stands, to no end', async () => {
  const { hub, id, at, suspend, reconnect, on } = await service();
  await hub.act((tx) => layDemoPlant(tx, { managementAddress: () => '127.0.0.1:1161' }));
  const { addresses } = await searchAddresses(hub, { q: '300 boul des maraichers', limit: 1 });
  const { id: locationId } = await hub.act((tx) => createLocation(tx, { addressId: addresses[0]?.id ?? '' }));
  const move = (day: string) =>
    hub.act((tx) =>
      moveSubscription(tx, {
        id,
        locationId,
        addressId: null,
        address: null,
        unit: null,
        on: day,
        sku: null,
        equipment: 'carried',
      }),
    );
  await at('2026-11-05');
  await move('2027-02-01');
  await suspend('2026-11-10', 'non_payment');
  await reconnect('2026-12-20');
  expect([await on('2026-12-19'), await on('2027-01-31'), await on('2027-02-01')]).toEqual([[], BOTH, BOTH]);
  await at('2026-12-21');
  await move('2027-02-10');
  expect([await on('2027-01-20'), await on('2027-02-09'), await on('2027-02-10')]).toEqual([
    BOTH,
    BOTH,
    BOTH,
  ]);
  await hub.act((tx) => withdrawMove(tx, { id, reason: 'reste' }));
  expect([await on('2026-12-15'), await on('2027-01-20'), await on('2027-05-01')]).toEqual([[], BOTH, BOTH]);
  await move('2027-01-15');
  await at('2027-01-16');
  await dueChangesTick(hub.env).run();
  expect(await readSubscription(hub, id)).toMatchObject({ locationId, monthlyCents: 8_495n, lastDay: null });
  expect(await verifyBilling(hub)).toEqual([]);
});
