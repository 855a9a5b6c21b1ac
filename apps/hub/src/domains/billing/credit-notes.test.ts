import { ROLES } from '@gigafibre/contract';
import { ADMIN, newCustomer, newLocation, testHub, type TestHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { rehearse } from '../../platform/transact.ts';
import { accountOf, balanceOf, verifyLedger } from '../ledger/index.ts';
import { receivePayment } from '../payments/index.ts';
import { applyNoteCredits, issueInvoice, readInvoice, takeNoteCredits, verifyBilling } from './index.ts';
import { creditNoteDocument } from './credit-note-document.ts';
import type { LineDraft } from './draft-invoice.ts';
import { issueCreditNote, previewCreditNote, type Crediting } from './issue-credit-note.ts';
import { readCreditable } from './creditable.ts';
import { listCreditNotes, readCreditNote, readCreditNoteOf } from './read-credit-notes.ts';
import { writeOffInvoice } from './write-off.ts';

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
/** December, billed on 2 November: it waits in deferred revenue. */
const ahead: Partial<LineDraft> = {
  kind: 'recurring',
  description: { fr: 'Fibre 500', en: 'Fibre 500' },
  period: { from: '2026-12-01', to: '2026-12-31' },
  revenueAccount: '4010',
};

const issue = (hub: TestHub, customerId: string, lines: readonly LineDraft[]) =>
  hub.act((tx) => issueInvoice(tx, { customerId, lines, on: '2026-11-02', reason: 'test' }));
const credit = (hub: TestHub, invoiceId: string, chosen: Crediting['chosen'] = 'all', by = ADMIN) =>
  hub.act((tx) => issueCreditNote(tx, { invoiceId, chosen, reason: 'panne' }), by);
const pay = (hub: TestHub, customerId: string, amountCents: bigint) =>
  hub.act((tx) => receivePayment(tx, { customerId, method: 'card', amountCents, receivedOn: '2026-11-03' }));

const booksAreRight = async (hub: TestHub) => {
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
};

test('a void takes back everything: taxes, deferred revenue, what was owed; the invoice says credited', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const invoice = await issue(hub, customerId, [line(6_995n, ahead)]);
  const note = await credit(hub, invoice.id);
  expect(note).toMatchObject({
    id: 'CN-00001',
    kind: 'full',
    subtotalCents: 6_995n,
    taxes: [
      { tax: 'GST', ratePercent: '5', baseCents: 6_995n, taxCents: 350n },
      { tax: 'QST', taxCents: 698n },
    ],
    totalCents: 8_043n,
    appliedCents: 8_043n,
    creditCents: 0n,
    settled: [{ invoiceId: invoice.id, amountCents: 8_043n }],
  });
  expect(await readInvoice(hub, invoice.id)).toMatchObject({
    status: 'credited',
    outstandingCents: 0n,
    creditedCents: 8_043n,
  });
  const { rows } = await hub.pool.query(
    `select account, sum(debit_cents - credit_cents)::bigint as cents from ledger.postings group by 1 having sum(debit_cents - credit_cents) <> 0`,
  );
  expect(rows).toEqual([]);
  await expect(credit(hub, invoice.id)).rejects.toThrow('invoice_credited');
  await booksAreRight(hub);
});

