import { addDays, addMonths, daysFromTo, lastDayOfMonth } from '@gigafibre/calendar';
import { newCustomer, testHub, type TestHub } from '@gigafibre/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyLedger } from '../../ledger/index.ts';
import type { LineDraft } from '../draft-invoice.ts';
import { issueCreditNote, issueInvoice, recogniseMonth, verifyBilling } from '../index.ts';

const line = (amountCents: bigint, from: string | null, to: string | null = null): LineDraft => ({
  kind: from === null ? 'one_time' : 'recurring',
  sku: null,
  description: { fr: 'Fibre 500', en: 'Fibre 500' },
  period: from === null || to === null ? null : { from, to },
  quantity: 1,
  unitPriceCents: amountCents,
  amountCents,
  taxTreatment: 'taxable',
  revenueAccount: amountCents < 0n ? '4900' : '4010',
  locationId: null,
});

const issue = (hub: TestHub, customerId: string, lines: readonly LineDraft[], on: string) =>
  hub.act((tx) => issueInvoice(tx, { customerId, lines, on, reason: 'test' }));
/** Debits less credits of each account. */
const books = async (hub: TestHub): Promise<Record<string, bigint>> => {
  const { rows } = await hub.pool.query<{ account: string; cents: bigint }>(
    `select account, sum(debit_cents - credit_cents)::bigint as cents from ledger.postings
      where account >= '2200' group by 1 order by 1`,
  );
  return Object.fromEntries(rows.map(({ account, cents }) => [account, BigInt(cents)]));
};
const booksAreRight = async (hub: TestHub) => {
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
};

test('what is billed ahead becomes revenue by its days when a month is over, once, and a credit takes it back', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const ahead = line(6_995n, '2026-11-20', '2026-12-19');
  const { id } = await issue(
    hub,
    customerId,
    [ahead, line(-500n, '2026-11-20', '2026-12-19'), line(5_000n, null)],
    '2026-11-02',
  );
  expect(await books(hub)).toEqual({ 2200: -6_495n, 4010: -5_000n });
  expect(await hub.act(recogniseMonth), 'November is not over').toBeUndefined();

  await hub.moveTo(new Date('2026-12-01T15:00:00Z'));
  // An invoice dated in November that is written when November is done already, as a long night brings it.
  const both = await Promise.all([hub.act(recogniseMonth), hub.act(recogniseMonth)]);
  expect(both.filter((done) => done !== undefined)).toMatchObject([
    { id: 'REC-2026-11', cents: 2_382n, lines: 2 },
  ]);
  // 11 days of 30: 25.65 of 69.95, and 1.83 of the discount of 5.00.
  expect(await books(hub)).toEqual({ 2200: -4_113n, 4010: -7_565n, 4900: 183n });
  await issue(hub, customerId, [line(3_000n, '2026-11-16', '2026-12-15')], '2026-11-30');
  await booksAreRight(hub);

  await hub.moveTo(new Date('2027-01-01T15:00:00Z'));
  await hub.act(recogniseMonth);
  expect(await books(hub), 'all days are over').toMatchObject({ 2200: 0n, 4010: -14_995n, 4900: 500n });
  await hub.act((tx) => issueCreditNote(tx, { invoiceId: id, chosen: [{ line: 1 }], reason: 'panne' }));
  expect(await books(hub)).toMatchObject({ 2200: 6_995n });
  await hub.moveTo(new Date('2027-03-02T15:00:00Z'));
  await hub.drain();
  expect(await books(hub)).toMatchObject({ 2200: 0n, 4010: -8_000n, 4900: 500n });
  const { rows } = await hub.pool.query<{ id: string }>(
    `select document_id as id from ledger.entries where document_kind = 'recognition' order by id`,
  );
  expect(
    rows.map((row) => row.id),
    'February moved nothing',
  ).toEqual(['REC-2026-11', 'REC-2026-12', 'REC-2027-01']);
  await booksAreRight(hub);
});

