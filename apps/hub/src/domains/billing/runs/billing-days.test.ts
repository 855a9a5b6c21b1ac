import {
  activeService,
  installOnt,
  newSubscription,
  stockCatalog,
  testHub,
  type TestHub,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { importItem } from '../../catalog/index.ts';
import { addCharge } from '../../charges/index.ts';
import { verifyLedger } from '../../ledger/index.ts';
import { changeBillingDay } from '../../subscriptions/changes/billing-day.ts';
import { activateSubscription, dueChangesTick, endSubscription } from '../../subscriptions/index.ts';
import { listCreditNotes } from '../read-credit-notes.ts';
import { verifyBilling } from '../verify-billing.ts';
import { listRunCustomers, readRun } from './read-runs.ts';
import { approveRun, startRun } from './steer-run.ts';

const billed = async (hub: TestHub, through: string) => {
  const { id } = await hub.act((tx) => startRun(tx, { through }));
  await hub.drain();
  const { rows } = await listRunCustomers(hub, { id, limit: 50 });
  expect((await readRun(hub, id)).unexplained).toBe(0);
  await hub.act((tx) => approveRun(tx, { id }));
  await hub.drain();
  return rows
    .map(({ customerId, totalCents, causes }) => ({
      customerId,
      totalCents,
      causes: [...new Set(causes.map(({ kind }) => kind))],
    }))
    .toSorted((one, other) => (one.customerId < other.customerId ? -1 : 1));
};

test('a run bills who is due on their own day, leaves the others and what waits for them, and finds nobody missing', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const onFirst = await activeService(hub, { on: '2026-11-01' });
  const onFifteenth = await activeService(hub, { on: '2026-11-01' });
  await hub.drain();
  await hub.moveTo(new Date('2026-11-20T15:00:00Z'));
  const { services } = await hub.act((tx) =>
    changeBillingDay(tx, { id: onFifteenth.customerId, basis: 'common', day: 15 }),
  );
  expect(services).toMatchObject([{ from: '2026-12-15', between: { cents: 3_837n } }]);
  await hub.moveTo(new Date('2026-12-01T15:00:00Z'));
  expect(await billed(hub, '2026-12-01')).toMatchObject([
    { customerId: onFirst.customerId, totalCents: 9_767n, causes: [] },
    { customerId: onFifteenth.customerId, totalCents: 4_412n, causes: ['part_of_cycle'] },
  ]);
  await hub.moveTo(new Date('2026-12-15T15:00:00Z'));
  await hub.act((tx) =>
    addCharge(tx, {
      customerId: onFirst.customerId,
      locationId: null,
      sku: 'FIBRE-500',
      description: { fr: 'Visite', en: 'Visit' },
      amountCents: 1_000n,
      taxTreatment: 'taxable',
      revenueAccount: '4010',
      source: 'test',
    }),
  );
  expect(await billed(hub, '2026-12-15')).toMatchObject([
    { customerId: onFifteenth.customerId, totalCents: 9_767n, causes: ['part_of_cycle'] },
  ]);
  await hub.moveTo(new Date('2027-01-01T15:00:00Z'));
  expect(await billed(hub, '2027-01-01')).toMatchObject([
    { customerId: onFirst.customerId, totalCents: 10_917n, causes: ['one_time'] },
  ]);
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
  const { rows } = await hub.pool.query<{ from: string; to: string }>(
    `select l.period_from::text as from, l.period_to::text as to from billing.invoice_lines l
      where l.subscription_id = $1 and l.sku = 'FIBRE-500' order by l.period_from`,
    [onFifteenth.subscriptionId],
  );
  expect(rows).toEqual([
    { from: '2026-11-01', to: '2026-11-30' },
    { from: '2026-12-01', to: '2026-12-14' },
    { from: '2026-12-15', to: '2027-01-14' },
  ]);
});

test('what waits for who is billed by the year waits for the turn of a month, not of the year', async () => {
  const hub = await testHub({ start: new Date('2026-12-01T14:00:00Z') });
  await stockCatalog(hub);
  await hub.act((tx) =>
    importItem(tx, {
      sku: 'DOMAINE-AN',
      nameFr: 'Nom de domaine',
      nameEn: 'Domain name',
      kind: 'option',
      frequency: 'yearly',
      taxTreatment: 'taxable',
      revenueAccount: '4080',
      onSale: true,
      prices: [{ priceCents: 80_000, from: '2020-01-01' }],
    }),
  );
  const { customerId, locationId, subscriptionId } = await activeService(hub, { on: '2026-12-01' });
  const id = await newSubscription(hub, { customerId, locationId, skus: ['DOMAINE-AN'] });
  const equipmentId = await installOnt(hub, { customerId, locationId });
  await hub.act((tx) => activateSubscription(tx, hub.env, { id, equipmentId, on: '2026-12-01' }));
  await hub.drain();
  await hub.moveTo(new Date('2027-01-01T15:00:00Z'));
  expect(await billed(hub, '2027-01-01')).toMatchObject([{ customerId, totalCents: 101_747n }]);
  await hub.act((tx) => endSubscription(tx, { id: subscriptionId, on: '2027-01-09', reason: 'départ' }));
  await hub.moveTo(new Date('2027-01-10T15:00:00Z'));
  await dueChangesTick(hub.env).run();
  await hub.drain();
  // 22 days of 31 that were paid for, 60.29 and the taxes, wait for no invoice at all.
  expect((await listCreditNotes(hub, { customerId, limit: 5 })).rows).toMatchObject([
    { kind: 'account', totalCents: 6_931n },
  ]);
  expect((await billed(hub, '2027-02-01')).filter(({ totalCents }) => totalCents !== 0n)).toEqual([]);
  await hub.moveTo(new Date('2027-02-10T15:00:00Z'));
  await hub.act((tx) =>
    addCharge(tx, {
      customerId,
      locationId: null,
      sku: 'VISITE',
      description: { fr: 'Visite', en: 'Visit' },
      amountCents: 6_995n,
      taxTreatment: 'taxable',
      revenueAccount: '4060',
      source: 'test',
    }),
  );
  await hub.moveTo(new Date('2027-02-15T15:00:00Z'));
  expect(await billed(hub, '2027-02-15')).toEqual([]);
  await hub.moveTo(new Date('2027-03-01T15:00:00Z'));
  expect(await billed(hub, '2027-03-01')).toMatchObject([{ customerId, totalCents: 8_043n }]);
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
});
