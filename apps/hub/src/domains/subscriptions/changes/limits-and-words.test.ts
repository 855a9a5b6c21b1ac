import {
  billingOperations as bills,
  chargesOperations as charges,
  interestOperations as rules,
  subscriptionChangesOperations as op,
} from '@gigafibre/contract';
import { activeService, serveHub, stockCatalog, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { rehearse } from '../../../platform/transact.ts';
import { addPriceVersion, importItem } from '../../catalog/index.ts';
import { readSubscription } from '../read-subscription.ts';
import { addDiscount, addOption, removeOption, repriceItem } from './change-options.ts';
import { changePlan } from './change-plan.ts';
import { dueChangesTick } from './due-changes.ts';
import { suspendSubscription } from './suspend-subscription.ts';
import { agreeTerm } from './terms.ts';

/** A service at 79.95 with a router at 5.00, active since 1 November and billed for it; it is the 16th. */
async function service() {
  const hub = await testHub();
  await stockCatalog(hub);
  const option = {
    kind: 'option',
    frequency: 'monthly',
    taxTreatment: 'taxable',
    revenueAccount: '4080',
  } as const;
  for (const sku of ['RABAIS', 'CABLE'])
    await hub.act((tx) =>
      importItem(tx, {
        ...option,
        sku,
        ...(sku === 'CABLE' ? { kind: 'equipment' as const } : {}),
        nameFr: sku,
        nameEn: sku,
        onSale: true,
        prices: [{ priceCents: sku === 'CABLE' ? 300 : 0, from: '2025-01-01' }],
      }),
    );
  const { subscriptionId: id, customerId } = await activeService(hub, { on: '2026-11-01' });
  await hub.drain();
  await hub.moveTo(new Date('2026-11-16T14:00:00Z'));
  await hub.drain();
  return { hub, id, customerId };
}

test('the months of a discount that a vacation took are given back at its end', async () => {
  const { hub, id } = await service();
  await hub.act((tx) => addDiscount(tx, { id, sku: 'RABAIS', amountCents: 1_000n, cycles: 3 }));
  await hub.moveTo(new Date('2026-12-01T14:00:00Z'));
  await hub.act((tx) => suspendSubscription(tx, { id, reason: 'vacation', until: '2027-02-28' }));
  await hub.moveTo(new Date('2027-03-01T14:00:00Z'));
  await dueChangesTick(hub.env).run();
  const { items } = await readSubscription(hub, id);
  // November was billed with it; of December and January nothing was: it is March and April instead.
  expect(items.find(({ sku }) => sku === 'RABAIS')).toMatchObject({
    startsOn: '2027-03-01',
    endsOn: '2027-04-30',
  });
});

test('above the limit a discount, a lower price and a credit by hand are for who may approve', async () => {
  const { hub, id, customerId } = await service();
  const served = await serveHub(hub);
  const [clerk, manager, admin] = [
    await served.as('billing'),
    await served.as('manager'),
    await served.as('admin'),
  ];
  const itemId = (await readSubscription(hub, id)).items[0]?.id ?? '';
  const refused = { code: 'approval_needed' };
  // 11 $ a month for a year is above 120 $; so is a month of it without end.
  const discount = { id, sku: 'RABAIS', amountCents: 1_100, cycles: 12 };
  const lower = { id, itemId, priceCents: 6_895, reason: 'fidélité' };
  const line = {
    descriptionFr: 'Geste',
    taxTreatment: 'taxable',
    revenueAccount: '4080',
    quantity: 1,
  } as const;
  const invoice = {
    customerId,
    reason: 'geste',
    lines: [
      { ...line, unitPriceCents: 20_000 },
      { ...line, unitPriceCents: -10_001 },
    ],
  };
  const credit = { customerId, sku: 'CABLE', quantity: 2, unitPriceCents: -5_001 };
  await expect(clerk.call(bills.issueInvoice, invoice)).rejects.toMatchObject(refused);
  await expect(clerk.call(charges.addCharge, credit)).rejects.toMatchObject(refused);
  await clerk.call(charges.addCharge, { ...credit, unitPriceCents: -5_000 });
  const sells = await served.as('csr');
  await expect(sells.call(op.addDiscount, discount)).rejects.toMatchObject(refused);
  await expect(sells.call(op.repriceItem, lower)).rejects.toMatchObject(refused);
  const { id: _, ...change } = discount;
  await expect(
    sells.call(op.previewChange, { id, change: { command: 'addDiscount', ...change } }),
  ).rejects.toMatchObject(refused);
  await sells.call(op.addDiscount, { ...discount, amountCents: 1_000 });
  await manager.call(op.repriceItem, lower);
  // The limit is a setting.
  const { limits } = await manager.call(rules.readBillingRules, {});
  expect(limits).toMatchObject({ creditCents: 10_000n, writeOffCents: 5_000n, discountCents: 12_000n });
  await admin.call(rules.changeApprovalLimits, {
    creditCents: 10_000,
    writeOffCents: 5_000,
    discountCents: 38_399,
  });
  // What was given in the year before counts: a discount of 120 $ and a price lower by 132 $.
  await expect(sells.call(op.addDiscount, discount)).rejects.toMatchObject(refused);
  await admin.call(rules.changeApprovalLimits, {
    creditCents: 10_000,
    writeOffCents: 5_000,
    discountCents: 38_400,
  });
  await sells.call(op.addDiscount, discount);
});

test('the next cycle is that of the item, an option is taken once, and a consumer has a month before a price goes up', async () => {
  const { hub, id } = await service();
  const yearly = {
    nameFr: 'x',
    nameEn: 'x',
    frequency: 'yearly',
    taxTreatment: 'taxable',
    revenueAccount: '4080',
    onSale: true,
    prices: [{ priceCents: 12_000, from: '2025-01-01' }] as [{ priceCents: number; from: string }],
  } as const;
  await hub.act((tx) =>
    importItem(tx, { ...yearly, prices: [...yearly.prices], sku: 'BAIL', kind: 'equipment' }),
  );
  await hub.act((tx) =>
    importItem(tx, { ...yearly, prices: [...yearly.prices], sku: 'NUAGE', kind: 'option' }),
  );
  await hub.pool.query(`insert into catalog.item_options values ('FIBRE-500', 'NUAGE')`);
  const add = (sku: string) => hub.act((tx) => addOption(tx, { id, sku }));
  await add('NUAGE');
  await expect(add('NUAGE')).rejects.toThrow('option_taken');
  const { subscription } = await add('BAIL');
  await add('BAIL');
  const itemId = (sku: string) => subscription.items.find((one) => one.sku === sku)?.id ?? '';
  const removed = await hub.act((tx) => removeOption(tx, { id, itemId: itemId('BAIL'), when: 'next_cycle' }));
  expect(removed).toMatchObject({ on: '2027-01-01', charges: [] });
  const dearer = (when: string) =>
    hub.act((tx) =>
      repriceItem(tx, { id, itemId: itemId('FIBRE-500'), priceCents: 8_495n, when, reason: 'indexation' }),
    );
  await expect(dearer('2026-12-15')).rejects.toMatchObject({
    code: 'price_notice',
    data: { from: '2026-12-16' },
  });
  expect(await dearer('2026-12-16')).toMatchObject({ monthlyAfterCents: 11_995n });
  await hub.act((tx) => agreeTerm(tx, { id, on: '2026-11-16', months: 12, source: 'essai' }));
  await hub.act((tx) => addPriceVersion(tx, { sku: 'FIBRE-500', priceCents: 9_995n, from: '2026-11-17' }));
  await expect(hub.act((tx) => changePlan(tx, { id, sku: 'FIBRE-500', when: '2026-11-20' }))).rejects.toThrow(
    'price_fixed',
  );
});

test('what a change withdraws from the next invoice says so, in both languages', async () => {
  const { hub, id } = await service();
  const added = await hub.act((tx) => addOption(tx, { id, sku: 'CABLE' }));
  expect(added.charges).toMatchObject([{ amountCents: 150n, detailFr: 'Prorata : 15 jours sur 30' }]);
  const itemId = added.subscription.items.find(({ sku }) => sku === 'CABLE')?.id ?? '';
  const effect = await rehearse(hub.env.ground, { by: hub.by }, (tx) => removeOption(tx, { id, itemId }));
  expect(effect.charges).toMatchObject([
    {
      amountCents: -150n,
      detailFr: 'Retiré de la prochaine facture (prorata : 15 jours sur 30)',
      detailEn: 'Withdrawn from the next invoice (prorated: 15 days of 30)',
    },
  ]);
});