test('a row that is not what the days make, and an entry beside its rows, are found', async () => {
  const hub = await testHub();
  await issue(hub, await newCustomer(hub), [line(3_000n, '2026-11-01', '2026-11-30')], '2026-11-02');
  await hub.moveTo(new Date('2026-12-03T15:00:00Z'));
  await hub.drain();
  await booksAreRight(hub);
  await expect(hub.pool.query('delete from billing.recognised')).rejects.toThrow('append-only');
  await hub.pool.query(`alter table billing.recognised disable trigger recognised_append_only`);
  await hub.pool.query('update billing.recognised set cents = cents - 1');
  expect(
    (await verifyBilling(hub)).map(({ what, keptCents, foundCents }) => [what, keptCents, foundCents]),
  ).toEqual([
    ['deferred', 0n, 1n],
    ['recognition', 3_000n, 2_999n],
    ['recognised', 2_999n, 3_000n],
    ['revenue days', 12_000n, 11_999n],
  ]);
  await hub.pool.query('update billing.recognised set cents = cents + 1');
});

test('whatever is billed and credited, each month brings the days that passed, to the cent', async () => {
  const anyLine = fc.record({
    cents: fc.integer({ min: 1, max: 99_999 }).map(BigInt),
    issuedAfter: fc.nat(80),
    startsAfter: fc.integer({ min: -20, max: 40 }),
    days: fc.integer({ min: 1, max: 95 }),
    creditedAfter: fc.option(fc.nat(60)),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anyLine, { minLength: 1, maxLength: 8 }), async (lines) => {
      const hub = await testHub();
      const customerId = await newCustomer(hub);
      const documents: { cents: bigint; on: string; from: string; to: string }[] = [];
      const acts = lines.flatMap(({ cents, issuedAfter, startsAfter, days, creditedAfter }) => {
        const on = addDays('2026-11-02', issuedAfter);
        const from = addDays(on, startsAfter);
        const to = addDays(from, days - 1);
        const creditOn = creditedAfter === null ? undefined : addDays(on, creditedAfter);
        const invoice = { id: '' };
        const bill = async () => {
          invoice.id = (await issue(hub, customerId, [line(cents, from, to)], on)).id;
          if (to >= on) documents.push({ cents, on, from, to });
        };
        const credit = async () => {
          await hub.act((tx) => issueCreditNote(tx, { invoiceId: invoice.id, chosen: 'all', reason: 'x' }));
          if (to >= on) documents.push({ cents: -cents, on: creditOn ?? '', from, to });
        };
        return [{ on, run: bill }, ...(creditOn === undefined ? [] : [{ on: creditOn, run: credit }])];
      });
      for (const { on, run } of acts.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
        await hub.moveTo(new Date(`${on}T17:00:00Z`));
        await hub.drain();
        await run();
      }
      await hub.moveTo(new Date('2027-11-02T17:00:00Z'));
      await hub.drain();
      const { rows } = await hub.pool.query<{ month: string; cents: bigint }>(
        `select to_char(on_date, 'YYYY-MM-01') as month, sum(p.debit_cents - p.credit_cents)::bigint as cents
           from ledger.entries e join ledger.postings p on p.entry_id = e.id and p.account = '2200'
          where document_kind = 'recognition' group by 1`,
      );
      const posted = new Map(rows.map(({ month, cents }) => [month, BigInt(cents)]));
      for (let month = '2026-11-01'; month < '2027-11-01'; month = addMonths(month, 1))
        expect(posted.get(month) ?? 0n, month).toBe(
          documents.reduce((sum, one) => sum + ofMonth(one, month), 0n),
        );
      expect((await books(hub))['2200'] ?? 0n).toBe(0n);
      await booksAreRight(hub);
    }),
    { numRuns: 3 },
  );
});

/** What a document brings in a month, counted day by day. */
function ofMonth(
  { cents, on, from, to }: { cents: bigint; on: string; from: string; to: string },
  month: string,
): bigint {
  const through = lastDayOfMonth(month);
  if (on > through) return 0n;
  const soFar = (day: string) => {
    let [days, all] = [0, 0];
    for (let one = from; one <= to; one = addDays(one, 1)) {
      all += 1;
      if (one <= day) days += 1;
    }
    expect(all).toBe(daysFromTo(from, to) + 1);
    const size = cents < 0n ? -cents : cents;
    const share = (size * BigInt(days) * 2n + BigInt(all)) / (BigInt(all) * 2n);
    return cents < 0n ? -share : share;
  };
  const before = addDays(month, -1);
  return soFar(through) - (on > before ? 0n : soFar(before));
}
