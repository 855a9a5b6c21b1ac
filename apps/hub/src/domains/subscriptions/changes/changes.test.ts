import { addDays, civilDateOf } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import { activeService, stockCatalog, testHub, type TestHub } from '@gigafibre/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insertEdition, ruleOn } from '../../../platform/rules.ts';
import type { Tx } from '../../../platform/acting.ts';
import { json, rehearse } from '../../../platform/transact.ts';
import { layDemoPlant } from '../../../../db/demo/plant.ts';
import { createBundle, importItem } from '../../catalog/index.ts';
import { openChargesOf, takeNewCycles } from '../../charges/index.ts';
import { createLocation, searchAddresses } from '../../plant/index.ts';
import { readSubscription, readSubscriptionInFull } from '../read-subscription.ts';
import { chargedSubscription } from '../charged-subscription.ts';
import { addBundle } from './add-bundle.ts';
import { changeBillingDay } from './billing-day.ts';
import type { Effect } from './change-items.ts';
import { addDiscount, addOption, removeOption, repriceItem } from './change-options.ts';
import { changePlan } from './change-plan.ts';
import { dueChangesTick } from './due-changes.ts';
import { endSubscription } from './end-subscription.ts';
import { moveSubscription, withdrawMove } from './move-subscription.ts';
import { reconnectSubscription, suspendSubscription } from './suspend-subscription.ts';
import { agreeTerm, earlyEndCeiling, renewSubscription } from './terms.ts';

const monthly = { taxTreatment: 'taxable', onSale: true, frequency: 'monthly' } as const;
const price = (priceCents: number): [{ priceCents: number; from: string }] => [
  { priceCents, from: '2025-01-01' },
];

/** A service at 79.95 with a router at 5.00, active since 1 November, on the morning of a day; all is billed to the end of November. */
async function service(day = '2026-11-16', hubOptions: Parameters<typeof testHub>[0] = {}) {
  const hub = await testHub(hubOptions);
  await stockCatalog(hub);
  const option = { ...monthly, kind: 'option', revenueAccount: '4080' } as const;
  const items = [
    { ...option, sku: 'IP-FIXE', nameFr: 'IP fixe', nameEn: 'Static IP', prices: price(1_000) },
    { ...option, sku: 'RABAIS', nameFr: 'Rabais', nameEn: 'Discount', prices: price(0) },
    { ...option, sku: 'VACANCES', nameFr: 'Pause vacances', nameEn: 'Vacation hold', prices: price(1_000) },
  ];
  for (const item of items) await hub.act((tx) => importItem(tx, item));
  const plan = {
    ...monthly,
    sku: 'FIBRE-1000',
    nameFr: 'Fibre 1000',
    nameEn: 'Fibre 1000',
    kind: 'internet',
    revenueAccount: '4010',
    downloadMbps: 1_000,
    uploadMbps: 500,
    oltProfile: 'PLAN-1000',
    radiusProfile: 'plan-1000',
    options: ['IP-FIXE'],
    prices: price(8_995),
  } as const;
  await hub.act((tx) => importItem(tx, { ...plan, options: ['IP-FIXE'], prices: price(8_995) }));
  const { subscriptionId: id, customerId } = await activeService(hub, { on: '2026-11-01' });
  await hub.drain();
  await hub.moveTo(new Date(`${day}T14:00:00Z`));
  await hub.drain();
  return { hub, id, customerId, read: () => readSubscription(hub, id) };
}
const amounts = ({ charges }: Effect) => charges.map(({ sku, amountCents }) => [sku, amountCents]);
const radiusGroup = async (hub: TestHub) =>
  (await hub.pool.query<{ groupname: string }>('select groupname from radius.radusergroup')).rows.map(
    ({ groupname }) => groupname,
  );

test('another plan today: both are charged by their days, and the session changes at once', async () => {
  const { hub, id } = await service();
  const effect = await hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-1000' }));
  expect(amounts(effect)).toEqual([
    ['FIBRE-500', -3_998n],
    ['FIBRE-1000', 4_498n],
  ]);
  expect(effect.charges.map(({ period }) => period)).toEqual([
    { from: '2026-11-16', to: '2026-11-30' },
    { from: '2026-11-16', to: '2026-11-30' },
  ]);
  expect(effect).toMatchObject({ monthlyBeforeCents: 8_495n, monthlyAfterCents: 9_495n, chargesCents: 500n });
  expect(effect.subscription).toMatchObject({ nameFr: 'Fibre 1000', downloadMbps: 1_000 });
  expect(await radiusGroup(hub)).toEqual(['plan-1000']);
});