test('a credit of some lines lowers the invoice; each line and the next credit know what is left', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const three = { quantity: 3, unitPriceCents: 1_000n };
  const invoice = await issue(hub, customerId, [line(6_995n, ahead), line(3_000n, three)]);
  const chosen = [
    { line: 1, amountCents: 2_500n },
    { line: 2, quantity: 2 },
  ];
  const asked = { invoiceId: invoice.id, chosen };
  const preview = await rehearse(hub.env.ground, { by: hub.by }, (tx) => previewCreditNote(tx, asked));
  const note = await credit(hub, invoice.id, chosen);
  // 25.00 + 20.00: GST 2.25, QST 4.49.
  expect([preview.totalCents, note.totalCents, note.kind]).toEqual([5_174n, 5_174n, 'partial']);
  expect(note.lines).toEqual(preview.lines);
  expect(note.taxes).toEqual(preview.taxes);
  expect(await readInvoice(hub, invoice.id)).toMatchObject({ status: 'partly_paid', creditedCents: 5_174n });
  const left = await readCreditable(hub, invoice.id);
  expect(left.lines.map(({ leftCents }) => leftCents)).toEqual([4_495n, 1_000n]);
  await expect(credit(hub, invoice.id, [{ line: 2, quantity: 2 }])).rejects.toThrow('credit_above_left');
  const rest = await credit(hub, invoice.id);
  expect([rest.kind, rest.totalCents + note.totalCents]).toEqual(['full', invoice.totalCents]);
  await booksAreRight(hub);
});

test('of an invoice that was paid the credit is the customer’s, and pays what is open and what comes', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const paid = await issue(hub, customerId, [line(10_000n)]);
  await pay(hub, customerId, 11_498n);
  const note = await credit(hub, paid.id, [{ line: 1, amountCents: 5_000n }]);
  expect(note).toMatchObject({ totalCents: 5_749n, appliedCents: 0n, creditCents: 5_749n });
  expect(await accountOf(hub, customerId)).toEqual({
    receivableCents: 0n,
    creditCents: 5_749n,
    balanceCents: -5_749n,
  });
  expect((await readInvoice(hub, paid.id)).status).toBe('paid');
  const next = await issue(hub, customerId, [line(2_000n)]);
  await hub.act((tx) => applyNoteCredits(tx, { customerId }));
  expect((await readInvoice(hub, next.id)).status).toBe('paid');
  expect(await readCreditNote(hub, note.id)).toMatchObject({
    creditCents: 3_449n,
    settled: [{ invoiceId: next.id, amountCents: 2_300n }],
  });
  const rest = await credit(hub, paid.id);
  expect((await readInvoice(hub, paid.id)).status).toBe('credited');
  expect(rest.creditCents).toBe(5_749n);
  await booksAreRight(hub);
});

test('a credit of a half-paid invoice settles it first, and puts the rest against what else is open', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const first = await issue(hub, customerId, [line(10_000n)]);
  await pay(hub, customerId, 6_498n);
  const second = await issue(hub, customerId, [line(3_000n)]);
  const note = await credit(hub, first.id);
  expect(note).toMatchObject({ totalCents: 11_498n, appliedCents: 5_000n, creditCents: 3_049n });
  expect(note.settled).toMatchObject([
    { invoiceId: first.id, amountCents: 5_000n },
    { invoiceId: second.id, amountCents: 3_449n },
  ]);
  expect(await balanceOf(hub, customerId)).toBe(-3_049n);
  await booksAreRight(hub);
});

test('a credit that is left is put against the next invoice by itself', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const paid = await issue(hub, customerId, [line(10_000n)]);
  await pay(hub, customerId, 11_498n);
  await credit(hub, paid.id);
  const next = await issue(hub, customerId, [line(20_000n)]);
  expect(next.amountDueCents).toBe(22_995n - 11_498n);
  await hub.drain();
  expect(await readInvoice(hub, next.id)).toMatchObject({ status: 'partly_paid', settledCents: 11_498n });
  await booksAreRight(hub);
});

test('the customer gets the credit note, with its PDF', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const invoice = await issue(hub, customerId, [line(1_000n)]);
  await credit(hub, invoice.id);
  await hub.drain();
  const { rows } = await hub.pool.query<{ subject: string; attachments: unknown }>(
    `select subject, attachments from messages.messages where template = 'credit_note_issued'`,
  );
  expect(rows).toMatchObject([
    {
      subject: 'Votre note de crédit CN-00001 : 11,50\u00a0$',
      attachments: [{ name: 'Note de crédit CN-00001.pdf', path: '/api/credit-notes/CN-00001/pdf' }],
    },
  ]);
});

