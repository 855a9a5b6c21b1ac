import { billingRunsOperations as op } from '@gigafibre/contract';
import {
  activeService,
  installOnt,
  newCustomer,
  newLocation,
  newSubscription,
  serveHub,
  stockCatalog,
  testHub,
  type TestHub,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { addCharge, openChargesOf } from '../../charges/index.ts';
import { balanceOf, verifyLedger } from '../../ledger/index.ts';
import { receivePayment } from '../../payments/index.ts';
import { changeBillingDay } from '../../subscriptions/changes/billing-day.ts';
import { activateSubscription, agreeTerm, endSubscription } from '../../subscriptions/index.ts';
import { openDispute } from '../dispute.ts';
import { issueInvoice } from '../issue-invoice.ts';
import { readInvoice } from '../read-invoices.ts';
import { readCreditNote } from '../read-credit-notes.ts';
import { undoAccountCredit } from '../undo-account-credit.ts';
import { verifyBilling } from '../verify-billing.ts';
import { listRunCustomers, readRun } from './read-runs.ts';
import { reversePage } from './reverse-run.ts';
import { approveRun, pauseScheduler, reverseRun, startRun } from './steer-run.ts';

/** Four customers since 2 November, December issued on the 25th: one has a visit with it. */
async function issued() {
  const hub = await testHub();
  await stockCatalog(hub);
  const customers: string[] = [];
  for (const name of ['Alice', 'Benoît', 'Chloé', 'Denis'])
    customers.push((await activeService(hub, { name })).customerId);
  await hub.drain();
  await hub.moveTo(new Date('2026-11-25T15:00:00Z'));
  await hub.drain();
  const [alice = '', benoit = '', chloe = '', denis = ''] = customers;
  await hub.act((tx) =>
    addCharge(tx, {
      customerId: denis,
      locationId: null,
      sku: 'VISITE',
      description: { fr: 'Visite', en: 'Visit' },
      quantity: 2,
      amountCents: 13_990n,
      taxTreatment: 'taxable',
      revenueAccount: '4060',
      source: 'essai',
    }),
  );
  const run = await billed(hub, '2026-12-01');
  return { hub, run, alice, benoit, chloe, denis };
}
const counted = async (hub: TestHub, through: string) => {
  const { id } = await hub.act((tx) => startRun(tx, { through }));
  await hub.drain();
  return readRun(hub, id);
};
const billed = async (hub: TestHub, through: string) => {
  const { id } = await counted(hub, through);
  await hub.act((tx) => approveRun(tx, { id }));
  await hub.drain();
  return readRun(hub, id);
};
const rowOf = async (hub: TestHub, id: string, customerId: string) => {
  const { rows } = await listRunCustomers(hub, { id, limit: 50 });
  const row = rows.find((one) => one.customerId === customerId);
  if (!row) throw new Error(`${customerId} is not in ${id}`);
  return row;
};
const visit = {
  kind: 'one_time',
  sku: 'VISITE',
  description: { fr: 'Visite', en: 'Visit' },
  quantity: 1,
  unitPriceCents: 1_000n,
  amountCents: 1_000n,
  taxTreatment: 'taxable',
  revenueAccount: '4060',
  locationId: null,
} as const;
const booksAreRight = async (hub: TestHub) => {
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
};

test('a run is taken back as a whole, but for what somebody must decide, and billed again exactly once', async () => {
  const { hub, run, alice, benoit, chloe, denis } = await issued();
  const invoices = { benoit: await rowOf(hub, run.id, benoit), chloe: await rowOf(hub, run.id, chloe) };
  await hub.act((tx) =>
    receivePayment(tx, {
      customerId: benoit,
      method: 'card',
      amountCents: 15_000n,
      receivedOn: '2026-11-25',
    }),
  );
  await hub.act((tx) => openDispute(tx, { id: invoices.chloe.invoiceId ?? '', reason: 'pas servi' }));
  const served = await serveHub(hub);
  const asked = { id: run.id, reason: 'mauvais prix' };
  await expect((await served.as('billing')).call(op.reverseRun, asked)).rejects.toMatchObject({
    status: 403,
  });
  const begun = await (await served.as('manager')).call(op.reverseRun, asked);
  expect(begun).toMatchObject({
    state: 'reversing',
    toReverse: 4,
    reversed: 0,
    reversalReason: 'mauvais prix',
  });
  await expect(hub.act((tx) => startRun(tx, { through: '2026-12-01' }))).rejects.toThrow('run_open');
  // Its job was given up: asked again, it goes on.
  await hub.pool.query('delete from pgboss.job');
  expect(await hub.act((tx) => reverseRun(tx, asked))).toMatchObject({ state: 'reversing' });
  // Two workers on one page: each invoice is taken back once.
  await Promise.all([1, 2].map(() => hub.act((tx) => reversePage(tx, { runId: run.id }))));
  await hub.drain();
  expect(await readRun(hub, run.id)).toMatchObject({ state: 'reversed', reversed: 4, keptFromReversal: 2 });
  expect(await rowOf(hub, run.id, benoit)).toMatchObject({ reversal: 'paid', creditNoteId: null });
  expect(await rowOf(hub, run.id, chloe)).toMatchObject({ reversal: 'disputed' });
  const kept = await listRunCustomers(hub, { id: run.id, limit: 50, reversal: 'kept' });
  expect(kept.rows.map(({ customerId }) => customerId)).toEqual([benoit, chloe]);
  const taken = await rowOf(hub, run.id, denis);
  expect(taken.reversal).toBe('credited');
  expect(await readCreditNote(hub, taken.creditNoteId ?? '')).toMatchObject({
    invoiceId: taken.invoiceId,
    kind: 'full',
    billAgain: true,
    reason: 'mauvais prix',
  });
  expect(
    (await openChargesOf(hub, denis)).map(({ quantity, amountCents }) => [quantity, amountCents]),
  ).toEqual([
    [1, 7_995n],
    [1, 500n],
    [2, 13_990n],
  ]);
  await booksAreRight(hub);
  await expect(hub.act((tx) => reverseRun(tx, asked))).rejects.toThrow('not_in_this_state');

  const again = await billed(hub, '2026-12-01');
  expect(again).toMatchObject({ customers: 2, invoices: 2, unexplained: 0 });
  for (const customerId of [alice, denis]) {
    const [before, now] = [await rowOf(hub, run.id, customerId), await rowOf(hub, again.id, customerId)];
    expect(now.totalCents).toBe(before.totalCents);
    expect(await readInvoice(hub, before.invoiceId ?? '')).toMatchObject({ status: 'credited' });
  }
  await booksAreRight(hub);
  // Nothing is left of it, and January is as December was, whoever billed December.
  await hub.moveTo(new Date('2026-12-26T15:00:00Z'));
  const next = await counted(hub, '2027-01-01');
  expect(next).toMatchObject({ customers: 4, same: 3, differs: 1, unexplained: 0 });
  const { causes } = await rowOf(hub, next.id, denis);
  expect(causes.map(({ kind, cents }) => [kind, cents])).toEqual([['one_time_before', -13_990n]]);
});

test('what a run through the middle of a month billed waits for no day once it is taken back', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const onFirst = await activeService(hub, { on: '2026-11-01' });
  await hub.moveTo(new Date('2026-11-04T15:00:00Z'));
  const customerId = await newCustomer(hub, { name: 'Alice' });
  await hub.act((tx) => changeBillingDay(tx, { id: customerId, basis: 'anniversary', day: 1 }));
  const at = { customerId, locationId: await newLocation(hub, customerId) };
  const id = await newSubscription(hub, at);
  const equipmentId = await installOnt(hub, at);
  await hub.act((tx) => activateSubscription(tx, hub.env, { id, equipmentId, on: '2026-11-04' }));
  await hub.drain();
  await hub.moveTo(new Date('2026-12-05T15:00:00Z'));
  const run = await billed(hub, '2026-12-05');
  expect(run).toMatchObject({ invoices: 2 });
  await hub.act((tx) => reverseRun(tx, { id: run.id, reason: 'mauvais prix' }));
  await hub.drain();
  // What is new waits for its day; what had been billed does not.
  await hub.act((tx) =>
    addCharge(tx, {
      customerId: onFirst.customerId,
      locationId: null,
      sku: 'VISITE',
      description: { fr: 'Visite', en: 'Visit' },
      amountCents: 6_995n,
      taxTreatment: 'taxable',
      revenueAccount: '4060',
      source: 'essai',
    }),
  );
  const again = await billed(hub, '2026-12-05');
  expect(again).toMatchObject({ customers: 2, invoices: 2, unexplained: 0 });
  for (const one of [onFirst.customerId, customerId]) {
    const [before, now] = [await rowOf(hub, run.id, one), await rowOf(hub, again.id, one)];
    expect(now.totalCents).toBe(before.totalCents);
  }
  expect((await openChargesOf(hub, onFirst.customerId)).map(({ amountCents }) => amountCents)).toEqual([
    6_995n,
  ]);
  await booksAreRight(hub);
});

