// What becomes of an account's debit when no word of it comes, and what each return code of a bank leads to.
import { addBusinessDays, BANKING } from '@gigafibre/calendar';
import { paymentsOperations as op } from '@gigafibre/contract';
import { expect, test } from 'vitest';
import { readInvoice } from '../billing/index.ts';
import { readAccount } from '../collections/index.ts';
import { debitFailed } from './debits/debit-failed.ts';
import { processingCents } from './index.ts';
import { account, bill, customerOfOwnBank, customerOfProvider, GOOD } from './test/debited-customer.ts';

test.each([
  ['money that came', GOOD, 'in_window'],
  ['a return', account('000222222227'), 'returned'],
] as const)(
  'after six days banks work without a word, the provider is asked: %s',
  async (_, typed, state) => {
    const { world, customerId, invoice, at, day, debits, bankAnswers } = await customerOfProvider(typed);
    await at(day);
    world.world.stripe.setWebhookMode('hold');
    await bankAnswers();
    await at(addBusinessDays(day, 5, BANKING), '16:00');
    expect(await debits()).toMatchObject([{ state: 'sent' }]);
    await at(addBusinessDays(day, 6, BANKING), '16:00');
    expect((await debits()).find(({ attempt }) => attempt === 1)).toMatchObject({ state });
    expect(await processingCents(world, customerId)).toBe(0n);
    expect((await readInvoice(world, invoice.id)).status === 'paid').toBe(state === 'in_window');
  },
);

test('a debit nobody knows more of is asked about some days, then a person looks', async () => {
  const { world, at, day, debits, bankAnswers, owes } = await customerOfProvider(GOOD);
  await at(day);
  world.world.stripe.setWebhookMode('hold');
  const reviews = async () => (await (await world.as('billing')).call(op.listReviews, {})).rows;
  for (const business of [6, 7, 8, 9, 10, 11, 12, 13, 14]) {
    if (business === 8) world.world.stripe.orderFault('http500');
    await at(addBusinessDays(day, business, BANKING), '16:00');
  }
  expect(await reviews()).toEqual([]);
  await at(addBusinessDays(day, 15, BANKING), '16:00');
  const [debit] = await debits();
  expect(await reviews()).toMatchObject([{ kind: 'debit', providerRef: debit?.id, amountCents: 8_043n }]);
  // Its word may still come.
  await bankAnswers();
  world.world.stripe.releaseWebhooks();
  await world.settle();
  expect(await owes()).toBe(0n);
});

test('what a return code leads to: an estate is left alone, a stop or a name asks for a new consent', async () => {
  for (const [code, reason, usable] of [
    ['910', 'deceased', false],
    ['914', 'suspended', true],
    ['904', null, true],
  ] as const) {
    const { world, customerId, at, day, debits, sendFile } = await customerOfOwnBank();
    await at(day);
    await sendFile();
    const [debit] = await debits();
    await world.act((tx) => debitFailed(tx, { id: debit?.id ?? '', code }));
    await world.settle();
    expect(await debits()).toMatchObject([{ state: 'returned', returnCode: code, retryOn: null }]);
    const office = await world.as('billing');
    const { enabled, endReason } = await office.call(op.readPpa, { id: customerId });
    expect([code, enabled, endReason]).toEqual([code, reason === null, reason]);
    expect((await office.call(op.listMethods, { customer: customerId })).rows[0]?.usable).toBe(usable);
    const reviews = (await office.call(op.listReviews, {})).rows.map(({ providerRef }) => providerRef);
    expect([code, ...reviews]).toEqual([code, debit?.id]);
    const said = await world.pool.query<{ n: number }>(
      `select count(*)::int as n from messages.messages
        where template in ('debit_refused', 'ppa_ended') and channel = 'email'`,
    );
    expect([code, said.rows[0]?.n]).toEqual([code, code === '910' ? 0 : code === '904' ? 1 : 2]);
    const holds = (await readAccount(world, customerId)).manualHolds.map(({ kind }) => kind);
    expect([code, ...holds]).toEqual(code === '910' ? [code, 'deceased'] : [code]);
  }
});

test('the calendar debits nobody in an estate, a bankruptcy, or to be spared; not even from a file made before', async () => {
  const { world, customerId, at, day, eve, debits, sendFile } = await customerOfOwnBank();
  await at(day);
  expect(await debits()).toMatchObject([{ state: 'planned' }]);
  const place = (kind: string, until: string) =>
    world.pool.query(
      `insert into collections.holds (customer_id, kind, reason, until_date, placed_by) values ($1, $2, 'x', $3, 'x')`,
      [customerId, kind, until],
    );
  await place('bankruptcy', '2027-06-01');
  await expect(sendFile()).rejects.toMatchObject({ code: 'nothing_to_collect' });
  await bill(world, customerId, 1_000n, eve);
  await world.pool.query(`update collections.holds set kind = 'vulnerable'`);
  await at(addBusinessDays(day, 40, BANKING));
  // The file that could not be released still holds the one; no other was planned.
  expect((await debits()).map(({ state }) => state)).toEqual(['sending']);
});
