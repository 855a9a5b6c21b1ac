import { customersEvents, customersOperations as op } from '@gigafibre/contract';
import { CallRefused } from '@gigafibre/client';
import { ADMIN, serveHub, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { endOfLog, readAfter } from './live/log-reader.ts';
import { transact } from './transact.ts';

const prospect = { name: 'Hélène Tremblay', cellPhone: '(450) 555-0123', emailId: 'helene@example.test' };

test('the same command id gives the same answer and changes nothing more, even ten times at once', async () => {
  const hub = await testHub();
  const csr = await (await serveHub(hub)).as('csr');
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => csr.call(op.createCustomer, prospect, { commandId: 'tap-1' })),
  );
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  const { rows } = await hub.pool.query('select count(*)::int as n from customers.customers');
  expect(rows).toEqual([{ n: 1 }]);
});

test('a command id used for another request is refused', async () => {
  const hub = await testHub();
  const csr = await (await serveHub(hub)).as('csr');
  await csr.call(op.createCustomer, prospect, { commandId: 'tap-1' });
  await expect(
    csr.call(op.createCustomer, { ...prospect, name: 'Autre' }, { commandId: 'tap-1' }),
  ).rejects.toMatchObject({ code: 'command_reused', status: 409 });
});

test('a caller without the capability is refused by its name, and nothing is written', async () => {
  const hub = await testHub();
  const reader = await (await serveHub(hub)).as('readonly');
  const refused = await reader.call(op.createCustomer, prospect).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(CallRefused);
  expect(refused).toMatchObject({ status: 403, data: { capability: 'clients.write' } });
  const { rows } = await hub.pool.query('select count(*)::int as n from customers.customers');
  expect(rows).toEqual([{ n: 0 }]);
});

test('a reader with a cursor misses nothing when the later event commits first', async () => {
  const hub = await testHub();
  const start = await endOfLog(hub.db);
  const tell = (subject: string) => ({ subject, customerId: subject, data: { name: subject } });
  let commitFirst: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (commitFirst = resolve));
  const toldFirst = Promise.withResolvers<void>();
  const slow = transact(hub.hub.ground, { by: ADMIN }, async (tx) => {
    await tx.tell(customersEvents.customerCreated, tell('C-1'));
    toldFirst.resolve();
    await held;
  });
  await toldFirst.promise;
  await hub.act((tx) => tx.tell(customersEvents.customerCreated, tell('C-2')));
  expect(await readAfter(hub.db, start)).toEqual([]);
  commitFirst();
  await slow;
  // Soon, not at once: the oldest open transaction may be one of another database of the same server.
  await expect
    .poll(async () => (await readAfter(hub.db, start)).map((event) => event.subject_id), { timeout: 60_000 })
    .toEqual(['C-1', 'C-2']);
});

test('the event log cannot be changed or emptied', async () => {
  const hub = await testHub();
  await hub.act((tx) => tx.tell(customersEvents.customerCreated, { subject: 'C-1', data: { name: 'x' } }));
  for (const statement of ['update app.events set type = $1', 'delete from app.events where type <> $1']) {
    await expect(hub.pool.query(statement, ['y']), statement).rejects.toThrow('append-only');
  }
  await expect(hub.pool.query('truncate app.events')).rejects.toThrow('append-only');
});

test('what a verb enqueued vanishes with its transaction', async () => {
  const hub = await testHub();
  // What a hub does of itself when it wakes is none of this.
  await hub.drain();
  await expect(
    hub.act(async (tx) => {
      await tx.enqueue('staff.mail-code', { email: 'a@example.test' });
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await hub.drain()).toBe(0);
});
