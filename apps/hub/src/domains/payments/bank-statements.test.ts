// The bank's statement: what is certain is recorded once, what is ours is explained, the rest waits for a person.
import { paymentsOperations as op } from '@gigafibre/contract';
import { newCustomer, testWorld, type TestWorld } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { issueInvoice, readInvoice, verifyBilling } from '../billing/index.ts';
import { balanceOf, verifyLedger } from '../ledger/index.ts';
import { debitDay } from './debits/bank-codes.ts';
import { verifyPayments } from './index.ts';
import { AGREEMENT_VERSION } from './ppa/agreement-text.ts';
import { returnedFile } from './test/returned-file.ts';

const bill = (world: TestWorld, customerId: string, amountCents: bigint) => {
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
  return world.act((tx) => issueInvoice(tx, { customerId, on: '2026-11-02', reason: 'test', lines: [line] }));
};
const owing = async (world: TestWorld, amountCents: bigint, name: string) => {
  const customerId = await newCustomer(world, { name });
  return { customerId, invoice: await bill(world, customerId, amountCents) };
};
const HEADER = 'Date;Description;Référence;Retrait;Dépôt';
const csv = (...lines: readonly string[]) => [HEADER, ...lines].join('\r\n');

const booksAreRight = async (world: TestWorld) => {
  expect((await verifyLedger(world)).differences).toEqual([]);
  expect(await verifyBilling(world)).toEqual([]);
  expect(await verifyPayments(world)).toEqual([]);
};

test('certain lines are recorded once, the others wait: accepted, given to another, said to be recorded, ignored', async () => {
  const world = await testWorld();
  const zoe = await owing(world, 8_043n, 'Zoé Tremblay');
  const luc = await owing(world, 5_000n, 'Luc Gagnon');
  const ana = await owing(world, 3_300n, 'Ana Roy');
  const office = await world.as('billing');
  const byHand = await office.call(op.recordPayment, {
    customerId: ana.customerId,
    method: 'transfer',
    amountCents: 3_300,
  });
  const lines = [
    `2026-11-02;PAIEMENT DE FACTURE;${zoe.customerId};;80,43`,
    '2026-11-02;VIREMENT INTERAC LUC GAGNON;;;50,00',
    '2026-11-02;VIREMENT INTERAC ANA ROY;;;33,00',
    '2026-11-02;DEPOT COMPTOIR;;;12,34',
    '2026-11-02;DEPOT COMPTOIR;;;12,34',
    '2026-11-02;FRAIS;;9,95;',
  ];
  const take = (text: string) => office.call(op.takeBankStatement, { name: 'releve.csv', text });
  await expect(take(csv(`${lines[0]}`, '2026-11-02;X;;;12,345,6'))).rejects.toMatchObject({
    code: 'statement_unreadable',
    data: { line: 3 },
  });
  await expect(take(csv('2031-01-01;X;;;1,00'))).rejects.toMatchObject({ code: 'date_in_the_future' });
  const read = await take(csv(...lines));
  await world.settle();
  const again = await take(`${csv(...lines).replaceAll('\r\n', '\n')}\n`);
  expect(again).toMatchObject({ id: read.id, repeated: true, lines: 6, matched: 1, waiting: 4 });
  // Another export that overlaps: its new line only.
  const more = await take(csv(...lines, `2026-11-02;DEPOT;INV;;1,00`));
  await world.settle();
  expect(more).toMatchObject({ lines: 1, known: 6 });
  expect((await office.call(op.listBankStatements, {})).rows).toHaveLength(2);
  expect((await readInvoice(world, zoe.invoice.id)).status).toBe('paid');
  expect(await balanceOf(world, luc.customerId)).toBe(5_000n);
  const all = await office.call(op.listStatementLines, { statementId: read.id });
  const line = (words: string) => {
    const found = all.rows.find(({ description }) => description.includes(words));
    if (!found) throw new Error(words);
    return found;
  };
  expect(line('FRAIS').state).toBe('other');
  expect(line('LUC').candidates).toMatchObject([
    { customerId: luc.customerId, invoiceId: luc.invoice.id, reasons: ['name', 'invoice_amount'] },
  ]);
  expect(line('ANA').candidates[0]).toMatchObject({ customerId: ana.customerId, paymentId: byHand.id });
  const lucs = { id: line('LUC').id, customerId: luc.customerId, invoiceId: luc.invoice.id };
  const both = await Promise.allSettled([1, 2].map(() => office.call(op.acceptStatementLine, lucs)));
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const paid = await world.pool.query(
    `select count(*)::int as n from payments.payments where customer_id = $1`,
    [luc.customerId],
  );
  expect(paid.rows).toEqual([{ n: 1 }]);
  const wrong = { id: line('ANA').id, customerId: zoe.customerId, paymentId: byHand.id };
  await expect(office.call(op.acceptStatementLine, wrong)).rejects.toMatchObject({
    code: 'payment_not_this_line',
  });
  await office.call(op.acceptStatementLine, { ...wrong, customerId: ana.customerId });
  expect(await balanceOf(world, ana.customerId)).toBe(0n);
  const counters = all.rows.filter(({ description }) => description === 'DEPOT COMPTOIR');
  expect(counters).toHaveLength(2);
  const [one, other] = counters;
  const ignored = { id: one?.id ?? '', reason: 'dépôt du propriétaire' };
  expect((await office.call(op.ignoreStatementLine, ignored)).state).toBe('ignored');
  const given = { id: other?.id ?? '', customerId: zoe.customerId };
  expect((await office.call(op.acceptStatementLine, given)).state).toBe('matched');
  expect(await balanceOf(world, zoe.customerId)).toBe(-1_234n);
  await expect(office.call(op.ignoreStatementLine, { ...ignored, id: given.id })).rejects.toMatchObject({
    code: 'not_in_this_state',
  });
  const fees = { id: line('FRAIS').id, customerId: zoe.customerId };
  await expect(office.call(op.acceptStatementLine, fees)).rejects.toMatchObject({ code: 'amount_not_valid' });
  expect((await office.call(op.listStatementLines, { state: 'waiting' })).rows).toHaveLength(1);
  // Given to the wrong one: taken back with a reason, it waits, and is given again, to the same one too.
  const undo = { id: given.id, reason: 'dépôt de Luc' };
  const undoes = await Promise.allSettled([1, 2].map(() => office.call(op.undoStatementLine, undo)));
  expect(undoes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await balanceOf(world, zoe.customerId)).toBe(0n);
  expect((await office.call(op.listStatementLines, { state: 'waiting' })).rows).toMatchObject([
    {},
    { id: given.id, paymentId: null, customerId: null, reason: 'dépôt de Luc' },
  ]);
  expect((await office.call(op.acceptStatementLine, given)).state).toBe('matched');
  expect(await balanceOf(world, zoe.customerId)).toBe(-1_234n);
  // What staff had recorded stays recorded when its line is let go.
  await office.call(op.undoStatementLine, { id: line('ANA').id, reason: 'autre dépôt' });
  expect(await balanceOf(world, ana.customerId)).toBe(0n);
  await booksAreRight(world);
});

