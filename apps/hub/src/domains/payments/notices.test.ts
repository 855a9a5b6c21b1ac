// Rule H1: what must have been sent, and how long ago, before an account is debited; by the calendar and by staff.
import { addBusinessDays, addDays, BANKING, nextBusinessDay } from '@gigafibre/calendar';
import { paymentsOperations as op, portalOperations } from '@gigafibre/contract';
import type { TestWorld } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { portalLink } from '../../doors/portal-sign-in/index.ts';
import { setMessageMode } from '../messages/index.ts';
import { AGREEMENT_VERSION } from './ppa/agreement-text.ts';
import { AUTHORIZED, bill, customerOfOwnBank, customerOfProvider, GOOD } from './test/debited-customer.ts';

const signedIn = async (world: TestWorld, customerId: string) => {
  const id = `${customerId} ${world.now.toISOString()}`;
  const link = await portalLink(world.env, { customerIds: [customerId], now: world.now, id });
  const browser = world.visitor('portal');
  await browser.call(portalOperations.openPortalLink, { token: link.split('token=')[1] ?? '' });
  return browser;
};

const agree = { enabled: true, textVersion: AGREEMENT_VERSION };

test('an agreement whose confirmation was held, or an invoice that was, is not used; sent late, it waits its ten days', async () => {
  const { world, customerId, invoice, at, day, debits } = await customerOfProvider(GOOD);
  // Nothing was sent but to itself: what counted in the sandbox counts no more once some messages leave.
  await world.act((tx) => setMessageMode(tx, { mode: 'allowlist', allowlist: [] }));
  await at(addDays(day, 7));
  expect(await debits()).toEqual([]);
  const office = await world.as('billing');
  const ppa = await office.call(op.readPpa, { id: customerId });
  expect(ppa).toMatchObject({ enabled: true, agreement: { confirmedOn: null } });
  const sent = (template: string, on: string) =>
    world.pool.query(
      `update messages.messages set status = 'sent', sent_at = $2 where template = $1 and channel = 'email'`,
      [template, `${on}T15:00:00Z`],
    );
  const confirmed = addDays(day, 7);
  await sent('ppa_confirmed', confirmed);
  expect((await (await world.as('billing')).call(op.readPpa, { id: customerId })).agreement).toMatchObject({
    confirmedOn: confirmed,
    usableFrom: addDays(confirmed, 10),
  });
  // The confirmation has waited, the invoice has not been sent.
  await at(nextBusinessDay(addDays(confirmed, 10), BANKING));
  expect(await debits()).toEqual([]);
  const noticed = addDays(confirmed, 11);
  await sent('invoice_issued', noticed);
  await at(addDays(noticed, 9));
  expect(await debits()).toEqual([]);
  await at(addBusinessDays(addDays(noticed, 9), 2, BANKING));
  expect(await debits()).toMatchObject([{ invoiceId: invoice.id, state: 'sent' }]);
});

test('what was late before the agreement is debited only when the agreement names it', async () => {
  const { world, customerId, invoice, at, debits } = await customerOfProvider(GOOD, { agrees: false });
  await at('2027-02-15', '15:00');
  const browser = await signedIn(world, customerId);
  expect((await browser.call(op.togglePpa, agree)).agreement).toMatchObject({ overdueInvoices: [] });
  await world.settle();
  await at('2027-03-01');
  expect(await debits()).toEqual([]);
  const late = { ...agree, overdueInvoices: [invoice.id] };
  await expect(
    (await signedIn(world, customerId)).call(op.togglePpa, { ...agree, overdueInvoices: ['INV-1'] }),
  ).rejects.toMatchObject({ status: 404 });
  const { agreement } = await (await signedIn(world, customerId)).call(op.togglePpa, late);
  expect(agreement?.overdueInvoices).toEqual([invoice.id]);
  await world.settle();
  const { rows } = await world.pool.query<{ body_text: string }>(
    `select body_text from messages.messages where template = 'ppa_confirmed' and channel = 'email' order by id`,
  );
  expect(rows.map(({ body_text }) => body_text.includes(invoice.id))).toEqual([false, true]);
  await at('2027-03-12');
  expect(await debits()).toMatchObject([{ invoiceId: invoice.id, state: 'sent' }]);
});

