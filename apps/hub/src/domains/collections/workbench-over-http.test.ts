// Every operation of the workbench through the door people use, with their own rights.
import { instantOf } from '@gigafibre/calendar';
import { collectionsOperations as op, type LadderTerms } from '@gigafibre/contract';
import {
  activeService,
  newCustomer,
  serveHub,
  stockCatalog,
  testHub,
  type TestHub,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { issueInvoice } from '../billing/index.ts';

const bill = (hub: TestHub, customerId: string, amountCents: bigint, on = '2026-11-02') =>
  hub.act((tx) =>
    issueInvoice(tx, {
      customerId,
      on,
      reason: 'test',
      lines: [
        {
          kind: 'one_time',
          sku: null,
          description: { fr: 'Travaux', en: 'Work' },
          quantity: 1,
          unitPriceCents: amountCents,
          amountCents,
          taxTreatment: 'outside',
          revenueAccount: '4060',
          locationId: null,
        },
      ],
    }),
  );

async function company() {
  const hub = await testHub();
  const served = await serveHub(hub);
  const owing = async (name: string, cents: bigint) => {
    const customerId = await newCustomer(hub, { name });
    const invoice = await bill(hub, customerId, cents);
    return { customerId, invoice };
  };
  const customers = [
    await owing('Alice', 30_000n),
    await owing('Bruno', 10_000n),
    await owing('Chantal', 20_000n),
  ];
  const on = async (date: string) => {
    await hub.moveTo(instantOf({ date, time: '09:00' }));
    await hub.drain();
  };
  return { hub, customers, on, clerk: await served.as('billing'), served };
}

test('the list in each order, a page at a time, and by what holds or was agreed; refusals in words', async () => {
  const { hub, customers, on, clerk } = await company();
  const [alice, bruno] = customers;
  if (!alice || !bruno) throw new Error('no customers');
  await on('2026-12-05');
  const names = async (asked: object) =>
    (await clerk.call(op.listAccounts, asked)).rows.map(({ customerName }) => customerName);
  // An invoice that was past due when it was entered comes from other books, and is left to people.
  const elsewhere = await newCustomer(hub, { name: 'Denise' });
  await bill(hub, elsewhere, 40_000n, '2026-08-03');
  await on('2026-12-06');
  expect(await names({ sort: 'name' })).toEqual(['Alice', 'Bruno', 'Chantal']);
  const first = await clerk.call(op.listAccounts, { sort: 'amount', limit: 2 });
  expect(first.rows.map(({ customerName }) => customerName)).toEqual(['Alice', 'Chantal']);
  expect(await names({ sort: 'amount', limit: 2, after: first.next ?? '' })).toEqual(['Bruno']);
  for (const sort of ['next', 'age', 'name'] as const) {
    const page = await clerk.call(op.listAccounts, { sort, limit: 1 });
    const rest = await names({ sort, after: page.next ?? '' });
    expect([...page.rows.map(({ customerName }) => customerName), ...rest].toSorted()).toEqual([
      'Alice',
      'Bruno',
      'Chantal',
    ]);
  }
  expect(await names({ minCents: 15_000, sort: 'name' })).toEqual(['Alice', 'Chantal']);
  expect(await names({ minDays: 200 })).toEqual([]);
  expect(await names({ rung: 'suspension' })).toEqual([]);

  const { customerId } = bruno;
  const promised = { customerId, amountCents: 10_000, on: '2026-12-10', note: 'au téléphone' };
  await expect(clerk.call(op.recordPromise, { ...promised, amountCents: 10_001 })).rejects.toMatchObject({
    code: 'promise_amount',
  });
  await expect(clerk.call(op.recordPromise, { ...promised, on: '2027-06-01' })).rejects.toMatchObject({
    code: 'promise_day',
  });
  const made = await clerk.call(op.recordPromise, promised);
  expect(made).toMatchObject({ holds: ['promise'], promise: { amountCents: 10_000n, state: 'open' } });
  expect(await names({ show: 'promise' })).toEqual(['Bruno']);
  expect(await names({ hold: 'promise' })).toEqual(['Bruno']);
  const cancelled = await clerk.call(op.cancelPromise, {
    id: made.promises[0]?.id ?? '',
    reason: 's’est ravisé',
  });
  expect(cancelled).toMatchObject({ holds: [], notes: [{ text: `${made.promises[0]?.id} : s’est ravisé` }] });

  const days = { customerId: alice.customerId, note: '' };
  const parts = (...cents: number[]) =>
    cents.map((amountCents, index) => ({ dueOn: `2027-0${index + 1}-15`, amountCents }));
  await expect(
    clerk.call(op.makeArrangement, { ...days, instalments: parts(15_000, 15_001) }),
  ).rejects.toMatchObject({ code: 'arrangement_sum' });
  await expect(
    clerk.call(op.makeArrangement, { ...days, instalments: parts(15_000, 15_000).toReversed() }),
  ).rejects.toMatchObject({ code: 'arrangement_days' });
  const arranged = await clerk.call(op.makeArrangement, { ...days, instalments: parts(15_000, 15_000) });
  expect(arranged.arrangements).toMatchObject([{ state: 'active', totalCents: 30_000n, leftCents: 30_000n }]);
  expect(await names({ show: 'arrangement' })).toEqual(['Alice']);
  await clerk.call(op.cancelArrangement, { id: arranged.arrangements[0]?.id ?? '', reason: 'erreur' });
});

test('holds, notes and calls; a hold ends, but for a death and a bankruptcy', async () => {
  const { customers, on, clerk, served } = await company();
  const customerId = customers[0]?.customerId ?? '';
  await on('2026-12-05');
  const hold = { customerId, kind: 'other', reason: 'attend sa paie', until: null } as const;
  await expect(clerk.call(op.placeHold, hold)).rejects.toMatchObject({ code: 'hold_end' });
  const held = await clerk.call(op.placeHold, { ...hold, kind: 'bankruptcy' });
  expect(held).toMatchObject({ holds: ['bankruptcy'], next: { on: null, why: 'held' } });
  const released = await clerk.call(op.releaseHold, { id: held.manualHolds[0]?.id ?? '' });
  expect(released.holds).toEqual([]);
  await clerk.call(op.addNote, { customerId, kind: 'call', outcome: 'voicemail', text: 'message laissé' });
  expect(await clerk.call(op.readAccount, { customerId })).toMatchObject({
    rung: 'second_notice',
    collectibleCents: 30_000n,
    notes: [{ kind: 'call', outcome: 'voicemail', text: 'message laissé' }],
  });
  const reader = await served.as('readonly');
  await expect(reader.call(op.addNote, { customerId, text: 'x' })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('notices that stay in the house prove nothing until a person vouches; a decision may be declined', async () => {
  const { hub, on, clerk } = await company();
  await stockCatalog(hub);
  const { customerId } = await activeService(hub, { on: '2026-11-02' });
  await hub.drain();
  for (const day of ['2026-11-25', '2026-12-02', '2026-12-22', '2027-01-10', '2027-01-12']) await on(day);
  const held = await clerk.call(op.readAccount, { customerId });
  expect(held.next).toEqual({ rung: 'final_notice', on: null, why: 'notice_not_sent' });
  const notice = held.steps.find(({ rung }) => rung === 'suspension_notice')?.id ?? '';
  await expect(
    clerk.call(op.proveNotice, { id: notice, how: 'poste', on: '2027-01-01' }),
  ).rejects.toMatchObject({ code: 'proof_day' });
  const proven = await clerk.call(op.proveNotice, { id: notice, how: 'poste', on: '2027-01-10' });
  expect(proven.next).toEqual({ rung: 'final_notice', on: '2027-01-23', why: 'due' });
  await expect(clerk.call(op.repeatNotice, { id: notice })).rejects.toMatchObject({
    code: 'not_in_this_state',
  });
  await on('2027-01-23');
  const final = (await clerk.call(op.readAccount, { customerId })).steps[0]?.id ?? '';
  await clerk.call(op.proveNotice, { id: final, how: 'poste', on: '2027-01-23' });
  await on('2027-01-25');
  const { proposal } = await clerk.call(op.readAccount, { customerId });
  const decline = { id: proposal?.id ?? '', decision: 'decline', reason: 'paie vendredi' } as const;
  await expect(clerk.call(op.decideProposal, decline)).rejects.toMatchObject({ code: 'hold_end' });
  const declined = await clerk.call(op.decideProposal, { ...decline, until: '2027-01-30' });
  expect(declined).toMatchObject({
    proposal: null,
    holds: ['other'],
    next: { on: '2027-01-31', why: 'held' },
  });
});

test('a ladder changes from a day to come, in order, and never below what a consumer is given by law', async () => {
  const { clerk, served } = await company();
  const manager = await served.as('admin');
  const { inForce } = await clerk.call(op.readLadder, {});
  const home = inForce.find(({ segment }) => segment === 'residential');
  if (!home) throw new Error('no ladder');
  const next = { ...wire(home), from: '2027-01-01' };
  await expect(clerk.call(op.changeLadder, next)).rejects.toMatchObject({ code: 'forbidden' });
  const refused = async (over: object) => expect(manager.call(op.changeLadder, { ...next, ...over })).rejects;
  await (await refused({ from: '2026-11-02' })).toMatchObject({ code: 'ladder_in_the_past' });
  await (await refused({ thresholdCents: 4_999 })).toMatchObject({ code: 'ladder_below_law' });
  await (await refused({ noticeDays: 13 })).toMatchObject({ code: 'ladder_below_law' });
  await (await refused({ rungs: next.rungs.toReversed() })).toMatchObject({ code: 'ladder_order' });
  const { from: _from, ...terms } = next;
  await expect(clerk.call(op.previewLadder, { ...terms, noticeDays: 13 })).rejects.toMatchObject({
    code: 'ladder_below_law',
  });
  const preview = await clerk.call(op.previewLadder, terms);
  expect(preview.dueOn > preview.issuedOn).toBe(true);
  expect(preview.rungs.filter(({ on }) => on === null || on <= preview.dueOn)).toEqual([]);
  const changed = await manager.call(op.changeLadder, { ...next, thresholdCents: 6_000 });
  expect(changed.all).toHaveLength(3);
  expect(changed.inForce.find(({ segment }) => segment === 'residential')?.thresholdCents).toBe(5_000n);
});

const wire = ({ thresholdCents, minimumCents, ...terms }: LadderTerms) => ({
  ...terms,
  thresholdCents: Number(thresholdCents),
  minimumCents: Number(minimumCents),
});
