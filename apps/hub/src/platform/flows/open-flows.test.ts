import { customersEvents } from '@gigafibre/contract';
import { expect, test } from 'vitest';
import { NOBODY } from '../acting.ts';
import { after, demo, effect, flowWorld } from './test/flow-world.ts';

test('steps are done in order, each once, and the run keeps what the program returns', async () => {
  const world = await flowWorld([
    demo(async (f, input) => {
      await f.step('a', effect('a'));
      const now = await f.step('b', async (_tx, attempt) => attempt.now.toISOString());
      await f.sleepFor('an hour', 3_600_000);
      await f.step('c', effect('c'));
      return { input, now, nothing: null };
    }),
  ]);
  await world.start('K-1', { of: ['four', 4, null, true] });
  await world.run();
  expect(await world.effects()).toEqual(['a']);
  expect(await world.runs()).toMatchObject([{ state: 'active', wait_name: 'an hour' }]);
  expect(await world.runAt(3_599_999)).toBe(0);
  await world.runAt(3_600_000);
  expect(await world.effects()).toEqual(['a', 'c']);
  const result = { input: { of: ['four', 4, null, true] }, now: after(0).toISOString(), nothing: null };
  expect(await world.runs()).toMatchObject([{ state: 'done', result, wait_name: null }]);
  expect(await world.runAt(9_999_999)).toBe(0);
});

test('what a step tells stands in the log under the flow, the run, and the event that started it', async () => {
  const tell = (name: string) => ({ subject: 'C-1', data: { name } });
  const world = await flowWorld([
    demo(
      async (f) => {
        await f.step('tell', async (tx) => {
          await tx.tell(customersEvents.customerCreated, tell('by the flow'));
        });
        await f.sleepFor('long', 1_000_000);
      },
      {
        onCancel: async (f) =>
          f.step('undo', async (tx) => {
            await tx.tell(customersEvents.customerCreated, tell('undone'));
          }),
      },
    ),
  ]);
  const cause = await world.hub.act((tx) => tx.tell(customersEvents.customerCreated, tell('by a person')));
  const { runId } = await world.hub.act((tx) =>
    world.flows.start({ ...tx, cause }, 'demo', { key: 'K-1', input: null }),
  );
  await world.run();
  await world.cancel();
  await world.run();
  const { rows } = await world.hub.pool.query(
    `select actor_kind, actor_id, actor_name, request_id, cause from app.events where id > $1 order by id`,
    [cause],
  );
  const flow = { actor_kind: 'flow', actor_id: 'demo', actor_name: 'demo', request_id: runId, cause };
  expect(rows).toEqual([flow, flow]);
});

test('a job that a step enqueued runs, and exists only when the step is committed', async () => {
  let refusals = 1;
  const world = await flowWorld([
    demo(async (f) => {
      await f.step('ask', async (tx) => {
        await tx.enqueue('staff.mail-code', { email: 'nobody@example.test' });
        if (refusals-- > 0) throw new Error('not yet');
      });
    }),
  ]);
  // What a hub does of itself when it wakes is none of this.
  await world.hub.drain();
  await world.start();
  await world.run();
  expect(await world.hub.drain()).toBe(0);
  await world.runAt(30_000);
  expect(await world.hub.drain()).toBe(1);
});

test('of ten who start a flow for the same key at once, one does, and all are told the same run', async () => {
  const world = await flowWorld([demo(async (f) => void (await f.step('a', effect('a'))))]);
  const starts = await Promise.all(Array.from({ length: 10 }, () => world.start()));
  expect(starts.filter(({ started }) => started)).toHaveLength(1);
  expect(new Set(starts.map(({ runId }) => runId)).size).toBe(1);
  await world.run();
  expect(await world.start()).toMatchObject({ started: false });
  expect(await world.effects()).toEqual(['a']);
});

test('a start, a signal and a cancellation that are rolled back have not happened', async () => {
  const world = await flowWorld([
    demo(async (f) => {
      const heard = await f.waitFor('rung', { event: 'rung', key: f.key, until: after(1000) });
      return heard.arrived;
    }),
  ]);
  const rolledBack = world.hub.act(async (tx) => {
    await world.flows.start(tx, 'demo', { key: 'K-1', input: null });
    throw new Error('rolled back');
  });
  await expect(rolledBack).rejects.toThrow('rolled back');
  expect(await world.runs()).toEqual([]);
  await world.start();
  await world.run();
  const halfway = world.hub.act(async (tx) => {
    expect(await world.flows.signal(tx, { event: 'rung', key: 'K-1', data: 1 })).toBe(1);
    expect(await world.flows.cancel(tx, { flow: 'demo', key: 'K-1', reason: 'no' })).toBe(true);
    throw new Error('rolled back');
  });
  await expect(halfway).rejects.toThrow('rolled back');
  expect(await world.run()).toBe(0);
  await world.runAt(1000);
  expect(await world.runs()).toMatchObject([{ state: 'done', result: false }]);
});

test('a cancelled run undoes what it did, once, with the first reason given', async () => {
  const world = await flowWorld([
    demo(
      async (f) => {
        await f.step('reserve', async (tx) => {
          await effect('reserve')(tx);
          return { shelf: 7 };
        });
        await f.waitFor('paid', { event: 'paid', key: f.key, until: after(1_000_000) });
        await f.step('ship', effect('ship'));
      },
      {
        onCancel: async (f, { reason, done }) => {
          if (done('reserve')) await f.step('release', effect('release'));
          if (done('ship')) await f.step('recall', effect('recall'));
          return { reason, shelf: done('reserve')?.result ?? null };
        },
      },
    ),
  ]);
  expect(await world.cancel()).toBe(false);
  await world.start();
  await world.run();
  expect(await world.cancel('changed their mind')).toBe(true);
  expect(await world.cancel('again')).toBe(true);
  await world.signal('paid');
  await world.run();
  expect(await world.effects()).toEqual(['reserve', 'release']);
  expect(await world.runs()).toMatchObject([
    { state: 'cancelled', result: { reason: 'changed their mind', shelf: { shelf: 7 } } },
  ]);
  expect(await world.cancel()).toBe(false);
});

test('a cancellation that meets a step being done waits for it, and undoes it', async () => {
  const [begun, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const world = await flowWorld([
    demo(
      async (f) => {
        await f.step('pack', async (tx) => {
          await effect('pack')(tx);
          begun.resolve();
          await mayEnd.promise;
        });
        await f.step('ship', effect('ship'));
      },
      {
        onCancel: async (f, { done }) => {
          if (done('pack')) await f.step('unpack', effect('unpack'));
        },
      },
    ),
  ]);
  await world.start();
  const working = world.flows.runDue(1);
  await begun.promise;
  const cancelled = world.cancel();
  mayEnd.resolve();
  expect(await cancelled).toBe(true);
  await working;
  await world.run();
  expect(await world.effects()).toEqual(['pack', 'unpack']);
});

test('the caller of a flow may be anybody; the flow acts as itself', async () => {
  const world = await flowWorld([demo(async (f) => f.step('who', async (tx) => tx.by.kind))]);
  await world.hub.act((tx) => world.flows.start(tx, 'demo', { key: 'K-1', input: null }), NOBODY);
  await world.run();
  expect(await world.runs()).toMatchObject([{ result: 'flow' }]);
});
