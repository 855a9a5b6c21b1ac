// The ladder in virtual time on a real hub: mail that really leaves, services that are really cut.
import { instantOf } from '@gigafibre/calendar';
import { receivableOperations as receivables, ROLES } from '@gigafibre/contract';
import type { Outcome } from '@gigafibre/outside/outcome';
import { activeService, ADMIN, serveHub, stockCatalog, testHub, type TestHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import type { Actor } from '../../platform/acting.ts';
import { rehearse } from '../../platform/transact.ts';
import { openInvoicesOf, readInvoice, verifyBilling } from '../billing/index.ts';
import { balanceOf } from '../ledger/index.ts';
import { messageFate, setMessageMode } from '../messages/index.ts';
import { receivePayment } from '../payments/index.ts';
import { reconnectSubscription, readSubscription, suspendSubscription } from '../subscriptions/index.ts';
import { makeArrangement } from './agreed/arrangements.ts';
import { placeHold, releaseHold } from './agreed/holds.ts';
import { recordPromise } from './agreed/promises.ts';
import { decideProposal } from './decide-proposal.ts';
import { changeLadder, readLadder } from './ladder/terms.ts';
import { listAccounts } from './list-accounts.ts';
import { proveNotice, repeatNotice } from './prove-notice.ts';
import { readAccount } from './read-account.ts';
import { startDailyWalk } from './walk-ladders.ts';

type Sent = Outcome<{ providerRef: string }>;
const ASKED = { limit: 50, show: 'all', sort: 'next' } as const;

/** A customer with an active service and one invoice, due 22 November, on a hub whose mail leaves unless it may not. */
async function late({ fails = false }: { fails?: boolean } = {}) {
  let sent = 0;
  const send = (): Promise<Sent> => {
    sent += 1;
    return Promise.resolve(
      fails
        ? { is: 'declined', code: '550', message: 'no such mailbox' }
        : { is: 'done', value: { providerRef: `ref-${sent}` } },
    );
  };
  const mail = { vendor: 'test', send, close: () => Promise.resolve() };
  const hub = await testHub({ outside: { mail } });
  await stockCatalog(hub);
  await hub.act((tx) => setMessageMode(tx, { mode: 'live', allowlist: [] }));
  await hub.drain();
  const { customerId, subscriptionId } = await activeService(hub, { on: '2026-11-02' });
  await hub.drain();
  const [invoice] = await openInvoicesOf(hub, customerId);
  if (!invoice) throw new Error('nothing was billed');
  /** Nine in the morning of a day in Montréal, with everything that follows. */
  const on = async (date: string, time = '09:00') => {
    await hub.moveTo(instantOf({ date, time }));
    await hub.drain();
  };
  const account = () => readAccount(hub, customerId);
  const pay = async (amountCents: bigint, receivedOn: string) => {
    await hub.act((tx) => receivePayment(tx, { customerId, method: 'transfer', amountCents, receivedOn }));
    await hub.drain();
  };
  const status = async () => (await readSubscription(hub, subscriptionId)).status;
  const notices = async () =>
    (await account()).steps.toReversed().map(({ rung, on: day, announcedOn }) => [rung, day, announcedOn]);
  return { hub, customerId, subscriptionId, invoice, on, account, pay, status, notices };
}
const mustHave = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Error('expected something');
  return value;
};
const yesTo = (id: string) =>
  ({
    id,
    decision: 'approve',
    reason: 'vu',
    until: null,
    agency: null,
    reference: null,
    writeOff: false,
  }) as const;
const olderInvoice = async (hub: TestHub, { of, cents }: { of: string; cents: bigint }) => {
  await hub.pool.query(`alter table billing.invoices disable trigger user`);
  await hub.pool.query(
    `insert into billing.invoices (id, number, customer_id, reason, issued_on, due_on, issued_by, subtotal_cents,
       tax_cents, total_cents, language, bill_to, service_address, company, previous_balance_cents, account_since,
       amount_due_cents)
     select 'INV-99999', 99999, customer_id, reason, '2026-08-01', '2026-08-20', issued_by, $2, 0, $2, language,
            bill_to, service_address, company, 0, account_since, $2 from billing.invoices where id = $1`,
    [of, cents],
  );
  await hub.pool.query(`alter table billing.invoices enable trigger user`);
};
const FRIENDLY = [
  ['reminder', '2026-11-25', null],
  ['second_notice', '2026-12-02', null],
  ['formal_notice', '2026-12-22', null],
] as const;
const NOTICES = [
  ['suspension_notice', '2027-01-10', '2027-01-25'],
  ['final_notice', '2027-01-23', '2027-01-25'],
] as const;

