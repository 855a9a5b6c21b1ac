import { ROLES } from '@gigafibre/contract';
import { formatCents } from '@gigafibre/money';
import {
  ADMIN,
  activeService,
  newCustomer,
  newLocation,
  newSubscription,
  stockCatalog,
  testHub,
  type TestHub,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { rehearse } from '../../platform/transact.ts';
import { addCharge, openChargesOf } from '../charges/index.ts';
import { balanceOf, verifyLedger } from '../ledger/index.ts';
import { activateSubscription } from '../subscriptions/index.ts';
import { previewFirstBill } from './bill-activation.ts';
import type { LineDraft } from './draft-invoice.ts';
import {
  accountBalance,
  billActivation,
  issueInvoice,
  openInvoicesOf,
  settleInvoices,
  verifyBilling,
} from './index.ts';
import { invoiceDocument } from './invoice-document.ts';
import { issueManualInvoice, previewManualInvoice, type ManualInvoice } from './manual-invoice.ts';
import { listInvoices, readInvoice, readInvoiceOf, shownPreview } from './read-invoices.ts';

const company = async (start?: Date): Promise<TestHub> => {
  const hub = await testHub(start ? { start } : {});
  await stockCatalog(hub);
  return hub;
};

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

const issue = (hub: TestHub, customerId: string, lines: readonly LineDraft[], on = '2026-11-02') =>
  hub.act((tx) => issueInvoice(tx, { customerId, lines, on, reason: 'test' }));

const installation = (hub: TestHub, customerId: string, over: object = {}) =>
  hub.act((tx) =>
    addCharge(tx, {
      customerId,
      locationId: null,
      sku: 'INSTALLATION',
      description: { fr: 'Installation', en: 'Installation' },
      amountCents: 10_000n,
      taxTreatment: 'taxable',
      revenueAccount: '4060',
      source: 'test',
      ...over,
    }),
  );

const previewed = (hub: TestHub, input: ManualInvoice, by = ADMIN) =>
  rehearse(hub.env.ground, { by }, (tx) => previewManualInvoice(tx, input));

const booksAreRight = async (hub: TestHub) => {
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
};

test('a service that starts is billed at once: part of the month, what waited, taxes, entry, number', async () => {
  const hub = await company(new Date('2026-11-12T15:00:00Z'));
  const customerId = await newCustomer(hub);
  await installation(hub, customerId);
  const locationId = await newLocation(hub, customerId);
  const subscriptionId = await newSubscription(hub, { customerId, locationId, skus: ['ROUTEUR'] });
  const preview = shownPreview(await previewFirstBill(hub, { id: subscriptionId }));
  await hub.act((tx) => activateSubscription(tx, hub.env, { id: subscriptionId, equipmentId: null }));
  const invoice = await hub.act((tx) => billActivation(tx, { subscriptionId }));
  // 5.00 × 19/30 = 3.17; with 100.00: GST 5.16, QST 10.29.
  expect(invoice).toMatchObject({
    id: 'INV-00001',
    status: 'issued',
    issuedOn: '2026-11-12',
    dueOn: '2026-12-02',
    lines: [
      {
        descriptionFr: 'Location du routeur',
        amountCents: 317n,
        period: { from: '2026-11-12', to: '2026-11-30' },
      },
      { descriptionFr: 'Installation', amountCents: 10_000n, period: null },
    ],
    taxes: [
      { tax: 'GST', ratePercent: '5', baseCents: 10_317n, taxCents: 516n },
      { tax: 'QST', ratePercent: '9.975', baseCents: 10_317n, taxCents: 1_029n },
    ],
    totalCents: 11_862n,
    amountDueCents: 11_862n,
  });
  expect(preview).toEqual({
    lines: invoice?.lines,
    subtotalCents: invoice?.subtotalCents,
    taxes: invoice?.taxes,
    totalCents: invoice?.totalCents,
  });
  expect(await openChargesOf(hub, customerId)).toEqual([]);
  expect(await balanceOf(hub, customerId)).toBe(11_862n);
  const { rows } = await hub.pool.query(
    `select account, debit_cents - credit_cents as cents from ledger.postings order by account`,
  );
  expect(rows).toEqual([
    { account: '1100', cents: 11_862n },
    { account: '2100', cents: -516n },
    { account: '2110', cents: -1_029n },
    { account: '2200', cents: -317n },
    { account: '4060', cents: -10_000n },
  ]);
  await booksAreRight(hub);
});

test('activation is followed by one first bill, however often it is told', async () => {
  const hub = await company();
  const { subscriptionId, customerId } = await activeService(hub);
  await hub.drain();
  expect(await hub.act((tx) => billActivation(tx, { subscriptionId }))).toBeNull();
  const { rows } = await listInvoices(hub, { customerId, show: 'all', limit: 9 });
  // (79.95 + 5.00) × 29/30, each rounded: 77.29 + 4.83 = 82.12; GST 4.11, QST 8.19.
  expect(rows.map(({ id, totalCents }) => [id, totalCents])).toEqual([['INV-00001', 9_442n]]);
});

test('a credit that would make the first bill negative waits for the next', async () => {
  const hub = await company();
  const customerId = await newCustomer(hub);
  await installation(hub, customerId, { amountCents: -50_000n });
  await installation(hub, customerId);
  const locationId = await newLocation(hub, customerId);
  const subscriptionId = await newSubscription(hub, { customerId, locationId, skus: ['ROUTEUR'] });
  await hub.act((tx) => activateSubscription(tx, hub.env, { id: subscriptionId, equipmentId: null }));
  const invoice = await hub.act((tx) => billActivation(tx, { subscriptionId }));
  expect(invoice?.lines.map(({ amountCents }) => amountCents)).toEqual([483n, 10_000n]);
  expect((await openChargesOf(hub, customerId)).map(({ amountCents }) => amountCents)).toEqual([-50_000n]);
});

test('69.95 is taxed by the province of the service address', async () => {
  const hub = await company();
  const customerId = await newCustomer(hub);
  for (const [postalCode, taxes, total] of [
    ['J0L 2L0', ['GST 350', 'QST 698'], 8_043n],
    ['K1A 0B1', ['HST 909'], 7_904n],
    ['B3H 1A1', ['HST 979'], 7_974n],
    ['E1A 1A1', ['HST 1049'], 8_044n],
    ['T2P 1J9', ['GST 350'], 7_345n],
  ] as const) {
    const locationId = await newLocation(hub, customerId, postalCode);
    const invoice = await issue(hub, customerId, [line(6_995n, { locationId })]);
    const shown = invoice.taxes.map(({ tax, taxCents }) => `${tax} ${taxCents}`);
    expect([shown, invoice.totalCents], postalCode).toEqual([taxes, total]);
  }
});

test('the tax vectors hold on issued invoices', async () => {
  const hub = await company();
  const customerId = await newCustomer(hub);
  for (const [base, gst, qst, total] of [
    [3n, 0n, 0n, 3n],
    [10n, 1n, 1n, 12n],
    [1_010n, 51n, 101n, 1_162n],
    [2_070n, 104n, 206n, 2_380n],
    [5_000n, 250n, 499n, 5_749n],
    [5_995n, 300n, 598n, 6_893n],
    [6_000n, 300n, 599n, 6_899n],
    [6_495n, 325n, 648n, 7_468n],
    [6_995n, 350n, 698n, 8_043n],
    [7_995n, 400n, 798n, 9_193n],
    [8_995n, 450n, 897n, 10_342n],
    [10_000n, 500n, 998n, 11_498n],
    [11_995n, 600n, 1_197n, 13_792n],
    [14_000n, 700n, 1_397n, 16_097n],
    [49_999n, 2_500n, 4_987n, 57_486n],
    [100_000n, 5_000n, 9_975n, 114_975n],
  ] as const) {
    const invoice = await issue(hub, customerId, [line(base)]);
    expect([...invoice.taxes.map(({ taxCents }) => taxCents), invoice.totalCents]).toEqual([gst, qst, total]);
  }
});

test('taxes are computed on the sum of the lines, not line by line', async () => {
  const hub = await company();
  const customerId = await newCustomer(hub);
  const invoice = await issue(
    hub,
    customerId,
    Array.from({ length: 10 }, () => line(495n)),
  );
  expect(invoice.taxes.map(({ taxCents }) => taxCents)).toEqual([248n, 494n]);
});

test('sites in two provinces on one invoice bear the taxes of both', async () => {
  const hub = await company();
  const customerId = await newCustomer(hub);
  const [here, there] = [await newLocation(hub, customerId), await newLocation(hub, customerId, 'K1A 0B1')];
  const invoice = await issue(hub, customerId, [
    line(6_995n, { locationId: here }),
    line(6_995n, { locationId: there }),
  ]);
  expect(invoice.taxes.map(({ tax, taxCents }) => [tax, taxCents])).toEqual([
    ['GST', 350n],
    ['QST', 698n],
    ['HST', 909n],
  ]);
  await booksAreRight(hub);
});

test('an indemnity contains its taxes, and its invoice still adds up on paper', async () => {
  const hub = await company();
  const customerId = await newCustomer(hub);
  const indemnity = line(5_000n, { taxTreatment: 'termination', revenueAccount: '4090' });
  const invoice = await issue(hub, customerId, [indemnity]);
  expect([invoice.taxes.map(({ taxCents }) => taxCents), invoice.totalCents]).toEqual([[238n, 454n], 5_000n]);
  await expect(invoiceDocument(hub, hub.env, { id: invoice.id })).resolves.toMatchObject({
    type: 'application/pdf',
  });
});

test('twenty invoices issued at once bear twenty numbers in a row, and a refused one takes none', async () => {
  const hub = await company();
  const customers = await Promise.all(Array.from({ length: 20 }, () => newCustomer(hub)));
  const issuing = customers.flatMap((customerId, index) => [
    issue(hub, customerId, [line(BigInt(1_000 + index))]),
    // Fails after its number was taken: the number comes back.
    hub.act(async (tx) => {
      await issueInvoice(tx, { customerId, lines: [line(100n)], on: '2026-11-02', reason: 'test' });
      throw new Error('changed my mind');
    }),
  ]);
  const results = await Promise.allSettled(issuing);
  const numbers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.id] : []));
  const expected = Array.from({ length: 20 }, (_, index) => `INV-${String(index + 1).padStart(5, '0')}`);
  expect(numbers.toSorted()).toEqual(expected);
  await booksAreRight(hub);
});