test('staff debit an account under an agreement whose notices have passed, or by the payer’s recorded word', async () => {
  const { world, customerId, invoice, at, day, eve, debits, owes, bankAnswers } =
    await customerOfProvider(GOOD);
  const csr = async () => world.as('csr');
  const charge = { customerId, invoiceId: invoice.id };
  // The agreement is of today: its confirmation has not waited.
  await expect((await csr()).call(op.chargeMethod, charge)).rejects.toMatchObject({
    code: 'debit_not_agreed',
  });
  await at(eve, '19:00');
  for (const what of [charge, { customerId }])
    await expect((await csr()).call(op.chargeMethod, what)).rejects.toMatchObject({
      code: 'debit_not_noticed',
    });
  const tomorrow = { ...AUTHORIZED.authorization, givenOn: day };
  await expect(
    (await csr()).call(op.chargeMethod, { ...charge, authorization: tomorrow }),
  ).rejects.toMatchObject({ code: 'date_in_the_future' });
  const charged = await (await csr()).call(op.chargeMethod, { ...charge, ...AUTHORIZED, amountCents: 3_000 });
  expect(charged).toMatchObject({ state: 'sent', authorization: { means: 'recording', recordedBy: /./ } });
  await bankAnswers();
  await at(day, '10:00');
  // Noticed ten days ago, and due: nothing more is asked.
  expect(await (await csr()).call(op.chargeMethod, charge)).toMatchObject({
    state: 'sent',
    amountCents: 5_043n,
    authorization: null,
  });
  await bankAnswers();
  expect(await owes()).toBe(0n);
  expect(await debits()).toHaveLength(2);
});

test('without an agreement the payer’s word is confirmed in writing and the debit waits its ten days', async () => {
  const { world, customerId, invoice, at, debits, owes, bankAnswers } = await customerOfProvider(GOOD, {
    agrees: false,
  });
  const csr = await world.as('csr');
  await expect(csr.call(op.chargeMethod, { customerId })).rejects.toMatchObject({ code: 'debit_not_agreed' });
  const debit = await csr.call(op.chargeMethod, { customerId, invoiceId: invoice.id, ...AUTHORIZED });
  expect(debit).toMatchObject({ state: 'planned', scheduledOn: '2026-11-13' });
  await world.settle();
  const { rows } = await world.pool.query<{ body_text: string }>(
    `select body_text from messages.messages where template = 'debit_authorized' and channel = 'email'`,
  );
  expect(rows[0]?.body_text).toContain('Zoé Tremblay');
  await at('2026-11-12', '20:00');
  expect(await debits()).toMatchObject([{ state: 'planned' }]);
  await at('2026-11-13', '11:01');
  expect(await debits()).toMatchObject([{ state: 'sent' }]);
  await bankAnswers();
  expect(await owes()).toBe(0n);
});

test('in the bank’s file a word that was not confirmed in time does not go', async () => {
  const { world, customerId, at, debits, sendFile } = await customerOfOwnBank();
  const office = await world.as('billing');
  await office.call(op.togglePpaForCustomer, { id: customerId, enabled: false, proof: 'appel' });
  await office.call(op.chargeMethod, { customerId, ...AUTHORIZED });
  await world.settle();
  await bill(world, customerId, 1_000n);
  await at('2026-11-13', '15:00');
  await world.pool.query(
    `update messages.messages set status = 'failed' where template = 'debit_authorized'`,
  );
  await expect(sendFile()).rejects.toMatchObject({ code: 'nothing_to_collect' });
  await world.pool.query(`update messages.messages set status = 'sent' where template = 'debit_authorized'`);
  const [file] = (await (await world.as('manager')).call(op.listDebitFiles, {})).rows;
  expect(await (await world.as('manager')).call(op.releaseDebitFile, { id: file?.id ?? '' })).toMatchObject({
    debits: 1,
    amountCents: 8_043n,
  });
  expect(await debits()).toHaveLength(1);
});