test('credit that is paid back leaves the notes, oldest first, and no more than they hold', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const paid = await issue(hub, customerId, [line(10_000n)]);
  await pay(hub, customerId, 11_498n);
  await credit(hub, paid.id, [{ line: 1, amountCents: 1_000n }]);
  await credit(hub, paid.id, [{ line: 1, amountCents: 1_000n }]);
  const document = { kind: 'refund', id: 'REF-10001' } as const;
  const take = (amountCents: bigint) =>
    hub.act((tx) => takeNoteCredits(tx, { customerId, document, amountCents }));
  expect(await take(1_500n)).toEqual({ takenCents: 1_500n });
  const { rows } = await listCreditNotes(hub, { customerId, limit: 9 });
  expect(rows.map(({ creditCents }) => creditCents)).toEqual([800n, 0n]);
  expect(await take(5_000n)).toEqual({ takenCents: 800n });
  expect(await verifyBilling(hub)).toEqual([]);
});

test('an HST invoice, sites in two provinces and an indemnity are taken back as they were taxed', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const [here, there] = [await newLocation(hub, customerId), await newLocation(hub, customerId, 'K1A 0B1')];
  const invoice = await issue(hub, customerId, [
    line(6_995n, { locationId: here }),
    line(6_995n, { locationId: there }),
    line(5_000n, { locationId: here, taxTreatment: 'termination', revenueAccount: '4090' }),
  ]);
  const ontario = await credit(hub, invoice.id, [{ line: 2 }]);
  expect(ontario.taxes).toMatchObject([{ tax: 'HST', ratePercent: '13', taxCents: 909n }]);
  const indemnity = await credit(hub, invoice.id, [{ line: 3, amountCents: 2_500n }]);
  expect([indemnity.totalCents, indemnity.taxes.map(({ taxCents }) => taxCents)]).toEqual([
    2_500n,
    [119n, 227n],
  ]);
  const rest = await credit(hub, invoice.id);
  expect(ontario.totalCents + indemnity.totalCents + rest.totalCents).toBe(invoice.totalCents);
  await booksAreRight(hub);
});

test('numbers of notes follow each other without gap, whoever asks at once and whoever gives up', async () => {
  const hub = await testHub();
  const customers = await Promise.all(Array.from({ length: 12 }, () => newCustomer(hub)));
  const issued = await Promise.all(customers.map((customerId) => issue(hub, customerId, [line(1_000n)])));
  const results = await Promise.allSettled(
    issued.flatMap(({ id }) => [
      credit(hub, id),
      hub.act(async (tx) => {
        await issueCreditNote(tx, { invoiceId: id, chosen: [{ line: 1, amountCents: 1n }], reason: 'x' });
        throw new Error('changed my mind');
      }),
    ]),
  );
  const numbers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.id] : []));
  expect(numbers.toSorted()).toEqual(
    Array.from({ length: 12 }, (_, index) => `CN-${String(index + 1).padStart(5, '0')}`),
  );
  await booksAreRight(hub);
});

test('of ten who void the same invoice at once, one does', async () => {
  const hub = await testHub();
  const { id } = await issue(hub, await newCustomer(hub), [line(1_000n)]);
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => credit(hub, id)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await listCreditNotes(hub, { invoiceId: id, limit: 20 })).rows).toHaveLength(1);
  await booksAreRight(hub);
});

test('an issued note cannot be changed, and none takes back more than its invoice, not even by its own program', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const { id } = await issue(hub, customerId, [line(1_000n)]);
  await credit(hub, id, [{ line: 1, amountCents: 900n }]);
  for (const [statement, why] of [
    [
      'update billing.credit_notes set total_cents = 1, subtotal_cents = 1, tax_cents = 0',
      'cannot be changed',
    ],
    ['delete from billing.credit_notes', 'cannot be changed'],
    ['delete from billing.credit_note_lines', 'append-only'],
    ['update billing.credit_note_taxes set tax_cents = 0', 'append-only'],
    ['update billing.invoices set credited_cents = 0', 'follows from its settlements'],
    [
      `with note as (insert into billing.credit_notes select 'CN-00002', 2, invoice_id, customer_id, kind, reason,
         issued_on, issued_at, issued_by, 101, 0, 101, 101, 0, language, bill_to, service_address, company
         from billing.credit_notes returning id, invoice_id)
       insert into billing.credit_note_lines select id, 1, invoice_id, 1, null, 101, 101 from note`,
      'takes back more',
    ],
  ] as const)
    await expect(hub.pool.query(statement), statement).rejects.toThrow(why);
});

