// The changes of a service and the billing run through the door people use: HTTP, with their own rights.
import {
  billingOperations,
  billingRunsOperations as runs,
  subscriptionChangesOperations as changes,
} from '@gigafibre/contract';
import { activeService, serveHub, stockCatalog, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { createBundle, importItem } from '../../catalog/index.ts';

async function company() {
  const hub = await testHub();
  await stockCatalog(hub);
  const common = { taxTreatment: 'taxable', onSale: true, frequency: 'monthly' } as const;
  const prices = (priceCents: number): [{ priceCents: number; from: string }] => [
    { priceCents, from: '2025-01-01' },
  ];
  const discount = {
    ...common,
    sku: 'RABAIS',
    nameFr: 'Rabais',
    nameEn: 'Discount',
    kind: 'option',
  } as const;
  await hub.act((tx) => importItem(tx, { ...discount, revenueAccount: '4010', prices: prices(0) }));
  const plan = { ...common, sku: 'FIBRE-1000', nameFr: 'Fibre 1000', nameEn: 'Fibre 1000' } as const;
  await hub.act((tx) =>
    importItem(tx, { ...plan, kind: 'internet', revenueAccount: '4010', prices: prices(8_995) }),
  );
  await hub.act((tx) =>
    createBundle(tx, {
      sku: 'DUO',
      nameFr: 'Duo Internet et routeur',
      nameEn: 'Internet and router duo',
      descriptionFr: '',
      descriptionEn: '',
      revenueAccount: '4010',
      discountCents: 300n,
      parts: [['FIBRE-500', 'FIBRE-1000'], ['ROUTEUR']],
      from: '2025-01-01',
    }),
  );
  const { subscriptionId: id, customerId } = await activeService(hub);
  await hub.drain();
  return { hub, served: await serveHub(hub), id, customerId };
}

test('an agent sees what a change does before it is done, and the change does just that', async () => {
  const { served, id, hub } = await company();
  const csr = await served.as('csr');
  await hub.passDays(10);
  const preview = await csr.call(changes.previewChange, {
    id,
    change: { command: 'changePlan', sku: 'FIBRE-1000' },
  });
  const done = await csr.call(changes.changePlan, { id, sku: 'FIBRE-1000' });
  expect(done.chargesCents).toBe(preview.chargesCents);
  expect(done.subscription).toMatchObject({
    status: preview.subscription.status,
    nameFr: preview.subscription.nameFr,
    monthlyCents: preview.subscription.monthlyCents,
  });
  const router = done.subscription.items.find(({ sku }) => sku === 'ROUTEUR');
  await csr.call(changes.removeOption, { id, itemId: router?.id ?? '' });
  const added = await csr.call(changes.addOption, { id, sku: 'ROUTEUR', when: 'next_cycle' });
  expect(added.charges).toEqual([]);
  await csr.call(changes.addDiscount, { id, sku: 'RABAIS', amountCents: 1_000, cycles: 6 });
  const itemId = done.subscription.items.find(({ kind }) => kind === 'internet')?.id ?? '';
  await csr.call(changes.repriceItem, { id, itemId, priceCents: 8_495, reason: 'entente' });
  await csr.call(changes.renewSubscription, { id, months: 24 });
  await csr.call(changes.suspendSubscription, { id, reason: 'abuse' });
  await csr.call(changes.reconnectSubscription, { id });
  const bundled = await csr.call(changes.addBundle, { id, sku: 'DUO' });
  expect(bundled.subscription.items.map(({ sku }) => sku)).toContain('DUO');
  const address = { civicNumber: '1', street: 'rue Loin', municipality: 'Ailleurs' };
  await expect(csr.call(changes.moveSubscription, { id, address })).rejects.toMatchObject({
    code: 'address_not_served',
  });
  await expect(csr.call(changes.withdrawMove, { id, reason: 'reste' })).rejects.toMatchObject({
    code: 'no_move_set',
  });
  const ended = await csr.call(changes.endSubscription, { id, on: '2026-12-31', reason: 'déménagement' });
  expect(ended.subscription).toMatchObject({ status: 'active', lastDay: '2026-12-31' });
});

test('a technician changes no service, and nonsense is refused in words before anything is written', async () => {
  const { served, id } = await company();
  const tech = await served.as('tech');
  await expect(tech.call(changes.changePlan, { id, sku: 'FIBRE-1000' })).rejects.toMatchObject({
    status: 403,
  });
  const csr = await served.as('csr');
  for (const amountCents of [0, -500])
    await expect(
      csr.call(changes.addDiscount, { id, sku: 'RABAIS', amountCents, cycles: 3 }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
});

test('the billing day is shown, tried and changed; a technician does not change it', async () => {
  const { served, customerId } = await company();
  const [csr, tech] = [await served.as('csr'), await served.as('tech')];
  expect(await csr.call(changes.readBillingDay, { id: customerId })).toEqual({ basis: 'common', day: 1 });
  const asked = { id: customerId, basis: 'common', day: 15 } as const;
  const preview = await csr.call(changes.previewBillingDay, asked);
  expect(preview.services).toMatchObject([
    { from: '2026-12-15', between: { from: '2026-12-01', to: '2026-12-14', cents: 3_837n } },
  ]);
  expect(await csr.call(changes.changeBillingDay, asked)).toEqual(preview);
  await expect(csr.call(changes.changeBillingDay, asked)).rejects.toMatchObject({ code: 'same_billing_day' });
  await expect(csr.call(changes.changeBillingDay, { ...asked, day: 32 })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  await expect(tech.call(changes.changeBillingDay, asked)).rejects.toMatchObject({ status: 403 });
});

test('billing starts, explains, approves, gives up and pauses runs', async () => {
  const { served, hub, customerId } = await company();
  const [billing, admin] = [await served.as('billing'), await served.as('admin')];
  await hub.pool.query('delete from charges.charged_through');
  const { id } = await billing.call(runs.startRun, { through: '2026-12-01' });
  await hub.drain();
  expect(await billing.call(runs.readRun, { id })).toMatchObject({ state: 'counted', unexplained: 1 });
  const { rows } = await billing.call(runs.listRunCustomers, { id, comparison: 'unexplained' });
  expect(rows).toMatchObject([{ customerId }]);
  await billing.call(runs.explainRunDifference, { id, customerId, explanation: 'service de courtoisie' });
  await admin.call(runs.pauseScheduler, { paused: true });
  await expect(billing.call(runs.approveRun, { id })).rejects.toMatchObject({ code: 'scheduler_paused' });
  await admin.call(runs.pauseScheduler, { paused: false });
  await billing.call(runs.approveRun, { id });
  await hub.drain();
  const [invoice] = (await billing.call(billingOperations.listInvoices, { customerId })).rows;
  const difference = await billing.call(runs.readInvoiceDifference, { id: invoice?.id ?? '' });
  expect(difference).toEqual({ beforeCents: null, causes: [], explanation: null }); // its first bill: no run issued it
  await expect(billing.call(runs.readMyInvoiceDifference, { id: invoice?.id ?? '' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const next = await billing.call(runs.startRun, { through: '2027-01-01' });
  await billing.call(runs.abandonRun, { id: next.id, reason: 'essai' });
  expect((await billing.call(runs.listRuns, {})).rows.map(({ state }) => state)).toEqual([
    'abandoned',
    'issued',
  ]);
});
