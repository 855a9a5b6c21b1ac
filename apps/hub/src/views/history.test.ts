import { customersEvents, historyOperations as op } from '@gigafibre/contract';
import { ADMIN, newCustomer, serveHub, testHub, type TestHub } from '@gigafibre/testing';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { editCustomer } from '../domains/customers/index.ts';
import { flowActor } from '../platform/flows/acting-flow.ts';
import { exportHistory, historyQuery } from './history.ts';

const rename = (hub: TestHub, id: string, name: string, by = ADMIN) =>
  hub.act(async (tx) => {
    const { version } = await tx.db
      .selectFrom('customers.customers')
      .select('version')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    await editCustomer(tx, { id, version, name });
  }, by);

const textOf = ({ bytes }: { bytes: Uint8Array }): string => Buffer.from(bytes).toString('utf8');

test('the history says who did what, in which request, and what it was before and after', async () => {
  const hub = await testHub();
  const id = await newCustomer(hub, { name: 'Avant' });
  const served = await serveHub(hub);
  const staff = await served.as('admin');
  const answer = await staff.fetch(`${served.url}/api/customers/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ version: 1, name: 'Après' }),
  });
  const { rows, next } = await staff.call(op.listHistory, { subject: id });
  expect(next).toBeNull();
  expect(rows).toMatchObject([
    {
      type: 'customer.changed',
      subjectKind: 'customer',
      subject: id,
      customerId: id,
      by: { kind: 'key', name: 'test', onBehalfOf: null },
      requestId: answer.headers.get('x-request-id'),
      at: hub.now.toISOString(),
      changes: { name: ['Avant', 'Après'] },
    },
    { type: 'customer.created', by: { kind: 'staff', id: 'ST-100' }, requestId: null },
  ]);
});

test('by thing, by customer, by kind of event, by somebody or by kind of somebody; filters add up', async () => {
  const hub = await testHub();
  const [first, second] = [await newCustomer(hub, { name: 'Un' }), await newCustomer(hub, { name: 'Deux' })];
  await rename(hub, first, 'Un et demi', flowActor('quote-follow-up'));
  const staff = await (await serveHub(hub)).as(['audit.read']);
  const about = async (filter: Parameters<typeof staff.call<typeof op.listHistory>>[1]) =>
    (await staff.call(op.listHistory, filter)).rows.map(({ type, subject }) => `${type} ${subject}`);
  expect(await about({ customerId: second })).toEqual([`customer.created ${second}`]);
  expect(await about({ subject: first })).toEqual([`customer.changed ${first}`, `customer.created ${first}`]);
  expect(await about({ type: 'customer.changed' })).toEqual([`customer.changed ${first}`]);
  expect(await about({ actor: 'quote-follow-up' })).toEqual([`customer.changed ${first}`]);
  expect(await about({ actor: 'flow' })).toEqual([`customer.changed ${first}`]);
  expect(await about({ actor: 'ST-100', type: 'customer.created' })).toEqual([
    `customer.created ${second}`,
    `customer.created ${first}`,
  ]);
  expect(await about({ actor: 'ST-100', type: 'customer.changed' })).toEqual([]);
});

test('pages follow one another without a gap or a repetition while new things happen', async () => {
  const hub = await testHub();
  const id = await newCustomer(hub);
  for (let change = 1; change <= 6; change += 1) await rename(hub, id, `Nom ${change}`);
  const staff = await (await serveHub(hub)).as(['audit.read']);
  const names: unknown[] = [];
  let after: string | undefined;
  for (let page = 1; page <= 5; page += 1) {
    const { rows, next } = await staff.call(op.listHistory, { subject: id, limit: 2, after });
    names.push(...rows.map(({ changes }) => changes['name']?.[1]));
    await rename(hub, id, `Pendant la page ${page}`);
    if (next === null) break;
    after = next;
  }
  expect(names).toEqual(['Nom 6', 'Nom 5', 'Nom 4', 'Nom 3', 'Nom 2', 'Nom 1', undefined]);
});

test('only who may read the audit trail sees it, and a cursor of elsewhere is refused', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const csr = await served.as('csr');
  await expect(csr.call(op.listHistory, {})).rejects.toMatchObject({ status: 403 });
  expect((await csr.fetch(`${served.url}/api/history/export`)).status).toBe(403);
  const auditor = await served.as('network');
  await expect(auditor.call(op.listHistory, { after: 'bm9uZQ' })).rejects.toMatchObject({ status: 422 });
});

test('the file carries the same rows, and no cell a spreadsheet would calculate', async () => {
  const hub = await testHub();
  const formula = '=HYPERLINK("http://x.test";"Zoé")';
  const by = { ...ADMIN, id: '@SUM(A1)', name: formula };
  await hub.act(
    (tx) => tx.tell(customersEvents.customerCreated, { subject: '-1+1', data: { name: '+1' } }),
    by,
  );
  const served = await serveHub(hub);
  const staff = await served.as(['audit.read']);
  const answer = await staff.fetch(staff.urlOf(op.exportHistory, { subject: '-1+1' }));
  expect(answer.headers.get('content-type')).toContain('text/csv');
  expect(answer.headers.get('content-disposition')).toContain('historique-2026-11-02.csv');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(Buffer.from(bytes).toString('hex', 0, 3)).toBe('efbbbf');
  const [heading = '', row = '', ...rest] = textOf({ bytes }).slice(1).split('\r\n');
  expect(rest).toEqual(['']);
  expect(heading.split(',')).toHaveLength(15);
  const cells = [...row.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, text = '']) => text);
  expect(cells).toHaveLength(15);
  expect(cells.slice(2, 10)).toEqual([
    'customer.created',
    'customer',
    "'-1+1",
    '',
    '',
    'staff',
    "'@SUM(A1)",
    `'${formula.replaceAll('"', '""')}`,
  ]);
  expect(cells.filter((text) => /^[=+\-@\t\r]/.test(text))).toEqual([]);
});