test('an issued invoice cannot be changed, not even by its own program', async () => {
  const hub = await company();
  const customerId = await newCustomer(hub);
  await issue(hub, customerId, [line(1_000n)]);
  for (const [statement, why] of [
    ['update billing.invoices set total_cents = 0, subtotal_cents = 0, tax_cents = 0', 'cannot be changed'],
    ['update billing.invoices set settled_cents = 5', 'follows from its settlements'],
    ['delete from billing.invoice_lines', 'append-only'],
    ['update billing.invoice_taxes set tax_cents = 0', 'append-only'],
    ['delete from billing.invoices', 'cannot be changed'],
  ] as const)
    await expect(hub.pool.query(statement), statement).rejects.toThrow(why);
});

test('an invoice whose lines do not make its total does not commit', async () => {
  const hub = await company();
  const customerId = await newCustomer(hub);
  const wrong = hub.act(async (tx) => {
    const { id } = await issueInvoice(tx, {
      customerId,
      lines: [line(1_000n)],
      on: '2026-11-02',
      reason: 't',
    });
    await tx.db
      .insertInto('billing.invoice_taxes')
      .values({
        invoice_id: id,
        line: 9,
        tax: 'GST',
        province: 'QC',
        rate_num: 1,
        rate_den: 2,
        base_cents: 1,
        tax_cents: 1,
      })
      .execute();
  });
  await expect(wrong).rejects.toThrow('does not add up');
});

