import { CHART, entry, invoiceEntry, paymentEntry, type Entry } from '@gigafibre/ledger';
import { ledgerOperations as op } from '@gigafibre/contract';
import { activeService, ADMIN, serveHub, stockCatalog, testHub, type TestHub } from '@gigafibre/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SYSTEM } from '../../platform/acting.ts';
import { createCustomer } from '../customers/index.ts';
import { accountOf, balanceOf, movementsSinceInvoices, post, verifyLedger } from './index.ts';
import { listAccounts, listEntries } from './read-ledger.ts';

const newCustomer = async (hub: TestHub, name = 'Zoé Roy'): Promise<string> => {
  const input = {
    kind: 'residential',
    name,
    language: 'fr',
    emailId: null,
    emailBilling: null,
    cellPhone: null,
    telHome: null,
    notes: '',
    tags: [],
  } as const;
  return (await hub.act((tx) => createCustomer(tx, { ...input, tags: [] }))).id;
};

const invoiceOf = (customerId: string, id: string, cents: bigint): Entry => {
  const made = invoiceEntry({
    customerId,
    id,
    date: '2026-11-02',
    memo: 'essai',
    lines: [{ account: '4010', netCents: cents, inAdvance: true }],
    taxes: [{ tax: 'GST', taxCents: cents / 20n }],
  });
  if (!made) throw new Error('nothing billed');
  return made;
};

test('the chart in the database is the chart the entries are checked against', async () => {
  const hub = await testHub();
  const { accounts } = await listAccounts(hub);
  const kept = Object.fromEntries(
    accounts.map(({ number, nameFr, nameEn, kind, normal }) => [
      number,
      { fr: nameFr, en: nameEn, kind, normal },
    ]),
  );
  const { rows } = await hub.pool.query<{ number: string }>(
    'select number from ledger.accounts where per_customer',
  );
  const perCustomer = new Set(rows.map((row) => row.number));
  const chart = Object.entries(CHART).map(([number, { fr, en, kind, normal }]) => [
    number,
    { fr, en, kind, normal },
  ]);
  expect(kept).toEqual(Object.fromEntries(chart));
  expect([...perCustomer]).toEqual(
    Object.entries(CHART).flatMap(([number, account]) => ('perCustomer' in account ? [number] : [])),
  );
});

test('an invoice is owed, a payment settles it, and what is too much is a credit', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  await hub.act((tx) => post(tx, invoiceOf(customerId, 'INV-1', 10_000n)));
  expect(await balanceOf(hub, customerId)).toBe(10_500n);
  const paid = {
    customerId,
    id: 'PAY-1',
    date: '2026-11-03',
    memo: 'essai',
    into: '1050',
    amountCents: 11_000n,
    appliedCents: 10_500n,
  } as const;
  await hub.act((tx) => post(tx, paymentEntry(paid)));
  expect(await accountOf(hub, customerId)).toEqual({
    receivableCents: 0n,
    creditCents: 500n,
    balanceCents: -500n,
  });
  expect((await movementsSinceInvoices(hub, [customerId])).get(customerId)).toEqual([
    { kind: 'payment', id: 'PAY-1', on: '2026-11-03', cents: -11_000n },
  ]);
});

test('the database refuses an entry that does not balance, whoever writes it', async () => {
  const hub = await testHub();
  const write = async (debit: number, credit: number) => {
    const client = await hub.pool.connect();
    try {
      await client.query('begin');
      await client.query(
        `insert into ledger.entries (on_date, document_kind, document_id, memo, total_cents, actor_kind)
         values ('2026-11-02', 'adjustment', 'A' || $1::text, '', $1::bigint, 'system')`,
        [debit],
      );
      await client.query(
        `insert into ledger.postings (entry_id, line, account, debit_cents, credit_cents)
         select id, line, account, d, c from ledger.entries,
           (values (1, '1010', $1::bigint, 0::bigint), (2, '4010', 0, $2::bigint)) as given (line, account, d, c)`,
        [debit, credit],
      );
      await client.query('commit');
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  await expect(write(100, 99)).rejects.toThrow('does not balance');
  await expect(write(100, 100)).resolves.toBeUndefined();
  await expect(
    hub.pool
      .query(`insert into ledger.entries (on_date, document_kind, document_id, memo, total_cents, actor_kind)
      values ('2026-11-02', 'adjustment', 'B', '', 5, 'system')`),
  ).rejects.toThrow('does not balance');
  await expect(
    hub.pool.query(`insert into ledger.postings (entry_id, line, account, debit_cents, credit_cents)
      select id, 3, '1010', 5, 0 from ledger.entries`),
  ).rejects.toThrow('takes no further postings');
});

test('nothing posted is ever changed, removed or posted twice', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  await hub.act((tx) => post(tx, invoiceOf(customerId, 'INV-1', 100n)));
  await expect(hub.act((tx) => post(tx, invoiceOf(customerId, 'INV-1', 100n)))).rejects.toThrow(
    'entries_document_kind_document_id_key',
  );
  for (const statement of [
    'update ledger.postings set debit_cents = debit_cents + 1',
    'delete from ledger.postings',
    "update ledger.entries set memo = ''",
    'delete from ledger.entries',
    'truncate ledger.postings, ledger.entries',
  ]) {
    await expect(hub.pool.query(statement), statement).rejects.toThrow('append-only');
  }
});

test('an account kept per customer takes no posting without one', async () => {
  const hub = await testHub();
  const nobodys = entry(
    {
      date: '2026-11-02',
      document: { kind: 'adjustment', id: 'A-1' },
      memo: '',
      postings: [
        { account: '1100', debitCents: 5n, creditCents: 0n },
        { account: '4010', debitCents: 0n, creditCents: 5n },
      ],
    },
    // A chart that does not know better, as a mistake elsewhere could bring.
    { ...CHART, '1100': { fr: '', en: '', kind: 'asset', normal: 'debit' } },
  );
  await expect(hub.act((tx) => post(tx, nobodys))).rejects.toThrow('kept per customer');
});

test('whatever is posted and however much at once, kept balances equal the sum of postings', async () => {
  const hub = await testHub();
  const customers = await Promise.all(['A', 'B', 'C'].map((name) => newCustomer(hub, name)));
  let number = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ who: fc.nat(2), cents: fc.bigInt(1n, 100_000n), pays: fc.boolean() }), {
        minLength: 1,
        maxLength: 12,
      }),
      async (documents) => {
        await Promise.all(
          documents.map(({ who, cents, pays }) => {
            const customerId = customers[who] ?? '';
            const id = `D-${(number += 1)}`;
            const made = pays
              ? paymentEntry({
                  customerId,
                  id,
                  date: '2026-12-01',
                  memo: '',
                  into: '1010',
                  amountCents: cents,
                  appliedCents: cents / 2n,
                })
              : invoiceOf(customerId, id, cents);
            return hub.act((tx) => post(tx, made));
          }),
        );
        expect((await verifyLedger(hub)).differences).toEqual([]);
      },
    ),
    { numRuns: 8 },
  );
  const { accounts } = await listAccounts(hub);
  expect(accounts.reduce((sum, account) => sum + account.balanceCents, 0n)).toBe(0n);
});

