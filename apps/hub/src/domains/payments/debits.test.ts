// Saved methods, charges by staff, pre-authorised payment: the hub, the simulated Stripe and its banks.
import { paymentsOperations as op, portalOperations } from '@gigafibre/contract';
import { newCustomer, testWorld, type TestWorld } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { portalLink } from '../../doors/portal-sign-in/index.ts';
import { issueInvoice, readInvoice, verifyBilling } from '../billing/index.ts';
import { balanceOf, verifyLedger } from '../ledger/index.ts';
import { processingCents, verifyPayments } from './index.ts';
import { claimUntil, debitDay } from './debits/bank-codes.ts';
import { listDebits } from './debits/debit.ts';
import { addDays } from '@gigafibre/calendar';
import { AGREEMENT_VERSION } from './ppa/agreement-text.ts';
import { startDailyRun } from './ppa/run-ppa.ts';

const bill = async (world: TestWorld, customerId: string, amountCents = 8_043n, on = '2026-11-02') => {
  const line = {
    kind: 'one_time',
    sku: null,
    description: { fr: 'Travaux', en: 'Work' },
    quantity: 1,
    unitPriceCents: amountCents,
    amountCents,
    taxTreatment: 'outside',
    revenueAccount: '4060',
    locationId: null,
  } as const;
  return world.act((tx) => issueInvoice(tx, { customerId, on, reason: 'test', lines: [line] }));
};

const signedIn = async (world: TestWorld, customerId: string) => {
  const link = await portalLink(world.env, { customerIds: [customerId], now: world.now, id: customerId });
  const browser = world.visitor('portal');
  await browser.call(portalOperations.openPortalLink, { token: link.split('token=')[1] ?? '' });
  return browser;
};

const CARD = { cardNumber: '4242424242424242', cardExpiry: '12/30', cardCvc: '123' };
const account = (number: string) => ({ institution: '000', transit: '11000', account: number });

/** A customer with an invoice of 80.43 due on a known day, who saved a method on the provider's page. */
const customerWith = async (typed: Record<string, string>) => {
  const world = await testWorld();
  const customerId = await newCustomer(world);
  const invoice = await bill(world, customerId);
  const browser = await signedIn(world, customerId);
  const kind = 'account' in typed ? 'bank_account' : 'card';
  const { url } = await browser.call(op.setupMethod, { kind });
  const page = await fetch(url, { method: 'POST', body: new URLSearchParams(typed), redirect: 'manual' });
  expect(page.status).toBe(303);
  await world.settle();
  const { rows } = await browser.call(op.listMyMethods, {});
  const [method] = rows;
  if (!method) throw new Error('nothing was saved');
  const office = await world.as('billing');
  const agree = () => browser.call(op.togglePpa, { enabled: true, textVersion: AGREEMENT_VERSION });
  /** Six in the morning of a day, in Montréal. */
  const morning = async (date: string, utc = '11:00') => {
    // What was caused before leaves before.
    await world.settle();
    await world.moveTo(new Date(`${date}T${utc}:00Z`));
    await world.settle();
  };
  const debits = async () => (await listDebits(world, { limit: 20, customerId })).rows;
  /** Sessions end while the clock moves. */
  const back = async () => ({
    browser: await signedIn(world, customerId),
    office: await world.as('billing'),
  });
  /** The day the invoice is debited from an account. */
  const day = debitDay(invoice, 'bank_account');
  return { world, customerId, invoice, browser, method, office, agree, morning, debits, back, day };
};

const booksAreRight = async (world: TestWorld) => {
  expect((await verifyLedger(world)).differences).toEqual([]);
  expect(await verifyBilling(world)).toEqual([]);
  expect(await verifyPayments(world)).toEqual([]);
};