test('nothing to bill and less than nothing are refused, and no number is taken', async () => {
  const hub = await company();
  const customerId = await newCustomer(hub);
  await expect(issue(hub, customerId, [])).rejects.toThrow('nothing_to_bill');
  await expect(issue(hub, customerId, [line(-100n)])).rejects.toThrow('invoice_below_zero');
  expect((await issue(hub, customerId, [line(100n)])).id).toBe('INV-00001');
});

test('an invoice of nothing is paid when it is issued', async () => {
  const hub = await company();
  const customerId = await newCustomer(hub);
  const free = await issue(hub, customerId, [line(1_000n), line(-1_000n)]);
  expect([free.status, free.totalCents]).toEqual(['paid', 0n]);
  await booksAreRight(hub);
});

test('money settles the invoice due first, then the next; each status follows from what was settled', async () => {
  const hub = await company();
  const customerId = await newCustomer(hub);
  const first = await issue(hub, customerId, [line(10_000n)]);
  const second = await issue(hub, customerId, [line(10_000n)], '2026-11-03');
  const settle = (amountCents: bigint, invoiceId?: string) =>
    hub.act((tx) =>
      settleInvoices(tx, {
        customerId,
        source: { kind: 'payment', id: `PAY-${amountCents}` },
        amountCents,
        on: '2026-11-04',
        ...(invoiceId ? { invoiceId } : {}),
      }),
    );
  expect(await settle(12_000n)).toMatchObject({
    leftCents: 0n,
    settled: [{ amountCents: 11_498n }, { amountCents: 502n }],
  });
  expect((await readInvoice(hub, first.id)).status).toBe('paid');
  expect(await readInvoice(hub, second.id)).toMatchObject({
    status: 'partly_paid',
    outstandingCents: 10_996n,
  });
  expect(await settle(500n, first.id)).toEqual({ settled: [], leftCents: 500n });
  expect(await settle(20_000n, second.id)).toMatchObject({ leftCents: 9_004n });
  expect(await openInvoicesOf(hub, customerId)).toEqual([]);
  const stranger = await newCustomer(hub);
  const theirs = await issue(hub, stranger, [line(10_000n)]);
  expect(await settle(700n, theirs.id)).toEqual({ settled: [], leftCents: 700n });
});

