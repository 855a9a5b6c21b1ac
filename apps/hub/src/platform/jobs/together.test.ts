import { customersEvents } from '@gigafibre/contract';
import { silentLog, testHub } from '@gigafibre/testing';
import { expect, onTestFinished, test } from 'vitest';
import { SYSTEM, type Tx } from '../acting.ts';
import { transact, type Ground } from '../transact.ts';
import { openQueue } from './queue.ts';
import { drain, type WorkerParts } from './worker.ts';

const FOLLOWER = 'follow';
const TOLD = 60;
const created = customersEvents.customerCreated;

/** A hub whose only work follows from new customers: it says of each that they changed, and fails when told to. */
async function following(fails: (subject: string) => boolean) {
  const hub = await testHub();
  await hub.drain();
  const queue = await openQueue(hub.pool, () => 'inside');
  onTestFinished(() => queue.stop());
  const followers = (type: string) => (type === created.type ? [FOLLOWER] : []);
  const ground: Ground = { ...hub.hub.ground, queue, followers };
  const run = async (tx: Tx, payload: unknown): Promise<void> => {
    expect(payload).toEqual({ event: String(tx.cause) });
    const told = await tx.db
      .selectFrom('app.events')
      .select('subject_id')
      .where('id', '=', tx.cause)
      .executeTakeFirstOrThrow();
    await tx.tell(customersEvents.customerChanged, { subject: told.subject_id, data: {} });
    if (fails(told.subject_id)) throw new Error(`not ${told.subject_id}`);
  };
  const jobs: WorkerParts['jobs'] = { [FOLLOWER]: { queue: 'inside', run } };
  const parts = { ground, pool: hub.pool, log: silentLog, jobs, ticks: [] };
  const tellAll = (tx: Tx) =>
    tx.tellAll(
      created,
      Array.from({ length: TOLD }, (_, n) => ({ subject: `C-${100 + n}`, data: { name: `${n}` } })),
    );
  await transact(ground, { by: SYSTEM }, tellAll);
  /** Of whom it was said that they changed, in what order, because of whose event, and in which transaction. */
  const changed = async () =>
    (
      await hub.pool.query<{ who: string; cause: string; tx: string }>(
        `select e.subject_id as who, cause.subject_id as cause, e.tx::text from app.events e join app.events cause on cause.id = e.cause
          where e.type = $1 order by e.id`,
        [customersEvents.customerChanged.type],
      )
    ).rows;
  return { drain: () => drain(parts), changed, pool: hub.pool };
}

test('what follows from many that are told at once is done for each, some in one transaction', async () => {
  const { changed, ...hub } = await following(() => false);
  expect(await hub.drain()).toBeLessThan(TOLD / 10);
  const rows = await changed();
  expect(rows.map(({ who }) => who).toSorted()).toEqual(
    Array.from({ length: TOLD }, (_, n) => `C-${100 + n}`),
  );
  expect(rows.every(({ who, cause }) => who === cause)).toBe(true);
  expect(new Set(rows.map(({ tx }) => tx)).size).toBeLessThan(TOLD / 10);
});

test('one for whom it fails keeps nobody else from it, and is tried again alone', async () => {
  let failures = 0;
  const { changed, pool, ...hub } = await following((who) => who === 'C-103' && (failures += 1) <= 2);
  await hub.drain();
  const others = Array.from({ length: TOLD }, (_, n) => `C-${100 + n}`).filter((who) => who !== 'C-103');
  expect((await changed()).map(({ who }) => who).toSorted()).toEqual(others);
  // It waits for its next attempt, by itself.
  const { rows } = await pool.query(
    `select data->'payload' as payload from pgboss.job where state = 'retry'`,
  );
  expect(rows).toEqual([{ payload: { event: expect.any(String) } }]);
  await pool.query(`update pgboss.job set start_after = now() where state = 'retry'`);
  await hub.drain();
  expect((await changed()).map(({ who }) => who).toSorted()).toEqual([...others, 'C-103'].toSorted());
});