test('a card is saved on the provider’s page, chosen, shown to both sides, and forgotten', async () => {
  const { world, customerId, browser, method, office, agree } = await customerWith(CARD);
  expect(method).toMatchObject({ kind: 'card', brand: 'visa', last4: '4242', isDefault: true, usable: true });
  expect((await office.call(op.listMethods, { customer: customerId })).rows).toEqual([method]);
  const staffPage = await (await world.as('csr')).call(op.setupForCustomer, { id: customerId });
  const second = { ...CARD, cardNumber: '5555555555554444' };
  await fetch(staffPage.url, { method: 'POST', body: new URLSearchParams(second), redirect: 'manual' });
  await world.settle();
  const other = (await browser.call(op.listMyMethods, {})).rows.find(({ isDefault }) => !isDefault);
  const chosen = await browser.call(op.chooseMyMethod, { id: other?.id ?? '' });
  expect(chosen.rows[0]).toMatchObject({ brand: 'mastercard', isDefault: true });
  expect((await browser.call(op.openPaymentPortal, {})).url).toContain('/p/session/cus_');
  await agree();
  await browser.call(op.removeMyMethod, { id: other?.id ?? '' });
  await world.settle();
  expect(await browser.call(op.readMyPpa, {})).toMatchObject({ enabled: false, endReason: 'method' });
  const left = (await office.call(op.listMethods, { customer: customerId })).rows;
  expect(left).toMatchObject([{ id: method.id, isDefault: true }]);
  const stranger = await signedIn(world, await newCustomer(world));
  await expect(stranger.call(op.removeMyMethod, { id: method.id })).rejects.toMatchObject({ status: 404 });
  await expect(stranger.call(op.chooseMyMethod, { id: method.id })).rejects.toMatchObject({ status: 404 });
  await (await world.as('csr')).call(op.removeMethod, { id: method.id });
  expect((await office.call(op.listMethods, { customer: customerId })).rows).toEqual([]);
});

test('staff charge a saved card for what is owed and no more; a lost answer charges once', async () => {
  const { world, customerId, invoice, office } = await customerWith(CARD);
  const more = office.call(op.chargeMethod, { customerId, amountCents: 8_044 });
  await expect(more).rejects.toMatchObject({ code: 'more_than_owed' });
  world.world.stripe.orderFault('reset_after');
  const charged = await office.call(op.chargeMethod, { customerId, invoiceId: invoice.id });
  expect(charged.state).toBe('sending');
  await expect(office.call(op.chargeMethod, { customerId })).rejects.toMatchObject({
    code: 'debit_under_way',
  });
  await world.moveTo(new Date(world.now.getTime() + 11 * 60_000));
  await world.settle();
  expect((await readInvoice(world, invoice.id)).status).toBe('paid');
  expect(world.world.stripe.state()['paymentIntents']).toHaveLength(1);
  await expect(office.call(op.chargeMethod, { customerId })).rejects.toMatchObject({
    code: 'nothing_to_pay',
  });
  await booksAreRight(world);
});

test('the agreement is accepted in its words, confirmed in writing, and used at six on the due date, once', async () => {
  const { world, customerId, invoice, browser, agree, morning, debits, back } = await customerWith(CARD);
  await expect(browser.call(op.togglePpa, { enabled: true, textVersion: '2020-01' })).rejects.toMatchObject({
    code: 'agreement_text_changed',
  });
  expect(await agree()).toMatchObject({ enabled: true, agreement: { textVersion: AGREEMENT_VERSION } });
  await world.settle();
  const { agreement } = await browser.call(op.readMyPpa, {});
  const printed = async (path: string) => {
    const answer = await browser.fetch(`${world.url}${path.replace('{id}', agreement?.id ?? '')}`);
    return [answer.status, Buffer.from(await answer.arrayBuffer()).toString('latin1')] as const;
  };
  const [status, pdf] = await printed(op.readMyAgreementPdf.path);
  expect([status, pdf.slice(0, 5)]).toEqual([200, '%PDF-']);
  expect((await printed(op.readAgreementPdf.path))[0]).toBe(401);
  const proof = await world.pool.query('select proof from payments.agreements');
  expect(proof.rows).toMatchObject([{ proof: { means: 'portal', address: '127.0.0.1' } }]);
  const sent = await world.pool.query(
    `select body_text, attachments from messages.messages where template = 'ppa_confirmed' and channel = 'email'`,
  );
  expect(JSON.stringify(sent.rows[0])).toContain(`/api/agreements/${agreement?.id}/pdf`);
  // Printed as it was accepted, whatever the company and the customer are called since.
  await world.pool.query(`update customers.customers set name = 'Zoé Autre'`);
  expect((await printed(op.readMyAgreementPdf.path))[1]).toBe(pdf);
  expect(sent.rows[0]?.body_text).toContain('paiements.ca');
  await morning(invoice.dueOn, '10:59');
  expect(await debits()).toEqual([]);
  const { office, browser: later } = await back();
  const dry = await office.call(op.runPpa, {});
  await world.settle();
  expect(await office.call(op.readPpaRun, { id: dry.id })).toMatchObject({
    cause: 'dry',
    state: 'planned',
    lines: [{ customerId, invoiceId: invoice.id, amountCents: 8_043n, attempt: 1 }],
  });
  expect(await debits()).toEqual([]);
  await world.moveTo(new Date(`${invoice.dueOn}T11:00:00Z`));
  const started = await Promise.all(Array.from({ length: 4 }, () => startDailyRun(world.env)));
  expect(started.reduce((sum, one) => sum + one, 0)).toBe(1);
  await office.call(op.runPpa, { dryRun: false });
  await world.settle();
  const [debit, ...others] = await debits();
  expect(others).toEqual([]);
  expect(debit).toMatchObject({ state: 'succeeded', attempt: 1, invoiceId: invoice.id });
  expect((await readInvoice(world, invoice.id)).status).toBe('paid');
  expect((await office.call(op.listDebits, { customerId })).rows).toHaveLength(1);
  expect((await later.call(op.listMyDebits, {})).rows).toHaveLength(1);
  expect(world.world.stripe.state()['paymentIntents']).toHaveLength(1);
  await booksAreRight(world);
});