test('an invoice is overdue the day after its due date, and late money is counted', async () => {
  const hub = await company();
  const customerId = await newCustomer(hub);
  await issue(hub, customerId, [line(10_000n)]);
  await hub.moveTo(new Date('2026-11-23T03:00:00Z')); // 22 November, 22:00 in Montréal: the due date
  expect(await accountBalance(hub, customerId)).toMatchObject({
    overdueCents: 0n,
    nextDueOn: '2026-11-22',
    openInvoices: 1,
  });
  await hub.moveTo(new Date('2026-11-23T06:00:00Z'));
  expect(await accountBalance(hub, customerId)).toMatchObject({ overdueCents: 11_498n, nextDueOn: null });
  expect((await listInvoices(hub, { show: 'overdue', limit: 5 })).rows).toMatchObject([
    { overdue: true, status: 'issued' },
  ]);
});

test('the account before the invoice is printed: what was owed, what came in since, what is due', async () => {
  const hub = await company();
  const customerId = await newCustomer(hub);
  await issue(hub, customerId, [line(10_000n)]);
  const second = await issue(hub, customerId, [line(5_000n)]);
  expect([second.previousBalanceCents, second.amountDueCents]).toEqual([11_498n, 17_247n]);
});

test('the PDF is the same bytes each time, and speaks the customer’s language unless another is asked', async () => {
  const hub = await company();
  const { customerId } = await activeService(hub, { language: 'en' });
  await hub.drain();
  const [{ id = '' } = {}] = await openInvoicesOf(hub, customerId);
  const first = await invoiceDocument(hub, hub.env, { id });
  await hub.passDays(800);
  await hub.pool.query(`update customers.customers set name = 'Autre nom', language = 'fr'`);
  const later = await invoiceDocument(hub, hub.env, { id });
  expect(Buffer.from(later.bytes).equals(Buffer.from(first.bytes))).toBe(true);
  expect(Buffer.from(first.bytes).toString('latin1')).toContain('/Lang (en');
  const french = await invoiceDocument(hub, hub.env, { id, language: 'fr' });
  expect(Buffer.from(french.bytes).toString('latin1')).toContain('/Lang (fr');
  expect(first.name).toBe(`${id}.pdf`);
});