test('a second click on the same plan is told, and changes nothing', async () => {
  const { hub, id } = await service();
  await hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-1000' }));
  await expect(hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-1000' }))).rejects.toThrow('same_plan');
  await expect(hub.act((tx) => changePlan(tx, { id, sku: 'ROUTEUR' }))).rejects.toThrow('not_a_plan');
  await expect(hub.act((tx) => changePlan(tx, { id, sku: 'RIEN' }))).rejects.toThrow('item_not_priced');
});

test('to and back again on one day leaves no charge behind', async () => {
  const { hub, id, customerId } = await service();
  await hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-1000' }));
  const back = await hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-500' }));
  // The charge that waited is withdrawn, the credit is answered by the plan that comes back.
  expect(amounts(back)).toEqual([
    ['FIBRE-1000', -4_498n],
    ['FIBRE-500', 3_998n],
  ]);
  const open = await openChargesOf(hub, customerId);
  expect(open.reduce((sum, { amountCents }) => sum + amountCents, 0n)).toBe(0n);
});

test('a change at the next cycle costs nothing now and turns the session on its day', async () => {
  const { hub, id, read } = await service();
  const effect = await hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-1000', when: 'next_cycle' }));
  expect(effect).toMatchObject({ on: '2026-12-01', charges: [], monthlyAfterCents: 9_495n });
  expect(effect.subscription).toMatchObject({ nameFr: 'Fibre 500', itemsToCome: [{ sku: 'FIBRE-1000' }] });
  await dueChangesTick(hub.env).run();
  expect(await radiusGroup(hub)).toEqual(['plan-500']);
  await hub.moveTo(new Date('2026-12-01T06:00:00Z'));
  await dueChangesTick(hub.env).run();
  expect(await radiusGroup(hub)).toEqual(['plan-1000']);
  expect(await read()).toMatchObject({ nameFr: 'Fibre 1000', itemsToCome: [] });
});

test('options come and go by their days; one the plan does not allow is refused, and leaves with its plan', async () => {
  const { hub, id, read } = await service();
  await expect(hub.act((tx) => addOption(tx, { id, sku: 'IP-FIXE' }))).rejects.toThrow('option_not_allowed');
  await hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-1000' }));
  const added = await hub.act((tx) => addOption(tx, { id, sku: 'IP-FIXE' }));
  expect(amounts(added)).toEqual([['IP-FIXE', 500n]]);
  const item = (await read()).items.find(({ sku }) => sku === 'IP-FIXE');
  const removed = await hub.act((tx) => removeOption(tx, { id, itemId: item?.id ?? '', when: '2026-11-16' }));
  expect(amounts(removed)).toEqual([['IP-FIXE', -500n]]);
  await hub.act((tx) => addOption(tx, { id, sku: 'IP-FIXE' }));
  await hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-500' }));
  expect((await read()).items.map(({ sku }) => sku)).toEqual(['ROUTEUR', 'FIBRE-500']);
  const plan = (await read()).items.find(({ kind }) => kind === 'internet');
  await expect(hub.act((tx) => removeOption(tx, { id, itemId: plan?.id ?? '' }))).rejects.toThrow(
    'plan_stays',
  );
});

test('a discount takes off its share of this cycle and the next ones, then ends by itself', async () => {
  const { hub, id, read } = await service();
  const effect = await hub.act((tx) =>
    addDiscount(tx, { id, sku: 'RABAIS', amountCents: 1_500n, cycles: 3 }),
  );
  expect(amounts(effect)).toEqual([['RABAIS', -750n]]);
  expect((await read()).items.find(({ sku }) => sku === 'RABAIS')).toMatchObject({ endsOn: '2027-01-31' });
});

test('the price of a fixed term does not go up before its end, and may go down', async () => {
  const { hub, id, read } = await service();
  await hub.act((tx) => agreeTerm(tx, { id, on: '2026-11-01', months: 24, source: 'test' }));
  const itemId = (await read()).items[0]?.id ?? '';
  const reprice = (priceCents: bigint) =>
    hub.act((tx) => repriceItem(tx, { id, itemId, priceCents, reason: 'essai' }));
  await expect(reprice(8_995n)).rejects.toThrow('price_fixed');
  expect(amounts(await reprice(6_995n))).toEqual([
    ['FIBRE-500', -3_998n],
    ['FIBRE-500', 3_498n],
  ]);
});

test('a vacation stops the charges, walls the session in and ends by itself', async () => {
  const { hub, id, read } = await service();
  const hold = (until: string) => hub.act((tx) => suspendSubscription(tx, { id, reason: 'vacation', until }));
  await expect(hold('2026-11-20')).rejects.toThrow('hold_length');
  const effect = await hold('2026-12-31');
  expect(amounts(effect)).toEqual([
    ['FIBRE-500', -3_998n],
    ['ROUTEUR', -250n],
    ['VACANCES', 500n],
  ]);
  expect(await radiusGroup(hub)).toEqual(['walled-garden']);
  await hub.moveTo(new Date('2027-01-01T12:00:00Z'));
  await dueChangesTick(hub.env).run();
  expect(await read()).toMatchObject({ status: 'active', suspendedFor: null, monthlyCents: 8_495n });
  expect(await radiusGroup(hub)).toEqual(['plan-500']);
});

test('an unpaid service is charged 30 days more; paid before, it goes on as if nothing had been', async () => {
  const { hub, id, read } = await service();
  const suspended = await hub.act((tx) => suspendSubscription(tx, { id, reason: 'non_payment' }));
  expect(suspended.charges).toEqual([]);
  expect(suspended.subscription).toMatchObject({ status: 'suspended', lastDay: '2026-12-15' });
  await hub.passDays(3);
  const back = await hub.act((tx) => reconnectSubscription(tx, { id }));
  expect(back.charges).toEqual([]);
  expect(await read()).toMatchObject({ status: 'active', lastDay: null, monthlyCents: 8_495n });
});

test('an unpaid service that comes back after months starts anew at its own prices', async () => {
  const { hub, id, read } = await service();
  await hub.act((tx) => suspendSubscription(tx, { id, reason: 'non_payment' }));
  await hub.moveTo(new Date('2027-02-10T14:00:00Z'));
  await hub.act((tx) => reconnectSubscription(tx, { id }));
  const { items } = await read();
  expect(items.map(({ sku, startsOn, priceCents }) => [sku, startsOn, priceCents])).toEqual([
    ['FIBRE-500', '2027-02-10', 7_995n],
    ['ROUTEUR', '2027-02-10', 500n],
  ]);
});

test('the last day is billed, the days after are credited, and the network forgets the service the next day', async () => {
  const { hub, id, read } = await service('2026-11-12');
  const effect = await hub.act((tx) => endSubscription(tx, { id, reason: 'déménagement' }));
  expect(amounts(effect)).toEqual([
    ['FIBRE-500', -4_797n],
    ['ROUTEUR', -300n],
  ]);
  expect(effect.subscription).toMatchObject({ status: 'active', lastDay: '2026-11-12' });
  await hub.moveTo(new Date('2026-11-13T06:00:00Z'));
  await dueChangesTick(hub.env).run();
  await dueChangesTick(hub.env).run();
  expect(await read()).toMatchObject({ status: 'cancelled', cancelledOn: '2026-11-12' });
  expect((await hub.pool.query('select 1 from radius.radcheck')).rowCount).toBe(0);
  const { provisioning } = await readSubscriptionInFull(hub, id);
  expect(provisioning.find(({ target }) => target === 'olt')?.desired).toMatchObject({ authorised: 'no' });
});

/** As the law stands since 2010. */
const EARLY_END = { maxCents: 5_000, percent: 10, rebateMonths: 48 };

test('who ends a service early is asked by the rule of that day', async () => {
  const { hub, id } = await service();
  await hub.act((tx) =>
    agreeTerm(tx, { id, on: '2026-11-01', months: null, goodsRebateCents: 24_000n, source: 'test' }),
  );
  expect(await ruleOn(hub.db, 'early_end', '2026-11-30')).toEqual(EARLY_END);
  const value = { ...EARLY_END, rebateMonths: 24 };
  const shorter = { rule: 'early_end', from: '2026-12-01', value, law: 'essai' } as const;
  await hub.act((tx) => insertEdition(tx, shorter));
  const asked = async (on: string) =>
    (await hub.act((tx) => endSubscription(tx, { id, on, reason: 'départ' }))).charges
      .filter(({ sku }) => sku === 'RESILIATION')
      .map(({ amountCents }) => amountCents);
  // 47 of 48 months are left in November; 22 of 24 in December.
  expect(await asked('2026-11-30')).toEqual([23_500n]);
  expect(await asked('2026-12-10')).toContain(22_000n);
});

test.each([
  ['240 $ over 24 months, in the 11th', { goods: 24_000n, months: 24 }, '2027-09-05', 13_000n],
  ['180 $ over 24 months, in the 8th', { goods: 18_000n, months: 24 }, '2027-06-05', 12_000n],
  ['199.99 $ over 36 months, on the first day', { goods: 19_999n, months: 36 }, '2026-11-01', 19_443n],
  [
    '300 $ for an indeterminate time, in the 13th month',
    { goods: 30_000n, months: null },
    '2027-11-05',
    21_875n,
  ],
])('the law lets ask back: %s', (_, { goods, months }, on, cents) => {
  const term = { startsOn: '2026-11-01', months, endsOn: null, goodsRebateCents: goods };
  expect(earlyEndCeiling(term, { on, monthlyCents: 6_995n, rule: EARLY_END })).toBe(cents);
});

test.each([
  [10, '2026-11-01', 3_995n, 3_596n],
  [7, '2026-11-01', 6_995n, 4_197n],
  [15, '2026-11-01', 6_995n, 5_000n],
  [2, '2026-11-01', 4_500n, 450n],
])(
  'without goods, of a term of %i months: the lesser of 50 $ and a tenth of the rest',
  (months, on, monthlyCents, cents) => {
    const term = { startsOn: '2026-11-01', months, endsOn: null, goodsRebateCents: 0n };
    expect(earlyEndCeiling(term, { on, monthlyCents, rule: EARLY_END })).toBe(cents);
  },
);

test('an end can be moved and taken nearer: nothing is asked twice, and what stood stands to the new day', async () => {
  const { hub, id, read } = await service();
  await hub.act((tx) =>
    agreeTerm(tx, { id, on: '2026-11-01', months: 24, goodsRebateCents: 24_000n, source: 'test' }),
  );
  const end = (on: string) => hub.act((tx) => endSubscription(tx, { id, on, reason: 'départ' }));
  await end('2026-11-20');
  const later = await end('2027-01-31');
  expect(later.subscription).toMatchObject({ status: 'active', lastDay: '2027-01-31' });
  await expect(hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-1000' }))).rejects.toThrow('end_is_set');
  const { rows } = await hub.pool.query(
    `select sku, sum(amount_cents)::int as cents from charges.charges where state = 'open' group by 1 order by 1`,
  );
  // To the end of November all was billed before; of the rebate, what is left in the third month.
  expect(rows.filter(({ cents }) => cents !== 0)).toEqual([{ sku: 'RESILIATION', cents: 21_000 }]);
  await hub.moveTo(new Date('2027-02-01T12:00:00Z'));
  await dueChangesTick(hub.env).run();
  expect(await read()).toMatchObject({ status: 'cancelled', cancelledOn: '2027-01-31' });
});

test('paid while its end is set, a suspended service comes back to that end and no further', async () => {
  const { hub, id, read } = await service();
  await hub.act((tx) => suspendSubscription(tx, { id, reason: 'non_payment' }));
  await hub.act((tx) => endSubscription(tx, { id, on: '2026-12-10', reason: 'départ' }));
  await hub.act((tx) => reconnectSubscription(tx, { id }));
  expect(await read()).toMatchObject({ status: 'active', lastDay: '2026-12-10' });
});

test('a discount is an option of the catalog, and not above what it is taken off', async () => {
  const { hub, id } = await service();
  const discount = (sku: string, amountCents: bigint) =>
    hub.act((tx) => addDiscount(tx, { id, sku, amountCents, cycles: 2 }));
  await expect(discount('RABAIS', 8_496n)).rejects.toThrow('discount_too_large');
  await expect(discount('FIBRE-500', 100n)).rejects.toThrow('option_not_allowed');
  await discount('RABAIS', 8_495n);
  await expect(discount('RABAIS', 1n)).rejects.toThrow('discount_too_large');
});

test('no change leaves discounts above the rest of the service; the discount is removed first', async () => {
  const { hub, id, read } = await service();
  const change = (sku: string, when?: string) => hub.act((tx) => changePlan(tx, { id, sku, when }));
  await hub.act((tx) => addDiscount(tx, { id, sku: 'RABAIS', amountCents: 7_995n, cycles: 12 }));
  const itemOfSku = async (sku: string) => (await read()).items.find((one) => one.sku === sku)?.id ?? '';
  const [itemId, router] = [await itemOfSku('FIBRE-500'), await itemOfSku('ROUTEUR')];
  const reprice = (priceCents: bigint, when?: string) =>
    hub.act((tx) => repriceItem(tx, { id, itemId, priceCents, reason: 'essai', when }));
  await expect(reprice(3_000n, 'next_cycle')).rejects.toMatchObject({
    code: 'discounts_above_rest',
    data: { on: '2026-12-01', excessCents: 4_495 },
  });
  // When it has ended, the lower price is no harm.
  await reprice(3_000n, '2027-11-01');
  await expect(reprice(7_494n)).rejects.toThrow('discounts_above_rest');
  await reprice(7_495n);
  await expect(hub.act((tx) => removeOption(tx, { id, itemId: router }))).rejects.toThrow(
    'discounts_above_rest',
  );
  await hub.act(async (tx) => removeOption(tx, { id, itemId: await itemOfSku('RABAIS') }));
  await hub.act((tx) => removeOption(tx, { id, itemId: router }));
  await change('FIBRE-1000');
});

test('two changes set for two days each reach the network on their day', async () => {
  const { hub, id } = await service();
  await hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-1000', when: '2026-12-01' }));
  await hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-500', when: '2027-01-01' }));
  await hub.moveTo(new Date('2026-12-01T12:00:00Z'));
  await dueChangesTick(hub.env).run();
  expect(await radiusGroup(hub)).toEqual(['plan-1000']);
  await hub.moveTo(new Date('2027-01-01T12:00:00Z'));
  await dueChangesTick(hub.env).run();
  expect(await radiusGroup(hub)).toEqual(['plan-500']);
});

test('a rebate on goods is asked back as far as the law lets, in a sum that contains its taxes', async () => {
  const { hub, id } = await service('2027-09-05');
  await hub.act((tx) =>
    agreeTerm(tx, { id, on: '2026-11-01', months: 24, goodsRebateCents: 24_000n, source: 'test' }),
  );
  const { charges } = await hub.act((tx) => endSubscription(tx, { id, reason: 'départ' }));
  expect(charges.find(({ sku }) => sku === 'RESILIATION')).toMatchObject({
    amountCents: 13_000n,
    taxTreatment: 'termination',
  });
});

test('a new term changes no price', async () => {
  const { hub, id } = await service();
  const effect = await hub.act((tx) => renewSubscription(tx, { id, months: 24 }));
  expect(effect).toMatchObject({ charges: [], monthlyBeforeCents: 8_495n, monthlyAfterCents: 8_495n });
});

test('a day too far back or ahead is refused, and so is a change of a service that rests', async () => {
  const { hub, id } = await service();
  for (const when of ['2026-10-31', '2029-01-01'])
    await expect(hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-1000', when }))).rejects.toThrow(
      'change_day',
    );
  await hub.act((tx) => suspendSubscription(tx, { id, reason: 'abuse' }));
  await expect(hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-1000' }))).rejects.toThrow(
    'not_in_this_state',
  );
});

test('a bundle is in force while all its parts are; its discount ends with the billing month that lacks one', async () => {
  const { hub, id, read } = await service();
  await hub.act((tx) => createBundle(tx, { ...DUO, discountCents: 1_000n }));
  const take = () => hub.act((tx) => addBundle(tx, { id, sku: 'DUO', parts: [] }));
  await expect(hub.act((tx) => addOption(tx, { id, sku: 'DUO' }))).rejects.toThrow('option_not_allowed');
  await expect(take()).rejects.toThrow('bundle_incomplete');
  await hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-1000' }));
  const taken = await take();
  // The fixed address was lacking: it begins with the discount.
  expect(amounts(taken)).toEqual([
    ['IP-FIXE', 500n],
    ['DUO', -500n],
  ]);
  await expect(take()).rejects.toThrow('bundle_taken');
  const item = (await read()).items.find(({ sku }) => sku === 'IP-FIXE');
  const remove = (when: string) => (tx: Tx) => removeOption(tx, { id, itemId: item?.id ?? '', when });
  const atOnce = await rehearse(hub.env.ground, { by: hub.by }, remove('2026-11-20'));
  expect(atOnce.bundlesEnding).toMatchObject([{ sku: 'DUO', lastDay: '2026-11-30' }]);
  expect(amounts(atOnce)).toEqual([['IP-FIXE', -367n]]);
  const later = await hub.act(remove('2027-01-01'));
  expect(later).toMatchObject({ charges: [], bundlesEnding: [{ sku: 'DUO', lastDay: '2026-12-31' }] });
  const back = await hub.act((tx) => addOption(tx, { id, sku: 'IP-FIXE', when: '2027-01-01' }));
  expect(back.bundlesEnding).toEqual([]);
  expect((await read()).timeline.find(({ sku }) => sku === 'DUO')).toMatchObject({ endsOn: '2026-12-31' });
});

const DUO = {
  sku: 'DUO',
  nameFr: 'Duo',
  nameEn: 'Duo',
  descriptionFr: '',
  descriptionEn: '',
  revenueAccount: '4080',
  discountCents: 1_000n,
  parts: [['FIBRE-1000'], ['IP-FIXE']],
  from: '2025-01-01',
};

/** Two places with fibre, to which a service can go. */
const places: string[] = [];
async function layPlaces(hub: TestHub): Promise<void> {
  await hub.act((tx) => layDemoPlant(tx, { managementAddress: () => '127.0.0.1:1161' }));
  for (const q of ['300 boul des maraichers', '304 boul des maraichers']) {
    const { addresses } = await searchAddresses(hub, { q, limit: 1 });
    places.push((await hub.act((tx) => createLocation(tx, { addressId: addresses[0]?.id ?? '' }))).id);
  }
}

type Done = Effect | Awaited<ReturnType<typeof changeBillingDay>>;
type Act = (tx: Tx, id: string) => Promise<Done>;
const itemOf = async (tx: Tx, id: string, nth: number) => {
  const { items } = await readSubscription(tx, id);
  return items[nth % Math.max(1, items.length)]?.id ?? 'SI-0';
};
/** What stops, comes back, ends and moves: each knows of the others. */
const pausing = fc.oneof(
  fc.constantFrom('non_payment', 'vacation', 'abuse').map(
    (reason): Act =>
      (tx, id) =>
        suspendSubscription(tx, { id, reason: reason as 'abuse' }),
  ),
  fc.constant<Act>((tx, id) => reconnectSubscription(tx, { id })),
  fc.record({ to: fc.nat(1), days: fc.integer({ min: -10, max: 120 }) }).map(
    ({ to, days }): Act =>
      (tx, id) =>
        moveSubscription(tx, {
          id,
          locationId: places[to] ?? null,
          addressId: null,
          address: null,
          unit: null,
          on: addDays(civilDateOf(tx.now), days),
          sku: null,
          equipment: 'carried',
        }),
  ),
  fc.constant<Act>((tx, id) => withdrawMove(tx, { id, reason: 'essai' })),
  fc.integer({ min: -3, max: 120 }).map(
    (days): Act =>
      (tx, id) =>
        endSubscription(tx, { id, on: addDays(civilDateOf(tx.now), days), reason: 'essai' }),
  ),
);
const act = fc.oneof(
  fc.constantFrom('FIBRE-500', 'FIBRE-1000').map(
    (sku): Act =>
      (tx, id) =>
        changePlan(tx, { id, sku }),
  ),
  fc.integer({ min: -20, max: 40 }).map(
    (days): Act =>
      (tx, id) =>
        changePlan(tx, { id, sku: 'FIBRE-1000', when: addDays(civilDateOf(tx.now), days) }),
  ),
  fc.constant<Act>((tx, id) => addOption(tx, { id, sku: 'IP-FIXE' })),
  fc.nat(4).map(
    (nth): Act =>
      async (tx, id) =>
        removeOption(tx, { id, itemId: await itemOf(tx, id, nth) }),
  ),
  fc.integer({ min: 1, max: 4 }).map(
    (cycles): Act =>
      (tx, id) =>
        addDiscount(tx, { id, sku: 'RABAIS', amountCents: 777n, cycles }),
  ),
  fc.bigInt(0n, 12_345n).map(
    (priceCents): Act =>
      async (tx, id) =>
        repriceItem(tx, { id, itemId: await itemOf(tx, id, 0), priceCents, reason: 'essai' }),
  ),
  fc.constant<Act>((tx, id) => addBundle(tx, { id, sku: 'DUO', parts: [] })),
  fc.record({ day: fc.integer({ min: 1, max: 31 }), basis: fc.constantFrom('common', 'anniversary') }).map(
    (billing): Act =>
      async (tx, id) =>
        changeBillingDay(tx, { ...billing, id: (await readSubscription(tx, id)).customerId }),
  ),
  pausing,
  pausing,
);
const storyOf = (verb: fc.Arbitrary<Act>) =>
  fc.array(fc.record({ days: fc.integer({ min: 0, max: 45 }), verb }), { minLength: 1, maxLength: 8 });

test('after any story the days charged are the days in force, every cent has its line, and a rehearsal told it', async () => {
  const { hub, id: first } = await service('2026-11-16');
  await hub.act((tx) => createBundle(tx, DUO));
  await layPlaces(hub);
  const billed = new Map<string, bigint>();
  const bill = (key: string, cents: bigint) => billed.set(key, (billed.get(key) ?? 0n) + cents);
  const { rows: before } = await hub.pool.query<{ item_id: string; cycle_from: string; cents: bigint }>(
    'select item_id, cycle_from, cents from charges.cycles',
  );
  for (const { item_id, cycle_from, cents } of before) bill(`${item_id} ${cycle_from}`, BigInt(cents));
  let id = first;
  let done = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(storyOf(act), storyOf(pausing)), async (story) => {
      if ((await readSubscription(hub, id)).status === 'cancelled') {
        id = (await activeService(hub)).subscriptionId;
        await hub.drain();
        for (const { item_id, cycle_from, cents } of (
          await hub.pool.query(
            'select item_id, cycle_from, cents from charges.cycles where subscription_id = $1',
            [id],
          )
        ).rows)
          bill(`${item_id} ${cycle_from}`, BigInt(cents));
      }
      for (const { days, verb } of story) {
        await hub.passDays(days);
        await dueChangesTick(hub.env).run();
        const taken = await hub.act(async (tx) =>
          takeNewCycles(tx, [chargedSubscription(await readSubscription(tx, id))], civilDateOf(hub.now)),
        );
        for (const { item, charged } of taken) bill(`${item.id} ${charged.cycle.start}`, charged.cents);
        const told = await rehearse(hub.env.ground, { by: hub.by }, (tx) => verb(tx, id)).catch(refused);
        const effect = await hub.act((tx) => verb(tx, id)).catch(refused);
        expect(words(effect)).toBe(words(told));
        if (typeof effect !== 'string') done += 1;
        await agrees(hub, id, billed);
        await onePlanADay(hub, id);
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
  expect(done).toBeGreaterThan(5);
});

/** What was refused, in words; an error that is no refusal is a fault, and stays one. */
function refused(error: unknown): string {
  if (error instanceof Refusal) return String(error);
  throw error;
}

/** What an effect says, without the numbers a rehearsal takes from the sequences. */
const words = (effect: Done | string): string =>
  typeof effect === 'string' || 'services' in effect
    ? json(effect)
    : json({
        ...effect,
        charges: effect.charges.map(({ sku, amountCents, period, detailFr }) => ({
          sku,
          amountCents,
          period,
          detailFr,
        })),
        subscription: { status: effect.subscription.status, monthly: effect.subscription.monthlyCents },
      });

/**
 * Never two plans of a kind on one day, nor two items of a promise, neither in force nor charged; and never no plan while
 * the service runs.
 */
async function onePlanADay(hub: TestHub, id: string): Promise<void> {
  const { rows } = await hub.pool.query(
    `with days as (
       select i.id, i.kind, coalesce(i.promise, i.id) as promise, 'in force' as how, i.starts_on as first, coalesce(i.ends_on, 'infinity') as last
         from subscriptions.items i where i.subscription_id = $1
       union all
       select i.id, i.kind, coalesce(i.promise, i.id), 'charged', c.from_on, c.to_on
         from charges.cycles c join subscriptions.items i on i.id = c.item_id where c.subscription_id = $1)
     select a.how, a.id as one, b.id as other, greatest(a.first, b.first)::text as on_day
       from days a join days b on a.how = b.how and a.id < b.id
       and (a.promise = b.promise or a.kind = b.kind and a.kind in ('internet', 'tv', 'phone'))
      where a.first <= a.last and b.first <= b.last
        and a.first <= b.last and b.first <= a.last`,
    [id],
  );
  expect(rows).toEqual([]);
  // While it runs, one is in force each day: to the last day that is set, or for a year.
  const { rows: missing } = await hub.pool.query(
    `select day::date::text from subscriptions.subscriptions s,
            generate_series($2::date, coalesce((select on_date - 1 from subscriptions.due_changes
              where subscription_id = s.id and what = 'cancel'), $2::date + 365), '1 day') as day
      where s.id = $1 and s.status = 'active' and not exists (select from subscriptions.items i
        where i.subscription_id = s.id and i.kind = 'internet' and i.starts_on <= day
          and coalesce(i.ends_on, 'infinity') >= day) limit 3`,
    [id, civilDateOf(hub.now)],
  );
  expect(missing).toEqual([]);
}

/** A second, naive look: each charged cycle against the days of its item, and against the lines there are. */
async function agrees(hub: TestHub, id: string, billed: ReadonlyMap<string, bigint>): Promise<void> {
  const { rows } = await hub.pool.query<Record<string, string>>(
    `select c.item_id || ' ' || c.cycle_from as key, c.cents::text as cents,
            coalesce((select sum(amount_cents) from charges.charges h where h.subscription_item_id = c.item_id
                       and h.cycle_from = c.cycle_from and h.state <> 'cancelled'), 0)::text as charges,
            coalesce(c.to_on - c.from_on + 1, 0) as charged,
            greatest(0, least(coalesce(i.ends_on, 'infinity'), c.cycle_to, coalesce((
              select min((turn ->> 'from')::date) - 1 from jsonb_array_elements(s.anchors) turn
               where turn ->> 'frequency' = i.frequency and (turn ->> 'from')::date > c.cycle_from), 'infinity'))
              - greatest(i.starts_on, c.cycle_from) + 1) as in_force,
            (select count(*) from charges.charges h where h.subscription_item_id = c.item_id
               and h.location_id <> coalesce(i.location_id, s.location_id)) as elsewhere,
            (c.cents = i.price_cents or c.to_on - c.from_on + 1 < c.cycle_to - c.cycle_from + 1 or c.to_on is null)::text as whole
       from charges.cycles c join subscriptions.items i on i.id = c.item_id
       join subscriptions.subscriptions s on s.id = c.subscription_id where c.subscription_id = $1`,
    [id],
  );
  for (const row of rows) {
    expect(Number(row['charged']), row['key']).toBe(Number(row['in_force']));
    expect(BigInt(row['cents'] ?? ''), row['key']).toBe(
      (billed.get(row['key'] ?? '') ?? 0n) + BigInt(row['charges'] ?? ''),
    );
    expect(row['whole'], row['key']).toBe('true');
    expect(Number(row['elsewhere']), row['key']).toBe(0);
  }
}
