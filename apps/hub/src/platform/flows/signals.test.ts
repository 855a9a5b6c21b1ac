import { expect, test } from 'vitest';
import { postgresFlowStore } from './postgres-flow-store.ts';
import { after, demo, effect, flowWorld, type FlowWorld } from './test/flow-world.ts';

const DAY_MS = 86_400_000;

/** Waits twice, and says what came of it. */
const twice = demo(async (f) => {
  const wait = { event: 'rung', key: f.key, until: after(50 * DAY_MS) };
  const first = await f.waitFor('first', wait);
  const second = await f.waitFor('second', wait);
  return [first.arrived ? first.data : 'no', second.arrived ? second.data : 'no'];
});

test('signals sent before the waits are heard, in their order, each once', async () => {
  const world = await flowWorld([twice]);
  await world.signal('rung', 'before the start');
  await world.start();
  await world.signal('rung', 1);
  await world.signal('rung', 2);
  await world.signal('rung', 3);
  await world.run();
  expect(await world.runs()).toMatchObject([{ state: 'done', result: [1, 2] }]);
});

test('a signal wakes the run that waits for it, and no other', async () => {
  const world = await flowWorld([twice]);
  await world.start('K-1');
  await world.start('K-2');
  await world.run();
  expect(await world.signal('sung', 1)).toBe(0);
  expect(await world.signal('rung', 1)).toBe(1);
  expect(await world.run()).toBe(2);
  expect(await world.run()).toBe(0);
});

test('every run that waits for a topic hears it', async () => {
  const shared = demo(async (f) => {
    const { arrived } = await f.waitFor('news', { event: 'rung', key: 'K-1', until: after(DAY_MS) });
    return arrived;
  });
  const world = await flowWorld([shared]);
  for (const key of ['A', 'B', 'C']) await world.start(key);
  await world.run();
  expect(await world.signal('rung')).toBe(3);
  await world.run();
  expect((await world.runs()).map(({ result }) => result)).toEqual([true, true, true]);
});

test('a wait ends at its deadline, and a signal at the last moment still counts', async () => {
  const world = await flowWorld([twice]);
  await world.start('K-1');
  await world.start('K-2');
  await world.run();
  await world.hub.moveTo(after(50 * DAY_MS));
  await world.signal('rung', 'just in time');
  await world.run();
  expect((await world.runs()).map(({ result }) => result)).toEqual([
    ['just in time', 'no'],
    ['no', 'no'],
  ]);
});

test('a signal that comes with the start counts, even when a younger transaction was committed between', async () => {
  const world = await flowWorld([twice]);
  await world.hub.act(async (tx) => {
    await world.flows.signal(tx, { event: 'rung', key: 'K-1', data: 'beside the start' });
    // Its own number now lies below the snapshot's end, where a snapshot lists only others as running.
    await world.signal('other');
    await world.flows.start(tx, 'demo', { key: 'K-1', input: null });
  });
  await world.signal('rung', 'after');
  await world.run();
  expect(await world.runs()).toMatchObject([{ result: ['beside the start', 'after'] }]);
});