test('an invoice by hand takes the catalog’s words, price and taxes, or all of its own', async () => {
  const hub = await company();
  const customerId = await newCustomer(hub);
  await installation(hub, customerId);
  const own = {
    descriptionFr: 'Photocopies',
    unitPriceCents: 150n,
    taxTreatment: 'outside',
    revenueAccount: '4900',
  } as const;
  const input = {
    customerId,
    locationId: null,
    lines: [
      { sku: 'VISITE', quantity: 2 },
      { ...own, quantity: 1 },
    ],
    withOpenCharges: true,
    reason: 'visite du 2 novembre',
  };
  const preview = await previewed(hub, input);
  const invoice = await hub.act((tx) => issueManualInvoice(tx, input));
  // 139.90 + 100.00 taxable, 1.50 outside: GST 12.00, QST 23.93.
  expect(invoice.totalCents).toBe(23_990n + 150n + 1_200n + 2_393n);
  expect(preview.totalCents).toBe(invoice.totalCents);
  expect(invoice.lines.map(({ descriptionFr }) => descriptionFr)).toEqual([
    'Visite de soutien',
    'Photocopies',
    'Installation',
  ]);
  const incomplete = { ...input, lines: [{ quantity: 1, descriptionFr: 'Rien' }] };
  await expect(previewed(hub, incomplete)).rejects.toThrow('line_incomplete');
  const asset = { ...input, lines: [{ ...own, quantity: 1, revenueAccount: '1010' }] };
  await expect(previewed(hub, asset)).rejects.toThrow('line_incomplete');
  const nothing = { ...input, lines: [], withOpenCharges: true };
  await expect(previewed(hub, nothing)).rejects.toThrow('nothing_to_bill');
  // A preview foresees every refusal of the act, and leaves nothing behind: no number, no entry.
  const clerk = { ...ADMIN, capabilities: new Set(ROLES.billing) };
  const given = { ...input, lines: [{ ...own, quantity: 1, unitPriceCents: -10_001n }] };
  await expect(previewed(hub, given)).rejects.toThrow('invoice_below_zero');
  const taxed = {
    ...given,
    lines: [{ ...own, quantity: 1, taxTreatment: 'taxable' as const, unitPriceCents: -10_001n }],
  };
  await expect(previewed(hub, taxed, clerk)).rejects.toThrow('approval_needed');
  // Other taxes than the item's, and what the law bounds.
  for (const lines of [
    [{ ...own, quantity: 1 }],
    [{ sku: 'VISITE', quantity: 1, taxTreatment: 'outside' as const }],
  ])
    await expect(previewed(hub, { ...input, lines }, clerk)).rejects.toThrow('treatment_needs_approval');
  for (const revenueAccount of ['4090', '4100'])
    await expect(
      hub.act((tx) => issueManualInvoice(tx, { ...input, lines: [{ ...own, quantity: 1, revenueAccount }] })),
    ).rejects.toThrow('account_not_by_hand');
  expect((await hub.act((tx) => issueManualInvoice(tx, { ...input, withOpenCharges: false }))).id).toBe(
    'INV-00002',
  );
  await booksAreRight(hub);
});

test('invoices are listed newest first, found by number or name, a page at a time', async () => {
  const hub = await company();
  const [one, other] = [
    await newCustomer(hub, { name: 'Hélène Roy' }),
    await newCustomer(hub, { name: 'Karl' }),
  ];
  for (const customerId of [one, other, one]) await issue(hub, customerId, [line(1_000n)]);
  const first = await listInvoices(hub, { show: 'all', limit: 2 });
  const rest = await listInvoices(hub, { show: 'all', limit: 2, after: first.next ?? '' });
  expect([...first.rows, ...rest.rows].map(({ id }) => id)).toEqual(['INV-00003', 'INV-00002', 'INV-00001']);
  const found = async (search: string) =>
    (await listInvoices(hub, { show: 'all', limit: 9, search })).rows.map(({ id }) => id);
  expect(await found('2')).toEqual(['INV-00002']);
  expect(await found('inv-00003')).toEqual(['INV-00003']);
  expect(await found('helene')).toEqual(['INV-00003', 'INV-00001']);
  expect(await found('%')).toEqual([]);
  expect((await listInvoices(hub, { show: 'paid', limit: 9 })).rows).toEqual([]);
});

test('somebody else’s invoice does not exist', async () => {
  const hub = await company();
  const [one, other] = [await newCustomer(hub), await newCustomer(hub)];
  const { id } = await issue(hub, one, [line(1_000n)]);
  await expect(readInvoiceOf(hub, { id, customerId: other })).rejects.toThrow(`not_found: Not found: ${id}`);
  expect((await readInvoiceOf(hub, { id, customerId: one })).id).toBe(id);
  expect(formatCents(await balanceOf(hub, one), 'fr-CA')).toBe('11,50\u00a0$');
});
