import { newCustomer, testHub, type TestHub } from '@gigafibre/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  accountBalance,
  issueInvoice,
  openInvoicesOf,
  readInvoice,
  verifyBilling,
} from '../billing/index.ts';
import { accountOf, balanceOf, verifyLedger } from '../ledger/index.ts';
import { applyCredits, receivePayment, verifyPayments, type Receiving } from './index.ts';
import { listPayments, readPayment, readPaymentOf } from './read-payments.ts';
import { receipt } from './receipt.ts';
import { recordPayment, type ByHand } from './record-payment.ts';

/** An invoice without taxes, so that figures are seen at a glance. */
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

const take = (hub: TestHub, customerId: string, amountCents: bigint, over: Partial<Receiving> = {}) =>
  hub.act((tx) =>
    receivePayment(tx, { customerId, method: 'card', amountCents, receivedOn: '2026-11-03', ...over }),
  );

const byHand = (
  hub: TestHub,
  input: Pick<ByHand, 'customerId' | 'method' | 'amountCents'> & Partial<ByHand>,
) => hub.act((tx) => recordPayment(tx, { invoiceId: null, reference: null, note: '', ...input }));

const booksAreRight = async (hub: TestHub) => {
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
  expect(await verifyPayments(hub)).toEqual([]);
};

test('a payment goes to the invoice due first, and what is too much is the customer’s credit', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const [first, second] = [
    await bill(hub, customerId, 5_000n),
    await bill(hub, customerId, 3_000n, '2026-11-03'),
  ];
  const payment = await take(hub, customerId, 9_000n, { provider: { vendor: 'stripe', ref: 'pi_1' } });
  expect(payment?.allocations.map(({ invoiceId, amountCents }) => [invoiceId, amountCents])).toEqual([
    [first.id, 5_000n],
    [second.id, 3_000n],
  ]);
  expect(payment).toMatchObject({ creditCents: 1_000n, by: 'stripe', reference: 'pi_1' });
  expect(await accountOf(hub, customerId)).toEqual({
    receivableCents: 0n,
    creditCents: 1_000n,
    balanceCents: -1_000n,
  });
  const { rows } = await hub.pool.query(
    `select account, debit_cents - credit_cents as cents from ledger.postings join ledger.entries on id = entry_id
      where document_kind = 'payment' order by account`,
  );
  expect(rows).toEqual([
    { account: '1050', cents: 9_000n },
    { account: '1100', cents: -8_000n },
    { account: '2210', cents: -1_000n },
  ]);
  await booksAreRight(hub);
});

test('a payment of one invoice touches no other, and of a paid one becomes a credit', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const [older, chosen] = [await bill(hub, customerId, 5_000n), await bill(hub, customerId, 3_000n)];
  await take(hub, customerId, 3_000n, { invoiceId: chosen.id });
  const again = await take(hub, customerId, 3_000n, { invoiceId: chosen.id });
  expect(again).toMatchObject({ allocations: [], creditCents: 3_000n });
  expect((await readInvoice(hub, older.id)).status).toBe('issued');
  const stranger = await newCustomer(hub);
  expect(await take(hub, stranger, 100n, { invoiceId: older.id })).toMatchObject({
    allocations: [],
    creditCents: 100n,
  });
  await booksAreRight(hub);
});

test('a credit is put against the next invoice by itself, and the receipt of its payment does not change', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const payment = await take(hub, customerId, 4_000n);
  const before = await receipt(hub, { id: payment?.id ?? '' });
  const invoice = await bill(hub, customerId, 3_000n);
  expect(invoice).toMatchObject({ previousBalanceCents: 0n, amountDueCents: -1_000n });
  await hub.drain();
  expect((await readInvoice(hub, invoice.id)).status).toBe('paid');
  expect(await readPayment(hub, payment?.id ?? '')).toMatchObject({ creditCents: 1_000n });
  await bill(hub, customerId, 3_000n);
  await hub.drain();
  expect(await accountBalance(hub, customerId)).toMatchObject({ balanceCents: 2_000n, creditCents: 0n });
  const after = await receipt(hub, { id: payment?.id ?? '' });
  expect(Buffer.from(after.bytes).equals(Buffer.from(before.bytes))).toBe(true);
  await booksAreRight(hub);
});

