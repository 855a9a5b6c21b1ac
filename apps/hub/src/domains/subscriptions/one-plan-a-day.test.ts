import {
  activeService,
  newCustomer,
  newLocation,
  newSubscription,
  stockCatalog,
  testHub,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';

test('the database lets no second plan of a service be in force or charged on a day, whoever writes it', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const customerId = await newCustomer(hub);
  const locationId = await newLocation(hub, customerId);
  const skus = ['FIBRE-500', 'FIBRE-500'];
  await expect(newSubscription(hub, { customerId, locationId, skus })).rejects.toThrow('one_plan_each');
  const { subscriptionId: id } = await activeService(hub, { on: '2026-11-01' });
  await hub.drain();
  const begin = (kind: string, line: number, from: string) =>
    hub.pool.query(
      `insert into subscriptions.items (subscription_id, line, sku, price_version_id, price_cents, name_fr, name_en,
              kind, frequency, tax_treatment, revenue_account, starts_on)
       select subscription_id, $3, sku, price_version_id, price_cents, name_fr, name_en, kind, frequency,
              tax_treatment, revenue_account, $4 from subscriptions.items where subscription_id = $1 and kind = $2`,
      [id, kind, line, from],
    );
  await expect(begin('internet', 3, '2027-05-01')).rejects.toThrow('items_one_plan_a_day');
  // A second router is rented beside the first.
  await begin('equipment', 3, '2026-11-01');
  const charge = (item: string, from: string) =>
    hub.pool.query(
      `insert into charges.cycles (item_id, cycle_from, cycle_to, subscription_id, from_on, to_on, cents, plan)
       select $2, cycle_from, cycle_to, subscription_id, $3, to_on, 1, plan from charges.cycles
        where subscription_id = $1 and plan = 'internet' limit 1`,
      [id, item, from],
    );
  await expect(charge('SI-1', '2026-11-30')).rejects.toThrow('cycles_one_plan_a_day');
  const { rows } = await hub.pool.query(
    'select plan, count(*)::int from charges.cycles where subscription_id = $1 group by 1 order by 1',
    [id],
  );
  expect(rows).toEqual([
    { plan: 'internet', count: 1 },
    { plan: null, count: 1 },
  ]);
});