test('the whole ladder, rung by rung, to the agency; each decision that hurts is a person’s', async () => {
  const { hub, customerId, invoice, on, account, status, notices } = await late();
  expect(invoice.dueOn).toBe('2026-11-22');
  await on('2026-11-24');
  expect((await listAccounts(hub, ASKED)).rows).toEqual([]);
  for (const [, day] of [...FRIENDLY, ...NOTICES]) await on(mustHave(day));
  expect(await notices()).toEqual([...FRIENDLY, ...NOTICES]);
  const subjects = await hub.pool.query<{ template: string }>(
    `select template from messages.messages where channel = 'email' and template ~ 'notice|reminder' order by created_at, id`,
  );
  expect(subjects.rows.map(({ template }) => template)).toEqual([
    'payment_reminder',
    'second_notice',
    'formal_notice',
    'suspension_notice',
    'final_notice',
  ]);
  await on('2027-01-25');
  expect(await status()).toBe('active');
  const { proposal } = await account();
  expect(proposal).toMatchObject({ rung: 'suspension', amountCents: invoice.outstandingCents });
  expect((await listAccounts(hub, { ...ASKED, show: 'to_decide' })).rows).toMatchObject([
    { customerId, proposed: 'suspension', next: { rung: 'suspension', why: 'proposed' } },
  ]);
  const approve = async (agency: string | null = null) => {
    const { id } = mustHave((await account()).proposal);
    await hub.act((tx) => decideProposal(tx, { ...yesTo(id), agency, fateOf: messageFate }));
    await hub.drain();
  };
  await hub.moveTo(instantOf({ date: '2027-01-25', time: '22:00' }));
  await expect(approve()).rejects.toMatchObject({ code: 'ladder_not_now' });
  await on('2027-01-26');
  // Bounced since the walk of the day: what became of it is asked again.
  const become = (from: string, to: string) =>
    hub.pool.query(
      `update messages.messages set status = $2 where template = 'final_notice' and status = $1`,
      [from, to],
    );
  await become('sent', 'failed');
  await expect(approve()).rejects.toMatchObject({ code: 'ladder_not_now' });
  await become('failed', 'sent');
  await approve();
  expect(await status()).toBe('suspended');
  await on('2027-02-10');
  await approve();
  await on('2027-02-25');
  await approve();
  await on('2027-02-26');
  expect(await status()).toBe('cancelled');
  await on('2027-03-28');
  await expect(approve()).rejects.toMatchObject({ code: 'agency_needed' });
  // Given up as well, if somebody may: nothing is owed, the taxes come back, and nothing is left on the ladder.
  const debt = (await account()).collectibleCents;
  const { id } = mustHave((await account()).proposal);
  const givenUp = (by: Actor) =>
    rehearse(hub.env.ground, { by }, async (tx) => {
      await decideProposal(tx, { ...yesTo(id), agency: 'Agence', writeOff: true, fateOf: messageFate });
      const kept = await tx.db.selectFrom('collections.hand_offs').selectAll().execute();
      const lost = await tx.db.selectFrom('billing.write_offs').selectAll().execute();
      return { kept, lost, owed: await balanceOf(tx, customerId), wrong: await verifyBilling(tx) };
    });
  const clerk = { ...ADMIN, capabilities: new Set(ROLES.billing) };
  await expect(givenUp(clerk)).rejects.toMatchObject({ code: 'approval_needed' });
  const { kept, lost, owed, wrong } = await givenUp(ADMIN);
  expect(kept).toMatchObject([{ amount_cents: debt, written_off_cents: debt }]);
  expect(lost).toMatchObject([{ amount_cents: debt, reason: 'remis à Agence' }]);
  expect(lost[0]?.gst_cents).toBeGreaterThan(0n);
  expect([owed, wrong]).toEqual([0n, []]);
  await approve('Agence Recouvrement');
  expect(await account()).toMatchObject({
    holds: ['handed_off'],
    handOff: { agency: 'Agence Recouvrement', writtenOffCents: 0n },
  });
  const { rows } = await hub.pool.query(`select type from dispatch.jobs where source = 'collections'`);
  expect(rows).toEqual([{ type: 'disconnect' }]);
});