test('verification finds a balance that was tampered with', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  await hub.act((tx) => post(tx, invoiceOf(customerId, 'INV-1', 100n)));
  await hub.pool.query('update ledger.customer_balances set balance_cents = balance_cents + 1');
  expect(
    (await verifyLedger(hub)).differences.map(({ what, keptCents, foundCents }) => [
      what,
      keptCents,
      foundCents,
    ]),
  ).toEqual([
    ['customer', 106n, 105n],
    ['control', 105n, 106n],
  ]);
});

test('the journal is read newest first, by account, customer or document, a page at a time', async () => {
  const hub = await testHub();
  const [one, other] = await Promise.all([newCustomer(hub), newCustomer(hub)]);
  for (const [index, customerId] of [one, other, one, one].entries())
    await hub.act((tx) => post(tx, invoiceOf(customerId, `INV-${index}`, 100n)));
  const first = await listEntries(hub, { limit: 2, customerId: one });
  expect(first.rows.map((row) => row.document.id)).toEqual(['INV-3', 'INV-2']);
  const second = await listEntries(hub, { limit: 2, customerId: one, after: first.next ?? '' });
  expect(second).toMatchObject({ next: null, rows: [{ document: { id: 'INV-0' }, totalCents: 105n }] });
  expect((await listEntries(hub, { limit: 9, account: '2100', documentId: 'INV-1' })).rows).toHaveLength(1);
  expect((await listEntries(hub, { limit: 9 })).rows).toHaveLength(4);
  await expect(listEntries(hub, { limit: 9, after: 'nonsense' })).rejects.toThrow('after');
});

test('the books are checked once a night in which something was posted, and what disagrees is seen', async () => {
  const hub = await testHub();
  const checks = async () =>
    (
      await hub.pool.query(
        'select on_date, jsonb_array_length(differences) as found from ledger.checks order by 1',
      )
    ).rows;
  const night = async (day: string) => {
    await hub.moveTo(new Date(`${day}T08:00:00Z`)); // 03:00 in Montréal
    await hub.drain();
    await hub.drain();
  };
  await night('2026-11-03');
  expect(await checks()).toEqual([]);
  await stockCatalog(hub);
  const { customerId } = await activeService(hub);
  await hub.drain();
  await night('2026-11-04');
  const clean = await checks();
  expect(clean.at(-1)).toEqual({ on_date: '2026-11-04', found: 0 });
  await night('2026-11-05');
  expect(await checks()).toEqual(clean);
  // As if somebody had changed a kept balance behind the hub's back.
  await hub.pool.query(
    `update ledger.account_balances set debit_cents = debit_cents + 1 where account = '4010'`,
  );
  await hub.act((tx) => post(tx, invoiceOf(customerId, 'INV-X', 10_000n)));
  await night('2026-11-06');
  expect((await checks()).at(-1)?.found).toBeGreaterThan(0);
  expect((await listAccounts(hub)).lastCheck).toMatchObject({ on: '2026-11-06', entries: 2 });
});

test('nobody dates anything in closed books; the hub does, and an earlier day opens them again', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const [admin, clerk] = [await served.as('admin'), await served.as('billing')];
  const customerId = await newCustomer(hub);
  const on = (date: string, id: string, by = ADMIN) =>
    hub.act((tx) => post(tx, { ...invoiceOf(customerId, id, 10_000n), date }), by);
  const to = { to: '2026-10-31', reason: 'déclaration d’octobre' };
  await expect(clerk.call(op.closeBooks, to)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(admin.call(op.closeBooks, { ...to, to: '2026-11-02' })).rejects.toMatchObject({
    code: 'books_close_day',
  });
  await on('2026-10-15', 'INV-1');
  await admin.call(op.closeBooks, to);
  expect((await clerk.call(op.listAccounts, {})).closedTo).toBe('2026-10-31');
  await expect(on('2026-10-31', 'INV-2')).rejects.toThrow('books_closed');
  await on('2026-11-01', 'INV-3');
  await on('2026-10-31', 'INV-4', SYSTEM);
  await admin.call(op.closeBooks, { to: '2026-09-30', reason: 'oubli' });
  await on('2026-10-31', 'INV-5');
});