test('money with the same provider reference is recorded once, even twenty times at once', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  await bill(hub, customerId, 5_000n);
  const provider = { vendor: 'stripe', ref: 'pi_1' };
  const all = await Promise.all(
    Array.from({ length: 20 }, () => take(hub, customerId, 5_000n, { provider })),
  );
  expect(all.filter((payment) => payment !== undefined)).toHaveLength(1);
  expect(await balanceOf(hub, customerId)).toBe(0n);
  await booksAreRight(hub);
});

test('two payments of the same invoice at once: one settles it, the other is a credit', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const { id } = await bill(hub, customerId, 5_000n);
  const both = await Promise.all(
    ['pi_1', 'pi_2'].map((ref) =>
      take(hub, customerId, 5_000n, { invoiceId: id, provider: { vendor: 'stripe', ref } }),
    ),
  );
  expect(both.map((payment) => payment?.creditCents).toSorted()).toEqual([0n, 5_000n]);
  expect(await readInvoice(hub, id)).toMatchObject({ status: 'paid', settledCents: 5_000n });
  await booksAreRight(hub);
});

test('cash is rounded to five cents: 80.45 settles 80.43, and the difference is in the books', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const invoice = await bill(hub, customerId, 8_043n);
  const payment = await byHand(hub, {
    customerId,
    method: 'cash',
    amountCents: 8_045n,
    invoiceId: invoice.id,
  });
  expect(payment).toMatchObject({ roundingCents: 2n, creditCents: 0n, by: 'Testeur' });
  const less = await bill(hub, customerId, 8_042n);
  expect(await byHand(hub, { customerId, method: 'cash', amountCents: 8_040n })).toMatchObject({
    roundingCents: -2n,
  });
  expect((await readInvoice(hub, less.id)).status).toBe('paid');
  const { rows } = await hub.pool.query(
    `select sum(debit_cents - credit_cents)::int as cents from ledger.postings where account = '6310'`,
  );
  expect(rows).toEqual([{ cents: 0 }]);
  await expect(receipt(hub, { id: payment.id, language: 'en' })).resolves.toMatchObject({
    name: `${payment.id}.pdf`,
  });
  await booksAreRight(hub);
});

test('cash that is not what rounding makes of the debt is taken as it is', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  await bill(hub, customerId, 8_043n);
  expect(await byHand(hub, { customerId, method: 'cash', amountCents: 8_000n })).toMatchObject({
    roundingCents: 0n,
  });
  await expect(byHand(hub, { customerId, method: 'cash', amountCents: 43n })).rejects.toThrow(
    'cash_not_rounded',
  );
  // 0.43 is left: 0.45 settles it.
  expect(await byHand(hub, { customerId, method: 'cash', amountCents: 45n })).toMatchObject({
    roundingCents: 2n,
  });
  expect(await byHand(hub, { customerId, method: 'cash', amountCents: 45n })).toMatchObject({
    creditCents: 45n,
  });
  await booksAreRight(hub);
});

test('what staff cannot have received is refused, and nothing is written', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const cheque = { customerId, method: 'cheque', amountCents: 5_000n, reference: '0042' } as const;
  await byHand(hub, cheque);
  const wrong: [Partial<ByHand>, string][] = [
    [{}, 'reference_used'],
    [{ amountCents: 0n }, 'amount_not_valid'],
    [{ amountCents: -5n }, 'amount_not_valid'],
    [{ receivedOn: '2026-11-03' }, 'date_in_the_future'],
    [{ customerId: 'C-1' }, 'not_found'],
    [{ invoiceId: 'INV-99999' }, 'not_found'],
  ];
  for (const [over, refusal] of wrong)
    await expect(byHand(hub, { ...cheque, ...over }), refusal).rejects.toThrow(refusal);
  expect((await listPayments(hub, { limit: 9 })).rows).toHaveLength(1);
  expect(await byHand(hub, { ...cheque, reference: '0043', receivedOn: '2026-10-30' })).toMatchObject({
    receivedOn: '2026-10-30',
    receivedAt: hub.now.toISOString(),
  });
});