test('six in the morning is six on the wall on the days the clocks change', async () => {
  for (const [start, before, at] of [
    ['2026-11-01', '10:59', '11:00'],
    ['2027-03-14', '09:59', '10:00'],
  ] as const) {
    const world = await testWorld({ start: new Date(`${start}T04:30:00Z`) });
    await world.moveTo(new Date(`${start}T${before}:59Z`));
    expect(await startDailyRun(world.env)).toBe(0);
    await world.moveTo(new Date(`${start}T${at}:00Z`));
    expect(await startDailyRun(world.env)).toBe(1);
    expect(await startDailyRun(world.env)).toBe(0);
    await world.settle();
  }
});

test('a card refused again and again is tried by its calendar, then the agreement ends with a message', async () => {
  const { world, customerId, invoice, agree, morning, debits, back } = await customerWith(CARD);
  await agree();
  // The bank takes the card to keep and refuses it when it is charged.
  await world.pool.query(
    `update payments.methods set provider_ref = 'pm_card_chargeDeclinedInsufficientFunds'`,
  );
  await morning(invoice.dueOn);
  const first = (await debits())[0];
  expect(first).toMatchObject({ state: 'declined', code: 'insufficient_funds', attempt: 1 });
  await morning(first?.retryOn ?? '');
  const second = (await debits())[0];
  expect(second).toMatchObject({ state: 'declined', attempt: 2 });
  await morning(second?.retryOn ?? '');
  expect((await debits())[0]).toMatchObject({ state: 'declined', attempt: 3, retryOn: null });
  const { browser } = await back();
  expect(await browser.call(op.readMyPpa, {})).toMatchObject({ enabled: false, endReason: 'failures' });
  const { rows } = await world.pool.query<{ template: string; count: number }>(
    `select template, count(*)::int as count from messages.messages
      where template in ('debit_refused', 'ppa_ended') and channel = 'email' group by 1 order by 1`,
  );
  expect(rows).toEqual([
    { template: 'debit_refused', count: 3 },
    { template: 'ppa_ended', count: 1 },
  ]);
  await morning('2026-12-15');
  expect(await debits()).toHaveLength(3);
  expect(await balanceOf(world, customerId)).toBe(8_043n);
});

test('a debit of an account: noticed, sent, in its window, settled', async () => {
  const { world, customerId, invoice, method, agree, morning, debits, day } = await customerWith(
    account('000123456789'),
  );
  expect(method).toMatchObject({ kind: 'bank_account', institution: '000', transit: '11000', last4: '6789' });
  expect((await agree()).agreement?.usableFrom).toBe('2026-11-12');
  await morning(day);
  expect((await debits())[0]).toMatchObject({ state: 'sent', rail: 'acss' });
  expect(await processingCents(world, customerId)).toBe(8_043n);
  expect((await readInvoice(world, invoice.id)).status).toBe('issued');
  await morning(addDays(day, 1));
  expect(await debits()).toHaveLength(1);
  world.world.stripe.clearBanks();
  await world.settle();
  expect(await processingCents(world, customerId)).toBe(0n);
  expect((await readInvoice(world, invoice.id)).status).toBe('paid');
  const [paid] = await debits();
  expect(paid).toMatchObject({ state: 'in_window', windowUntil: claimUntil('personal', addDays(day, 1)) });
  await morning(claimUntil('personal', addDays(day, 1)));
  expect((await debits())[0]?.state).toBe('in_window');
  await morning(addDays(claimUntil('personal', addDays(day, 1)), 1));
  expect((await debits())[0]?.state).toBe('settled');
  const { rows } = await world.pool.query(`select method from payments.payments`);
  expect(rows).toEqual([{ method: 'bank_debit' }]);
  await booksAreRight(world);
});

