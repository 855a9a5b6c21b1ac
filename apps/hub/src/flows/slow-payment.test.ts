import { billingEvents } from '@gigafibre/contract';
import { newCustomer, testHub, type TestHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { issueInvoice, type Invoice, type LineDraft } from '../domains/billing/index.ts';
import { receivePayment } from '../domains/payments/index.ts';

const ISSUED_ON = '2026-11-02';
const line = (amountCents: bigint): LineDraft => ({
  kind: 'one_time',
  sku: null,
  description: { fr: 'Travaux', en: 'Work' },
  quantity: 1,
  unitPriceCents: amountCents,
  amountCents,
  taxTreatment: 'taxable',
  revenueAccount: '4060',
  locationId: null,
});

const issue = (
  hub: TestHub,
  customerId: string,
  { amountCents = 10_000n, on = ISSUED_ON } = {},
): Promise<Invoice> =>
  hub.act((tx) => issueInvoice(tx, { customerId, lines: [line(amountCents)], on, reason: 'test' }));

const pay = (hub: TestHub, { customerId }: Invoice, amountCents: bigint) =>
  hub.act((tx) =>
    receivePayment(tx, {
      customerId,
      method: 'transfer',
      amountCents,
      receivedOn: hub.now.toISOString().slice(0, 10),
    }),
  );

/** Nine o'clock in Montréal, some days after a civil day; the clock goes with the winter. */
const nine = (date: string, days: number): Date => {
  const instant = new Date(`${date}T14:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() + days);
  return instant;
};

async function at(hub: TestHub, instant: Date): Promise<void> {
  await hub.moveTo(instant);
  await hub.drain();
}

async function reminders(hub: TestHub): Promise<{ subject: string; body_text: string }[]> {
  await hub.drain();
  const { rows } = await hub.pool.query(
    `select subject, body_text from messages.messages where template = 'payment_reminder' order by id`,
  );
  return rows;
}

const ending = async (hub: TestHub) =>
  (await hub.pool.query(`select key, state, result from flows.runs where flow = 'slow-payment'`)).rows;

test('a customer who has not paid is reminded once, three days after the due date', async () => {
  const hub = await testHub();
  const invoice = await issue(hub, await newCustomer(hub));
  await at(hub, new Date(nine(invoice.dueOn, 3).getTime() - 1));
  expect(await reminders(hub)).toEqual([]);
  await at(hub, nine(invoice.dueOn, 3));
  await at(hub, nine(invoice.dueOn, 90));
  const [reminder, ...more] = await reminders(hub);
  expect(more).toEqual([]);
  expect(reminder?.subject).toBe(`Facture ${invoice.id} : 114,98\u00a0$ à payer`);
  expect(reminder?.body_text).toContain(`il reste 114,98\u00a0$ à payer sur la facture ${invoice.id}`);
  expect(await ending(hub)).toEqual([{ key: invoice.id, state: 'done', result: 'reminded' }]);
});

test('a customer who pays, even on the last day, is left alone', async () => {
  const hub = await testHub();
  const invoice = await issue(hub, await newCustomer(hub));
  await at(hub, nine(invoice.dueOn, 2));
  await pay(hub, invoice, invoice.totalCents);
  await hub.drain();
  expect(await ending(hub)).toEqual([{ key: invoice.id, state: 'done', result: 'paid' }]);
  await at(hub, nine(invoice.dueOn, 3));
  expect(await reminders(hub)).toEqual([]);
});

test('a customer who paid a part is reminded of the rest', async () => {
  const hub = await testHub();
  const invoice = await issue(hub, await newCustomer(hub, { language: 'en' }));
  await pay(hub, invoice, 10_000n);
  await at(hub, nine(invoice.dueOn, 3));
  expect((await reminders(hub)).map(({ subject }) => subject)).toEqual([
    `Invoice ${invoice.id}: $14.98 to pay`,
  ]);
});

test('an invoice that a credit pays as it is issued reminds nobody', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const first = await issue(hub, customerId);
  await pay(hub, first, 100_000n);
  const second = await issue(hub, customerId);
  await at(hub, nine(second.dueOn, 3));
  expect(await reminders(hub)).toEqual([]);
  expect((await ending(hub)).map(({ result }) => result)).toEqual(['paid', 'paid']);
});

test('a word that an invoice is paid is not believed when something is left to pay', async () => {
  const hub = await testHub();
  const invoice = await issue(hub, await newCustomer(hub));
  await hub.drain();
  const source = { kind: 'payment', id: 'PAY-1' } as const;
  await hub.act((tx) =>
    tx.tell(billingEvents.invoicePaid, {
      subject: invoice.id,
      customerId: invoice.customerId,
      data: { totalCents: 1, source },
    }),
  );
  await at(hub, nine(invoice.dueOn, 3));
  expect(await reminders(hub)).toHaveLength(1);
});

test('an invoice that was past due when it was entered is not followed', async () => {
  const hub = await testHub();
  await issue(hub, await newCustomer(hub), { on: '2026-08-03' });
  await hub.drain();
  expect(await ending(hub)).toEqual([]);
});
