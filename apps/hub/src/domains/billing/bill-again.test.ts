import { Refusal } from '@gigafibre/contract';
import { activeService, ADMIN, stockCatalog, testHub, type TestHub } from '@gigafibre/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rehearse } from '../../platform/transact.ts';
import { openChargesOf } from '../charges/index.ts';
import { verifyLedger } from '../ledger/index.ts';
import { endSubscription, reconnectSubscription, suspendSubscription } from '../subscriptions/index.ts';
import { issueCreditNote, issueInvoice, readInvoice, verifyBilling, type Crediting } from './index.ts';
import { chargeLine } from './first-bill.ts';
import { previewCreditNote } from './issue-credit-note.ts';
import { chargesInvoiced, takeOpenCharges } from '../charges/index.ts';

/** A service at 79.95 with a router at 5.00 since 1 November, November billed; it is the morning of the 16th. */
async function service() {
  const hub = await testHub();
  await stockCatalog(hub);
  const { subscriptionId: id, customerId } = await activeService(hub, { on: '2026-11-01' });
  await hub.drain();
  await hub.moveTo(new Date('2026-11-16T14:00:00Z'));
  await hub.drain();
  const credit = (over: Partial<Crediting> = {}, by = ADMIN) =>
    hub.act(
      (tx) => issueCreditNote(tx, { invoiceId: 'INV-00001', chosen: 'all', reason: 'erreur', ...over }),
      by,
    );
  const waiting = async () =>
    (await openChargesOf(hub, customerId)).map(({ sku, amountCents, period }) => [
      sku,
      amountCents,
      period?.to,
    ]);
  return { hub, id, customerId, credit, waiting };
}
/** Puts all that waits on an invoice, as the next run would. */
const billWaiting = (hub: TestHub, customerId: string) =>
  hub.act(async (tx) => {
    const open = await takeOpenCharges(tx, customerId);
    const made = await issueInvoice(tx, {
      customerId,
      lines: open.map(chargeLine),
      on: '2026-11-16',
      reason: 'essai',
    });
    await chargesInvoiced(
      tx,
      open.map(({ id }) => ({ id, invoiceId: made.id })),
    );
    return made;
  });
const booksAreRight = async (hub: TestHub) => {
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
};

test('what is to be billed again waits as it was, and is billed again exactly once', async () => {
  const { hub, customerId, credit, waiting } = await service();
  const note = await credit({ billAgain: true });
  expect(note).toMatchObject({ kind: 'full', billAgain: true, totalCents: 9_767n });
  expect(await waiting()).toEqual([
    ['FIBRE-500', 7_995n, '2026-11-30'],
    ['ROUTEUR', 500n, '2026-11-30'],
  ]);
  await booksAreRight(hub);
  const again = await billWaiting(hub, customerId);
  expect(again.totalCents).toBe(9_767n);
  expect(await waiting()).toEqual([]);
  await booksAreRight(hub);
  // And once more: the new invoice is an invoice like any other.
  await credit({ invoiceId: again.id, billAgain: true });
  expect((await waiting()).length).toBe(2);
  await booksAreRight(hub);
});

test('an end after that gives back what waits, and the customer owes for the days there were', async () => {
  const { hub, id, customerId, credit } = await service();
  await credit({ billAgain: true });
  await hub.act((tx) => endSubscription(tx, { id, on: '2026-11-15', reason: 'départ' }));
  // 15 days of 30 of 84.95.
  const { subtotalCents } = await billWaiting(hub, customerId);
  expect(subtotalCents).toBe(4_247n);
  await booksAreRight(hub);
});

test('what was given up is not credited a second time when the service ends', async () => {
  const { hub, id, credit, waiting } = await service();
  await credit({ chosen: [{ line: 1 }] });
  await hub.act((tx) => endSubscription(tx, { id, on: '2026-11-15', reason: 'départ' }));
  expect(await waiting()).toEqual([['ROUTEUR', -250n, '2026-11-30']]);
  await booksAreRight(hub);
});