test('a payment that is recorded cannot be changed', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  await take(hub, customerId, 5_000n);
  for (const statement of ['update payments.payments set amount_cents = 1', 'delete from payments.payments'])
    await expect(hub.pool.query(statement), statement).rejects.toThrow('cannot be changed');
});

test('payments are listed newest first, of a customer, a page at a time; those of others do not exist', async () => {
  const hub = await testHub();
  const [one, other] = [await newCustomer(hub), await newCustomer(hub)];
  const ids: string[] = [];
  for (const customerId of [one, other, one]) ids.push((await take(hub, customerId, 500n))?.id ?? '');
  const first = await listPayments(hub, { limit: 1, customerId: one });
  const rest = await listPayments(hub, { limit: 1, customerId: one, after: first.next ?? '' });
  expect([...first.rows, ...rest.rows].map(({ id }) => id)).toEqual([ids[2], ids[0]]);
  await expect(readPaymentOf(hub, { id: ids[1] ?? '', customerId: one })).rejects.toThrow('not_found');
});

test('whatever is billed, paid and repeated, at once or in turn, the books agree with the documents', async () => {
  const hub = await testHub();
  const customers = [await newCustomer(hub), await newCustomer(hub)];
  const act = fc.oneof(
    fc.record({ do: fc.constant('bill' as const), who: fc.nat(1), cents: fc.bigInt(1n, 20_000n) }),
    fc.record({
      do: fc.constant('pay' as const),
      who: fc.nat(1),
      cents: fc.bigInt(1n, 30_000n),
      ref: fc.nat(9),
    }),
    fc.record({
      do: fc.constant('pay one' as const),
      who: fc.nat(1),
      cents: fc.bigInt(1n, 30_000n),
      ref: fc.nat(9),
    }),
    fc.record({ do: fc.constant('credits' as const), who: fc.nat(1), cents: fc.constant(0n) }),
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
      async (rounds) => {
        run += 1;
        const step = async (one: typeof act extends fc.Arbitrary<infer T> ? T : never) => {
          const customerId = customers[one.who] ?? '';
          if (one.do === 'bill') await bill(hub, customerId, one.cents);
          else if (one.do === 'credits') await hub.act((tx) => applyCredits(tx, { customerId }));
          else {
            const invoiceId =
              one.do === 'pay one' ? ((await openInvoicesOf(hub, customerId)).at(-1)?.id ?? null) : null;
            await take(hub, customerId, one.cents, {
              invoiceId,
              provider: { vendor: 'stripe', ref: `pi_${run}_${one.ref}` },
            });
          }
        };
        for (const round of rounds) await Promise.all(round.map(step));
        await hub.drain();
        await booksAreRight(hub);
        const { rows } = await hub.pool.query(
          'select 1 from billing.invoices where settled_cents > total_cents or settled_cents < 0',
        );
        expect(rows).toEqual([]);
        for (const customerId of customers) {
          const { rows: sums } = await hub.pool.query<{ cents: bigint }>(
            `select (select coalesce(sum(total_cents), 0) from billing.invoices where customer_id = $1)::bigint
                - (select coalesce(sum(amount_cents), 0) from payments.payments where customer_id = $1)::bigint as cents`,
            [customerId],
          );
          expect(await balanceOf(hub, customerId)).toBe(sums[0]?.cents);
        }
      },
    ),
    { numRuns: 12 },
  );
});