test('an indemnity of a run that was taken back is given back once when the end of its service is said again', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const { customerId, subscriptionId: id } = await activeService(hub, { on: '2026-11-01' });
  await hub.drain();
  const term = { id, on: '2026-11-01', months: 24, goodsRebateCents: 24_000n, source: 'essai' };
  await hub.act((tx) => agreeTerm(tx, term));
  await hub.moveTo(new Date('2026-11-25T15:00:00Z'));
  await hub.act((tx) => endSubscription(tx, { id, on: '2026-12-20', reason: 'départ' }));
  const run = await billed(hub, '2026-12-01');
  await hub.act((tx) => reverseRun(tx, { id: run.id, reason: 'mauvais jours' }));
  await hub.drain();
  // A month later: 21 of 24 months of it are left, and nothing else is asked for it.
  await hub.act((tx) => endSubscription(tx, { id, on: '2027-01-20', reason: 'départ' }));
  const waits = (await openChargesOf(hub, customerId)).filter(({ sku }) => sku === 'RESILIATION');
  expect(waits.map(({ amountCents }) => amountCents)).toEqual([21_000n]);
});

test('credit notes a run made are undone with it, but for those whose credit was used, and made again once', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const leavers = await Promise.all(
    ['Alice', 'Benoît'].map((name) => activeService(hub, { name, on: '2026-11-01' })),
  );
  await hub.drain();
  const [alice = '', benoit = ''] = leavers.map(({ customerId }) => customerId);
  for (const customerId of [alice, benoit])
    await hub.act((tx) =>
      receivePayment(tx, { customerId, method: 'card', amountCents: 9_767n, receivedOn: '2026-11-02' }),
    );
  await hub.moveTo(new Date('2026-11-10T15:00:00Z'));
  // Paused, nothing is credited the day they leave: the run finds it.
  await hub.act((tx) => pauseScheduler(tx, { paused: true }));
  for (const { subscriptionId: id } of leavers)
    await hub.act((tx) => endSubscription(tx, { id, on: '2026-11-12', reason: 'départ' }));
  await hub.moveTo(new Date('2026-11-25T15:00:00Z'));
  await hub.drain();
  await hub.act((tx) => pauseScheduler(tx, { paused: false }));
  const run = await billed(hub, '2026-12-01');
  const given = await rowOf(hub, run.id, alice);
  expect(given).toMatchObject({ outcome: 'credited', totalCents: -5_860n });
  // Benoît is billed for a visit, and his note pays it.
  await hub.act((tx) =>
    issueInvoice(tx, { customerId: benoit, lines: [visit], on: '2026-11-25', reason: 'visite' }),
  );
  await hub.drain();
  await hub.act((tx) => reverseRun(tx, { id: run.id, reason: 'mauvais jours' }));
  await hub.drain();
  expect(await readRun(hub, run.id)).toMatchObject({ state: 'reversed', reversed: 2, keptFromReversal: 1 });
  expect((await rowOf(hub, run.id, benoit)).reversal).toBe('credit_used');
  expect((await rowOf(hub, run.id, alice)).reversal).toBe('undone');
  const kept = await listRunCustomers(hub, { id: run.id, limit: 50, reversal: 'kept' });
  expect(kept.rows.map(({ customerId }) => customerId)).toEqual([benoit]);
  // An invoice charges the note again, to the cent of each tax, and the note pays it.
  const note = await readCreditNote(hub, given.creditNoteId ?? '');
  const [paid] = note.settled;
  const undoing = await readInvoice(hub, paid?.invoiceId ?? '');
  expect(undoing).toMatchObject({ status: 'paid', totalCents: note.totalCents, reason: 'mauvais jours' });
  expect(undoing.taxes).toEqual(note.taxes);
  expect(note.creditCents).toBe(0n);
  expect(await balanceOf(hub, alice)).toBe(0n);
  expect((await openChargesOf(hub, alice)).map(({ amountCents }) => amountCents)).toEqual([-4_797n, -300n]);
  await booksAreRight(hub);
  const again = await billed(hub, '2026-12-01');
  expect(again).toMatchObject({ customers: 1, unexplained: 0 });
  expect(await rowOf(hub, again.id, alice)).toMatchObject({ outcome: 'credited', totalCents: -5_860n });
  expect(await balanceOf(hub, alice)).toBe(-5_860n);
  await booksAreRight(hub);
  await expect(hub.act((tx) => undoAccountCredit(tx, { noteId: note.id, reason: 'encore' }))).rejects.toThrow(
    'was used',
  );
});

