import { expect, test } from 'vitest';
import type { RetryPolicy } from './index.ts';
import { ATTEMPTS_LIMIT, CALLS_LIMIT, DEFAULT_RETRY, nextAttemptAt } from './index.ts';
import { after, demo, flowWorld, START } from './test/flow-world.ts';

const twice: RetryPolicy = { attempts: 2, firstDelayMs: 1000, longestDelayMs: 5000 };

test('a step that throws leaves nothing behind and is tried again later', async () => {
  const world = flowWorld([
    demo(async (f) => {
      await f.step('a', async (tx, { attempt }) => {
        await world.effect(`attempt ${attempt}`)(tx);
        if (attempt < 3) throw new Error('not yet');
      });
    }),
  ]);
  await world.start();
  expect(await world.run()).toBe(1);
  expect(world.only()).toMatchObject({ failures: 1, error: 'a: not yet', wakeAt: after(30_000) });
  expect(await world.runAt(29_999)).toBe(0);
  await world.runAt(30_000);
  expect(world.only()).toMatchObject({ failures: 2, wakeAt: after(90_000) });
  await world.runAt(90_000);
  expect(world.effects).toEqual(['attempt 3']);
  expect(world.only()).toMatchObject({ state: 'done', failures: 0, error: undefined });
});

test('after its last attempt a run waits for a person, who may have it tried again', async () => {
  let broken = true;
  const world = flowWorld([
    demo(async (f) => {
      await f.step('a', world.effect('a'));
      const fragile = async (): Promise<void> => {
        if (broken) throw new Error('out of order');
      };
      await f.step('b', fragile, twice);
    }),
  ]);
  const { runId } = await world.start();
  await world.run();
  await world.runAt(1000);
  expect(world.only()).toMatchObject({ state: 'failed', error: 'b: out of order' });
  expect(await world.runAt(1_000_000)).toBe(0);
  broken = false;
  const retry = (): Promise<boolean> => world.store.transaction((tx) => world.engine.retry(tx, runId));
  expect(await retry()).toBe(true);
  await world.run();
  expect([world.only().state, world.effects]).toEqual(['done', ['a']]);
  expect(await retry()).toBe(false);
});

test('failures are counted for each step anew', async () => {
  const world = flowWorld([
    demo(async (f) => {
      for (const name of ['a', 'b']) {
        const second = async (_tx: unknown, { attempt }: { attempt: number }): Promise<void> => {
          if (attempt === 1) throw new Error('once more');
        };
        await f.step(name, second, twice);
      }
    }),
  ]);
  await world.start();
  await world.run();
  await world.runAt(1000);
  await world.runAt(2000);
  expect(world.only().state).toBe('done');
});

test('an error of a step does not reach the program, which could make of it something else', async () => {
  const world = flowWorld([
    demo(async (f) => {
      try {
        await f.step('a', () => Promise.reject(new Error('no')), { ...twice, attempts: 1 });
      } catch {
        await f.step('instead', world.effect('instead'));
      }
    }),
  ]);
  await world.start();
  await world.run();
  expect([world.only().state, world.effects]).toEqual(['failed', []]);
});

test('a program that throws between its steps is tried again, too', async () => {
  let broken = true;
  const world = flowWorld([
    demo(async (f) => {
      await f.step('a', world.effect('a'));
      if (broken) throw new Error('a bug');
    }),
  ]);
  await world.start();
  await world.run();
  expect(world.only()).toMatchObject({ failures: 1, error: 'a bug' });
  broken = false;
  await world.runAt(30_000);
  expect([world.only().state, world.effects]).toEqual(['done', ['a']]);
});

test('a store that cannot be reached is the caller’s to know', async () => {
  const world = flowWorld([demo(async () => {})]);
  await world.start();
  const claimDueRun = (): Promise<never> => Promise.reject(new Error('connection lost'));
  const cut = flowWorld([demo(async () => {})], { store: { ...world.store, claimDueRun } });
  await expect(cut.run()).rejects.toThrow('connection lost');
});

test('a failure seen late does not undo what another worker has done since', async () => {
  const world = flowWorld([demo(async (f) => void (await f.step('a', world.effect('a'))))]);
  const { runId } = await world.start();
  const { revision } = world.only();
  await world.engine.runDue(1);
  const late = { runId, revision, error: 'late', failures: 1, wakeAt: after(1_000_000) };
  await world.store.transaction((tx) => world.store.retryLater(tx, late));
  await world.store.transaction((tx) => world.store.fail(tx, late));
  await world.run();
  expect(world.only()).toMatchObject({ state: 'done', error: undefined });
});

test.each([
  ['a renamed step', 'step "c" where the run remembers step "a"', ['c', 'b']],
  ['a lost step', 'ended before step "a"', []],
  ['steps in another order', 'step "b" where the run remembers step "a"', ['b', 'a']],
  ['the same name twice', 'two calls named "a"', ['a', 'a']],
  ['a name of nothing', 'a name of 0 characters', ['a', '']],
  ['a name too long', 'a name of 201 characters', ['a', 'x'.repeat(201)]],
])('a run that meets %s stops for a person', async (_, reason, names) => {
  const before = flowWorld([demo(async (f) => void (await f.step('a', before.effect('a'))))]);
  await before.start();
  await before.engine.runDue(1);
  const changed = flowWorld(
    [
      demo(async (f) => {
        for (const name of names) await f.step(name, changed.effect(name));
      }),
    ],
    before,
  );
  await changed.run();
  expect(changed.only()).toMatchObject({ state: 'failed', error: `diverged: ${reason}` });
  expect(changed.effects).toEqual(['a']);
});

test('a run that waits elsewhere than the program now does stops for a person', async () => {
  const before = flowWorld([demo((f) => f.sleepFor('a day', 1000))]);
  await before.start();
  await before.run();
  const changed = flowWorld([demo(async (f) => void (await f.step('a day', changed.effect('a'))))], before);
  await changed.runAt(1000);
  expect(changed.only()).toMatchObject({
    state: 'failed',
    error: 'diverged: step "a day" where the run waits at "a day"',
  });
});

test('a loop that does not end is stopped at the limit of calls', async () => {
  const world = flowWorld([
    demo(async (f) => {
      for (let count = 0; ; count += 1) await f.step(`${count}`, async () => {});
    }),
  ]);
  await world.start();
  expect(await world.run()).toBe(CALLS_LIMIT + 1);
  expect(world.only()).toMatchObject({ state: 'failed', error: `diverged: more than ${CALLS_LIMIT} calls` });
});

test('the delay doubles up to the longest, and attempts end, whatever the policy says', () => {
  const at = (failures: number, policy = DEFAULT_RETRY): number | undefined => {
    const next = nextAttemptAt(START, { failures, policy });
    return next && (next.getTime() - START.getTime()) / 1000;
  };
  expect([1, 2, 3, 7, 8, 9].map((failures) => at(failures))).toEqual([30, 60, 120, 1920, 3600, 3600]);
  expect(at(10)).toBeUndefined();
  const endless = { ...DEFAULT_RETRY, attempts: Number.POSITIVE_INFINITY };
  expect(at(ATTEMPTS_LIMIT - 1, endless)).toBe(3600);
  expect(at(ATTEMPTS_LIMIT, endless)).toBeUndefined();
});