test('two workers in the same second, and a look repeated all day, do nothing twice', async () => {
  const { hub, on, notices } = await late();
  await hub.moveTo(instantOf({ date: '2026-11-25', time: '09:00' }));
  await Promise.all([startDailyWalk(hub.env), startDailyWalk(hub.env), startDailyWalk(hub.env)]);
  await Promise.all([hub.drain(), hub.drain()]);
  await on('2026-11-25', '15:00');
  expect(await notices()).toEqual(FRIENDLY.slice(0, 1));
  const { rows } = await hub.pool.query(
    `select channel from messages.messages where template = 'payment_reminder' order by channel`,
  );
  expect(rows).toEqual([{ channel: 'email' }]);
});

test('paying gives the service back at once and takes the customer off the ladder; a part may be enough', async () => {
  const { hub, subscriptionId, invoice, on, account, pay, status } = await late();
  for (const [, day] of [...FRIENDLY, ...NOTICES]) await on(mustHave(day));
  await on('2027-01-25');
  const { id } = mustHave((await account()).proposal);
  await hub.act((tx) => decideProposal(tx, { ...yesTo(id), fateOf: messageFate }));
  await hub.drain();
  expect(await status()).toBe('suspended');
  // All but 50.00 $: not enough to stay cut.
  await pay(invoice.outstandingCents - 5_000n, '2027-01-25');
  expect(await status()).toBe('active');
  expect(await account()).toMatchObject({ suspendedOn: null, overdueCents: 5_000n });
  expect((await listAccounts(hub, ASKED)).rows).toHaveLength(1);
  await pay(5_000n, '2027-01-25');
  expect((await listAccounts(hub, ASKED)).rows).toEqual([]);
  const { rows } = await hub.pool.query(
    `select template from messages.messages where channel = 'email' and template like 'service%' order by id`,
  );
  expect(rows.map(({ template }) => template)).toEqual(['service_suspended', 'service_restored']);
  // Cut by hand, off the ladder: what is paid gives it back too.
  await hub.act((tx) => suspendSubscription(tx, { id: subscriptionId, reason: 'non_payment' }));
  await pay(1n, '2027-01-25');
  expect(await status()).toBe('active');
});

test('a part paid after the notices cancels them; a proposal is withdrawn by what pays it', async () => {
  const { invoice, on, account, pay, status } = await late();
  for (const [, day] of [...FRIENDLY, ...NOTICES]) await on(mustHave(day));
  await on('2027-01-25');
  await pay(invoice.outstandingCents - 5_000n, '2027-01-25');
  expect(await account()).toMatchObject({ proposal: null, next: { why: 'below_threshold' } });
  await on('2027-02-20');
  expect(await status()).toBe('active');
});

test('an address that does not exist proves nothing: given anew, or proven by a person, its delay starts again', async () => {
  const { hub, on, account, status } = await late({ fails: true });
  for (const [, day] of FRIENDLY) await on(mustHave(day));
  await on('2027-01-10');
  await on('2027-01-25');
  const stuck = await account();
  expect(stuck).toMatchObject({ next: { rung: 'final_notice', why: 'notice_failed' }, proposal: null });
  expect(await status()).toBe('active');
  const notice = mustHave(stuck.steps.find(({ rung }) => rung === 'suspension_notice'));
  expect(notice).toMatchObject({ failed: true, provenAt: null });
  const again = await hub.act((tx) => repeatNotice(tx, { id: notice.id }));
  const given = mustHave(again.steps[0]);
  expect(given).toMatchObject({ rung: 'suspension_notice', announcedOn: '2027-02-09' });
  await hub.drain();
  await on('2027-01-27');
  const proven = await hub.act((tx) =>
    proveNotice(tx, { id: given.id, how: 'courrier recommandé', on: '2027-01-27' }),
  );
  // Fourteen full days from the day it reached: not before 11 February.
  expect(proven.next).toEqual({ rung: 'final_notice', on: '2027-02-09', why: 'due' });
});