test('a run that is not issued, or while another is open, is not taken back', async () => {
  const { hub, run } = await issued();
  const open = await counted(hub, '2027-01-01');
  const reverse = (id: string) => hub.act((tx) => reverseRun(tx, { id, reason: 'erreur' }));
  await expect(reverse(open.id)).rejects.toThrow('not_in_this_state');
  await expect(reverse(run.id)).rejects.toThrow('run_open');
});

test('a run being issued stops while billing is paused, and goes on afterwards', async () => {
  const { hub } = await issued();
  const { id } = await counted(hub, '2027-01-01');
  await hub.act(async (tx) => {
    await approveRun(tx, { id });
    await pauseScheduler(tx, { paused: true });
  });
  await hub.drain();
  expect(await readRun(hub, id)).toMatchObject({ state: 'issuing', invoices: 0 });
  await hub.moveTo(new Date('2026-12-20T15:00:00Z'));
  await hub.act((tx) => pauseScheduler(tx, { paused: false }));
  await hub.drain();
  // They are dated, and fall due, from the day they are issued.
  const { rows } = await hub.pool.query(
    `select distinct issued_on, due_on > '2027-01-05' as later from billing.invoices where issued_on > '2026-11-25'`,
  );
  expect(rows).toEqual([{ issued_on: '2026-12-20', later: true }]);
  expect(await readRun(hub, id)).toMatchObject({ state: 'issued', invoices: 4 });
  await booksAreRight(hub);
});
