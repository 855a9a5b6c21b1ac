import { creditNoteOperations, refundsOperations } from '@gigafibre/contract';
import {
  activeService,
  newCustomer,
  newSubscription,
  serveHub,
  stockCatalog,
  testHub,
  type TestHub,
} from '@gigafibre/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountOf, verifyLedger } from '../ledger/index.ts';
import { receivePayment } from '../payments/index.ts';
import { dueChangesTick, endSubscription } from '../subscriptions/index.ts';
import type { LineDraft } from './draft-invoice.ts';
import {
  issueAccountCredit,
  issueInvoice,
  previewLines,
  readInvoice,
  settleEnded,
  takeNoteCredits,
  verifyBilling,
} from './index.ts';
import { listCreditNotes, readCreditNote } from './read-credit-notes.ts';
import { grantTaxExemption } from './tax-exemptions.ts';

/** A service since 1 November at 84.95, its first bill of 97.67 issued; it is the 10th. */
async function service() {
  const hub = await testHub();
  await stockCatalog(hub);
  const made = await activeService(hub, { on: '2026-11-01' });
  await hub.drain();
  await hub.moveTo(new Date('2026-11-10T15:00:00Z'));
  await hub.drain();
  return { hub, ...made };
}
/** It ends on the 12th: 18 days of 30 are given back, 50.97 before taxes. */
const leave = async (hub: TestHub, id: string) => {
  await hub.act((tx) => endSubscription(tx, { id, on: '2026-11-12', reason: 'départ' }));
  await hub.moveTo(new Date('2026-11-13T15:00:00Z'));
  await dueChangesTick(hub.env).run();
  await hub.drain();
};
const notesOf = async (hub: TestHub, customerId: string) =>
  (await listCreditNotes(hub, { customerId, limit: 10 })).rows;
const booksAreRight = async (hub: TestHub) => {
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
};

test('who leaves with days paid for gets a credit note at once, and the money can be paid back', async () => {
  const { hub, customerId, subscriptionId } = await service();
  await hub.act((tx) =>
    receivePayment(tx, { customerId, method: 'card', amountCents: 9_767n, receivedOn: '2026-11-10' }),
  );
  await leave(hub, subscriptionId);
  const [note] = await notesOf(hub, customerId);
  expect(note).toMatchObject({
    id: 'CN-00001',
    invoiceId: null,
    kind: 'account',
    reason: 'Jours non utilisés d’un service qui a pris fin',
    subtotalCents: 5_097n,
    taxCents: 763n,
    totalCents: 5_860n,
    creditCents: 5_860n,
  });
  const { lines, taxes } = await readCreditNote(hub, 'CN-00001');
  const period = { from: '2026-11-13', to: '2026-11-30' };
  expect(lines).toMatchObject([
    { invoiceLine: null, amountCents: 4_797n, period },
    { invoiceLine: null, amountCents: 300n, period },
  ]);
  expect(taxes).toMatchObject([
    { tax: 'GST', taxCents: 255n },
    { tax: 'QST', taxCents: 508n },
  ]);
  expect(await accountOf(hub, customerId)).toMatchObject({ receivableCents: 0n, creditCents: 5_860n });
  const { rows } = await hub.pool.query('select distinct state, credit_note_id from charges.charges');
  expect(rows).toEqual([{ state: 'credited', credit_note_id: 'CN-00001' }]);
  await booksAreRight(hub);
  // Asked again, nothing more is given; and it is refundable.
  expect(await hub.act((tx) => settleEnded(tx, { customerId }))).toBeNull();
  const taken = { customerId, document: { kind: 'refund', id: 'REF-1' }, amountCents: 9_000n } as const;
  expect(await hub.act((tx) => takeNoteCredits(tx, taken))).toEqual({ takenCents: 5_860n });
});

test('its documents are read over HTTP, in both languages, the customer is told, and the money goes back', async () => {
  const { hub, customerId, subscriptionId } = await service();
  const payment = await hub.act((tx) =>
    receivePayment(tx, { customerId, method: 'cheque', amountCents: 9_767n, receivedOn: '2026-11-10' }),
  );
  await leave(hub, subscriptionId);
  const clerk = await (await serveHub(hub)).as('billing');
  const id = 'CN-00001';
  for (const language of ['fr', 'en'] as const) {
    const answer = await clerk.fetch(clerk.urlOf(creditNoteOperations.readCreditNotePdf, { id, language }));
    expect([answer.status, (await answer.text()).slice(0, 4)]).toEqual([200, '%PDF']);
  }
  expect(await clerk.call(creditNoteOperations.readCreditNote, { id })).toMatchObject({ kind: 'account' });
  const { rows } = await hub.pool.query(
    `select template from messages.messages where customer_id = $1 and template like '%credit%'`,
    [customerId],
  );
  expect(rows).toEqual([{ template: 'account_credited' }]);
  // Of the payment that much goes back; what it had paid of the invoice, the note pays.
  await clerk.call(refundsOperations.refundPayment, {
    paymentId: payment?.id ?? '',
    amountCents: 5_860,
    destination: 'cheque',
    reason: 'requested_by_customer',
  });
  expect(await accountOf(hub, customerId)).toMatchObject({ receivableCents: 0n, creditCents: 0n });
  expect(await readInvoice(hub, 'INV-00001')).toMatchObject({ status: 'paid', outstandingCents: 0n });
  await booksAreRight(hub);
});

