import { ROLES, type Capability } from '@gigafibre/contract';
import { ADMIN, testHub, type TestHub } from '@gigafibre/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyLedger } from '../ledger/index.ts';
import { addBillFile } from './add-bill-file.ts';
import { changeBill } from './enter-bill.ts';
import { addSupplier, approveBill, enterBill, payBills, verifyPurchases, type NewBill } from './index.ts';
import { reversePayment } from './pay-bills.ts';
import { readPayables } from './payables.ts';
import { reverseBill } from './reverse-bill.ts';
import { changeSupplier } from './save-supplier.ts';

const someone = (id: string, rights: readonly Capability[]) => ({
  ...ADMIN,
  id,
  name: id,
  capabilities: new Set(rights),
});
const CLERK = someone('ST-201', ROLES.billing);
const MANAGER = someone('ST-202', ROLES.manager);
const SECOND = someone('ST-203', ROLES.manager);

const supplierOf = async (hub: TestHub, over: object = {}): Promise<string> =>
  (
    await hub.act((tx) =>
      addSupplier(tx, {
        name: 'Transit du Nord inc.',
        gstNumber: '123456782 RT0001',
        qstNumber: '1234567890 TQ0001',
        termsDays: 30,
        expenseAccount: '5010',
        note: '',
        ...over,
      }),
    )
  ).id;
let numbers = 0;
const bill = (supplierId: string, netCents: bigint, over: Partial<NewBill> = {}): NewBill => ({
  supplierId,
  number: `F-${(numbers += 1)}`,
  billedOn: '2026-10-15',
  dueOn: null,
  lines: [{ account: '5010', description: 'Transit', netCents, tax: 'both' }],
  gstCents: null,
  qstCents: null,
  currency: 'CAD',
  note: '',
  source: 'typed',
  read: null,
  ...over,
});
const enter = (hub: TestHub, given: NewBill, by = CLERK) => hub.act((tx) => enterBill(tx, given), by);
const approve = (hub: TestHub, { id, version }: { id: string; version: number }, by = MANAGER) =>
  hub.act((tx) => approveBill(tx, { id, version, bookedOn: null }), by);
const pay = (hub: TestHub, supplierId: string, billIds: string[], by = MANAGER) =>
  hub.act(
    (tx) => payBills(tx, { supplierId, billIds, paidOn: '2026-11-02', method: 'transfer', reference: null }),
    by,
  );
const postings = async (hub: TestHub, documentId: string) => {
  const { rows } = await hub.pool.query<{ kind: string; account: string; cents: string }>(
    `select e.document_kind as kind, p.account, (p.debit_cents - p.credit_cents)::text as cents
       from ledger.entries e join ledger.postings p on p.entry_id = e.id
      where e.document_id = $1 order by e.id, p.account`,
    [documentId],
  );
  return rows.map(({ kind, account, cents }) => `${kind} ${account} ${cents}`);
};
const booksAreRight = async (hub: TestHub) => {
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyPurchases(hub)).toEqual([]);
  const { totals, ledgerCents } = await readPayables(hub);
  expect(totals.totalCents).toBe(ledgerCents);
};

