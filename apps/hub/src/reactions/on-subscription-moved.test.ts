// A move from the telephone call to the invoice: ports, visit, device, days, taxes.
import {
  activeService,
  newCustomer,
  newSubscription,
  stockCatalog,
  testHub,
  type TestHub,
} from '@gigafibre/testing';
import { sumCents } from '@gigafibre/money';
import { expect, test } from 'vitest';
import { layDemoPlant } from '../../db/demo/plant.ts';
import { readInvoice, verifyBilling } from '../domains/billing/index.ts';
import { openChargesOf } from '../domains/charges/index.ts';
import { approveRun, startRun } from '../domains/billing/runs/steer-run.ts';
import { jobsOf } from '../domains/dispatch/index.ts';
import { verifyLedger } from '../domains/ledger/index.ts';
import { createLocation, readLocation, searchAddresses } from '../domains/plant/index.ts';
import { equipmentAt } from '../domains/stock/index.ts';
import {
  activateSubscription,
  cancelSubscription,
  dueChangesTick,
  endSubscription,
  readSubscription,
  suspendSubscription,
} from '../domains/subscriptions/index.ts';
import { changePlan } from '../domains/subscriptions/changes/change-plan.ts';
import {
  moveSubscription,
  withdrawMove,
  type Moving,
} from '../domains/subscriptions/changes/move-subscription.ts';
import { rehearse } from '../platform/transact.ts';

/** A service at 79.95 with a router at 5.00 since 1 November, billed to its end; two places with fibre; it is 16 November. */
async function company() {
  const hub = await testHub();
  await stockCatalog(hub);
  await hub.act((tx) => layDemoPlant(tx, { managementAddress: () => '127.0.0.1:1161' }));
  const service = await activeService(hub, { on: '2026-11-01' });
  await hub.drain();
  await hub.moveTo(new Date('2026-11-16T14:00:00Z'));
  await hub.drain();
  const { addresses } = await searchAddresses(hub, { q: '300 boul des maraichers', limit: 1 });
  return { hub, ...service, id: service.subscriptionId, addressId: addresses[0]?.id ?? '' };
}

const to = (id: string, over: Partial<Moving>): Moving => ({
  id,
  locationId: null,
  addressId: null,
  address: null,
  unit: null,
  sku: null,
  equipment: 'carried',
  ...over,
});
const portOf = async (hub: TestHub, locationId: string) =>
  (await readLocation(hub, locationId)).network?.state ?? null;
const visits = async (hub: TestHub, customerId: string) =>
  (await jobsOf(hub, customerId)).map(({ type, status, locationId }) => ({ type, status, locationId }));

test('a move said again tells what the first had asked and is taken back: all that is told is what waits', async () => {
  const { hub, id, customerId, addressId } = await company();
  const move = (on: string) => hub.act((tx) => moveSubscription(tx, to(id, { addressId, on })));
  const first = await move('2026-11-20');
  const again = await move('2026-11-25');
  expect(again.charges.length).toBeGreaterThan(first.charges.length);
  const waits = (await openChargesOf(hub, customerId)).map(({ amountCents }) => amountCents);
  expect(first.chargesCents + again.chargesCents).toBe(sumCents(waits));
});

test('nothing begins on a day before the last move: it would be taxed at the old address for good', async () => {
  const { hub, id, addressId } = await company();
  await hub.act((tx) => moveSubscription(tx, to(id, { addressId })));
  const on = '2026-11-12';
  await expect(hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-500', when: on }))).rejects.toThrow(
    'change_day',
  );
  const vacation = { id, reason: 'vacation', on } as const;
  await expect(hub.act((tx) => suspendSubscription(tx, vacation))).rejects.toThrow('change_day');
  await hub.act((tx) => suspendSubscription(tx, { ...vacation, on: '2026-11-16' }));
});