test('who has not paid owes that much less', async () => {
  const { hub, customerId, subscriptionId } = await service();
  await leave(hub, subscriptionId);
  expect(await readInvoice(hub, 'INV-00001')).toMatchObject({
    settledCents: 5_860n,
    outstandingCents: 3_907n,
    settlements: [{ source: { kind: 'credit_note', id: 'CN-00001' } }],
  });
  expect(await notesOf(hub, customerId)).toMatchObject([{ creditCents: 0n }]);
  await booksAreRight(hub);
});

test('a credit gives back the tax that was charged, whatever the customer has become since', async () => {
  for (const exempt of ['after', 'before'] as const) {
    const hub = await testHub();
    await stockCatalog(hub);
    const { customerId, subscriptionId } = await activeService(hub, { on: '2026-11-01' });
    const grant = (validFrom: string, validTo: string | null) =>
      hub.act((tx) =>
        grantTaxExemption(tx, {
          customerId,
          locationId: null,
          taxes: ['GST', 'QST'],
          reason: 'Statut d’Indien, réserve de Kahnawake',
          certificate: '0700012345',
          band: 'Mohawks de Kahnawà:ke',
          evidence: 'copie du certificat',
          validFrom,
          validTo,
        }),
      );
    if (exempt === 'before') await grant('2026-11-01', '2026-11-05');
    await hub.drain();
    if (exempt === 'after') await grant('2026-11-05', null);
    await leave(hub, subscriptionId);
    expect(await notesOf(hub, customerId)).toMatchObject([
      { subtotalCents: 5_097n, taxCents: exempt === 'after' ? 763n : 0n },
    ]);
    await booksAreRight(hub);
  }
});

test('who keeps another service gets the credit on its next invoice, not as a note', async () => {
  const { hub, customerId, locationId, subscriptionId } = await service();
  await newSubscription(hub, { customerId, locationId });
  await leave(hub, subscriptionId);
  expect(await notesOf(hub, customerId)).toEqual([]);
});

const line = fc.record({ cents: fc.integer({ min: -20_000, max: 8_000 }), isAhead: fc.boolean() });
const draftOf = ({ cents, isAhead }: { cents: number; isAhead: boolean }): LineDraft => ({
  kind: isAhead ? 'recurring' : 'one_time',
  sku: null,
  description: { fr: 'Crédit', en: 'Credit' },
  period: isAhead ? { from: '2026-11-10', to: '2026-12-09' } : null,
  quantity: 1,
  unitPriceCents: BigInt(cents),
  amountCents: BigInt(cents),
  taxTreatment: 'taxable',
  revenueAccount: '4010',
  locationId: null,
});

test('whatever an invoice below zero would be, its credit note is that with the sign turned, and the books agree', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const on = '2026-11-02';
  const property = fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 6 }), async (asked) => {
    const lines = asked.map(draftOf);
    const invoice = await previewLines(hub, { customerId, lines, on });
    const crediting = hub.act((tx) => issueAccountCredit(tx, { customerId, lines, on, reason: 'essai' }));
    if (invoice.totalCents >= 0n) {
      await expect(crediting).rejects.toThrow('nothing_to_credit');
      return;
    }
    const note = await crediting;
    expect(note.totalCents).toBe(-invoice.totalCents);
    expect(note.taxes.map(({ taxCents }) => taxCents)).toEqual(
      invoice.taxes.map(({ taxCents }) => -taxCents),
    );
    // What is billed now and then uses it up.
    if (lines.length % 2 === 0)
      await hub.act((tx) =>
        issueInvoice(tx, {
          customerId,
          lines: [draftOf({ cents: 900, isAhead: false })],
          on,
          reason: 'essai',
        }),
      );
  });
  await fc.assert(property, { numRuns: 20 });
  await hub.drain();
  await booksAreRight(hub);
});
