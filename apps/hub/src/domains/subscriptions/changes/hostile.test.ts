// What a form, a script or a tired person may send: refused in words, never a fault of ours, and nothing done twice.
import {
  billingOperations,
  subscriptionChangesOperations as op,
  subscriptionsOperations,
} from '@gigafibre/contract';
import {
  activeService,
  newCustomer,
  newLocation,
  newSubscription,
  serveHub,
  stockCatalog,
  testHub,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { importItem } from '../../catalog/index.ts';
import { openChargesOf } from '../../charges/index.ts';
import { readSubscription } from '../read-subscription.ts';

const option = {
  kind: 'option',
  frequency: 'monthly',
  taxTreatment: 'taxable',
  revenueAccount: '4080',
} as const;

/** Two customers with a service at 84.95 since 1 November, billed; it is the 16th. */
async function company() {
  const hub = await testHub();
  await stockCatalog(hub);
  for (const sku of ['RABAIS', 'VACANCES'])
    await hub.act((tx) =>
      importItem(tx, {
        ...option,
        sku,
        nameFr: sku,
        nameEn: sku,
        onSale: true,
        prices: [{ priceCents: 0, from: '2025-01-01' }],
      }),
    );
  const plan = { sku: 'FIBRE-1000', nameFr: 'Fibre 1000', nameEn: 'Fibre 1000', kind: 'internet' } as const;
  await hub.act((tx) =>
    importItem(tx, {
      ...option,
      ...plan,
      revenueAccount: '4010',
      onSale: true,
      prices: [{ priceCents: 8_995, from: '2025-01-01' }],
    }),
  );
  const { subscriptionId: id, customerId, locationId } = await activeService(hub, { on: '2026-11-01' });
  const other = await activeService(hub, { on: '2026-11-01', name: 'Autre' });
  await hub.drain();
  await hub.moveTo(new Date('2026-11-16T15:00:00Z'));
  await hub.drain();
  const [theirs] = (await readSubscription(hub, other.subscriptionId)).items;
  const [own] = (await readSubscription(hub, id)).items;
  return {
    hub,
    id,
    customerId,
    locationId,
    theirs: theirs?.id ?? '',
    own: own?.id ?? '',
    csr: await (await serveHub(hub)).as('csr'),
  };
}

const DAYS = ['1000-01-01', '2026-10-31', '2028-02-30', '9999-12-31', 'demain'];
const NUMBERS = [0.1, -1, 2 ** 53, '12', null];
const IDS = ['SI-99999999', 'SI-1;--', 'LOC-1'];

test('whatever is sent is refused in words, by the preview as by the command, and nothing is left of it', async () => {
  const { hub, id, customerId, theirs, own, csr } = await company();
  const before = await readSubscription(hub, id);
  const reason = 'essai';
  const asked: [keyof typeof op, object][] = [
    ...DAYS.flatMap((day): [keyof typeof op, object][] => [
      ['changePlan', { sku: 'FIBRE-1000', when: day }],
      ['addOption', { sku: 'ROUTEUR', when: day }],
      ['removeOption', { itemId: own, when: day }],
      ['addDiscount', { sku: 'RABAIS', amountCents: 100, cycles: 1, when: day }],
      ['repriceItem', { itemId: own, priceCents: 7_900, when: day, reason }],
      ['suspendSubscription', { reason: 'abuse', on: day }],
      ['suspendSubscription', { reason: 'vacation', until: day }],
      ['endSubscription', { on: day, reason }],
      ['moveSubscription', { locationId: 'LOC-99', on: day }],
    ]),
    ...NUMBERS.flatMap((number): [keyof typeof op, object][] => [
      ['addDiscount', { sku: 'RABAIS', amountCents: number, cycles: 1 }],
      ['addDiscount', { sku: 'RABAIS', amountCents: 100, cycles: number === null ? 61 : number }],
      ['repriceItem', { itemId: own, priceCents: number === 0 || number === null ? -1 : number, reason }],
      ['renewSubscription', { months: number === null ? 61 : number }],
    ]),
    ...[...IDS, theirs].flatMap((itemId): [keyof typeof op, object][] => [
      ['removeOption', { itemId }],
      ['repriceItem', { itemId, priceCents: 100, reason }],
      ['changePlan', { sku: itemId }],
      ['addBundle', { sku: 'RABAIS', parts: [itemId] }],
      ['moveSubscription', { locationId: itemId }],
      ['moveSubscription', { addressId: itemId }],
    ]),
    ['reconnectSubscription', {}],
    ['withdrawMove', { reason }],
    ['moveSubscription', {}],
  ];
  /** The code of what was refused; anything else fails. */
  const refused = async (what: Promise<unknown>, words: unknown): Promise<string> => {
    const error = (await what.then(
      () => ({ status: 200, code: 'done' }),
      (thrown: unknown) => thrown,
    )) as { status: number; code: string }; // what the client throws
    expect([words, error.status >= 400 && error.status < 500], error.code).toEqual([words, true]);
    return error.code;
  };
  for (const [index, [command, input]] of asked.entries()) {
    const words = [command, input];
    // As a script sends it: the types here would let no such thing through.
    const sent = { id, ...input } as never;
    if (index % 4 !== 0) {
      await refused(csr.call(op[command], sent), words);
      continue;
    }
    const change = { command, ...input } as never;
    const done = await refused(csr.call(op[command], sent), words);
    expect([words, await refused(csr.call(op.previewChange, { id, change }), words)]).toEqual([words, done]);
  }
  for (const day of [0, 32, 1.5])
    await refused(csr.call(op.changeBillingDay, { id: customerId, basis: 'common', day }), day);
  expect(await readSubscription(hub, id)).toEqual(before);
  expect(await openChargesOf(hub, customerId)).toEqual([]);
});

test('a service is started, and its first bill tried, on a day that can be', async () => {
  const { hub, csr } = await company();
  const customerId = await newCustomer(hub);
  const id = await newSubscription(hub, { customerId, locationId: await newLocation(hub, customerId) });
  // Since October is within a month of the sixteenth.
  for (const on of DAYS.filter((day) => day !== '2026-10-31')) {
    const words = [on];
    for (const call of [
      () => csr.call(subscriptionsOperations.activateSubscription, { id, on }),
      () => csr.call(billingOperations.previewFirstInvoice, { id, on }),
    ]) {
      const error = await call().then(
        () => ({ status: 200 }),
        (thrown: unknown) => thrown as { status: number }, // what the client throws
      );
      expect([words, error.status >= 400 && error.status < 500]).toEqual([words, true]);
    }
  }
});

test('of two clerks in the same second one is served, the other told; together they ask for nothing twice', async () => {
  const { hub, id, customerId, csr } = await company();
  const both = async (one: Promise<unknown>, other: Promise<unknown>) =>
    (await Promise.allSettled([one, other]))
      .map((result) => (result.status === 'fulfilled' ? 'done' : (result.reason as { code: string }).code))
      .toSorted();
  const plan = () => csr.call(op.changePlan, { id, sku: 'FIBRE-1000' });
  expect(await both(plan(), plan())).toEqual(['done', 'same_plan']);
  const charges = (await openChargesOf(hub, customerId)).map(({ sku, amountCents }) => [sku, amountCents]);
  expect(charges).toEqual([
    ['FIBRE-500', -3_998n],
    ['FIBRE-1000', 4_498n],
  ]);
  const stop = () => csr.call(op.suspendSubscription, { id, reason: 'abuse' });
  expect(await both(stop(), stop())).toEqual(['done', 'not_in_this_state']);
  const back = () => csr.call(op.reconnectSubscription, { id });
  expect(await both(back(), back())).toEqual(['done', 'not_in_this_state']);
  const day = () => csr.call(op.changeBillingDay, { id: customerId, basis: 'common', day: 15 });
  expect(await both(day(), day())).toEqual(['done', 'same_billing_day']);
  const end = () => csr.call(op.endSubscription, { id, on: '2026-11-20', reason: 'départ' });
  expect(await both(end(), end())).toEqual(['done', 'done']);
  expect(await openChargesOf(hub, customerId)).toHaveLength(4);
  const sum = (await openChargesOf(hub, customerId)).reduce((all, one) => all + one.amountCents, 0n);
  // Ten days of the plan and of the router less, and the plan that was changed.
  expect(sum).toBe(500n - 2_998n - 167n);
});
