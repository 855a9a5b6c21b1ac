import { activeService, newSubscription, stockCatalog, testHub, type TestHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { verifyLedger } from '../../ledger/index.ts';
import { endSubscription, readSubscription } from '../../subscriptions/index.ts';
import { addCharge, chargedThrough } from '../../charges/index.ts';
import { chargeInterest } from '../interest.ts';
import { issueManualInvoice } from '../manual-invoice.ts';
import { readCreditNote } from '../read-credit-notes.ts';
import { readInvoice } from '../read-invoices.ts';
import { runPpa } from '../../payments/ppa/run-ppa.ts';
import { verifyBilling } from '../verify-billing.ts';
import { issueRun } from './issue-run.ts';
import { invoiceDifference, listRunCustomers, readRun } from './read-runs.ts';
import { abandonRun, approveRun, explainRunDifference, pauseScheduler, startRun } from './steer-run.ts';

/** Three customers with a plan and a router since 1, 12 and 20 November, all with their first bill; it is 25 November. */
async function company() {
  const hub = await testHub();
  await stockCatalog(hub);
  const services = [];
  for (const day of ['02', '12', '20']) {
    await hub.moveTo(new Date(`2026-11-${day}T15:00:00Z`));
    services.push(await activeService(hub, { name: `Client du ${day}` }));
    await hub.drain();
  }
  await hub.moveTo(new Date('2026-11-25T15:00:00Z'));
  await hub.drain();
  const [first, second, third] = services;
  if (!first || !second || !third) throw new Error('three services');
  return { hub, first, second, third };
}
const counted = async (hub: TestHub, through = '2026-12-01') => {
  const { id } = await hub.act((tx) => startRun(tx, { through }));
  await hub.drain();
  return readRun(hub, id);
};
const customersOf = async (hub: TestHub, id: string) => (await listRunCustomers(hub, { id, limit: 50 })).rows;
const agrees = async (hub: TestHub) => {
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
};

test('a month is computed, compared with its causes, approved and issued to the cent', async () => {
  const { hub, first } = await company();
  const run = await counted(hub);
  expect(run).toMatchObject({ state: 'counted', customers: 3, differs: 3, unexplained: 0, done: 0 });
  const rows = await customersOf(hub, run.id);
  expect(rows[0]).toMatchObject({ totalCents: 9_767n, outcome: null });
  expect(rows.flatMap(({ causes }) => causes.map(({ kind }) => kind))).toEqual(
    Array(6).fill('part_of_cycle'),
  );
  await hub.act((tx) => approveRun(tx, { id: run.id }));
  await hub.drain();
  const [billed] = await customersOf(hub, run.id);
  const id = billed?.invoiceId ?? '';
  const difference = await invoiceDifference(hub, { id, customerId: billed?.customerId ?? '' });
  expect(difference).toEqual({ beforeCents: billed?.beforeCents, causes: billed?.causes, explanation: null });
  await expect(invoiceDifference(hub, { id, customerId: 'C-1' })).rejects.toThrow('not_found');
  expect(await readRun(hub, run.id)).toMatchObject({
    state: 'issued',
    done: 3,
    invoices: 3,
    changed: 0,
    invoicedCents: 29_301n,
  });
  const { rows: lines } = await hub.pool.query(
    `select period_from, period_to, amount_cents from billing.invoice_lines
      where subscription_id = $1 and period_from >= '2026-12-01' order by amount_cents`,
    [first.subscriptionId],
  );
  expect(lines).toEqual([
    { period_from: '2026-12-01', period_to: '2026-12-31', amount_cents: 500n },
    { period_from: '2026-12-01', period_to: '2026-12-31', amount_cents: 7_995n },
  ]);
  await agrees(hub);
});

test('the same month again bills nothing, and the next one is the same for everybody', async () => {
  const { hub } = await company();
  const run = await counted(hub);
  await hub.act((tx) => approveRun(tx, { id: run.id }));
  await hub.drain();
  const again = await counted(hub);
  expect(again).toMatchObject({ customers: 0, totalCents: 0n });
  await hub.act((tx) => abandonRun(tx, { id: again.id, reason: 'déjà faite' }));
  const next = await counted(hub, '2027-01-01');
  expect(next).toMatchObject({ same: 3, differs: 0, unexplained: 0 });
});

test('a run for a day mistyped asks first, and stops when it bills several months, odd amounts or nothing', async () => {
  const { hub, first, second } = await company();
  await expect(counted(hub, '2027-02-01')).rejects.toThrow('run_far');
  const month = await counted(hub);
  await hub.act((tx) => approveRun(tx, { id: month.id }));
  await hub.drain();
  await expect(counted(hub, '2027-02-01')).rejects.toThrow('run_far');
  const far = await hub.act((tx) => startRun(tx, { through: '2027-02-01', confirmed: true }));
  await hub.drain();
  expect(await readRun(hub, far.id)).toMatchObject({
    unexplained: 3,
    warnings: { severalCycles: 3, ownAmounts: 0, largeChanges: 3, zero: 0, missing: 0 },
  });
  await expect(hub.act((tx) => approveRun(tx, { id: far.id }))).rejects.toThrow('run_unexplained');
  await hub.act((tx) => abandonRun(tx, { id: far.id, reason: 'mauvais jour' }));
  const charge = (customerId: string, amountCents: bigint) =>
    hub.act((tx) =>
      addCharge(tx, {
        customerId,
        locationId: null,
        sku: 'VISITE',
        description: { fr: 'Visite', en: 'Visit' },
        amountCents,
        taxTreatment: 'taxable',
        revenueAccount: '4060',
        source: 'test',
      }),
    );
  await charge(first.customerId, 900_000n);
  await charge(second.customerId, -8_495n);
  const odd = await counted(hub, '2027-01-01');
  expect(odd).toMatchObject({ unexplained: 2, warnings: { ownAmounts: 1, zero: 1, largeChanges: 2 } });
  const causes = (await customersOf(hub, odd.id)).map((row) => row.causes.map(({ kind }) => kind));
  expect(causes).toEqual([['own_amount'], ['one_time', 'zero'], []]);
});

test('one run at a time, within reach, and no more than once', async () => {
  const { hub } = await company();
  await expect(counted(hub, '2029-01-01')).rejects.toThrow('run_day');
  const run = await counted(hub);
  await expect(counted(hub)).rejects.toThrow('run_open');
  await hub.act((tx) => approveRun(tx, { id: run.id }));
  // Approved again, it only goes on: its job may have been given up.
  await hub.pool.query('delete from pgboss.job');
  expect(await hub.act((tx) => approveRun(tx, { id: run.id }))).toMatchObject({ state: 'issuing' });
  await expect(hub.act((tx) => abandonRun(tx, { id: run.id, reason: 'trop tard' }))).rejects.toThrow(
    'not_in_this_state',
  );
  await hub.drain();
  expect(await readRun(hub, run.id)).toMatchObject({ state: 'issued', invoices: 3 });
  await expect(hub.act((tx) => approveRun(tx, { id: run.id }))).rejects.toThrow('not_in_this_state');
});

test('a service that runs and would not be billed stops the run until a person explains it', async () => {
  const { hub, second } = await company();
  // As if its first bill had been lost.
  await hub.pool.query('delete from charges.charged_through where subscription_id = $1', [
    second.subscriptionId,
  ]);
  const run = await counted(hub);
  expect(run).toMatchObject({ unexplained: 1, differs: 2 });
  const [odd] = await customersOf(hub, run.id);
  expect(odd).toMatchObject({ customerId: second.customerId, comparison: 'unexplained' });
  expect(odd?.causes.map(({ kind }) => kind)).toEqual(['ended', 'ended', 'missing', 'missing']);
  await expect(hub.act((tx) => approveRun(tx, { id: run.id }))).rejects.toThrow('run_unexplained');
  const explanation = 'service de courtoisie';
  await hub.act((tx) => explainRunDifference(tx, { id: run.id, customerId: second.customerId, explanation }));
  await hub.act((tx) => approveRun(tx, { id: run.id }));
  await hub.drain();
  expect(await readRun(hub, run.id)).toMatchObject({ state: 'issued', invoices: 2, done: 3 });
});

test('what changed after it was shown is not issued: the customer is left for the next run', async () => {
  const { hub, first, second } = await company();
  const run = await counted(hub);
  await hub.act((tx) =>
    endSubscription(tx, { id: first.subscriptionId, on: '2026-12-10', reason: 'départ' }),
  );
  await hub.act((tx) => approveRun(tx, { id: run.id }));
  await hub.drain();
  expect(await readRun(hub, run.id)).toMatchObject({ state: 'issued', invoices: 2, changed: 1 });
  const later = await counted(hub);
  const rows = await customersOf(hub, later.id);
  expect(rows.filter(({ totalCents }) => totalCents > 0n)).toMatchObject([{ customerId: first.customerId }]);
  expect(rows.some(({ customerId }) => customerId === second.customerId)).toBe(false);
  await hub.act((tx) => approveRun(tx, { id: later.id }));
  await hub.drain();
  const { rows: lines } = await hub.pool.query(
    `select period_to, amount_cents from billing.invoice_lines where subscription_id = $1 and period_from = '2026-12-01' order by amount_cents desc`,
    [first.subscriptionId],
  );
  expect(lines).toEqual([
    { period_to: '2026-12-10', amount_cents: 2_579n },
    { period_to: '2026-12-10', amount_cents: 161n },
  ]);
  expect(await readSubscription(hub, first.subscriptionId)).toMatchObject({ lastDay: '2026-12-10' });
  await agrees(hub);
});

test('charges go on the invoice with the month; a bill below zero is a credit note, used by the next invoice', async () => {
  const { hub, first, second, third } = await company();
  const charge = (customerId: string, amountCents: bigint) =>
    hub.act((tx) =>
      addCharge(tx, {
        customerId,
        locationId: null,
        sku: 'VISITE',
        description: { fr: 'Visite', en: 'Visit' },
        amountCents,
        taxTreatment: 'taxable',
        revenueAccount: '4060',
        source: 'test',
      }),
    );
  await charge(first.customerId, 6_995n);
  await charge(second.customerId, -50_000n);
  // Who left has nothing but a credit: a note is what it is for. Credits above a whole month are a person's to explain.
  await charge(third.customerId, -1_000n);
  await hub.act((tx) =>
    endSubscription(tx, { id: third.subscriptionId, on: '2026-11-30', reason: 'départ' }),
  );
  const run = await counted(hub);
  const odd = (await customersOf(hub, run.id)).filter(({ comparison }) => comparison === 'unexplained');
  expect(odd.map(({ customerId }) => customerId)).toEqual([second.customerId]);
  expect(odd[0]?.causes.at(-1)).toMatchObject({ kind: 'below_zero', cents: 0n });
  await expect(hub.act((tx) => approveRun(tx, { id: run.id }))).rejects.toThrow('run_unexplained');
  await hub.act((tx) =>
    explainRunDifference(tx, { id: run.id, customerId: second.customerId, explanation: 'panne' }),
  );
  await hub.act((tx) => approveRun(tx, { id: run.id }));
  await hub.drain();
  const rows = await customersOf(hub, run.id);
  expect(rows.find(({ customerId }) => customerId === first.customerId)?.totalCents).toBe(17_810n);
  expect(rows.find(({ customerId }) => customerId === second.customerId)).toMatchObject({
    totalCents: -47_720n,
    outcome: 'credited',
    invoiceId: null,
    creditNoteId: 'CN-00001',
  });
  expect(rows.find(({ customerId }) => customerId === third.customerId)?.outcome).toBe('credited');
  expect((await hub.pool.query(`select id from charges.charges where state = 'open'`)).rows).toEqual([]);
  expect(await readCreditNote(hub, 'CN-00001')).toMatchObject({ kind: 'account', totalCents: 47_720n });
  // The month is charged with it: the next one is a month, paid by what is left of the credit.
  const next = await counted(hub, '2027-01-01');
  const later = await customersOf(hub, next.id);
  expect(later.find(({ customerId }) => customerId === second.customerId)?.totalCents).toBe(9_767n);
  await hub.act((tx) => approveRun(tx, { id: next.id }));
  await hub.drain();
  const [row] = (await customersOf(hub, next.id)).filter(
    ({ customerId }) => customerId === second.customerId,
  );
  expect(await readInvoice(hub, row?.invoiceId ?? '')).toMatchObject({ status: 'paid' });
  await agrees(hub);
});

test('what waits for a service that has not started is left for its first bill', async () => {
  const { hub, first } = await company();
  const { customerId, locationId } = first;
  const subscriptionId = await newSubscription(hub, { customerId, locationId });
  const charge = { sku: 'INSTALLATION', description: { fr: 'Installation', en: 'Installation' } } as const;
  const taxes = { taxTreatment: 'taxable', revenueAccount: '4060' } as const;
  await hub.act((tx) =>
    addCharge(tx, {
      ...charge,
      ...taxes,
      customerId,
      locationId,
      subscriptionId,
      amountCents: 9_995n,
      source: 'test',
    }),
  );
  const run = await counted(hub);
  const rows = await customersOf(hub, run.id);
  expect(rows.find((row) => row.customerId === customerId)?.totalCents).toBe(9_767n);
});

test('one bill that cannot be issued is said so, and keeps nobody else from theirs', async () => {
  const { hub, second } = await company();
  const run = await counted(hub);
  await hub.pool.query(`create function billing.refuse_one() returns trigger language plpgsql as $$
    begin if new.customer_id = '${second.customerId}' then raise exception 'not this one'; end if; return new; end $$`);
  await hub.pool.query(
    'create trigger refuse_one before insert on billing.invoices for each row execute function billing.refuse_one()',
  );
  await hub.act((tx) => approveRun(tx, { id: run.id }));
  await hub.drain();
  expect(await readRun(hub, run.id)).toMatchObject({ state: 'issued', done: 3, invoices: 2 });
  const rows = await customersOf(hub, run.id);
  expect(rows.find(({ customerId }) => customerId === second.customerId)).toMatchObject({
    outcome: 'failed',
    problem: expect.stringContaining('not this one'),
  });
  // Nothing of it was kept: the next run bills it.
  await hub.pool.query('drop trigger refuse_one on billing.invoices');
  const next = await counted(hub);
  expect((await customersOf(hub, next.id)).map(({ customerId }) => customerId)).toEqual([second.customerId]);
  await agrees(hub);
});

test('a bill that cannot be computed, or is refused when all is committed, keeps nobody else from theirs', async () => {
  const { hub, first: old, second: refused, third: good } = await company();
  // More cycles behind than are charged at once.
  await hub.pool.query(`update subscriptions.items set starts_on = '2020-01-01' where subscription_id = $1`, [
    old.subscriptionId,
  ]);
  await hub.pool.query(
    `update charges.charged_through set through = '2020-01-01' where subscription_id = $1`,
    [old.subscriptionId],
  );
  await hub.pool.query(`create function billing.refuse_late() returns trigger language plpgsql as $$
    begin if new.customer_id = '${refused.customerId}' then raise exception 'refused late'; end if; return null; end $$`);
  await hub.pool.query(
    `create constraint trigger refuse_late after insert on billing.invoices deferrable initially deferred
       for each row execute function billing.refuse_late()`,
  );
  // Counting looks at what somebody else is charging this moment, and does not wait for it.
  const run = await hub.act(async (tx) => {
    await chargedThrough(tx.db, [good.subscriptionId]);
    return counted(hub);
  });
  expect(run).toMatchObject({ state: 'counted', customers: 3, unexplained: 1 });
  const { customerId } = old;
  expect((await customersOf(hub, run.id))[0]).toMatchObject({
    customerId,
    comparison: 'unexplained',
    totalCents: 0n,
    problem: expect.stringContaining('more than 40 cycles'),
  });
  await hub.act((tx) => explainRunDifference(tx, { id: run.id, customerId, explanation: 'à la main' }));
  await hub.act((tx) => approveRun(tx, { id: run.id }));
  await hub.drain();
  expect(await readRun(hub, run.id)).toMatchObject({ state: 'issued', done: 3, invoices: 1 });
  const rows = new Map((await customersOf(hub, run.id)).map((row) => [row.customerId, row]));
  expect(rows.get(good.customerId)).toMatchObject({ outcome: 'invoiced' });
  expect(rows.get(customerId)).toMatchObject({
    outcome: 'failed',
    problem: expect.stringContaining('more than 40 cycles'),
  });
  expect(rows.get(refused.customerId)).toMatchObject({
    outcome: 'failed',
    problem: expect.stringContaining('refused late'),
  });
});

test('while billing is paused nothing is issued, debited or claimed; first bills follow when the pause ends', async () => {
  const { hub, first } = await company();
  await hub.act((tx) => pauseScheduler(tx, { paused: true }));
  const run = await counted(hub);
  await expect(hub.act((tx) => approveRun(tx, { id: run.id }))).rejects.toThrow('scheduler_paused');
  await hub.act((tx) => abandonRun(tx, { id: run.id, reason: 'bascule' }));
  const { customerId } = first;
  const byHand = { customerId, locationId: null, lines: [], withOpenCharges: true, reason: 'x' };
  await expect(hub.act((tx) => issueManualInvoice(tx, byHand))).rejects.toThrow('scheduler_paused');
  await expect(hub.act((tx) => chargeInterest(tx, { customerId }))).rejects.toThrow('scheduler_paused');
  const late = await activeService(hub, { name: 'Client de la bascule' });
  // One whose bill fails, whatever is tried, keeps nobody else from theirs.
  const broken = await activeService(hub, { name: 'Client fautif' });
  await hub.moveTo(new Date('2026-12-20T15:00:00Z'));
  await hub.drain();
  const counts = `select (select count(*)::int from billing.invoices) as invoices,
    (select count(*)::int from payments.ppa_runs where started_at > '2026-11-26') as debits,
    (select count(*)::int from collections.runs where started_at > '2026-11-26') as walks`;
  expect((await hub.pool.query(counts)).rows).toEqual([{ invoices: 3, debits: 0, walks: 0 }]);
  await expect(hub.act((tx) => runPpa(tx, { dryRun: false }))).rejects.toThrow('scheduler_paused');
  await hub.pool.query(
    `create function pg_temp_fails() returns trigger language plpgsql as $$ begin
       if new.subscription_id = '${broken.subscriptionId}' then raise 'no bill for this one'; end if; return new; end $$;
     create trigger fails before insert on billing.first_bills for each row execute function pg_temp_fails()`,
  );
  await hub.act((tx) => pauseScheduler(tx, { paused: false }));
  await hub.act((tx) => pauseScheduler(tx, { paused: false }));
  await hub.drain();
  expect((await hub.pool.query('select subscription_id from billing.first_bills_waiting')).rows).toEqual([
    { subscription_id: broken.subscriptionId },
  ]);
  await hub.pool.query('drop trigger fails on billing.first_bills; delete from pgboss.job');
  expect((await hub.pool.query(counts)).rows).toEqual([{ invoices: 4, debits: 1, walks: 1 }]);
  const { rows } = await hub.pool.query(
    'select i.customer_id, i.issued_on from billing.first_bills b join billing.invoices i on i.id = b.invoice_id where b.subscription_id = $1',
    [late.subscriptionId],
  );
  expect(rows).toEqual([{ customer_id: late.customerId, issued_on: '2026-12-20' }]);
  // And is asked for again a day later.
  await hub.moveTo(new Date('2026-12-21T16:00:00Z'));
  await hub.drain();
  expect((await hub.pool.query('select * from billing.first_bills_waiting')).rows).toEqual([]);
  expect((await hub.pool.query(counts)).rows).toMatchObject([{ invoices: 5 }]);
  await agrees(hub);
});

test('a cycle charged for other cents than its lines say is found', async () => {
  const { hub, first } = await company();
  await agrees(hub);
  await hub.pool.query('update charges.cycles set cents = cents + 1 where subscription_id = $1', [
    first.subscriptionId,
  ]);
  expect((await verifyBilling(hub)).map(({ what }) => what)).toEqual(['cycle', 'cycle']);
});

test('workers on the same pages, two pages at once each: each customer is billed once, whatever one of them does', async () => {
  const { hub } = await company();
  const run = await counted(hub);
  await hub.act((tx) => approveRun(tx, { id: run.id }));
  const issue = () => hub.act((tx) => issueRun(tx, hub.hub.ground, { runId: run.id, page: 1 }));
  // A page that fails outright leaves the others whole, and is there when its job comes again.
  await hub.pool.query(`create function app.refuse_one() returns trigger language plpgsql as $$
    begin if (new.data ->> 'done')::int = 2 then raise exception 'not this page'; end if; return new; end $$`);
  await hub.pool.query(
    `create trigger refuse_one before insert on app.events for each row when (new.type = 'billing_run.progressed') execute function app.refuse_one()`,
  );
  await expect(issue()).rejects.toThrow('not this page');
  expect(await readRun(hub, run.id)).toMatchObject({ state: 'issuing', done: 1, invoices: 1 });
  await hub.pool.query('drop trigger refuse_one on app.events');
  await Promise.all([issue(), issue()]);
  await hub.drain();
  expect(await readRun(hub, run.id)).toMatchObject({ state: 'issued', invoices: 3, done: 3 });
  // The number of a page that was undone is the next one's.
  const { rows } = await hub.pool.query(
    'select max(number)::int as last, count(*)::int as invoices from billing.invoices',
  );
  expect(rows).toEqual([{ last: 6, invoices: 6 }]);
  await agrees(hub);
});