test('what an invoice does not need goes to the next; each line sees what the one before it paid', async () => {
  const world = await testWorld();
  const zoe = await owing(world, 8_043n, 'Zoé Tremblay');
  const next = await bill(world, zoe.customerId, 2_000n);
  const office = await world.as('billing');
  const lines = [
    `2026-11-02;VIREMENT ZOE TREMBLAY;${zoe.invoice.id};;90,43`,
    `2026-11-02;VIREMENT ZOE TREMBLAY 2;${zoe.customerId};;20,00`,
    `2026-11-02;DEPOT CHEQUE NO ${zoe.customerId.slice(2)};;;10,00`,
  ];
  await office.call(op.takeBankStatement, { name: 'releve.csv', text: csv(...lines) });
  await world.settle();
  expect((await readInvoice(world, zoe.invoice.id)).status).toBe('paid');
  expect((await readInvoice(world, next.id)).status).toBe('paid');
  const { rows } = await office.call(op.listStatementLines, { state: 'waiting' });
  expect(rows.map(({ description }) => description)).toEqual([lines[2]?.split(';')[1]]);
  expect(rows[0]?.candidates.every(({ invoiceId }) => invoiceId === null)).toBe(true);
  await booksAreRight(world);
});

test('what our own files bring and take is found on the statement, and empties the money in transit', async () => {
  const world = await testWorld();
  await (
    await world.as('admin')
  ).call(op.setBankRail, {
    originatorId: 'GIGAF00001',
    dataCentre: '81510',
    shortName: 'GIGAFIBRE',
    longName: 'Gigafibre inc.',
    institution: '815',
    transit: '30000',
    account: '7654321',
    twoPeople: false,
  });
  const clerk = await world.as('csr');
  const debtors = [await owing(world, 8_043n, 'Zoé Tremblay'), await owing(world, 5_000n, 'Luc Gagnon')];
  for (const { customerId } of debtors) {
    const account = { institution: '815', transit: '30001', account: '1234567', payerName: 'Payeur' };
    await clerk.call(op.addBankAccount, { id: customerId, ...account });
    const agreed = { id: customerId, enabled: true, textVersion: AGREEMENT_VERSION, proof: 'appel' };
    await clerk.call(op.togglePpaForCustomer, agreed);
  }
  const day = debitDay(debtors[0]?.invoice ?? { issuedOn: '', dueOn: '' }, 'bank_account');
  // What was caused before leaves before.
  await world.settle();
  await world.moveTo(new Date(`${day}T11:00:00Z`));
  await world.settle();
  const office = await world.as('billing');
  const { id } = await office.call(op.makeDebitFile, {});
  const file = await office.call(op.releaseDebitFile, { id });
  const { text } = await office.call(op.downloadDebitFile, { id });
  await office.call(op.markDebitFileSent, { id });
  const luc = (await office.call(op.listDebits, { customerId: debtors[1]?.customerId })).rows[0];
  await world.moveTo(new Date(`${file.debitOn}T18:00:00Z`));
  const later = await world.as('billing');
  await later.call(op.takeReturnsFile, {
    name: 'r.txt',
    text: returnedFile(text, { [luc?.id ?? '']: '905' }),
  });
  const statement = csv(`${file.debitOn};DPA GIGAFIBRE;;;130,43`, `${file.debitOn};RETOUR DPA;;50,00;`);
  await later.call(op.takeBankStatement, { name: 's.csv', text: statement });
  await world.settle();
  const { rows } = await later.call(op.listStatementLines, {});
  expect(rows.map(({ kind, state }) => `${kind} ${state}`).toSorted()).toEqual([
    'debit_file matched',
    'returns matched',
  ]);
  // Taken for a file's by mistake: undone, another line is found to be the file's.
  const ours = rows.find(({ kind }) => kind === 'debit_file');
  await later.call(op.undoStatementLine, { id: ours?.id ?? '', reason: 'virement d’un client' });
  const id2 = ours?.id ?? '';
  const { files } = await later.call(op.listFilesOfStatementLine, { id: id2 });
  expect(files).toEqual([{ kind: 'debit_file', fileId: id, on: file.debitOn }]);
  // A person says that it was the file's after all, and that it was not, once more.
  await expect(later.call(op.settleStatementLine, { id: id2, fileId: 'BF-9' })).rejects.toMatchObject({
    code: 'file_not_this_line',
  });
  const settled = await later.call(op.settleStatementLine, { id: id2, fileId: id });
  expect(settled).toMatchObject({ state: 'matched', kind: 'debit_file', fileId: id, reason: null });
  await expect(later.call(op.settleStatementLine, { id: id2, fileId: id })).rejects.toMatchObject({
    code: 'not_in_this_state',
  });
  await later.call(op.undoStatementLine, { id: id2, reason: 'encore un virement' });
  const zoes = `${file.debitOn};VIREMENT;${debtors[0]?.customerId};;130,43`;
  const truly = csv(zoes, `${file.debitOn};DPA GIGAFIBRE 2;;;130,43`);
  await later.call(op.takeBankStatement, { name: 's2.csv', text: truly });
  await world.settle();
  const found = (await later.call(op.listStatementLines, {})).rows.filter(
    ({ amountCents }) => amountCents > 0n,
  );
  expect(
    found
      .map(({ description, kind, state }) => `${description} ${kind} ${state}`)
      .toSorted((one, other) => (one < other ? -1 : 1)),
  ).toEqual([
    'DPA GIGAFIBRE 2 debit_file matched',
    'DPA GIGAFIBRE payment waiting',
    'VIREMENT payment waiting',
  ]);
  await world.moveTo(new Date(world.now.getTime() + 20 * 24 * 3_600_000));
  await world.settle();
  const reconciled = await (await world.as('billing')).call(op.readReconciliation, {});
  expect(reconciled.clearingCents.debits).toBe(0n);
  expect(reconciled.awaited).toEqual([]);
  await booksAreRight(world);
});