test('a credit that waits is withdrawn when the days it is of are given up', async () => {
  const { hub, id, credit, waiting } = await service();
  await hub.act((tx) => suspendSubscription(tx, { id, reason: 'vacation', on: '2026-11-16' }));
  expect((await waiting()).length).toBe(2);
  await credit();
  expect(await waiting()).toEqual([]);
  expect(await readInvoice(hub, 'INV-00001')).toMatchObject({ status: 'credited' });
  await booksAreRight(hub);
  // The days come back: they were given up with the others.
  await hub.act((tx) => reconnectSubscription(tx, { id, on: '2026-11-16' }));
  expect(await waiting()).toEqual([]);
  await booksAreRight(hub);
});

test('days another invoice has credited already are not given up a second time', async () => {
  const { hub, id, customerId, credit } = await service();
  await credit({ chosen: [{ line: 1 }], billAgain: true });
  await hub.act((tx) => suspendSubscription(tx, { id, reason: 'vacation', on: '2026-11-16' }));
  await billWaiting(hub, customerId);
  await expect(credit({ chosen: [{ line: 2 }] })).rejects.toThrow('Line 2: $2.50 is left');
  // Whoever looks first is told the same, and nothing of the rehearsal stays.
  const preview = (chosen: Crediting['chosen']) =>
    rehearse(hub.env.ground, { by: hub.by }, (tx) =>
      previewCreditNote(tx, { invoiceId: 'INV-00001', chosen }),
    );
  await expect(preview([{ line: 2 }])).rejects.toThrow('Line 2: $2.50 is left');
  expect((await preview([{ line: 2, amountCents: 250n }])).subtotalCents).toBe(250n);
  await credit({ chosen: [{ line: 2, amountCents: 250n }] });
  await booksAreRight(hub);
});

test('a part of a line cannot be billed again', async () => {
  const { hub, credit } = await service();
  const chosen = [{ line: 1, amountCents: 1_000n }];
  await expect(credit({ chosen, billAgain: true })).rejects.toThrow('credit_again_whole');
  await credit({ chosen });
  await expect(credit({ billAgain: true })).rejects.toThrow('credit_again_whole');
  await booksAreRight(hub);
});

const step = fc.oneof(
  fc.record({ what: fc.constant('credit' as const), line: fc.constantFrom(1, 2), billAgain: fc.boolean() }),
  fc.record({ what: fc.constant('give' as const), cents: fc.integer({ min: 1, max: 3_000 }) }),
  fc.record({ what: fc.constant('suspend' as const) }),
  fc.record({ what: fc.constant('reconnect' as const) }),
  fc.record({ what: fc.constant('bill' as const) }),
  fc.record({ what: fc.constant('end' as const), day: fc.integer({ min: 10, max: 16 }) }),
);

test('whatever is credited, given up, billed again, paused and ended: no cycle gives back more than it was charged', async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
    const { hub, id, customerId, credit } = await service();
    for (const one of steps) {
      // What is refused changes nothing, and that is what is tested.
      const done: Promise<unknown> =
        one.what === 'credit'
          ? credit({ chosen: [{ line: one.line }], billAgain: one.billAgain })
          : one.what === 'give'
            ? credit({ chosen: [{ line: 1, amountCents: BigInt(one.cents) }] })
            : one.what === 'suspend'
              ? hub.act((tx) => suspendSubscription(tx, { id, reason: 'vacation' }))
              : one.what === 'reconnect'
                ? hub.act((tx) => reconnectSubscription(tx, { id }))
                : one.what === 'bill'
                  ? billWaiting(hub, customerId)
                  : hub.act((tx) => endSubscription(tx, { id, on: `2026-11-${one.day}`, reason: 'essai' }));
      await done.catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
      });
      await booksAreRight(hub);
    }
    const { rows } = await hub.pool.query(
      'select item_id, cents, given_cents from charges.cycles where cents - given_cents < 0',
    );
    expect(rows).toEqual([]);
    const { rows: twice } = await hub.pool.query(
      `select a.item_id, b.item_id as other, greatest(a.from_on, b.from_on)::text as on_day
         from charges.cycles a join charges.cycles b using (subscription_id)
         join subscriptions.items i on i.id = a.item_id join subscriptions.items j on j.id = b.item_id
        where i.kind = 'internet' and j.kind = 'internet' and (a.item_id, a.cycle_from) < (b.item_id, b.cycle_from)
          and a.from_on <= b.to_on and b.from_on <= a.to_on`,
    );
    expect(twice, 'days for which two plans are billed').toEqual([]);
  });
  await fc.assert(property, { numRuns: 4 });
}, 120_000);
