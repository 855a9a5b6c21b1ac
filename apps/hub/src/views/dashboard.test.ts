import { noTransfers, testHub, type TestHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { issueInvoice, verifyBilling } from '../domains/billing/index.ts';
import { receivePayment, verifyPayments } from '../domains/payments/index.ts';
import { layFoundations } from '../imports/demo/open-company.ts';
import { writeHistory } from '../imports/demo/history/write-history.ts';
import { dashboard } from './dashboard.ts';

// The figures are compared with a count in this file of every row, read whole.

const SIZE = { customers: 24, sites: 30, spareLocations: 5, subscriptions: 90, daysOfEvents: 60 };
const ENDS_ON = '2026-11-01';
const TIMEOUT_MS = 120_000;

async function company(): Promise<TestHub> {
  const hub = await testHub({ outside: { payments: noTransfers() } });
  await hub.act((tx) => layFoundations(tx, { managementAddress: () => '127.0.0.1:161' }));
  await writeHistory(hub.pool, { size: SIZE, endsOn: ENDS_ON });
  return hub;
}

type Row = Readonly<Record<string, unknown>>;
const count = (rows: readonly Row[], which: (row: Row) => boolean): number => rows.filter(which).length;
const sum = (rows: readonly Row[], field: string): bigint =>
  rows.reduce((total, row) => total + (row[field] as bigint), 0n);

/** What the dashboard should say, from all rows of the tables behind it. */
async function recounted({ pool }: TestHub, today: string) {
  const all = async (table: string): Promise<Row[]> => (await pool.query<Row>(`select * from ${table}`)).rows;
  const month = today.slice(0, 7);
  const [customers, services, items, invoices, payments] = [
    await all('customers.customers'),
    await all('subscriptions.subscriptions'),
    await all('subscriptions.items'),
    await all('billing.invoices'),
    await all('payments.payments'),
  ];
  const inMonth = (rows: readonly Row[], field: string, wanted: string): Row[] =>
    rows.filter((row) => String(row[field]).startsWith(wanted));
  const active = new Set(services.filter(({ status }) => status === 'active').map(({ id }) => id));
  const monthsOf = { one_time: 0, monthly: 1, quarterly: 3, yearly: 12 } as Record<string, number>;
  const inForce = items.filter(
    ({ subscription_id, frequency, starts_on, ends_on }) =>
      active.has(subscription_id) &&
      frequency !== 'one_time' &&
      starts_on !== null &&
      String(starts_on) <= today &&
      (ends_on === null || String(ends_on) >= today),
  );
  const monthlyCents = inForce.reduce(
    (total, { price_cents, frequency }) =>
      total + BigInt(Math.round(Number(price_cents) / (monthsOf[String(frequency)] ?? 1))),
    0n,
  );
  const overdue = invoices.filter(
    (row) => (row['outstanding_cents'] as bigint) > 0n && String(row['due_on']) < today,
  );
  const months = Array.from({ length: 12 }, (_, back) => {
    const [year = 0, number = 0] = month.split('-').map(Number);
    return new Date(Date.UTC(year, number - 12 + back, 1)).toISOString().slice(0, 7);
  });
  return {
    customers: {
      active: count(customers, ({ status }) => status === 'active'),
      prospects: count(customers, ({ status }) => status === 'prospect'),
    },
    services: {
      active: active.size,
      pending: count(services, ({ status }) => status === 'pending'),
      activatedThisMonth: inMonth(services, 'activated_on', month).length,
      monthlyCents,
    },
    money: {
      receivableCents: sum(invoices, 'outstanding_cents'),
      overdueCents: sum(overdue, 'outstanding_cents'),
      overdueInvoices: overdue.length,
      invoicedThisMonthCents: sum(inMonth(invoices, 'issued_on', month), 'total_cents'),
      receivedThisMonthCents: sum(inMonth(payments, 'received_on', month), 'amount_cents'),
    },
    months: months.map((one) => ({
      month: one,
      activated: inMonth(services, 'activated_on', one).length,
      receivedCents: sum(inMonth(payments, 'received_on', one), 'amount_cents'),
      invoicedCents: sum(inMonth(invoices, 'issued_on', one), 'total_cents'),
    })),
  };
}

test(
  'every figure is what the records give: after a load, and after what happens next',
  async () => {
    const hub = await company();
    const loaded = await recounted(hub, '2026-11-02');
    expect(await dashboard(hub)).toMatchObject(loaded);
    expect(loaded.months.every(({ invoicedCents }) => invoicedCents > 0n)).toBe(true);
    expect(loaded.money.overdueInvoices).toBeGreaterThan(0);

    const customerId = await newestInvoiced(hub);
    await hub.act((tx) =>
      issueInvoice(tx, { customerId, lines: [labour], on: '2026-11-02', reason: 'travaux' }),
    );
    await hub.act((tx) =>
      receivePayment(tx, { customerId, method: 'transfer', amountCents: 4_000n, receivedOn: '2026-11-02' }),
    );
    const next = await recounted(hub, '2026-11-02');
    expect(next.money.invoicedThisMonthCents).toBeGreaterThan(loaded.money.invoicedThisMonthCents);
    expect(next.money.receivedThisMonthCents - loaded.money.receivedThisMonthCents).toBe(4_000n);
    expect(await dashboard(hub)).toMatchObject(next);
    expect([...(await verifyBilling(hub)), ...(await verifyPayments(hub))]).toEqual([]);

    await hub.pool.query('update billing.month_totals set total_cents = total_cents + 1 where month = $1', [
      '2026-11-01',
    ]);
    await hub.pool.query('delete from payments.month_totals where month = $1', ['2026-10-01']);
    expect((await verifyBilling(hub)).map(({ what, key }) => `${what} ${key}`)).toEqual(['month 2026-11']);
    expect((await verifyPayments(hub)).map(({ what, key }) => `${what} ${key}`)).toEqual(['month 2026-10']);
  },
  TIMEOUT_MS,
);

test(
  'what was undone is in no sum',
  async () => {
    const hub = await company();
    const before = await dashboard(hub);
    const customerId = await newestInvoiced(hub);
    const undone = hub.act(async (tx) => {
      await issueInvoice(tx, { customerId, lines: [labour], on: '2026-11-02', reason: 'travaux' });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await dashboard(hub)).toEqual(before);
  },
  TIMEOUT_MS,
);

test('an empty company has a dashboard of zeros', async () => {
  const hub = await testHub({ outside: { payments: noTransfers() } });
  const view = await dashboard(hub);
  expect(view).toMatchObject(await recounted(hub, '2026-11-02'));
  expect(view.months).toHaveLength(12);
  expect(view.work).toEqual({ today: 0, doneToday: 0, unscheduled: 0 });
  expect(view.sales).toEqual({ openQuotes: 0, acceptedThisMonth: 0 });
});

const labour = {
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

async function newestInvoiced({ pool }: TestHub): Promise<string> {
  const { rows } = await pool.query<{ customer_id: string }>(
    'select customer_id from billing.invoices order by number desc limit 1',
  );
  return rows[0]?.customer_id ?? '';
}
