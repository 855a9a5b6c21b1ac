// Debits through the company's own bank, from the account a customer gives to the return that comes back.
import { addBusinessDays, addDays, BANKING } from '@gigafibre/calendar';
import { interestOperations, paymentsOperations as op, receivableOperations } from '@gigafibre/contract';
import { newCustomer, testWorld, type Caller, type TestWorld } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { agreeInterest, interestDueOf, issueInvoice, readInvoice, verifyBilling } from '../billing/index.ts';
import { verifyLedger } from '../ledger/index.ts';
import { makeDebitFile } from './bank/make-debit-file.ts';
import { debitDay } from './debits/bank-codes.ts';
import { processingCents, verifyPayments } from './index.ts';
import { AGREEMENT_VERSION } from './ppa/agreement-text.ts';
import { returnedFile } from './test/returned-file.ts';

const RAIL = {
  originatorId: 'GIGAF00001',
  dataCentre: '81510',
  shortName: 'GIGAFIBRE',
  longName: 'Gigafibre inc.',
  institution: '815',
  transit: '30000',
  account: '7654321',
};
const DESJARDINS = { institution: '815', transit: '30001', account: '1234567', payerName: 'Zoé Tremblay' };

const bill = (world: TestWorld, customerId: string, amountCents: bigint, on: string) => {
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

const morning = async (world: TestWorld, date: string) => {
  // What was caused before leaves before.
  await world.settle();
  await world.moveTo(new Date(`${date}T11:00:00Z`));
  await world.settle();
};

/** A company with its bank, and a customer who agreed to be debited from an account for an invoice. */
const banked = async (amounts: readonly bigint[] = [8_043n]) => {
  const world = await testWorld();
  await (await world.as('admin')).call(op.setBankRail, RAIL);
  const clerk = await world.as('csr');
  const customers = [];
  for (const amountCents of amounts) {
    const customerId = await newCustomer(world);
    const invoice = await bill(world, customerId, amountCents, '2026-11-02');
    const method = await clerk.call(op.addBankAccount, { id: customerId, ...DESJARDINS });
    const agreed = { id: customerId, enabled: true, textVersion: AGREEMENT_VERSION, proof: 'appel 1' };
    await clerk.call(op.togglePpaForCustomer, agreed);
    customers.push({ customerId, invoice, method });
  }
  const [first] = customers;
  if (!first) throw new Error('nobody');
  const day = debitDay(first.invoice, 'bank_account');
  await morning(world, day);
  const debits = async () => (await (await world.as('billing')).call(op.listDebits, {})).rows;
  return { world, ...first, customers, day, debits };
};

/** Made by one person, released and sent by another; gives the file's text. */
const sendFile = async (world: TestWorld): Promise<{ id: string; text: string; office: Caller }> => {
  const { id } = await (await world.as('billing')).call(op.makeDebitFile, {});
  const office = await world.as('manager');
  await office.call(op.releaseDebitFile, { id });
  const { text } = await office.call(op.downloadDebitFile, { id });
  await office.call(op.markDebitFileSent, { id });
  return { id, text, office };
};

const booksAreRight = async (world: TestWorld) => {
  expect((await verifyLedger(world)).differences).toEqual([]);
  expect(await verifyBilling(world)).toEqual([]);
  expect(await verifyPayments(world)).toEqual([]);
};

test('an account is validated, kept sealed, shown by its last digits, and given again it is the same', async () => {
  const world = await testWorld();
  const customerId = await newCustomer(world);
  const clerk = await world.as('csr');
  const add = (over: Partial<typeof DESJARDINS>) =>
    clerk.call(op.addBankAccount, { id: customerId, ...DESJARDINS, ...over });
  for (const over of [{ account: '12345678' }, { institution: '000' }, { transit: '00000' }])
    await expect(add(over)).rejects.toMatchObject({ code: 'bank_account_not_valid' });
  for (const over of [{ account: '123456' }, { institution: '81' }, { transit: '3000A' }])
    await expect(add(over)).rejects.toMatchObject({ code: 'invalid_input' });
  const kept = await add({});
  expect(kept).toMatchObject({ last4: '4567', institution: '815', transit: '30001', usable: true });
  expect(await add({})).toEqual(kept);
  const all = await world.pool.query(`select row_to_json(m)::text as row from payments.methods m`);
  expect(all.rows).toHaveLength(1);
  expect(JSON.stringify(all.rows)).not.toContain('1234567');
  const told = await world.pool.query(
    `select count(*)::int as n from app.events where data::text like '%1234567%'`,
  );
  expect(told.rows).toEqual([{ n: 0 }]);
  await clerk.call(op.removeMethod, { id: kept.id });
  expect((await clerk.call(op.listMethods, { customer: customerId })).rows).toEqual([]);
  await expect(clerk.call(op.makeDebitFile, {})).rejects.toMatchObject({ status: 403 });
  const office = await world.as('billing');
  await expect(office.call(op.makeDebitFile, {})).rejects.toMatchObject({ code: 'bank_rail_not_set' });
  expect(await office.call(op.readBankRail, {})).toMatchObject({ rail: null, waiting: { debits: 0 } });
});

test('a file is made by one, released by another, downloaded, sent; what does not come back is paid, then settled', async () => {
  const { world, customerId, invoice, customers, day, debits } = await banked([8_043n, 2_500n]);
  const second = customers[1];
  if (!second) throw new Error('one customer only');
  const term = { from: day, residentialPercent: '18', businessPercent: '18' };
  await (await world.as('admin')).call(interestOperations.changeInterest, term);
  await world.act((tx) =>
    agreeInterest(tx, { customerId, source: 'CTR-1', from: term.from, yearlyPercent: '18' }),
  );
  const maker = await world.as('billing');
  const { rail, waiting, debitOn } = await maker.call(op.readBankRail, {});
  expect(rail).toMatchObject({ accountLast4: '4321', twoPeople: true });
  expect(waiting).toEqual({ debits: 2, amountCents: 10_543n });
  expect((await debits()).map(({ state, rail: by }) => [state, by])).toEqual([
    ['planned', 'bank_file'],
    ['planned', 'bank_file'],
  ]);
  const file = await maker.call(op.makeDebitFile, {});
  expect(file).toMatchObject({ state: 'made', debits: 2, amountCents: 10_543n, fileNumber: null, debitOn });
  expect(await processingCents(world, customerId)).toBe(8_043n);
  await expect(maker.call(op.makeDebitFile, {})).rejects.toMatchObject({ code: 'nothing_to_collect' });
  const { id } = file;
  await expect(maker.call(op.releaseDebitFile, { id })).rejects.toMatchObject({ code: 'own_debit_file' });
  await expect(maker.call(op.downloadDebitFile, { id })).rejects.toMatchObject({ code: 'not_in_this_state' });
  // Paid meanwhile at the counter: it leaves the file.
  await maker.call(op.recordPayment, {
    customerId: second.customerId,
    method: 'transfer',
    amountCents: 2_500,
  });
  const other = await world.as('manager');
  const releases = await Promise.allSettled([1, 2].map(() => other.call(op.releaseDebitFile, { id })));
  expect(releases.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await other.call(op.readDebitFile, { id })).toMatchObject({
    state: 'released',
    fileNumber: 1,
    debits: 1,
    amountCents: 8_043n,
  });
  const { text } = await other.call(op.downloadDebitFile, { id });
  expect(text).toHaveLength(3 * 1_464);
  expect(text).toContain('0815300011234567');
  const sealed = await world.pool.query(`select content_sealed, downloads from payments.debit_files`);
  expect(sealed.rows[0]?.content_sealed).not.toContain('1234567');
  expect(sealed.rows[0]?.downloads).toBe(1);
  const kept = await world.pool.query(
    `select count(*)::int as n from app.commands c where row_to_json(c)::text like '%1234567%'`,
  );
  expect(kept.rows).toEqual([{ n: 0 }]);
  await other.call(op.markDebitFileSent, { id });
  expect((await other.call(op.listDebitsOfFile, { id })).rows).toMatchObject([{ state: 'sent', customerId }]);
  expect((await other.call(op.listDebitFiles, {})).rows).toMatchObject([{ id, state: 'sent' }]);
  expect((await readInvoice(world, invoice.id)).status).toBe('issued');
  // Five business days after the accounts were debited nothing more comes back.
  const answerBy = addBusinessDays(addBusinessDays(day, 1, BANKING), 5, BANKING);
  await morning(world, answerBy);
  expect(await processingCents(world, customerId)).toBe(8_043n);
  // Late by now, it bears interest of the day it went and none of the days the bank has it.
  expect((await interestDueOf(world, customerId)).lines).toEqual([
    expect.objectContaining({ to: answerBy, principalCents: 8_043n, interestCents: 4n }),
  ]);
  await morning(world, addDays(answerBy, 1));
  expect(await processingCents(world, customerId)).toBe(0n);
  expect((await readInvoice(world, invoice.id)).status).toBe('paid');
  // The money came the day the account was debited.
  const came = await world.pool.query(
    `select received_on::text as on from payments.payments where method = 'bank_debit'`,
  );
  expect(came.rows).toEqual([{ on: debitOn }]);
  const paid = (await debits()).find(({ customerId: of }) => of === customerId);
  expect(paid?.state).toBe('in_window');
  await morning(world, addDays(paid?.windowUntil ?? '', 1));
  expect((await debits()).find(({ customerId: of }) => of === customerId)?.state).toBe('settled');
  await booksAreRight(world);
});

test('returns move each debit once: presented again for lack of funds, reversed when the money had come', async () => {
  const { world, customerId, invoice, customers, debits } = await banked([8_043n, 2_500n]);
  const later = customers[1];
  if (!later) throw new Error('one customer only');
  const { id, text, office } = await sendFile(world);
  const sent = await debits();
  const of = (customer: string) => sent.find((one) => one.customerId === customer)?.id ?? '';
  const take = (given: string, name = 'retours.txt') =>
    office.call(op.takeReturnsFile, { name, text: given });
  const nsf = returnedFile(text, { [of(customerId)]: '901' });
  await expect(take(nsf.slice(0, -1))).rejects.toMatchObject({ code: 'bank_file_cut' });
  await expect(take(nsf.replace('9010000008043', '9010000008044'))).rejects.toMatchObject({
    code: 'bank_file_altered',
  });
  await expect(take(nsf.replaceAll('GIGAF00001', 'OTHER00001'))).rejects.toMatchObject({
    code: 'bank_file_foreign',
  });
  // It adds up, and says another amount than was sent.
  const other = nsf.replace('9010000008043', '9010000008044').replace('00000000008043', '00000000008044');
  await expect(take(other)).rejects.toMatchObject({ code: 'bank_file_altered' });
  expect((await debits()).map(({ state }) => state)).toEqual(['sent', 'sent']);
  const read = await take(nsf);
  expect(read).toMatchObject({ repeated: false, rows: [{ returnCode: '901', outcome: 'returned' }] });
  const again = await take(nsf.replaceAll('\r\n', '\n'), 'encore.txt');
  expect(again).toEqual({ ...read, repeated: true });
  const returned = (await debits()).find((one) => one.customerId === customerId);
  expect(returned).toMatchObject({ state: 'returned', returnCode: '901' });
  expect(await processingCents(world, customerId)).toBe(0n);
  await expect(office.call(op.withdrawDebitFile, { id, reason: 'x' })).rejects.toMatchObject({
    code: 'not_in_this_state',
  });
  await morning(world, returned?.retryOn ?? '');
  const next = await sendFile(world);
  expect((await next.office.call(op.readDebitFile, { id: next.id })).fileNumber).toBe(2);
  expect(next.text).toContain('0000008043');
  // Weeks later its owner says they never agreed.
  await world.moveTo(new Date(world.now.getTime() + 20 * 24 * 3_600_000));
  // One whose money cannot be recorded does not hold up the other, and is recorded once it can be.
  await world.pool.query(
    `alter table payments.payments add constraint held check (customer_id <> '${customerId}') not valid`,
  );
  await world.settle();
  const stateOf = async (of: string) => (await debits()).find((one) => one.customerId === of)?.state;
  expect([await stateOf(customerId), await stateOf(later.customerId)]).toEqual(['sent', 'in_window']);
  await world.pool.query('alter table payments.payments drop constraint held');
  await world.settle();
  expect(await stateOf(customerId)).toBe('in_window');
  const paid = (await debits()).find((one) => one.customerId === later.customerId);
  expect(paid?.state).toBe('in_window');
  const manager = await world.as('manager');
  const claimed = returnedFile(text, { [of(later.customerId)]: '915', 'DEB-99999': '901' });
  await manager.call(op.takeReturnsFile, { name: 'tard.txt', text: claimed });
  expect((await debits()).find((one) => one.customerId === later.customerId)).toMatchObject({
    state: 'returned',
    returnCode: '915',
    retryOn: null,
  });
  expect((await readInvoice(world, later.invoice.id)).outstandingCents).toBe(2_500n);
  expect((await readInvoice(world, invoice.id)).status).toBe('paid');
  expect(await manager.call(op.readPpa, { id: later.customerId })).toMatchObject({
    enabled: false,
    endReason: 'mandate',
  });
  expect((await manager.call(op.listReturnsFiles, {})).rows).toHaveLength(2);
  const fees = await world.pool.query('select * from charges.charges');
  expect(fees.rows).toEqual([]);
  await booksAreRight(world);
});

test('returns of a file nobody said was sent are refused; said late, its debits wait their days; its debits end with the agreement', async () => {
  const { world, customerId, customers, debits } = await banked([8_043n, 2_500n, 1_000n]);
  const [, contested, ended] = customers;
  if (!contested || !ended) throw new Error('two customers only');
  const staff = { customerId: contested.customerId, methodId: contested.method.id, amountCents: 3_000 };
  await expect((await world.as('billing')).call(op.chargeMethod, staff)).rejects.toMatchObject({
    code: 'more_than_owed',
  });
  await (
    await world.as('csr')
  ).call(op.togglePpaForCustomer, { id: ended.customerId, enabled: false, proof: 'appel 2' });
  expect((await debits()).find((one) => one.customerId === ended.customerId)?.state).toBe('cancelled');
  await expect(
    (await world.as('billing')).call(op.chargeMethod, { customerId: ended.customerId }),
  ).rejects.toMatchObject({ code: 'debit_not_agreed' });
  // A file takes so many and says how many wait.
  const maker = (await debits()).length;
  expect(maker).toBe(3);
  const made = await world.act((tx) => makeDebitFile(tx, { most: 1 }));
  expect(made).toMatchObject({ debits: 1, waiting: 1 });
  const told = await world.pool.query(
    `select data->>'invoiceId' as invoice from app.events where type = 'debit.moved' and data->>'state' = 'sending'`,
  );
  expect(told.rows).toEqual([{ invoice: expect.stringContaining('INV-') }]);
  const first = await world.as('manager');
  await first.call(op.releaseDebitFile, { id: made.id });
  const { text } = await first.call(op.downloadDebitFile, { id: made.id });
  const filed = (await first.call(op.listDebitsOfFile, { id: made.id })).rows[0];
  const nsf = { name: 'r.txt', text: returnedFile(text, { [filed?.id ?? '']: '901' }) };
  await world.moveTo(new Date(world.now.getTime() + 20 * 24 * 3_600_000));
  const late = await world.as('manager');
  await expect(late.call(op.takeReturnsFile, nsf)).rejects.toMatchObject({
    code: 'debits_not_sent',
    data: { file: made.id },
  });
  expect((await late.call(op.listReturnsFiles, {})).rows).toEqual([]);
  await late.call(op.markDebitFileSent, { id: made.id });
  await world.settle();
  const stateNow = async () => (await debits()).find(({ id }) => id === filed?.id)?.state;
  expect(await stateNow()).toBe('sent');
  await expect(late.call(op.withdrawDebitFile, { id: made.id, reason: 'x' })).rejects.toMatchObject({
    code: 'debit_day_passed',
  });
  expect((await late.call(op.takeReturnsFile, nsf)).rows).toMatchObject([{ outcome: 'returned' }]);
  expect(await stateNow()).toBe('returned');
  expect(customerId).not.toBe('');
  await booksAreRight(world);
});

test('a file the bank refused is withdrawn, its debits and its number go into the next; what nobody sent is looked at', async () => {
  const { world, customerId, invoice, debits } = await banked();
  const { id, text } = await sendFile(world);
  const office = await world.as('manager');
  await office.call(op.withdrawDebitFile, { id, reason: 'refusé par la banque' });
  expect(await debits()).toMatchObject([{ state: 'planned' }]);
  expect(await processingCents(world, customerId)).toBe(0n);
  const [debit] = await debits();
  const early = await office.call(op.takeReturnsFile, {
    name: 'r.txt',
    text: returnedFile(text, { [debit?.id ?? '']: '901' }),
  });
  expect(early.rows).toMatchObject([{ outcome: 'never_sent' }]);
  expect((await office.call(op.listReviews, {})).rows).toMatchObject([
    { kind: 'debit', providerRef: debit?.id },
  ]);
  // Contested meanwhile: that part is not debited, nor charged by hand.
  const contested = { id: invoice.id, amountCents: 1_000, reason: 'pas servi' };
  await (await world.as('csr')).call(receivableOperations.openDispute, contested);
  const next = await sendFile(world);
  const went = await office.call(op.readDebitFile, { id: next.id });
  expect(went).toMatchObject({ fileNumber: 1, debits: 1, amountCents: 7_043n });
  await expect(office.call(op.chargeMethod, { customerId, amountCents: 7_044 })).rejects.toMatchObject({
    code: 'more_than_owed',
  });
  expect((await debits())[0]).toMatchObject({ state: 'sent' });
});
