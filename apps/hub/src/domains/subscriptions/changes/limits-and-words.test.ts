import {
  billingOperations as bills,
  chargesOperations as charges,
  interestOperations as rules,
  subscriptionChangesOperations as op,
} from '@gigafibre/contract';
import { activeService, serveHub, stockCatalog, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { rehearse } from '../../../platform/transact.ts';
import { importItem } from '../../catalog/index.ts';
import { readSubscription } from '../read-subscription.ts';
import { addDiscount, addOption, removeOption } from './change-options.ts';
import { dueChangesTick } from './due-changes.ts';
import { suspendSubscription } from './suspend-subscription.ts';

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
    discountCents: 14_000,
  });
  await sells.call(op.addDiscount, discount);
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
