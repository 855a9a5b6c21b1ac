import { expect, test } from 'vitest';
import type { FlowWorld } from './test/flow-world.ts';
import { after, demo, flowWorld } from './test/flow-world.ts';

/** Reserves, then waits a long time to ship; when cancelled, releases what was reserved. */
function shop(): FlowWorld {
  const world: FlowWorld = flowWorld([
    demo(
      async (f) => {
        await f.step('reserve', async (tx) => {
          await world.effect('reserve')(tx);
          return { shelf: 7 };
        });
        await f.waitFor('paid', { event: 'paid', key: f.key, until: after(1_000_000) });
        await f.step('ship', world.effect('ship'));
      },
      {
        onCancel: async (f, { reason, done }) => {
          const reserved = done('reserve');
          if (reserved) await f.step('reserve', world.effect(`release ${JSON.stringify(reserved.result)}`));
          if (done('ship')) await f.step('recall', world.effect('recall'));
          await f.step('note', async () => {});
          await f.sleepFor('a moment', 1000);
          return { reason, undone: done('note') !== undefined };
        },
      },
    ),
  ]);
  return world;
}

test('a cancelled run undoes what it did, and only that', async () => {
  const world = shop();
  await world.start();
  await world.run();
  expect(await world.cancel('changed their mind')).toBe(true);
  await world.run();
  expect(world.effects).toEqual(['reserve', 'release {"shelf":7}']);
  expect(world.only().state).toBe('active');
  await world.runAt(1000);
  expect(world.only()).toMatchObject({
    state: 'cancelled',
    result: { reason: 'changed their mind', undone: false },
  });
});

test('a run cancelled before its first step has nothing to undo', async () => {
  const world = shop();
  await world.start();
  await world.cancel();
  await world.run();
  await world.runAt(1000);
  expect([world.only().state, world.effects]).toEqual(['cancelled', []]);
});

test('a flow without an undoing ends where it stands', async () => {
  const world = flowWorld([demo((f) => f.sleepFor('long', 1_000_000))]);
  await world.start();
  await world.run();
  await world.cancel();
  expect(await world.run()).toBe(1);
  expect(world.only()).toMatchObject({ state: 'cancelled', waiting: undefined });
});

test('what has ended cannot be cancelled, what is being cancelled keeps its first reason', async () => {
  const world = shop();
  expect(await world.cancel()).toBe(false);
  await world.start();
  await world.run();
  await world.cancel('first');
  expect(await world.cancel('second')).toBe(true);
  await world.run();
  await world.runAt(1000);
  expect(world.only().result).toMatchObject({ reason: 'first' });
  expect(await world.cancel()).toBe(false);
});

test('a failed run can be cancelled', async () => {
  const once = { attempts: 1, firstDelayMs: 0, longestDelayMs: 0 };
  const world = flowWorld([
    demo(async (f) => void (await f.step('a', () => Promise.reject(new Error('no')), once))),
  ]);
  await world.start();
  await world.run();
  expect(world.only().state).toBe('failed');
  expect(await world.cancel()).toBe(true);
  await world.run();
  expect(world.only().state).toBe('cancelled');
});