test('a signal begun before the start and committed after it counts', async () => {
  const world = await flowWorld([twice]);
  const [sent, mayCommit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow = world.hub.act(async (tx) => {
    await world.flows.signal(tx, { event: 'rung', key: 'K-1', data: 'slow' });
    sent.resolve();
    await mayCommit.promise;
  });
  await sent.promise;
  await world.start();
  mayCommit.resolve();
  await slow;
  await world.signal('rung', 'next');
  await world.run();
  expect(await world.runs()).toMatchObject([{ result: ['slow', 'next'] }]);
});

/** Waits once, and says what came of it. */
const waiter = demo(async (f) => {
  const { arrived } = await f.waitFor('rung', { event: 'rung', key: f.key, until: after(50 * DAY_MS) });
  return arrived;
});

/** Looks until a transaction stands before a lock of another. */
async function someoneWaits({ hub }: FlowWorld): Promise<void> {
  for (let look = 0; look < 10_000; look += 1) {
    const { rows } = await hub.pool.query(
      `select 1 from pg_locks where locktype = 'advisory' and not granted`,
    );
    if (rows.length > 0) return;
  }
}

test('a run that looks while a signal is being sent waits for it: nothing falls between', async () => {
  const world = await flowWorld([waiter]);
  await world.start();
  const [sent, mayCommit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const sending = world.hub.act(async (tx) => {
    // Nobody waits yet, so nobody is woken; the run looks while this is not committed.
    expect(await world.flows.signal(tx, { event: 'rung', key: 'K-1', data: 1 })).toBe(0);
    sent.resolve();
    await mayCommit.promise;
  });
  await sent.promise;
  const looking = world.run();
  await Promise.race([looking, someoneWaits(world)]);
  mayCommit.resolve();
  await Promise.all([sending, looking]);
  await world.run();
  expect(await world.runs()).toMatchObject([{ state: 'done', result: true }]);
});

test('a sender that comes while a run is looking waits for it, and wakes it', async () => {
  const [looked, mayRest] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const world = await flowWorld([waiter]);
  const real = postgresFlowStore(world.hub.hub.ground);
  const store = {
    ...real,
    findSignal: async (...given: Parameters<typeof real.findSignal>) => {
      const found = await real.findSignal(...given);
      looked.resolve();
      await mayRest.promise;
      return found;
    },
  };
  await world.start();
  const looking = world.worker({ store }).runDue(1);
  await looked.promise;
  const sending = world.signal('rung', 1);
  await Promise.race([sending, someoneWaits(world)]);
  mayRest.resolve();
  await looking;
  expect(await sending).toBe(1);
  await world.run();
  expect(await world.runs()).toMatchObject([{ state: 'done', result: true }]);
});

test('old signals are deleted when every live run is younger; what a run may still ask for stays', async () => {
  const world = await flowWorld([
    demo(async (f) => {
      await f.sleepFor('two months', 60 * DAY_MS);
      const { arrived } = await f.waitFor('rung', { event: 'rung', key: f.key, until: after(61 * DAY_MS) });
      await f.step('say', effect(`heard ${arrived}`));
    }),
  ]);
  const kept = async () =>
    (await world.hub.pool.query<{ event: string }>('select event from flows.signals order by id')).rows.map(
      ({ event }) => event,
    );
  await world.signal('long ago');
  await world.hub.moveTo(after(10 * DAY_MS));
  await world.start();
  await world.run();
  await world.signal('rung');
  await world.runAt(39 * DAY_MS);
  expect(await world.flows.purgeSignals()).toBe(1);
  expect(await kept()).toEqual(['rung']);
  await world.hub.moveTo(after(60 * DAY_MS));
  expect(await world.flows.purgeSignals()).toBe(0);
  await world.runAt(70 * DAY_MS);
  expect(await world.effects()).toEqual(['heard true']);
  expect(await world.flows.purgeSignals()).toBe(1);
  expect(await kept()).toEqual([]);
});

test('a database restored in another cluster loses no signal: what came after the start counts', async () => {
  const world = await flowWorld([twice]);
  await world.signal('rung', 'before the start');
  await world.runAt(1_000);
  await world.start();
  await world.run();
  // As a dump carries them: numbers of a cluster that was far ahead of this one.
  await world.hub.pool.query(
    `update flows.runs set cluster = 'old', snapshot = '900000000:900000000:', started_tx = '900000000'`,
  );
  await world.hub.pool.query(`update flows.signals set cluster = 'old', tx = '899999999'`);
  await world.runAt(2_000);
  await world.signal('rung', 1);
  await world.signal('rung', 2);
  await world.run();
  expect(await world.runs()).toMatchObject([{ state: 'done', result: [1, 2] }]);
});
