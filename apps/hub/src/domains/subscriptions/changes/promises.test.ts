import { addDays } from '@gigafibre/calendar';
import { activeService, stockCatalog, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { layDemoPlant } from '../../../../db/demo/plant.ts';
import type { Tx } from '../../../platform/acting.ts';
import { rehearse } from '../../../platform/transact.ts';
import { verifyBilling } from '../../billing/index.ts';
import { importItem } from '../../catalog/index.ts';
import { createLocation, searchAddresses } from '../../plant/index.ts';
import { readSubscription } from '../read-subscription.ts';
import type { Effect } from './change-items.ts';
import { addDiscount, addOption } from './change-options.ts';
import { changePlan } from './change-plan.ts';
import { dueChangesTick } from './due-changes.ts';
import { moveSubscription, withdrawMove } from './move-subscription.ts';
import { reconnectSubscription, suspendSubscription } from './suspend-subscription.ts';

const option = {
  kind: 'option',
  frequency: 'monthly',
  taxTreatment: 'taxable',
  revenueAccount: '4080',
} as const;

/** A service at 84.95 since 1 November with 10.00 off for some months, and a place to which it can move. */
async function service(cycles: number) {
  const hub = await testHub();
  await stockCatalog(hub);
  for (const [sku, priceCents] of [
    ['RABAIS', 0],
    ['VACANCES', 1_000],
  ] as const)
    await hub.act((tx) =>
      importItem(tx, {
        ...option,
        sku,
        nameFr: sku,
        nameEn: sku,
        onSale: true,
        prices: [{ priceCents, from: '2025-01-01' }],
      }),
    );
  await hub.act((tx) => layDemoPlant(tx, { managementAddress: () => '127.0.0.1:1161' }));
  const { addresses } = await searchAddresses(hub, { q: '300 boul des maraichers', limit: 1 });
  const { id: locationId } = await hub.act((tx) => createLocation(tx, { addressId: addresses[0]?.id ?? '' }));
  const { subscriptionId: id } = await activeService(hub, { on: '2026-11-01' });
  await hub.drain();
  /** On the morning of a day; first what is due by then. */
  const at = async (day: string) => {
    await hub.moveTo(new Date(`${day}T15:00:00Z`));
    await dueChangesTick(hub.env).run();
  };
  /** What a change does, once its rehearsal has told the same. */
  const act = async (day: string, verb: (tx: Tx) => Promise<Effect>) => {
    await at(day);
    const told = ({ charges, on, subscription: { status, monthlyCents } }: Effect) => ({
      charges: charges.map(({ sku, amountCents, period }) => [sku, amountCents, period]),
      on,
      status,
      monthlyCents,
    });
    const rehearsed = told(await rehearse(hub.env.ground, { by: hub.by }, verb));
    const done = await hub.act(verb);
    expect(told(done)).toEqual(rehearsed);
    return done;
  };
  const destination = {
    locationId,
    addressId: null,
    address: null,
    unit: null,
    sku: null,
    equipment: 'carried',
  } as const;
  await act('2026-11-05', (tx) =>
    addDiscount(tx, { id, sku: 'RABAIS', amountCents: 1_000n, cycles, when: '2026-11-01' }),
  );
  return {
    hub,
    id,
    locationId,
    at,
    act,
    move: (day: string, on: string) => act(day, (tx) => moveSubscription(tx, { ...destination, id, on })),
    suspend: (day: string, reason: 'abuse' | 'vacation', until?: string) =>
      act(day, (tx) => suspendSubscription(tx, { id, reason, until })),
    reconnect: (day: string) => act(day, (tx) => reconnectSubscription(tx, { id })),
    withdraw: (day: string) => act(day, (tx) => withdrawMove(tx, { id, reason: 'reste' })),
    /** The days on which the discount was or is in force, and whether at the new place. */
    discounted: async () =>
      (await readSubscription(hub, id)).timeline
        .filter(({ sku, startsOn, endsOn }) => sku === 'RABAIS' && (endsOn ?? '') >= (startsOn ?? ''))
        .map((item) => [item.startsOn, item.endsOn, item.locationId === locationId ? 'there' : 'here'])
        .toSorted(),
  };
}

test('the months of a discount that a pause took before a move are given back after it', async () => {
  const { hub, move, suspend, reconnect, withdraw, discounted, at } = await service(6);
  await move('2026-11-06', '2027-03-15');
  // Charged to 9 December; of January nothing is.
  await suspend('2026-11-10', 'abuse');
  await reconnect('2027-02-05');
  const before = ['2026-11-01', '2026-12-09', 'here'];
  expect(await discounted()).toEqual([
    before,
    ['2027-02-05', '2027-03-14', 'here'],
    ['2027-03-15', '2027-05-31', 'there'],
  ]);
  await withdraw('2027-02-06');
  expect(await discounted()).toEqual([before, ['2027-02-05', '2027-05-31', 'here']]);
  await move('2027-02-07', '2027-03-20');
  await at('2027-03-20');
  expect(await discounted()).toEqual([
    before,
    ['2027-02-05', '2027-03-19', 'here'],
    ['2027-03-20', '2027-05-31', 'there'],
  ]);
  expect(await verifyBilling(hub)).toEqual([]);
});

test('a service that moved while it rested comes back with its discount once, at its new place', async () => {
  const { hub, id, move, suspend, reconnect, discounted } = await service(3);
  await move('2026-11-06', '2027-01-15');
  await suspend('2026-11-10', 'abuse');
  const { subscription } = await reconnect('2027-02-10');
  expect(subscription).toMatchObject({ id, monthlyCents: 7_495n });
  expect(await discounted()).toEqual([
    ['2026-11-01', '2026-12-09', 'here'],
    ['2027-02-10', '2027-02-28', 'there'],
  ]);
  expect(await verifyBilling(hub)).toEqual([]);
});

test('a discount that was to end before the move, and now lasts beyond it, goes along', async () => {
  const { hub, move, suspend, reconnect, withdraw, discounted } = await service(3);
  await move('2026-11-06', '2027-02-15');
  await suspend('2026-11-10', 'abuse');
  await reconnect('2027-02-05');
  const before = ['2026-11-01', '2026-12-09', 'here'];
  expect(await discounted()).toEqual([
    before,
    ['2027-02-05', '2027-02-14', 'here'],
    ['2027-02-15', '2027-02-28', 'there'],
  ]);
  await withdraw('2027-02-06');
  expect(await discounted()).toEqual([before, ['2027-02-05', '2027-02-28', 'here']]);
  expect(await verifyBilling(hub)).toEqual([]);
});

test('a vacation that begins on the day of coming back from another goes on with it: one length, and no month given twice', async () => {
  const { hub, id, suspend, reconnect, discounted, act, at } = await service(3);
  await suspend('2026-11-10', 'vacation', '2026-11-24');
  await at('2026-11-25');
  expect((await readSubscription(hub, id)).status).toBe('active');
  // From the tenth, 183 days end on 11 May; four more days would be too short for a vacation of its own.
  await expect(suspend('2026-11-25', 'vacation', '2027-05-12')).rejects.toThrow('hold_length');
  await suspend('2026-11-25', 'vacation', '2026-11-28');
  await at('2026-11-29');
  await suspend('2026-11-29', 'vacation', '2027-05-11');
  await reconnect('2027-02-01');
  expect(await discounted()).toEqual([
    ['2026-11-01', '2026-11-09', 'here'],
    ['2027-02-01', '2027-03-31', 'here'],
  ]);
  // A day after, it is another vacation.
  await expect(suspend('2027-02-02', 'vacation', '2027-02-05')).rejects.toThrow('hold_length');
  expect(await verifyBilling(hub)).toEqual([]);
  // Nothing begins, and nothing stops again, on a day on which the service rested.
  const change = (verb: (tx: Tx) => Promise<Effect>) => expect(act('2027-02-03', verb)).rejects;
  const refused = { code: 'change_day', data: { from: '2027-02-01' } };
  const when = addDays('2027-02-01', -1);
  await change((tx) => suspendSubscription(tx, { id, reason: 'abuse', on: when })).toMatchObject(refused);
  await change((tx) => changePlan(tx, { id, sku: 'FIBRE-500', when })).toMatchObject(refused);
  await change((tx) => addOption(tx, { id, sku: 'ROUTEUR', when })).toMatchObject(refused);
  await change((tx) =>
    addDiscount(tx, { id, sku: 'RABAIS', amountCents: 100n, cycles: 1, when }),
  ).toMatchObject(refused);
});