test('a move is set, taken back, set again and done on its day, with its port, its visit and its device', async () => {
  const { hub, id, customerId, locationId: old, equipmentId, addressId } = await company();
  const move = (over: Partial<Moving>) => hub.act((tx) => moveSubscription(tx, to(id, over)));
  const asked = { addressId, on: '2026-12-01' };
  const told = await rehearse(hub.env.ground, { by: hub.by }, (tx) => moveSubscription(tx, to(id, asked)));
  const set = await move(asked);
  expect(set.charges).toEqual(told.charges);
  expect(set).toMatchObject({ on: '2026-12-01', charges: [], monthlyAfterCents: 8_495n });
  expect(set.subscription).toMatchObject({ locationId: old, lastDay: null, monthlyCents: 8_495n });
  await hub.drain();
  const [first] = await visits(hub, customerId);
  const there = first?.locationId ?? '';
  expect(first).toMatchObject({ type: 'move', status: 'unscheduled' });
  expect(await portOf(hub, there)).toBe('reserved');
  await expect(hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-500' }))).rejects.toThrow('move_is_set');

  await hub.act((tx) => withdrawMove(tx, { id, reason: 'reste' }));
  await hub.drain();
  expect(await visits(hub, customerId)).toMatchObject([{ status: 'cancelled' }]);
  expect(await portOf(hub, there)).toBeNull();
  await expect(hub.act((tx) => withdrawMove(tx, { id, reason: 'reste' }))).rejects.toThrow('no_move_set');
  expect(await readSubscription(hub, id)).toMatchObject({ monthlyCents: 8_495n, itemsToCome: [] });

  await move({ addressId, on: '2026-12-10' });
  await move({ locationId: there, on: '2026-12-01' });
  await hub.drain();
  // The one that was replaced was ordered and taken back, or not ordered at all.
  const open = (await visits(hub, customerId)).filter(({ status }) => status !== 'cancelled');
  expect(open).toEqual([{ type: 'move', status: 'unscheduled', locationId: there }]);
  expect(await portOf(hub, there)).toBe('reserved');
  await hub.moveTo(new Date('2026-12-01T12:00:00Z'));
  await dueChangesTick(hub.env).run();
  await hub.drain();
  expect(await readSubscription(hub, id)).toMatchObject({ locationId: there, equipmentId, status: 'active' });
  expect((await equipmentAt(hub, there)).map((device) => device.id)).toEqual([equipmentId]);
  expect(await portOf(hub, there)).toBe('active');
  expect((await readLocation(hub, there)).customerId).toBe(customerId);
  expect((await readLocation(hub, old)).customerId).toBeNull();
  await expect(move({ locationId: there })).rejects.toThrow('same_address');
  await expect(move({})).rejects.toThrow('address_needed');
  await expect(move({ locationId: there, addressId })).rejects.toThrow('address_needed');
  await expect(move({ locationId: old })).rejects.toThrow('address_not_served');
});

test('to Ontario in the middle of a month: the days from then on bear its tax, and nothing is asked twice', async () => {
  const { hub, id, addressId } = await company();
  const known = await hub.act((tx) => createLocation(tx, { addressId }));
  const { latitude, longitude } = known;
  const ontario = {
    civicNumber: '12',
    unit: null,
    street: 'Main Street',
    municipality: 'Ottawa',
    postalCode: 'K1A 0B1',
    ...(latitude === null || longitude === null ? {} : { latitude, longitude }),
  };
  const { charges, chargesCents, subscription } = await hub.act((tx) =>
    moveSubscription(tx, to(id, { address: ontario, equipment: 'swapped' })),
  );
  expect(charges.map(({ sku, amountCents, period }) => [sku, amountCents, period?.from])).toEqual([
    ['FIBRE-500', -3_998n, '2026-11-16'],
    ['ROUTEUR', -250n, '2026-11-16'],
    ['FIBRE-500', 3_998n, '2026-11-16'],
    ['ROUTEUR', 250n, '2026-11-16'],
  ]);
  expect(chargesCents).toBe(0n);
  expect(subscription).toMatchObject({ equipmentId: null, monthlyCents: 8_495n });
  const run = await hub.act((tx) => startRun(tx, { through: '2026-12-01' }));
  await hub.drain();
  await hub.act((tx) => approveRun(tx, { id: run.id }));
  await hub.drain();
  const { rows } = await hub.pool.query<{ id: string }>(
    `select invoice_id as id from billing.run_customers where run_id = $1`,
    [run.id],
  );
  const invoice = await readInvoice(hub, rows[0]?.id ?? '');
  const taxes = invoice.taxes.map(({ tax, baseCents, taxCents }) => [tax, baseCents, taxCents]);
  expect(taxes.toSorted()).toEqual([
    ['GST', -4_248n, -212n],
    ['HST', 12_743n, 1_657n],
    ['QST', -4_248n, -424n],
  ]);
  expect(invoice.subtotalCents).toBe(8_495n);
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
});

test('a household goes as one: one visit, the device with the last service, nobody left at the old address', async () => {
  const { hub, id, customerId, locationId: old, equipmentId, addressId } = await company();
  const second = await newSubscription(hub, { customerId, locationId: old, skus: ['FIBRE-500'] });
  await hub.act((tx) => activateSubscription(tx, hub.env, { id: second, equipmentId }));
  await hub.drain();
  const asked = { addressId, on: '2026-11-26' };
  await hub.act((tx) => moveSubscription(tx, to(second, asked)));
  const effect = await hub.act((tx) => moveSubscription(tx, to(id, { ...asked, withOthers: true })));
  expect(effect.monthlyAfterCents).toBe(8_495n + 7_995n);
  expect(effect.chargesCents).toBe(0n);
  await hub.drain();
  const open = (await visits(hub, customerId)).filter(({ status }) => status !== 'cancelled');
  expect(open).toHaveLength(1);
  await hub.moveTo(new Date('2026-11-26T12:00:00Z'));
  await dueChangesTick(hub.env).run();
  await hub.drain();
  const there = open[0]?.locationId ?? '';
  for (const one of [id, second])
    expect(await readSubscription(hub, one)).toMatchObject({ locationId: there, equipmentId });
  expect((await equipmentAt(hub, there)).map((device) => device.id)).toEqual([equipmentId]);
  expect((await readLocation(hub, old)).customerId).toBeNull();
});

test('who moves in where somebody moves out keeps the port, and a service that ends before its move does not move', async () => {
  const { hub, id, customerId, addressId } = await company();
  await hub.act((tx) => moveSubscription(tx, to(id, { addressId, on: '2026-12-01' })));
  await hub.drain();
  const there = (await visits(hub, customerId))[0]?.locationId ?? '';
  const other = await newCustomer(hub, { name: 'Part bientôt' });
  const leaving = await newSubscription(hub, { customerId: other, locationId: there });
  await hub.act((tx) => cancelSubscription(tx, { id: leaving, reason: 'part' }));
  await hub.drain();
  expect(await portOf(hub, there)).toBe('reserved');
  await hub.act((tx) => endSubscription(tx, { id, on: '2026-11-20', reason: 'départ' }));
  await hub.moveTo(new Date('2026-12-02T12:00:00Z'));
  for (let round = 0; round < 2; round += 1) await dueChangesTick(hub.env).run();
  await hub.drain();
  expect(await readSubscription(hub, id)).toMatchObject({ status: 'cancelled', cancelledOn: '2026-11-20' });
  const said = await visits(hub, customerId);
  // Its device is fetched where it stands still.
  expect(said.map(({ type, status, locationId: at }) => [type, status, at === there])).toEqual([
    ['disconnect', 'unscheduled', false],
    ['move', 'cancelled', true],
  ]);
  expect(await portOf(hub, there)).toBeNull();
});