test('promises, arrangements, disputes and holds stop what hurts; broken, it goes on', async () => {
  const { hub, customerId, invoice, on, account, pay, notices } = await late();
  await on('2026-11-25');
  const owed = invoice.outstandingCents;
  const promised = { customerId, amountCents: owed, on: '2026-12-05', note: '' };
  await hub.act((tx) => recordPromise(tx, promised));
  await expect(hub.act((tx) => recordPromise(tx, promised))).rejects.toMatchObject({ code: 'promise_open' });
  await on('2026-12-02');
  expect(await account()).toMatchObject({ holds: ['promise'], next: { on: '2026-12-06', why: 'held' } });
  await on('2026-12-06');
  expect((await account()).promise).toMatchObject({ state: 'broken' });
  expect((await notices()).at(-1)).toEqual(['second_notice', '2026-12-06', null]);

  const half = owed / 2n;
  const sum = (rest: bigint) => ({
    customerId,
    note: '',
    instalments: [
      { dueOn: '2026-12-15', amountCents: half },
      { dueOn: '2027-01-15', amountCents: rest },
    ],
  });
  await expect(hub.act((tx) => makeArrangement(tx, sum(owed - half - 1n)))).rejects.toMatchObject({
    code: 'arrangement_sum',
  });
  await hub.act((tx) => makeArrangement(tx, sum(owed - half)));
  await pay(half, '2026-12-06');
  await on('2027-01-04');
  expect(await account()).toMatchObject({ holds: ['arrangement'], collectibleCents: 0n });
  await on('2027-01-16');
  expect(await account()).toMatchObject({ arrangement: 'broken', collectibleCents: owed - half });

  const held = await hub.act((tx) =>
    placeHold(tx, { customerId, kind: 'vulnerable', reason: 'oxygène', until: '2027-03-01' }),
  );
  expect(held.holds).toEqual(['vulnerable']);
  await hub.act((tx) => releaseHold(tx, { id: mustHave(held.manualHolds[0]).id }));
  const clerk = await (await serveHub(hub)).as('billing');
  const dispute = await clerk.call(receivables.openDispute, { id: invoice.id, reason: 'jamais reçu' });
  await hub.drain();
  expect(await account()).toMatchObject({ holds: ['dispute'], collectibleCents: 0n });
  await clerk.call(receivables.closeDispute, { id: dispute.id, outcome: 'upheld', note: 'livré' });
  await hub.drain();
  expect(await account()).toMatchObject({ holds: [], collectibleCents: owed - half });
  await pay(owed - half, '2027-01-16');
  expect((await listAccounts(hub, ASKED)).rows).toEqual([]);
});

test('a service a person gave back is not cut again without new notices', async () => {
  const { hub, subscriptionId, on, account } = await late();
  for (const [, day] of [...FRIENDLY, ...NOTICES]) await on(mustHave(day));
  await on('2027-01-25');
  const { id } = mustHave((await account()).proposal);
  await hub.act((tx) => decideProposal(tx, { ...yesTo(id), fateOf: messageFate }));
  await hub.act((tx) => reconnectSubscription(tx, { id: subscriptionId }));
  await on('2027-01-27');
  expect((await account()).steps[0]).toMatchObject({ rung: 'suspension_notice', on: '2027-01-27' });
});