test('a bill is entered, approved by another person above the limit, paid, and every step is in the books', async () => {
  const hub = await testHub();
  const supplierId = await supplierOf(hub);
  // One cent more of QST than the rules, as printed.
  const draft = await enter(hub, bill(supplierId, 100_000n, { qstCents: 9_976n }));
  expect(draft).toMatchObject({
    state: 'draft',
    totalCents: 114_976n,
    computed: { gstCents: 5_000n, qstCents: 9_975n },
    dueOn: '2026-11-14',
    approval: { refusal: 'approval_needed', limitCents: 100_000n },
  });
  expect(await postings(hub, draft.id)).toEqual([]);
  await expect(approve(hub, draft, CLERK)).rejects.toThrow('approval_needed');
  // Who corrects the draft has written it too.
  const fixed = await hub.act(
    (tx) => changeBill(tx, { ...bill(supplierId, 100_000n), id: draft.id, version: 1 }),
    SECOND,
  );
  await expect(approve(hub, draft)).rejects.toThrow('changed_meanwhile');
  await expect(approve(hub, fixed, SECOND)).rejects.toThrow('own_supplier_bill: Above $1,000.00');
  const approved = await approve(hub, fixed);
  expect(approved.approved).toMatchObject({ by: 'ST-202', bookedOn: '2026-10-15' });
  const owed = ['supplier_bill 1350 5000', 'supplier_bill 1355 9975', 'supplier_bill 2010 -114975'];
  expect(await postings(hub, draft.id)).toEqual([...owed, 'supplier_bill 5010 100000']);
  expect((await readPayables(hub)).rows).toMatchObject([{ supplierId, bills: 1, currentCents: 114_975n }]);

  const paid = await pay(hub, supplierId, [draft.id], CLERK);
  expect(await postings(hub, paid.id)).toEqual([
    'supplier_payment 1010 -114975',
    'supplier_payment 2010 114975',
  ]);
  await expect(hub.act((tx) => reverseBill(tx, { id: draft.id, reason: 'x' }))).rejects.toThrow(
    `supplier_bill_paid: The bill is paid: reverse payment ${paid.id} first.`,
  );
  await hub.act((tx) => reversePayment(tx, { id: paid.id, reason: 'chèque retourné' }));
  await expect(hub.act((tx) => reversePayment(tx, { id: paid.id, reason: 'encore' }))).rejects.toThrow(
    'not_in_this_state',
  );
  await expect(hub.act((tx) => reverseBill(tx, { id: draft.id, reason: 'x' }), CLERK)).rejects.toThrow(
    'approval_needed',
  );
  const back = await hub.act((tx) => reverseBill(tx, { id: draft.id, reason: 'doublon' }));
  expect(back).toMatchObject({ state: 'reversed', reversed: { on: '2026-11-02', reason: 'doublon' } });
  expect((await readPayables(hub)).totals.totalCents).toBe(0n);
  await booksAreRight(hub);
});

test('the same number of a supplier is entered once, whoever is faster, and is free when it was taken back', async () => {
  const hub = await testHub();
  const supplierId = await supplierOf(hub);
  await expect(supplierOf(hub, { name: 'transit  du NORD inc.' })).rejects.toThrow('supplier_known');
  const other = await supplierOf(hub, { name: 'Poteaux du Haut' });
  const outcomes = await Promise.allSettled(
    ['a 77', 'A77', 'A 77 '].map((number) => enter(hub, bill(supplierId, 5_000n, { number: number.trim() }))),
  );
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
  const [first] = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  if (!first) throw new Error('none was entered');
  await expect(enter(hub, bill(supplierId, 1n, { number: 'A77' }))).rejects.toThrow(first.id);
  await enter(hub, bill(other, 5_000n, { number: 'A77' }));
  await hub.act((tx) => reverseBill(tx, { id: first.id, reason: 'mauvais montant' }), CLERK);
  expect(await postings(hub, first.id)).toEqual([]);
  await enter(hub, bill(supplierId, 6_000n, { number: 'A77' }));
  const third = await supplierOf(hub, { name: 'Troisième' });
  const named = { name: 'POTEAUX du Haut', gstNumber: null, qstNumber: null, note: '' };
  await expect(
    hub.act((tx) =>
      changeSupplier(tx, { ...named, id: third, version: 1, termsDays: 0, expenseAccount: null }),
    ),
  ).rejects.toThrow('supplier_known');
});

test('of two who approve, pay or take back at once, one does it', async () => {
  const hub = await testHub();
  const supplierId = await supplierOf(hub);
  const draft = await enter(hub, bill(supplierId, 200_000n));
  const won = (outcomes: readonly PromiseSettledResult<unknown>[]) =>
    outcomes.filter(({ status }) => status === 'fulfilled').length;
  expect(won(await Promise.allSettled([approve(hub, draft), approve(hub, draft, SECOND)]))).toBe(1);
  const credit = await approve(hub, await enter(hub, bill(supplierId, -50_000n)));
  const ids = [draft.id, credit.id];
  const paid = await Promise.allSettled([
    pay(hub, supplierId, ids),
    pay(hub, supplierId, ids.toReversed(), SECOND),
    pay(hub, supplierId, [draft.id], SECOND),
    hub.act((tx) => reverseBill(tx, { id: credit.id, reason: 'x' })),
  ]);
  expect(won(paid)).toBeGreaterThanOrEqual(1);
  await booksAreRight(hub);
  const { rows } = await hub.pool.query<{ id: string }>('select id from purchases.payments');
  const again = rows.flatMap(({ id }) => [id, id]);
  const undone = await Promise.allSettled(
    again.map((id) => hub.act((tx) => reversePayment(tx, { id, reason: 'retour' }))),
  );
  expect(won(undone)).toBe(rows.length);
  await booksAreRight(hub);
});

