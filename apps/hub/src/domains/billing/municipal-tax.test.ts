import {
  installOnt,
  newCustomer,
  newLocation,
  newSubscription,
  stockCatalog,
  testHub,
  type TestHub,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { readReport } from '../../views/reports/read-report.ts';
import { importItem } from '../catalog/index.ts';
import { verifyLedger } from '../ledger/index.ts';
import { activateSubscription, endSubscription } from '../subscriptions/index.ts';
import { readRun } from './runs/read-runs.ts';
import { approveRun, startRun } from './runs/steer-run.ts';
import { verifyBilling } from './verify-billing.ts';

const PHONE = {
  sku: 'TEL-CANADA',
  nameFr: 'Téléphone Canada',
  nameEn: 'Phone Canada',
  kind: 'phone',
  frequency: 'monthly',
  taxTreatment: 'taxable',
  revenueAccount: '4030',
} as const;

/** A telephone at a place, active from today. */
async function telephone(hub: TestHub, postalCode?: string): Promise<string> {
  const customerId = await newCustomer(hub);
  const locationId = await newLocation(hub, customerId, postalCode);
  const id = await newSubscription(hub, { customerId, locationId, skus: [PHONE.sku] });
  const equipmentId = await installOnt(hub, { customerId, locationId });
  await hub.act((tx) => activateSubscription(tx, hub.env, { id, equipmentId }));
  return id;
}

async function billed(hub: TestHub, through: string) {
  const { id } = await hub.act((tx) => startRun(tx, { through }));
  await hub.drain();
  const shown = await readRun(hub, id);
  await hub.act((tx) => approveRun(tx, { id }));
  await hub.drain();
  return shown;
}

test('a telephone line bears the 9-1-1 tax of each month whole, taxed, in its own account and report', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const prices: [{ priceCents: number; from: string }] = [{ priceCents: 2_000, from: '2026-01-01' }];
  await hub.act((tx) => importItem(tx, { ...PHONE, prices }));
  await hub.moveTo(new Date('2026-11-20T15:00:00Z'));
  const id = await telephone(hub);
  // A line in Ontario bears none.
  await telephone(hub, 'K1A 0B1');
  await hub.drain();
  const lines = async () =>
    (
      await hub.pool.query(
        `select i.issued_on as on, l.amount_cents as cents, l.revenue_account as account, i.total_cents as total
           from billing.invoice_lines l join billing.invoices i on i.id = l.invoice_id
          where l.sku = 'TAXE-911' order by i.number`,
      )
    ).rows;
  // 11 days of 30 of 20.00 are 7.33; the tax is not a part of 0.52. (7.33 + 0.52) with GST and QST.
  expect(await lines()).toEqual([{ on: '2026-11-20', cents: 52n, account: '2120', total: 785n + 39n + 78n }]);
  await hub.moveTo(new Date('2026-11-25T15:00:00Z'));
  await billed(hub, '2026-12-01');
  // The official example: 20.00 and 0.52 are 23.60.
  expect((await lines()).at(-1)).toMatchObject({ cents: 52n, total: 2_360n });
  // The month is owed whole whoever leaves on its first days, and the next month is the same for everybody.
  await hub.moveTo(new Date('2026-12-25T15:00:00Z'));
  expect(await billed(hub, '2027-01-01')).toMatchObject({ same: 2, unexplained: 0 });
  await hub.act((tx) => endSubscription(tx, { id, on: '2027-01-03', reason: 'départ' }));
  await hub.drain();
  expect((await lines()).map(({ cents }) => cents)).toEqual([52n, 52n, 52n]);
  const { rows } = await hub.pool.query(
    `select sum(credit_cents - debit_cents)::bigint as cents from ledger.postings where account = '2120'`,
  );
  expect(rows).toEqual([{ cents: 156n }]);
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
  for (const report of ['taxes', 'revenue'] as const) {
    const read = await readReport(hub, { report, from: '2026-11-01', to: '2026-12-31' });
    expect(read.ledger.filter(({ reportCents, ledgerCents }) => reportCents !== ledgerCents)).toEqual([]);
    if (report === 'taxes')
      expect(read.rows.find(({ key }) => key === '911')?.amounts).toMatchObject({
        collected: 156n,
        net: 156n,
      });
  }
});