test('an arrangement is kept by what it asks, whatever of an invoice is contested and wherever older debts take it', async () => {
  const { hub, customerId, invoice, on, account, pay } = await late();
  const clerk = await (await serveHub(hub)).as('billing');
  await on('2026-11-25');
  const contested = invoice.outstandingCents - 8_000n;
  const dispute = await clerk.call(receivables.openDispute, {
    id: invoice.id,
    amountCents: Number(contested),
    reason: 'jamais reçu',
  });
  await hub.drain();
  const days = ['2026-12-15', '2027-01-15', '2027-02-15', '2027-03-15'];
  const instalments = days.map((dueOn) => ({ dueOn, amountCents: 2_000n }));
  await hub.act((tx) => makeArrangement(tx, { customerId, note: '', instalments }));
  await pay(2_000n, '2026-11-25');
  await on('2026-12-16');
  expect((await account()).arrangements[0]).toMatchObject({ state: 'active', leftCents: 6_000n });
  await clerk.call(receivables.closeDispute, { id: dispute.id, outcome: 'upheld', note: 'livré' });
  await hub.drain();
  await on('2026-12-17');
  expect((await account()).arrangements[0]).toMatchObject({ state: 'active', leftCents: 6_000n });
  // An invoice of other books, due before: money goes to it first.
  await olderInvoice(hub, { of: invoice.id, cents: 2_000n });
  await pay(2_000n, '2026-12-17');
  await on('2027-01-16');
  expect((await account()).arrangements[0]).toMatchObject({ state: 'active', leftCents: 4_000n });
  await on('2027-02-16');
  expect(await account()).toMatchObject({ arrangement: 'broken', holds: [] });
  // The bank of a card decides whether a payment stays: until it has, nothing that hurts.
  const move = (state: string) =>
    hub.pool.query(
      `insert into payments.chargebacks (payment_id, customer_id, amount_cents, reason, state, provider, provider_ref)
       select id, customer_id, amount_cents, 'fraudulent', $1, 'test', 'dp-1' from payments.payments limit 1
       on conflict (provider, provider_ref) do update set state = excluded.state`,
      [state],
    );
  await move('under_review');
  expect((await account()).holds).toEqual(['dispute']);
  await move('won');
  expect((await account()).holds).toEqual([]);
});

test('where the ladder cuts by itself it asks a person first when a payment may be waiting on the statement', async () => {
  const { hub, customerId, on, account, status } = await late();
  const ladders = await readLadder(hub);
  const [residential] = ladders.inForce.filter(({ segment }) => segment === 'residential');
  const { rungs, ...terms } = mustHave(residential);
  const byItself = rungs.map((one) =>
    one.rung === 'suspension' ? { ...one, mode: 'automatic' as const } : one,
  );
  await hub.act((tx) => changeLadder(tx, { ...terms, from: '2026-11-03', rungs: byItself }));
  for (const [, day] of [...FRIENDLY, ...NOTICES]) await on(mustHave(day));
  await hub.pool.query(
    `with statement as (insert into payments.bank_statements (name, digest, from_date, to_date, lines, known,
         received_cents, read_by)
       values ('r.csv', 'd', '2027-01-20', '2027-01-20', 1, 0, 9767, 'x') returning id)
     insert into payments.statement_lines (statement_id, place, on_date, description, amount_cents, fingerprint, state, kind, candidates)
     select id, 1, '2027-01-20', 'VIR INTERAC', 9767, 'f', 'waiting', 'payment', $1 from statement`,
    [JSON.stringify([{ customerId, confidence: 40 }])],
  );
  await on('2027-01-25');
  expect([await status(), (await account()).proposal?.rung]).toEqual(['active', 'suspension']);
  expect((await account()).possiblePayments).toMatchObject([
    { amountCents: 9_767n, description: 'VIR INTERAC' },
  ]);
  // Looked at, it is somebody else's.
  await hub.pool.query(`update payments.statement_lines set state = 'other'`);
  await on('2027-01-26');
  expect([await status(), (await account()).possiblePayments]).toEqual(['suspended', []]);
});

test('an arrangement all of whose money older debts took ends kept, and what is left is asked for again', async () => {
  const { hub, customerId, invoice, on, account, pay } = await late();
  await on('2026-11-25');
  const total = invoice.outstandingCents;
  const instalments = [{ dueOn: '2026-12-15', amountCents: total }];
  await hub.act((tx) => makeArrangement(tx, { customerId, note: '', instalments }));
  await olderInvoice(hub, { of: invoice.id, cents: total });
  await pay(total, '2026-12-10');
  await on('2026-12-16');
  const { arrangements, arrangement, collectibleCents, holds } = await account();
  expect([arrangement, arrangements[0]?.leftCents]).toEqual(['kept', 0n]);
  expect((await readInvoice(hub, invoice.id)).outstandingCents).toBe(total);
  expect([collectibleCents, holds]).toEqual([total, []]);
});