test('a file has 50,000 rows at most; the next one goes on after its last row', async () => {
  const hub = await testHub();
  await hub.pool.query(
    `insert into app.events (at, type, subject_kind, subject_id, actor_kind)
     select app.now(), 'thing.happened', 'thing', 'T-1', 'system' from generate_series(1, 50003)`,
  );
  const rowsIn = (file: { bytes: Uint8Array }) => textOf(file).trimEnd().split('\r\n').slice(1);
  const first = rowsIn(await exportHistory(hub, { subject: 'T-1' }));
  expect(first).toHaveLength(50_000);
  const olderThan = /^"(\d+)"/.exec(first.at(-1) ?? '')?.[1];
  expect(rowsIn(await exportHistory(hub, { subject: 'T-1', olderThan }))).toHaveLength(3);
});

test('a page is found by an index, whatever is asked for', async () => {
  const hub = await testHub();
  await hub.pool.query(
    `insert into app.events (at, type, subject_kind, subject_id, actor_kind, actor_id, customer_id)
     select app.now(), 'type.' || n % 50, 'thing', 'T-' || n, 'staff', 'ST-' || n % 100, 'C-' || n % 1000
       from generate_series(1, 20000) n`,
  );
  await hub.pool.query('analyze app.events');
  const filters = [
    {},
    { subject: 'T-7' },
    { customerId: 'C-7' },
    { type: 'type.7' },
    { type: 'no.such' },
    { actor: 'ST-7' },
    { actor: 'nobody' },
  ];
  for (const filter of filters) {
    const asked = historyQuery({ filter, olderThan: '19000', limit: 51 });
    const { rows } = await sql<{
      'QUERY PLAN': string;
    }>`explain (analyze, costs off, timing off, summary off) ${asked}`.execute(hub.db);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan, JSON.stringify(filter)).toContain('Index');
    expect(plan, JSON.stringify(filter)).not.toContain('Seq Scan');
    const removed = Number(/Rows Removed by Filter: (\d+)/.exec(plan)?.[1] ?? 0);
    expect(removed, plan).toBeLessThan(51 * 50);
  }
});
