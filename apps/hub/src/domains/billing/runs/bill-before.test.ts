import {
  activeService,
  installOnt,
  newLocation,
  stockCatalog,
  testHub,
  type TestHub,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { importItem, pricesOn } from '../../catalog/index.ts';
import { activateSubscription, endSubscription, openSubscription } from '../../subscriptions/index.ts';
import { verifyBilling } from '../verify-billing.ts';
import { listRunCustomers, readRun } from './read-runs.ts';
import { abandonRun, approveRun, explainRunDifference, startRun } from './steer-run.ts';

const counted = async (hub: TestHub, through: string) => {
  const { id } = await hub.act((tx) => startRun(tx, { through, confirmed: true }));
  await hub.drain();
  const [row] = (await listRunCustomers(hub, { id, limit: 5 })).rows;
  return { ...(await readRun(hub, id)), row };
};
const billed = async (hub: TestHub, through: string) => {
  const { id } = await counted(hub, through);
  await hub.act((tx) => approveRun(tx, { id }));
  await hub.drain();
};
/** Another service of a customer, at a place of its own, from today or another day on; `billedElsewhereTo` when it comes from there. */
async function anotherService(
  hub: TestHub,
  {
    customerId,
    skus,
    on,
    ...rest
  }: { customerId: string; skus: readonly string[]; on?: string; billedElsewhereTo?: string },
): Promise<string> {
  const locationId = await newLocation(hub, customerId);
  const prices = await pricesOn(hub, { skus, on: '2026-11-02' });
  const items = [...prices.values()].map(({ sku, priceVersionId, priceCents }) => ({
    sku,
    priceVersionId,
    priceCents,
  }));
  const { id } = await hub.act((tx) =>
    openSubscription(tx, { customerId, locationId, items, source: 'essai', ...rest }),
  );
  const equipmentId = await installOnt(hub, { customerId, locationId });
  await hub.act((tx) => activateSubscription(tx, hub.env, { id, equipmentId, on }));
  await hub.drain();
  return id;
}

test('each service is compared with its own last bill: a first invoice out of the cycle, or a yearly one, hides none', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  await hub.act((tx) =>
    importItem(tx, {
      sku: 'DOMAINE',
      nameFr: 'Nom de domaine',
      nameEn: 'Domain name',
      kind: 'option',
      frequency: 'yearly',
      taxTreatment: 'taxable',
      revenueAccount: '4080',
      onSale: true,
      prices: [{ priceCents: 2_400, from: '2025-01-01' }],
    }),
  );
  const { customerId } = await activeService(hub, { on: '2026-11-01' });
  await hub.drain();
  await billed(hub, '2026-12-01');
  // In December a second service, with something that is billed by the year, begins out of the cycle.
  await hub.moveTo(new Date('2026-12-12T15:00:00Z'));
  await hub.drain();
  await anotherService(hub, { customerId, skus: ['FIBRE-500', 'DOMAINE'] });
  const january = await counted(hub, '2027-01-01');
  expect(january).toMatchObject({ unexplained: 0, differs: 1 });
  // The first service is as it was; of the second the month was a part, and so was the year.
  expect(january.row?.causes.map(({ kind, nameFr }) => [kind, nameFr])).toEqual([
    ['part_of_cycle', 'Fibre 500'],
    ['part_of_cycle', 'Nom de domaine'],
  ]);
  await hub.act((tx) => approveRun(tx, { id: january.id }));
  await hub.drain();
  // Nothing but the months: the year is not missed, and what it cost is not in the sum of before.
  const february = await counted(hub, '2027-02-01');
  expect(february).toMatchObject({ same: 1, differs: 0, unexplained: 0 });
  expect(february.row).toMatchObject({ causes: [], beforeCents: february.row?.totalCents });
  expect(await verifyBilling(hub)).toEqual([]);
});

test('a service that ended long ago is charged to its end, and walked through no more after that', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const { subscriptionId } = await activeService(hub, { on: '2026-11-01' });
  await hub.drain();
  // It ended in December, and nobody billed for four months.
  await hub.moveTo(new Date('2026-12-15T15:00:00Z'));
  await hub.drain();
  await hub.act((tx) => endSubscription(tx, { id: subscriptionId, on: '2026-12-14', reason: 'départ' }));
  await hub.drain();
  await hub.moveTo(new Date('2027-04-10T15:00:00Z'));
  await hub.drain();
  const late = await counted(hub, '2027-05-01');
  // 14 days of 31 of 84.95, with taxes.
  expect(late.row).toMatchObject({ totalCents: 4_412n });
  await hub.act((tx) => approveRun(tx, { id: late.id }));
  await hub.drain();
  const next = await counted(hub, '2027-06-01');
  expect(next.customers).toBe(0);
  await hub.act((tx) => abandonRun(tx, { id: next.id, reason: 'rien' }));
  expect(await verifyBilling(hub)).toEqual([]);
});

test.each([
  ['2026-10-31', '2026-11-01'],
  ['2026-11-30', '2026-12-01'],
  ['2026-11-14', '2026-11-15'],
  ['2027-01-20', '2027-01-21'],
])('what another system billed to %s is charged here from %s', async (billedElsewhereTo, first) => {
  const hub = await testHub();
  await stockCatalog(hub);
  const { customerId } = await activeService(hub, { on: '2026-11-01' });
  await hub.drain();
  const id = await anotherService(hub, {
    customerId,
    skus: ['FIBRE-500', 'INSTALLATION'],
    on: '2026-11-01',
    billedElsewhereTo,
  });
  const linesOf = async (): Promise<{ from: string; sku: string }[]> =>
    (
      await hub.pool.query(
        `select period_from as from, sku from billing.invoice_lines where subscription_id = $1`,
        [id],
      )
    ).rows;
  // No first bill of its own, and nothing sold once is asked again.
  expect(await linesOf()).toEqual([]);
  const run = await counted(hub, '2027-02-01');
  // Three months at once: a person says that they are meant.
  expect(run.unexplained).toBe(1);
  await hub.act((tx) => explainRunDifference(tx, { id: run.id, customerId, explanation: 'bascule' }));
  await hub.act((tx) => approveRun(tx, { id: run.id }));
  await hub.drain();
  const lines = await linesOf();
  expect(lines.map(({ sku }) => sku)).toEqual(lines.map(() => 'FIBRE-500'));
  expect(lines.map(({ from }) => from).toSorted()[0]).toBe(first);
  expect(await verifyBilling(hub)).toEqual([]);
});