test('above the limit a credit waits for somebody who may approve, and is refused in words', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const clerk = { ...ADMIN, capabilities: new Set(ROLES.billing) };
  const { id } = await issue(hub, customerId, [line(20_000n)]);
  await expect(credit(hub, id, 'all', clerk)).rejects.toThrow('approval_needed: Above $100.00');
  expect((await credit(hub, id, [{ line: 1, amountCents: 5_000n }], clerk)).totalCents).toBe(5_749n);
  expect((await credit(hub, id)).kind).toBe('full');
});

test('an invoice that was given up, that is unknown or of nothing is not credited', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const { id } = await issue(hub, customerId, [line(1_000n)]);
  await hub.act((tx) => writeOffInvoice(tx, { id, reason: 'introuvable' }));
  await expect(credit(hub, id)).rejects.toThrow('invoice_written_off');
  await expect(credit(hub, 'INV-99999')).rejects.toThrow('not_found');
  const free = await issue(hub, customerId, [line(1_000n), line(-1_000n)]);
  await expect(credit(hub, free.id)).rejects.toThrow('nothing_to_credit');
});

test('the PDF of a note is the same bytes years later, in either language; nobody reads another’s', async () => {
  const hub = await testHub();
  const [customerId, stranger] = [await newCustomer(hub, { language: 'en' }), await newCustomer(hub)];
  const invoice = await issue(hub, customerId, [line(6_995n, ahead)]);
  const { id } = await credit(hub, invoice.id);
  const first = await creditNoteDocument(hub, { id });
  await hub.passDays(1_000);
  await hub.pool.query(`update customers.customers set name = 'Autre', language = 'fr'`);
  const later = await creditNoteDocument(hub, { id });
  expect(Buffer.from(later.bytes).equals(Buffer.from(first.bytes))).toBe(true);
  expect(Buffer.from(first.bytes).toString('latin1')).toContain('/Lang (en');
  expect(first.name).toBe('CN-00001.pdf');
  const french = await creditNoteDocument(hub, { id, language: 'fr' });
  expect(Buffer.from(french.bytes).toString('latin1')).toContain('/Lang (fr');
  await expect(readCreditNoteOf(hub, { id, customerId: stranger })).rejects.toThrow('not_found');
  await expect(creditNoteDocument(hub, { id: 'CN-99999' })).rejects.toThrow('not_found');
});

test('notes are listed newest first, of a customer, an invoice or a period, a page at a time', async () => {
  const hub = await testHub();
  const [one, other] = [await newCustomer(hub), await newCustomer(hub)];
  const first = await issue(hub, one, [line(1_000n)]);
  const second = await issue(hub, other, [line(1_000n)]);
  for (const id of [first.id, second.id, first.id]) await credit(hub, id, [{ line: 1, amountCents: 100n }]);
  const page = await listCreditNotes(hub, { limit: 2 });
  const rest = await listCreditNotes(hub, { limit: 2, after: page.next ?? '' });
  expect([...page.rows, ...rest.rows].map(({ id }) => id)).toEqual(['CN-00003', 'CN-00002', 'CN-00001']);
  expect((await listCreditNotes(hub, { limit: 9, customerId: other })).rows).toHaveLength(1);
  expect((await listCreditNotes(hub, { limit: 9, invoiceId: first.id })).rows).toHaveLength(2);
  expect((await listCreditNotes(hub, { limit: 9, from: '2026-11-03' })).rows).toEqual([]);
});