test('an account without funds is presented again once, for the same amount, and no fee is added', async () => {
  const { world, customerId, invoice, agree, morning, debits, day } = await customerWith(
    account('000222222227'),
  );
  await agree();
  await morning(day);
  world.world.stripe.clearBanks();
  await world.settle();
  const [returned] = await debits();
  expect(returned).toMatchObject({ state: 'returned', returnCode: '901' });
  await bill(world, customerId, 1_000n, day);
  await morning(returned?.retryOn ?? '');
  const again = (await debits()).find(({ attempt }) => attempt === 2);
  expect(again).toMatchObject({ state: 'sent', amountCents: 8_043n, invoiceId: invoice.id });
  world.world.stripe.clearBanks();
  await world.settle();
  expect((await debits()).find(({ attempt }) => attempt === 2)).toMatchObject({
    state: 'returned',
    retryOn: null,
  });
  expect(await balanceOf(world, customerId)).toBe(9_043n);
  const fees = await world.pool.query('select * from charges.charges');
  expect(fees.rows).toEqual([]);
  await booksAreRight(world);
});

test('an account that is closed ends the agreement at once', async () => {
  const { world, agree, morning, debits, back, day } = await customerWith(account('000000000001'));
  await agree();
  await morning(day);
  world.world.stripe.clearBanks();
  await world.settle();
  expect((await debits())[0]).toMatchObject({ state: 'returned', returnCode: '905', retryOn: null });
  const { browser } = await back();
  expect(await browser.call(op.readMyPpa, {})).toMatchObject({ enabled: false, endReason: 'mandate' });
  expect((await browser.call(op.listMyMethods, {})).rows[0]?.usable).toBe(false);
});

test('a debit claimed back reverses the payment on that day, reopens the invoice and ends the mandate', async () => {
  const { world, customerId, invoice, agree, morning, debits, back, day } = await customerWith(
    account('000000000004'),
  );
  await agree();
  await morning(day);
  world.world.stripe.setWebhookMode('duplicate');
  world.world.stripe.clearBanks();
  await world.settle();
  expect((await debits())[0]).toMatchObject({ state: 'returned', returnCode: '915' });
  expect(await readInvoice(world, invoice.id)).toMatchObject({ status: 'issued', outstandingCents: 8_043n });
  const { rows } = await world.pool.query(
    `select on_date::text, total_cents from ledger.entries where document_kind = 'payment_reversal'`,
  );
  expect(rows).toEqual([{ on_date: day, total_cents: 8_043n }]);
  const { browser } = await back();
  expect((await browser.call(op.readMyPpa, {})).enabled).toBe(false);
  await morning(addDays(day, 10));
  expect(await debits()).toHaveLength(1);
  expect(await balanceOf(world, customerId)).toBe(8_043n);
  await booksAreRight(world);
});

test('what is paid otherwise before its debit leaves is not debited, and staff switch the agreement with a proof', async () => {
  const { customerId, invoice, morning, debits, office, back } = await customerWith(CARD);
  const on = await office.call(op.togglePpaForCustomer, {
    id: customerId,
    enabled: true,
    textVersion: AGREEMENT_VERSION,
    proof: 'Appel du 2 novembre, enregistrement 4711',
  });
  expect(on.agreement?.acceptedBy).not.toBe('');
  await office.call(op.recordPayment, { customerId, method: 'cheque', amountCents: 8_043, reference: '12' });
  await morning(invoice.dueOn);
  expect(await debits()).toEqual([]);
  const { office: later } = await back();
  await later.call(op.togglePpaForCustomer, { id: customerId, enabled: false, proof: 'Courriel' });
  expect(await later.call(op.readPpa, { id: customerId })).toMatchObject({
    enabled: false,
    endReason: 'staff',
  });
});

test('a link to pay leaves by e-mail and SMS; an invoice is paid by Klarna', async () => {
  const { world, customerId, invoice, browser, office } = await customerWith(CARD);
  const link = await office.call(op.sendPaymentLink, { customerId, invoiceId: invoice.id });
  await world.settle();
  const { rows } = await world.pool.query(
    `select channel, body_text from messages.messages where template = 'payment_link' order by channel`,
  );
  expect(rows.map(({ channel }: { channel: string }) => channel)).toContain('email');
  expect(rows[0]?.body_text).toContain(link.url);
  const started = await browser.call(op.checkoutInvoice, { invoiceId: invoice.id, payBy: 'klarna' });
  expect(started.checkoutId).not.toBe(link.checkoutId);
  await fetch(started.url, {
    method: 'POST',
    body: new URLSearchParams({ answer: 'accept' }),
    redirect: 'manual',
  });
  await world.settle();
  const { rows: payments } = await office.call(op.listPayments, { customerId });
  expect(payments).toMatchObject([{ method: 'klarna', amountCents: 8_043n }]);
  await booksAreRight(world);
});