test('a credit is taken off a payment; when it covers the bill no money moves, and what is left comes in', async () => {
  const hub = await testHub();
  const supplierId = await supplierOf(hub);
  const approvedBill = async (netCents: bigint) =>
    (await approve(hub, await enter(hub, bill(supplierId, netCents)))).id;
  const [one, other] = [await approvedBill(10_000n), await approvedBill(-10_000n)];
  const even = await pay(hub, supplierId, [one, other]);
  expect([even.amountCents, await postings(hub, even.id)]).toEqual([0n, []]);
  const refunded = await pay(hub, supplierId, [await approvedBill(-10_000n)]);
  expect(await postings(hub, refunded.id)).toEqual([
    'supplier_payment 1010 11498',
    'supplier_payment 2010 -11498',
  ]);
  const elsewhere = await supplierOf(hub, { name: 'Autre' });
  const third = await approvedBill(7_000n);
  await expect(pay(hub, elsewhere, [third])).rejects.toThrow('supplier_bills_mixed');
  await expect(pay(hub, supplierId, [third, third])).rejects.toThrow('supplier_bills_mixed');
  await expect(pay(hub, supplierId, [one])).rejects.toThrow('not_in_this_state');
  for (const paidOn of ['2026-11-03', '2026-07-16'])
    await expect(
      hub.act((tx) =>
        payBills(tx, { supplierId, billIds: [third], paidOn, method: 'cheque', reference: '12' }),
      ),
    ).rejects.toThrow('supplier_payment_day');
  await booksAreRight(hub);
});

test('what cannot be claimed, booked or kept is refused in words', async () => {
  const hub = await testHub();
  const unregistered = await supplierOf(hub, { name: 'Petit fournisseur', gstNumber: null, qstNumber: null });
  const refused = (over: Partial<NewBill>, netCents = 5_000n) =>
    expect(enter(hub, bill(unregistered, netCents, over))).rejects;
  await refused({ currency: 'USD' }).toThrow('supplier_bill_currency');
  await refused({}, 0n).toThrow('supplier_bill_empty');
  await refused({ gstCents: 900n }).toThrow('supplier_bill_tax: GST: the rules give $2.50');
  await refused({ supplierId: 'SUP-999' }).toThrow('not_found');
  await refused({
    lines: [{ account: '1010', description: 'x', netCents: 5n, tax: 'none' }],
  }).toThrow('supplier_bill_account');
  const small = await enter(hub, bill(unregistered, 8_697n));
  expect(small.totalCents).toBe(10_000n);
  await expect(approve(hub, small)).rejects.toThrow('supplier_tax_number: From $100.00 up, GST is claimed');
  const under = await enter(hub, bill(unregistered, 8_696n));
  expect((await approve(hub, under)).totalCents).toBe(9_998n);
  const untaxed = { account: '6140', description: 'Prime', netCents: 90_000n, tax: 'none' } as const;
  const insured = await enter(hub, bill(unregistered, 0n, { lines: [untaxed] }));
  await approve(hub, insured, CLERK);
  const early = await enter(hub, bill(unregistered, 100n, { billedOn: '2026-11-03' }));
  await expect(approve(hub, early)).rejects.toThrow('supplier_bill_day');
  const late = await enter(hub, bill(unregistered, 100n));
  await expect(
    hub.act((tx) => approveBill(tx, { id: late.id, version: 1, bookedOn: '2026-10-14' })),
  ).rejects.toThrow('supplier_bill_day');
  const today = await hub.act((tx) => approveBill(tx, { id: late.id, version: 1, bookedOn: '2026-11-02' }));
  expect(today.approved?.bookedOn).toBe('2026-11-02');
  const file = Buffer.from('%PDF-1.7 essai').toString('base64');
  const kept = await hub.act((tx) => addBillFile(tx, { id: late.id, name: 'Facture.pdf', file }));
  expect(kept.files).toMatchObject([{ name: 'Facture.pdf', type: 'application/pdf', sizeBytes: 14 }]);
  const text = Buffer.from('bonjour').toString('base64');
  await expect(hub.act((tx) => addBillFile(tx, { id: late.id, name: 'x.pdf', file: text }))).rejects.toThrow(
    'not_a_paper',
  );
  for (let more = 0; more < 4; more += 1)
    await hub.act((tx) => addBillFile(tx, { id: late.id, name: `${more}.pdf`, file }));
  await expect(hub.act((tx) => addBillFile(tx, { id: late.id, name: '6.pdf', file }))).rejects.toThrow(
    'too_many_papers',
  );
  // Whoever writes past the verbs is stopped by the database.
  for (const statement of [
    `update purchases.bills set gst_cents = gst_cents + 1, total_cents = total_cents + 1 where id = '${late.id}'`,
    `update purchases.bill_lines set net_cents = 1 where bill_id = '${late.id}'`,
    `delete from purchases.bill_lines where bill_id = '${late.id}'`,
    `delete from purchases.bills where id = '${early.id}'`,
    `update purchases.bills set state = 'draft' where id = '${late.id}'`,
    `delete from purchases.bill_files`,
    `update purchases.bills set net_cents = net_cents + 1, total_cents = total_cents + 1 where id = '${early.id}'`,
  ])
    await expect(hub.pool.query(statement), statement).rejects.toThrow(
      /is approved and cannot|are approved|is not deleted|does not go|append-only|do not add up/,
    );
  await booksAreRight(hub);
});

