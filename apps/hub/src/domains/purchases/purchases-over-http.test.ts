// Every operation about purchases through the door people use, and what the tax return makes of them.
import { billingOperations, purchasesOperations as op, reportsOperations } from '@gigafibre/contract';
import { newCustomer, serveHub, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { verifyPurchases } from './index.ts';

test('a clerk enters and pays, a manager approves; the tax return claims what was paid, to the cent of the ledger', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const [clerk, manager, csr] = [
    await served.as('billing'),
    await served.as('manager'),
    await served.as('csr'),
  ];
  for (const call of [op.listBills, op.listSuppliers, op.readPayables])
    await expect(csr.call(call, {})).rejects.toMatchObject({ code: 'forbidden' });

  const supplier = await clerk.call(op.addSupplier, {
    name: 'Hydro du Haut-Richelieu',
    gstNumber: '123456782rt0001',
    termsDays: 21,
    expenseAccount: '5050',
  });
  expect(supplier.gstNumber).toBe('123456782 RT0001');
  const { accounts } = await clerk.call(op.listPurchaseAccounts, {});
  expect(accounts).toContainEqual({
    number: '5050',
    nameFr: 'Électricité du réseau',
    nameEn: 'Network electricity',
  });
  const lines = [
    { account: '5050', description: 'Électricité', netCents: 200_000, tax: 'both' as const },
    { account: '6150', description: 'Frais', netCents: 1_000, tax: 'none' as const },
  ];
  expect(await clerk.call(op.computeTaxes, { billedOn: '2026-10-20', lines })).toMatchObject({
    netCents: 201_000n,
    gstCents: 10_000n,
    qstCents: 19_950n,
    totalCents: 230_950n,
  });
  const paper = { supplierId: supplier.id, number: 'H 2026-10', billedOn: '2026-10-20' };
  const entered = await clerk.call(op.enterBill, {
    ...paper,
    lines,
    source: 'read',
    read: { total: { value: '2 309,50', confidence: 0.93 } },
  });
  const { id } = entered;
  expect(entered).toMatchObject({
    source: 'read',
    read: { total: { confidence: 0.93 } },
    dueOn: '2026-11-10',
  });
  await expect(clerk.call(op.enterBill, { ...paper, lines })).rejects.toMatchObject({
    code: 'supplier_bill_known',
    status: 409,
  });
  const draft = await clerk.call(op.changeBill, { ...paper, lines, id, version: 1, note: 'vu' });
  const png = Buffer.from('\u0089PNG\r\n\u001a\n0000', 'latin1').toString('base64');
  const [file] = (await clerk.call(op.addBillFile, { id, name: 'Facture d’août.png', file: png })).files;
  const shown = await clerk.fetch(clerk.urlOf(op.readBillFile, { id, fileId: file?.id ?? '' }));
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);

  const approve = { id, version: draft.version };
  await expect(clerk.call(op.approveBill, approve)).rejects.toMatchObject({ code: 'approval_needed' });
  // The QST number is not on file yet.
  await expect(manager.call(op.approveBill, approve)).rejects.toMatchObject({ code: 'supplier_tax_number' });
  const { owedCents: _, ...known } = supplier;
  const numbered = { ...known, qstNumber: '1234567890 TQ0001' };
  await clerk.call(op.changeSupplier, numbered);
  expect((await manager.call(op.approveBill, approve)).approved?.bookedOn).toBe('2026-10-20');
  expect((await clerk.call(op.readSupplier, { id: supplier.id })).owedCents).toBe(230_950n);
  expect((await clerk.call(op.listSuppliers, { search: 'RICHELIEU' })).rows).toHaveLength(1);
  await clerk.call(op.addSupplier, { name: `Électricité ${'é'.repeat(108)}` });
  const first = await clerk.call(op.listSuppliers, { limit: 1 });
  const second = await clerk.call(op.listSuppliers, { limit: 1, after: first.next ?? '' });
  expect([...first.rows, ...second.rows].map(({ name }) => name.slice(0, 11))).toEqual([
    'Électricité',
    'Hydro du Ha',
  ]);
  expect((await clerk.call(op.listBills, { search: 'h2026' })).rows).toMatchObject([
    { id, state: 'approved' },
  ]);
  expect((await clerk.call(op.listBills, { state: 'draft' })).rows).toEqual([]);
  expect((await clerk.call(op.readPayables, {})).ledgerCents).toBe(230_950n);

  const asked = { report: 'taxes' as const, by: 'month' as const, from: '2026-10-01', to: '2026-11-30' };
  await clerk.call(billingOperations.issueInvoice, {
    customerId: await newCustomer(hub),
    reason: 'test',
    lines: [
      {
        descriptionFr: 'Travaux',
        unitPriceCents: 10_000,
        taxTreatment: 'taxable',
        revenueAccount: '4060',
        quantity: 1,
      },
    ],
  });
  const rowsOf = async () => {
    const { rows, ledger, totals } = await manager.call(reportsOperations.readReport, asked);
    for (const { label, reportCents, ledgerCents } of ledger)
      expect([label.en, reportCents]).toEqual([label.en, ledgerCents]);
    return { shown: Object.fromEntries(rows.map(({ key, amounts }) => [key, amounts])), totals, ledger };
  };
  const before = await rowsOf();
  expect(before.shown).toMatchObject({
    'GST 2026-10': { base: 0n, collected: 0n, paid: -10_000n, net: -10_000n },
    'GST 2026-11': { base: 10_000n, collected: 500n, paid: 0n, net: 500n },
    'QST 2026-10': { paid: -19_950n, net: -19_950n },
    'QST 2026-11': { collected: 998n, net: 998n },
  });
  expect(before.totals.amounts['net']).toBe(1_498n - 29_950n);
  expect(before.ledger.map(({ label }) => label.fr)).toEqual([
    'CTI à recevoir (1350)',
    'TPS à remettre (2100 et 1350)',
    'RTI à recevoir (1355)',
    'TVQ à remettre (2110 et 1355)',
  ]);
  const figure = { ...asked, row: 'QST 2026-10', column: 'paid' };
  expect((await manager.call(reportsOperations.listReportDocuments, figure)).rows).toMatchObject([
    {
      kind: 'supplier_bill',
      id,
      on: '2026-10-20',
      cents: -19_950n,
      text: { fr: 'TVQ – Hydro du Haut-Richelieu' },
    },
  ]);

  const payment = {
    supplierId: supplier.id,
    billIds: [id],
    paidOn: '2026-11-02',
    method: 'transfer' as const,
  };
  await expect(csr.call(op.payBills, payment)).rejects.toMatchObject({ code: 'forbidden' });
  const paid = await clerk.call(op.payBills, payment);
  expect((await clerk.call(op.readBill, { id })).payment).toMatchObject({
    id: paid.id,
    amountCents: 230_950n,
  });
  await clerk.call(op.reverseSupplierPayment, { id: paid.id, reason: 'virement retourné' });
  await manager.call(op.reverseBill, { id, reason: 'mauvais mois' });
  // October may be filed: what is taken back is taken back in November.
  expect((await rowsOf()).shown).toMatchObject({
    'GST 2026-10': { paid: -10_000n },
    'GST 2026-11': { paid: 10_000n, net: 10_500n },
  });
  expect(await verifyPurchases(hub)).toEqual([]);
});
