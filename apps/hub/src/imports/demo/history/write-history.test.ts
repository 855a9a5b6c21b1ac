import { noTransfers, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { issueInvoice, readInvoice, verifyBilling } from '../../../domains/billing/index.ts';
import { verifyLedger } from '../../../domains/ledger/index.ts';
import { receivePayment, verifyPayments } from '../../../domains/payments/index.ts';
import { layFoundations } from '../open-company.ts';
import { writeHistory } from './write-history.ts';

const ENDS_ON = '2026-11-01';
const SIZE = { customers: 24, sites: 30, spareLocations: 5, subscriptions: 90, daysOfEvents: 60 };

async function company() {
  const hub = await testHub({ outside: { payments: noTransfers() } });
  await hub.act((tx) => layFoundations(tx, { managementAddress: () => '127.0.0.1:161' }));
  const written = await writeHistory(hub.pool, { size: SIZE, endsOn: ENDS_ON });
  return { hub, written };
}

test('a history reconciles to the cent: ledger, invoices and payments agree with their rows', async () => {
  const { hub } = await company();
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
  expect(await verifyPayments(hub)).toEqual([]);
  const { rows } = await hub.pool.query<{
    invoices: bigint;
    open: bigint;
    credits: bigint;
    chronological: boolean;
  }>(`
    select count(*) as invoices, count(*) filter (where outstanding_cents > 0) as open,
           (select count(*) from payments.payments) as payments,
           bool_and(number = place) as chronological
      from (select *, row_number() over (order by issued_at, number) as place from billing.invoices) i`);
  expect(Number(rows[0]?.invoices)).toBeGreaterThan(250);
  expect(Number(rows[0]?.open)).toBeGreaterThan(5);
  expect(rows[0]?.chronological).toBe(true);
});

test('the domains go on where the history ends', async () => {
  const { hub } = await company();
  const { rows } = await hub.pool.query<{ id: string; customer_id: string; number: bigint }>(
    'select id, customer_id, number from billing.invoices order by number desc limit 1',
  );
  const last = rows[0];
  if (!last) throw new Error('no invoice');
  expect((await readInvoice(hub, last.id)).lines.length).toBeGreaterThan(0);
  const customerId = last.customer_id;
  const line = {
    kind: 'one_time' as const,
    sku: 'MAIN-OEUVRE',
    description: { fr: 'Main-d’œuvre', en: 'Labour' },
    quantity: 1,
    unitPriceCents: 9_500n,
    amountCents: 9_500n,
    taxTreatment: 'taxable' as const,
    revenueAccount: '4060',
    locationId: null,
  };
  const next = await hub.act((tx) =>
    issueInvoice(tx, { customerId, lines: [line], on: '2026-11-02', reason: 'travaux' }),
  );
  expect(next.id).toBe(`INV-${String(last.number + 1n).padStart(5, '0')}`);
  await hub.act((tx) =>
    receivePayment(tx, { customerId, method: 'transfer', amountCents: 50_000n, receivedOn: '2026-11-02' }),
  );
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
  expect(await verifyPayments(hub)).toEqual([]);
});

test('the same seed and day make the same rows, but for passwords', async () => {
  const [one, other] = [await company(), await company()];
  const tables = [
    'customers.customers',
    'customers.search_terms',
    'plant.drops',
    'stock.equipment',
    'subscriptions.items',
    'dispatch.jobs',
    'billing.invoices',
    'billing.invoice_lines',
    'billing.settlements',
    'payments.payments',
    'ledger.postings',
    'ledger.customer_balances',
  ];
  const printed = (hub: typeof one.hub, table: string) =>
    hub.pool.query<{ count: bigint; print: string }>(
      `select count(*), md5(string_agg(t::text, '|' order by t::text)) as print from ${table} t`,
    );
  for (const table of tables) {
    const [first, second] = [await printed(one.hub, table), await printed(other.hub, table)];
    expect([table, first.rows]).toEqual([table, second.rows]);
    expect(Number(first.rows[0]?.count)).toBeGreaterThan(0);
  }
  expect(one.written).toEqual(other.written);
});