test('whatever is bought, credited, paid and taken back, in whatever order, the books are right', async () => {
  const hub = await testHub();
  const suppliers = [await supplierOf(hub), await supplierOf(hub, { name: 'Poteaux' })];
  const act = fc.oneof(
    fc.record({
      kind: fc.constant('bill' as const),
      who: fc.nat(1),
      lines: fc.array(
        fc.record({
          account: fc.constantFrom('5010', '5020', '6110', '1200'),
          description: fc.constant('Achat'),
          netCents: fc.bigInt(-90_000n, 400_000n),
          tax: fc.constantFrom('both' as const, 'gst' as const, 'none' as const),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    }),
    fc.record({
      kind: fc.constantFrom('pay' as const, 'unpay' as const, 'reverse' as const),
      who: fc.nat(1),
    }),
  );
  const owed = async (supplierId: string | undefined): Promise<string[]> =>
    (
      await hub.pool.query<{ id: string }>(
        `select id from purchases.bills where state = 'approved' and supplier_id = $1 order by id limit 3`,
        [supplierId],
      )
    ).rows.map(({ id }) => id);
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 8 }), async (acts) => {
      for (const done of acts) {
        const supplierId = suppliers[done.who] ?? '';
        if (done.kind === 'bill') {
          const given = bill(supplierId, 0n, { lines: done.lines });
          const draft = await enter(hub, given).catch(() => undefined);
          if (draft) await approve(hub, draft);
          continue;
        }
        const ids = await owed(supplierId);
        if (done.kind === 'pay' && ids.length > 0) await pay(hub, supplierId, ids);
        const [oldest] = ids;
        if (done.kind === 'reverse' && oldest)
          await hub.act((tx) => reverseBill(tx, { id: oldest, reason: 'x' }));
        if (done.kind === 'unpay') await unpayOne(hub);
      }
      await booksAreRight(hub);
    }),
    { numRuns: 6 },
  );
});

async function unpayOne(hub: TestHub): Promise<void> {
  const { rows } = await hub.pool.query<{ id: string }>(
    `select id from purchases.payments where id not in (select payment_id from purchases.payment_reversals) limit 1`,
  );
  const [row] = rows;
  if (row) await hub.act((tx) => reversePayment(tx, { id: row.id, reason: 'retour' }));
}

test('verification finds a bill whose entry is not its own', async () => {
  const hub = await testHub();
  const supplierId = await supplierOf(hub);
  const { id } = await approve(hub, await enter(hub, bill(supplierId, 10_000n)));
  await hub.pool.query('alter table purchases.bills disable trigger bills_edit');
  await hub.pool.query(
    `update purchases.bills set gst_cents = gst_cents + 1, total_cents = total_cents + 1 where id = '${id}'`,
  );
  expect((await verifyPurchases(hub)).map(({ what, key }) => `${what} ${key}`).toSorted()).toEqual([
    'payable 2010',
    `posting supplier_bill ${id} 1350`,
    `posting supplier_bill ${id} 2010`,
  ]);
});
