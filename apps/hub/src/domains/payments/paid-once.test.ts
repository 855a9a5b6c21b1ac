// Nobody is debited or charged for what is being paid already: by staff, by the calendar, by themselves, on both rails.
import { addBusinessDays, BANKING } from '@gigafibre/calendar';
import { paymentsOperations as op, portalOperations } from '@gigafibre/contract';
import type { TestWorld } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { portalLink } from '../../doors/portal-sign-in/index.ts';
import { readInvoice } from '../billing/index.ts';
import { startDailyRun } from './ppa/run-ppa.ts';
import { AUTHORIZED, bill, customerOfOwnBank, customerOfProvider, GOOD } from './test/debited-customer.ts';

const signedIn = async (world: TestWorld, customerId: string) => {
  const id = `${customerId} ${world.now.toISOString()}`;
  const link = await portalLink(world.env, { customerIds: [customerId], now: world.now, id });
  const browser = world.visitor('portal');
  await browser.call(portalOperations.openPortalLink, { token: link.split('token=')[1] ?? '' });
  return browser;
};

test('what staff debit as a balance is not debited again by the calendar, nor the other way round', async () => {
  const { world, customerId, at, day, eve, debits, owes, bankAnswers, booksAreWrong } =
    await customerOfProvider(GOOD);
  await at(eve, '19:00');
  const charged = await (
    await world.as('billing')
  ).call(op.chargeMethod, {
    customerId,
    ...AUTHORIZED,
  });
  expect(charged).toMatchObject({ state: 'sent', amountCents: 8_043n, invoiceId: null });
  await at(day);
  expect(await debits()).toHaveLength(1);
  await bankAnswers();
  expect(await owes()).toBe(0n);
  // A new invoice is debited by the calendar; the balance is not, while it is.
  const next = await bill(world, customerId, 1_000n, day);
  await at(addBusinessDays(next.dueOn, 2, BANKING));
  expect((await debits())[0]).toMatchObject({ cause: 'ppa', state: 'sent', invoiceId: next.id });
  const again = (await world.as('billing')).call(op.chargeMethod, { customerId });
  await expect(again).rejects.toMatchObject({ code: 'debit_under_way' });
  await bankAnswers();
  expect(await owes()).toBe(0n);
  expect(await booksAreWrong()).toEqual([]);
});

test('a part of the balance under way leaves the rest to the calendar', async () => {
  const { world, customerId, at, day, eve, debits, owes, bankAnswers } = await customerOfProvider(GOOD);
  await at(eve, '19:00');
  await (await world.as('billing')).call(op.chargeMethod, { customerId, amountCents: 3_000, ...AUTHORIZED });
  await at(day);
  expect((await debits()).map(({ cause, amountCents }) => [cause, amountCents])).toEqual([
    ['ppa', 5_043n],
    ['staff', 3_000n],
  ]);
  await bankAnswers();
  expect(await owes()).toBe(0n);
});

test('staff and the calendar at the same moment: one of them', async () => {
  const { world, customerId, at, day, eve, owes, bankAnswers, booksAreWrong } =
    await customerOfProvider(GOOD);
  await at(eve, '19:00');
  await world.moveTo(new Date(`${day}T11:00:00Z`));
  const office = await world.as('billing');
  await Promise.allSettled([
    startDailyRun(world.env).then(() => world.settle()),
    office.call(op.chargeMethod, { customerId, ...AUTHORIZED }),
    office.call(op.chargeMethod, { customerId, ...AUTHORIZED }),
  ]);
  await world.settle();
  await bankAnswers();
  expect(await owes()).toBe(0n);
  expect(await booksAreWrong()).toEqual([]);
});

test('of two debits written at once the first goes and the other does not, whoever looks first', async () => {
  for (const firstId of ['DEB-901', 'DEB-20001']) {
    const { world, at, day, debits, sendFile } = await customerOfOwnBank();
    await at(day);
    // As two people who did not see each other would leave it.
    await world.pool.query(
      `insert into payments.debits (id, customer_id, method_id, agreement_id, amount_cents, cause, rail, attempt,
              scheduled_on, state, idempotency_key, provider, made_at, made_by)
       select $1, customer_id, method_id, agreement_id, amount_cents, 'staff', rail, 1, scheduled_on, 'planned', $1,
              provider, made_at, 'x' from payments.debits`,
      [firstId],
    );
    const file = await sendFile();
    expect(file).toMatchObject({ debits: 1, amountCents: 8_043n });
    const states = (await debits()).map(({ state }) => state).toSorted();
    expect(states).toEqual(['cancelled', 'sent']);
    // On the other rail, and of an invoice that is covered: nothing is planned until the bank has answered.
    await at(addBusinessDays(day, 1, BANKING));
    expect(await debits()).toHaveLength(2);
  }
});

test('in the bank’s file too: the balance waits for it, and nothing else of the customer is collected', async () => {
  const { world, customerId, at, day, eve, debits, owes, sendFile } = await customerOfOwnBank();
  await at(eve, '19:00');
  await (await world.as('billing')).call(op.chargeMethod, { customerId, ...AUTHORIZED });
  await at(day);
  expect((await debits()).map(({ cause, state }) => [cause, state])).toEqual([['staff', 'planned']]);
  // Waiting for a file is with no bank yet: the customer may still pay, and then it does not go.
  const { checkoutId } = await (await signedIn(world, customerId)).call(op.checkoutBalance, {});
  expect(checkoutId).toMatch(/^CHK-/);
  await sendFile();
  const browser = await signedIn(world, customerId);
  await expect(browser.call(op.checkoutBalance, {})).rejects.toMatchObject({ code: 'debit_under_way' });
  await at(addBusinessDays(day, 12, BANKING));
  expect(await owes()).toBe(0n);
});

test('what the bank is being asked for is not paid on a page too: refused in words, with the day of the answer', async () => {
  const { world, customerId, invoice, at, day, owes, bankAnswers } = await customerOfProvider(GOOD);
  await at(day);
  const browser = await signedIn(world, customerId);
  const refused = { code: 'debit_under_way', status: 409 };
  await expect(browser.call(op.checkoutInvoice, { invoiceId: invoice.id })).rejects.toMatchObject(refused);
  await expect(browser.call(op.checkoutBalance, {})).rejects.toThrow(/Un paiement est en traitement.*2026-/);
  const office = await world.as('billing');
  const link = office.call(op.sendPaymentLink, { customerId, invoiceId: invoice.id });
  await expect(link).rejects.toMatchObject(refused);
  // What is owed beside it may be paid.
  const other = await bill(world, customerId, 1_000n, day);
  expect((await browser.call(op.checkoutBalance, {})).amountCents).toBe(1_000n);
  expect((await browser.call(op.checkoutInvoice, { invoiceId: other.id })).amountCents).toBe(1_000n);
  await bankAnswers();
  expect(await owes()).toBe(1_000n);
  expect((await readInvoice(world, invoice.id)).status).toBe('paid');
});

test('who opened a page to pay just before six is not debited at six', async () => {
  const { world, customerId, invoice, at, day, debits } = await customerOfProvider(GOOD);
  await at(day, '10:50');
  await (await signedIn(world, customerId)).call(op.checkoutInvoice, { invoiceId: invoice.id });
  await at(day);
  expect(await debits()).toEqual([]);
  await at(addBusinessDays(day, 1, BANKING));
  expect(await debits()).toMatchObject([{ state: 'sent', invoiceId: invoice.id }]);
});
