import {
  REPORT_BYS,
  reportsOperations as op,
  subscriptionChangesOperations,
  type Operation,
  type Report,
  type ReportDocument,
  type ReportName,
} from '@gigafibre/contract';
import {
  activeService,
  newCustomer,
  newLocation,
  serveHub,
  stockCatalog,
  testHub,
  type Caller,
  type TestHub,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import {
  issueCreditNote,
  issueInvoice,
  verifyBilling,
  writeOffInvoice,
  type LineDraft,
} from '../../domains/billing/index.ts';
import { importItem, type ImportedItem } from '../../domains/catalog/index.ts';
import { receivePayment } from '../../domains/payments/index.ts';
import { searchAddresses } from '../../domains/plant/index.ts';
import { moveSubscription, withdrawMove } from '../../domains/subscriptions/changes/move-subscription.ts';
import { layDemoPlant } from '../../../db/demo/plant.ts';
import { centsEach, percentOf } from './report.ts';

const line = (amountCents: bigint, over: Partial<LineDraft> = {}): LineDraft => ({
  kind: 'one_time',
  sku: null,
  description: { fr: 'Travaux', en: 'Work' },
  quantity: 1,
  unitPriceCents: amountCents,
  amountCents,
  taxTreatment: 'taxable',
  revenueAccount: '4060',
  locationId: null,
  ...over,
});
const ahead = (from: string, to: string): Partial<LineDraft> => ({
  kind: 'recurring',
  sku: 'FIBRE-500',
  period: { from, to },
  revenueAccount: '4010',
});
const on = (day: string) => new Date(`${day}T16:00:00Z`);

/** Five months of a company: services, invoices here and in Ontario, credits, a debt given up, payments. */
async function company(hub: TestHub): Promise<{ owing: string; growing: string }> {
  await stockCatalog(hub);
  await hub.act((tx) => importItem(tx, FASTER));
  const { customerId: steady, subscriptionId: growing } = await activeService(hub, {
    on: '2026-11-02',
    name: 'Ève Roy',
  });
  const { subscriptionId } = await activeService(hub, { on: '2026-11-02', name: 'Parti Tôt' });
  const owing = await newCustomer(hub, { name: 'Zoé Côté' });
  const [here, there] = [await newLocation(hub, owing), await newLocation(hub, owing, 'K1A 0B1')];
  const issue = (customerId: string, lines: readonly LineDraft[], day: string) =>
    hub.act((tx) => issueInvoice(tx, { customerId, lines, on: day, reason: 'test' }));
  const first = await issue(
    owing,
    [line(6_995n, { ...ahead('2026-11-01', '2026-11-30'), locationId: here }), line(10_000n)],
    '2026-11-02',
  );
  await issue(
    owing,
    [
      line(84_000n, { ...ahead('2026-11-15', '2027-11-14'), locationId: there }),
      line(-500n, { revenueAccount: '4900' }),
    ],
    '2026-11-10',
  );
  await hub.moveTo(on('2026-12-03'));
  await hub.drain();
  await hub.act((tx) =>
    receivePayment(tx, {
      customerId: owing,
      method: 'cheque',
      reference: '12',
      amountCents: 5_000n,
      receivedOn: '2026-12-03',
    }),
  );
  await hub.act((tx) =>
    receivePayment(tx, {
      customerId: steady,
      method: 'card',
      amountCents: 100_000n,
      receivedOn: '2026-12-03',
    }),
  );
  await hub.act((tx) =>
    issueCreditNote(tx, { invoiceId: first.id, chosen: [{ line: 1, amountCents: 2_000n }], reason: 'panne' }),
  );
  const lost = await issue(await newCustomer(hub, { name: 'Introuvable' }), [line(7_777n)], '2026-12-03');
  await hub.act((tx) => writeOffInvoice(tx, { id: lost.id, reason: 'introuvable' }));
  await hub.moveTo(on('2027-01-20'));
  await hub.drain();
  await issue(
    owing,
    [line(6_995n, { ...ahead('2027-01-15', '2027-02-14'), locationId: here })],
    '2027-01-20',
  );
  await hub.pool.query(`update subscriptions.items set ends_on = '2027-01-10' where subscription_id = $1`, [
    subscriptionId,
  ]);
  await visited(hub, { customerId: steady, on: '2026-12-03' });
  return { owing, growing };
}

const FASTER: ImportedItem = {
  sku: 'FIBRE-1000',
  nameFr: 'Fibre 1000',
  nameEn: 'Fibre 1000',
  kind: 'internet',
  frequency: 'monthly',
  taxTreatment: 'taxable',
  onSale: true,
  revenueAccount: '4010',
  downloadMbps: 1_000,
  uploadMbps: 500,
  oltProfile: 'PLAN-1000',
  radiusProfile: 'plan-1000',
  prices: [{ priceCents: 8_995, from: '2025-01-01' }],
};

/** A technician came at ten, within the promised window, and left at eleven; somebody came again in the week. */
async function visited(
  hub: TestHub,
  { customerId, on: day }: { customerId: string; on: string },
): Promise<void> {
  const sql = (text: string, given: unknown[] = []) => hub.pool.query<{ id: string }>(text, given);
  const { rows } = await sql(
    `insert into dispatch.technicians (name, colour) values ('Luc', '#123456') returning id`,
  );
  const technician = rows[0]?.id;
  const place = `(select location_id from plant.occupancies where customer_id = $1 limit 1)`;
  const job = await sql(
    `insert into dispatch.jobs (type, status, customer_id, location_id, technician_id, starts_at, duration_minutes,
       window_date, window_from, window_to, window_starts_at, window_ends_at, source)
     values ('install', 'completed', $1, ${place}, $2, $3, 60, $4, '08:00', '12:00', $5, $6, 'test') returning id`,
    [customerId, technician, `${day}T15:00:00Z`, day, `${day}T13:00:00Z`, `${day}T17:00:00Z`],
  );
  const id = job.rows[0]?.id;
  await sql(
    `insert into dispatch.job_changes (job_id, at, from_status, to_status, technician_id, actor_kind) values ($1, $2, 'en_route', 'on_site', $3, 'technician')`,
    [id, `${day}T15:00:00Z`, technician],
  );
  await sql('insert into dispatch.completions (job_id, at, technician_id) values ($1, $2, $3)', [
    id,
    `${day}T16:00:00Z`,
    technician,
  ]);
  await sql(
    `insert into dispatch.jobs (type, status, customer_id, location_id, duration_minutes, source, created_at)
     values ('repair', 'unscheduled', $1, ${place}, 60, 'test', $2)`,
    [customerId, `${day}T20:00:00Z`],
  );
}

/** All documents behind a figure, page by page. */
async function documentsOf(
  by: Caller,
  asked: { report: ReportName; by: string; from: string; to: string },
  figure: { column: string; row?: string },
): Promise<ReportDocument[]> {
  const rows: ReportDocument[] = [];
  let after: string | undefined;
  do {
    const given = { ...asked, ...figure, limit: 7, ...(after === undefined ? {} : { after }) };
    const page = await by.call(op.listReportDocuments, given as never); // `by` is one of the report's own
    rows.push(...page.rows);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return rows;
}

test('a move with another plan is an upgrade or a downgrade of its day; one that was withdrawn is none', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  await hub.act((tx) => importItem(tx, FASTER));
  await hub.act((tx) => layDemoPlant(tx, { managementAddress: () => '127.0.0.1:1161' }));
  const { subscriptionId: id } = await activeService(hub, { on: '2026-11-02' });
  await hub.moveTo(on('2026-11-20'));
  const { addresses } = await searchAddresses(hub, { q: '300 boul des maraichers', limit: 1 });
  const there = { addressId: addresses[0]?.id ?? '', locationId: null, address: null, unit: null };
  const move = { ...there, id, sku: 'FIBRE-1000', equipment: 'carried' } as const;
  const manager = await (await serveHub(hub)).as('manager');
  const moved = async () => {
    const asked = { report: 'sales', by: 'month', from: '2026-12-01', to: '2027-01-31' } as const;
    const { rows } = await manager.call(op.readReport, asked);
    return rows.map(({ key, amounts, counts }) => [key, counts['upgrade'], amounts['upgradeCents']]);
  };
  await hub.act((tx) => moveSubscription(tx, { ...move, on: '2026-12-05' }));
  expect(await moved()).toEqual([['2026-12', 1, 1_000n]]);
  await hub.act((tx) => moveSubscription(tx, { ...move, on: '2027-01-10' }));
  expect(await moved()).toEqual([['2027-01', 1, 1_000n]]);
  await hub.act((tx) => withdrawMove(tx, { id, reason: 'reste' }));
  expect(await moved()).toEqual([]);
});

const sumOf = (documents: readonly ReportDocument[]) =>
  documents.reduce((sum, { cents }) => sum + (cents ?? 0n), 0n);

test('every figure of every report opens documents that add up to it, and equals the ledger to the cent', async () => {
  const hub = await testHub();
  const { owing, growing } = await company(hub);
  const manager = await (await serveHub(hub)).as('manager');
  await manager.call(subscriptionChangesOperations.changePlan, { id: growing, sku: 'FIBRE-1000' });
  const days = { from: '2026-11-01', to: '2027-01-31' };
  expect(await verifyBilling(hub)).toEqual([]);
  const reports = new Map<string, Report>();
  for (const [name, bys] of Object.entries(REPORT_BYS) as [ReportName, Report['by'][]][])
    // keys of a literal: exact
    for (const by of bys) {
      const asked = { report: name, by, ...days };
      const report = await manager.call(op.readReport, asked);
      reports.set(`${name} ${by}`, report);
      for (const { label, reportCents, ledgerCents } of report.ledger)
        expect(reportCents, `${name} ${by} ${label.en}`).toBe(ledgerCents);
      for (const { key, kind, opens } of report.columns.filter((column) => column.opens)) {
        expect(opens).toBe(true);
        for (const row of report.rows) {
          const found = await documentsOf(manager, asked, { column: key, row: row.key });
          const what = `${name} by ${by}, ${key} of ${row.label.en}`;
          if (kind === 'money') expect(sumOf(found), what).toBe(row.amounts[key] ?? 0n);
          else expect(found.length, what).toBe(row.counts[key] ?? 0);
        }
      }
    }

  // The same sums straight from the postings, which the reports do not read.
  const { rows } = await hub.pool.query<{ invoiced: string; earned: string; due: string }>(
    `select sum(credit_cents - debit_cents) filter (where account like '4%' or account = '2200') as invoiced,
            sum(credit_cents - debit_cents) filter (where account like '4%') as earned,
            sum(debit_cents - credit_cents) filter (where account = '1100') as due from ledger.postings`,
  );
  const posted = rows[0];
  for (const by of REPORT_BYS.revenue)
    expect(reports.get(`revenue ${by}`)?.totals.amounts, by).toEqual({
      invoiced: BigInt(posted?.invoiced ?? 0),
      recognised: BigInt(posted?.earned ?? 0),
    });
  expect(reports.get('receivables customer')?.totals.amounts['receivable']).toBe(BigInt(posted?.due ?? 0));
  expect(reports.get('receivables customer')?.rows.map(({ key }) => key)).toContain(owing);
  expect(reports.get('taxes tax')?.rows.map(({ key }) => key)).toEqual(['GST', 'QST', 'HST']);
  expect(reports.get('revenue municipality')?.rows.map(({ label }) => label.fr)).toEqual(
    expect.arrayContaining(['Saint-Rémi', 'Sans adresse de service']),
  );
  const [november, december, january] = reports.get('recurring month')?.rows ?? [];
  expect(november?.amounts).toMatchObject({ opening: 0n, new: 16_990n, closing: 16_990n });
  expect(december?.amounts).toMatchObject({ opening: 16_990n, churned: 0n, closing: 16_990n, arpu: 8_495n });
  expect(january).toMatchObject({
    amounts: { opening: 16_990n, expansion: 1_000n, churned: -8_495n, closing: 9_495n },
    counts: { customers: 1, lost: 1, churn: 5000, revenueChurn: 5000 },
  });
  expect(reports.get('sales month')?.rows.at(-1)).toMatchObject({
    key: '2027-01',
    amounts: { upgradeCents: 1_000n, downgradeCents: 0n },
    counts: { upgrade: 1 },
  });
  expect(reports.get('technicians technician')?.rows.map(({ label, counts }) => [label.fr, counts])).toEqual([
    ['Luc', { completed: 1, failed: 0, again: 1, onTime: 10_000, firstVisit: 0, minutes: 60 }],
  ]);
  expect(reports.get('retention cohort')?.rows).toMatchObject([
    { key: '2026-11', counts: { size: 2, m1: 10_000 } },
  ]);
  // What was owed at the end of an earlier day is told as it was: before, and on, the day something was paid.
  const owed = new Set<bigint | undefined>();
  for (const to of ['2026-11-30', '2026-12-02', '2026-12-03', '2027-01-19']) {
    const then = await manager.call(op.readReport, { report: 'receivables', from: '2026-11-01', to });
    for (const { label, reportCents, ledgerCents } of then.ledger)
      expect(reportCents, `${label.en}, ${to}`).toBe(ledgerCents);
    owed.add(then.totals.amounts['receivable']);
  }
  expect(owed.size).toBeGreaterThan(1);
  // Two came in November, one of them left on 10 January: seen once January is over.
  await hub.moveTo(on('2027-02-05'));
  await hub.drain();
  const kept = await manager.call(op.readReport, { report: 'retention', ...days });
  expect(kept.rows.map(({ counts }) => counts)).toEqual([{ size: 2, m1: 10_000, m2: 5000 }]);
});

test('a report is a file for spreadsheets and paper, with the figures of the screen; the journal balances', async () => {
  const hub = await testHub();
  await company(hub);
  const served = await serveHub(hub);
  const [manager, technician] = [await served.as('manager'), await served.as('tech')];
  const days = { from: '2026-11-01', to: '2027-01-31' };
  const file = async (operation: Operation, input: Record<string, string>) => {
    const answer = await manager.fetch(manager.urlOf(operation, input as never)); // given as the operation asks
    expect(answer.status).toBe(200);
    return {
      name: answer.headers.get('content-disposition') ?? '',
      bytes: Buffer.from(await answer.arrayBuffer()),
    };
  };
  const report = await manager.call(op.readReport, { report: 'taxes', by: 'month', ...days });
  const csv = await file(op.exportReport, { report: 'taxes', by: 'month', ...days, format: 'csv' });
  const cells = csv.bytes
    .toString('utf8')
    .trim()
    .split('\r\n')
    .map((row) => row.slice(1, -1).split('","'));
  expect(cells).toHaveLength(report.rows.length + 2);
  expect(csv.name).toContain('2026-11-01-2027-01-31.csv');
  const net = cells.slice(1, -1).reduce((sum, row) => sum + Math.round(Number(row.at(-1)) * 100), 0);
  expect(BigInt(net)).toBe(report.totals.amounts['net']);
  for (const name of Object.keys(REPORT_BYS)) {
    const asked = { report: name, ...days };
    expect((await file(op.exportReport, { ...asked, format: 'pdf' })).bytes.subarray(0, 5).toString()).toBe(
      '%PDF-',
    );
    expect((await file(op.exportReport, { ...asked, format: 'xlsx' })).bytes.subarray(0, 2).toString()).toBe(
      'PK',
    );
  }

  const journal = await file(op.exportJournal, { from: '2026-11-01', to: '2027-01-31' });
  const postings = journal.bytes
    .toString('utf8')
    .trim()
    .split('\r\n')
    .slice(1)
    .map((row) => row.slice(1, -1).split('","'));
  const side = (at: number) => postings.reduce((sum, row) => sum + Math.round(Number(row.at(at)) * 100), 0);
  const { rows } = await hub.pool.query<{ cents: string; count: string }>(
    'select sum(debit_cents) as cents, count(*) from ledger.postings',
  );
  expect([side(-2), side(-1), postings.length]).toEqual([
    Number(rows[0]?.cents),
    Number(rows[0]?.cents),
    Number(rows[0]?.count),
  ]);

  const refused = [
    [op.readReport, { report: 'revenue', from: '2026-11-02', to: '2026-11-01' }],
    [op.readReport, { report: 'revenue', from: '2020-01-01', to: '2026-11-01' }],
    [op.readReport, { report: 'revenue', by: 'technician' }],
    [op.listReportDocuments, { report: 'revenue', column: 'nothing' }],
    [op.exportReport, { report: 'revenue', format: 'csv', from: '2026-11-02', to: '2026-11-01' }],
    [op.exportJournal, { from: '2026-01-01', to: '2026-12-31' }],
  ] as const;
  for (const [operation, input] of refused)
    expect(
      (await manager.fetch(manager.urlOf(operation, input as never))).status,
      JSON.stringify(input),
    ).toBeGreaterThanOrEqual(400); // some are wrong on purpose
  await expect(technician.call(op.readReport, { report: 'revenue' })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('shares and means come to what a calculator says', () => {
  expect(percentOf(37, 1240)).toBe(298);
  expect(percentOf(221_050n, 8_465_000n)).toBe(261);
  expect(percentOf(3, 0)).toBe(0);
  expect(centsEach(8_465_000n, 1240)).toBe(6827n);
  expect(centsEach(8_465_000n, 0)).toBe(0n);
});
