import { expect, test } from 'vitest';
import type { Json, Waited } from './index.ts';
import { defineFlow } from './index.ts';
import { after, demo, flowWorld, START } from './test/flow-world.ts';

const DAY_MS = 86_400_000;

test('steps are done in order, each once, each in a transaction of its own', async () => {
  const world = flowWorld([
    demo(async (f) => {
      await f.step('a', world.effect('a'));
      await f.step('b', world.effect('b'));
    }),
  ]);
  await world.start();
  expect(await world.engine.runDue(1)).toBe(1);
  expect(world.effects).toEqual(['a']);
  expect(await world.run()).toBe(2);
  expect(world.effects).toEqual(['a', 'b']);
  expect(world.only().state).toBe('done');
  expect(await world.run()).toBe(0);
});

test('a step gives its first result ever after, and the run keeps what the program returns', async () => {
  let calls = 0;
  const world = flowWorld([
    demo(async (f, input) => {
      const first = await f.step('count', async () => ({ calls: (calls += 1) }));
      const second = await f.step('again', async () => first.calls);
      return { input, first, second };
    }),
  ]);
  await world.start('K-1', ['in']);
  await world.run();
  expect(world.only().result).toEqual({ input: ['in'], first: { calls: 1 }, second: 1 });
});

test('a flow is started once for a key, whoever starts it and however often', async () => {
  const world = flowWorld([demo(async (f) => void (await f.step('a', world.effect('a'))))]);
  const starts = await Promise.all([world.start(), world.start(), world.start('K-2')]);
  expect(starts.map(({ started }) => started)).toEqual([true, false, true]);
  expect(starts[1]?.runId).toBe(starts[0]?.runId);
  await world.run();
  expect(await world.start()).toEqual({ runId: starts[0]?.runId, started: false });
  expect(world.effects).toEqual(['a', 'a']);
});

test('a start that is rolled back has not happened', async () => {
  const world = flowWorld([demo(async () => {})]);
  const aborted = world.store.transaction(async (tx) => {
    await world.engine.start(tx, 'demo', { key: 'K-1', input: null });
    throw new Error('rolled back');
  });
  await expect(aborted).rejects.toThrow('rolled back');
  expect(await world.run()).toBe(0);
  expect((await world.start()).started).toBe(true);
});

test('an unknown flow and a refused input cannot be started', async () => {
  const input = (stored: Json): number => {
    if (typeof stored !== 'number') throw new Error('a number, please');
    return stored;
  };
  const world = flowWorld([defineFlow({ name: 'demo', version: 1, input, run: async () => {} })]);
  await expect(world.start('K-1', 'seven')).rejects.toThrow('a number, please');
  const unknown = world.store.transaction((tx) =>
    world.engine.start(tx, 'nothing', { key: 'K-1', input: 7 }),
  );
  await expect(unknown).rejects.toThrow('no flow named nothing');
  expect(world.store.runs).toEqual([]);
});

test('a run sleeps until its instant and no longer', async () => {
  const world = flowWorld([
    demo(async (f) => {
      await f.sleepUntil('morning', after(DAY_MS));
      await f.step('a', world.effect('a'));
    }),
  ]);
  await world.start();
  await world.run();
  expect(await world.runAt(DAY_MS - 1)).toBe(0);
  expect(world.effects).toEqual([]);
  await world.runAt(DAY_MS);
  expect(world.effects).toEqual(['a']);
});

test('a time to sleep is counted from when the run first gets there', async () => {
  const world = flowWorld([
    demo(async (f) => {
      await f.sleepFor('a day', DAY_MS);
      await f.sleepFor('another', DAY_MS);
      await f.step('a', world.effect('a'));
    }),
  ]);
  await world.start();
  await world.runAt(1000);
  expect(world.only().wakeAt).toEqual(after(DAY_MS + 1000));
  await world.runAt(DAY_MS + 5000);
  expect(world.only().wakeAt).toEqual(after(2 * DAY_MS + 5000));
  await world.runAt(2 * DAY_MS + 5000);
  expect(world.effects).toEqual(['a']);
});

function waiter(): ReturnType<typeof demo> {
  return demo(async (f) => {
    const heard: Waited[] = [];
    for (const count of [1, 2]) {
      heard.push(
        await f.waitFor(`paid ${count}`, { event: 'paid', key: f.key, until: after(count * DAY_MS) }),
      );
    }
    return heard;
  });
}

test('a signal wakes the run that waits for it, with its data', async () => {
  const world = flowWorld([waiter()]);
  await world.start();
  await world.run();
  expect(await world.signal('paid', 1)).toBe(1);
  await world.run();
  expect(world.only().waiting?.name).toBe('paid 2');
  expect(await world.signal('paid', { cents: '2' })).toBe(1);
  await world.run();
  expect(world.only().result).toEqual([
    { arrived: true, data: 1 },
    { arrived: true, data: { cents: '2' } },
  ]);
});

test('signals that come before the wait are kept for it, in their order, each for one wait', async () => {
  const world = flowWorld([waiter()]);
  await world.start();
  expect(await world.signal('paid', 1)).toBe(0);
  expect(await world.signal('paid', 2)).toBe(0);
  await world.run();
  expect(world.only().result).toEqual([
    { arrived: true, data: 1 },
    { arrived: true, data: 2 },
  ]);
});

test('without a signal the deadline wakes the run, not before', async () => {
  const world = flowWorld([waiter()]);
  await world.start();
  await world.run();
  expect(await world.runAt(DAY_MS - 1)).toBe(0);
  await world.runAt(DAY_MS);
  expect(world.only().waiting?.until).toEqual(after(2 * DAY_MS));
  await world.runAt(2 * DAY_MS);
  expect(world.only().result).toEqual([{ arrived: false }, { arrived: false }]);
});

test('a deadline stays what it was when the run began to wait', async () => {
  let deadlineMs = DAY_MS;
  const world = flowWorld([
    demo((f) => f.waitFor('paid', { event: 'paid', key: f.key, until: after((deadlineMs += DAY_MS)) })),
  ]);
  await world.start();
  await world.run();
  await world.runAt(2 * DAY_MS);
  expect(world.only()).toMatchObject({ state: 'done', result: { arrived: false } });
});

test('a signal that comes before a deadline counts even when the run is late to look', async () => {
  const world = flowWorld([waiter()]);
  await world.start();
  await world.run();
  await world.signal('paid', 1);
  await world.runAt(5 * DAY_MS);
  expect(world.only().result).toEqual([{ arrived: true, data: 1 }, { arrived: false }]);
});

test('what happened before the run was started does not count, nor another event, key or a rolled back signal', async () => {
  const world = flowWorld([waiter()]);
  await world.signal('paid', 'too early');
  await world.start();
  await world.run();
  await world.signal('refunded');
  const { store, engine } = world;
  await store.transaction((tx) => engine.signal(tx, { event: 'paid', key: 'K-2', data: null }));
  const aborted = store.transaction(async (tx) => {
    await engine.signal(tx, { event: 'paid', key: 'K-1', data: null });
    throw new Error('rolled back');
  });
  await expect(aborted).rejects.toThrow();
  await world.runAt(2 * DAY_MS);
  expect(world.only().result).toEqual([{ arrived: false }, { arrived: false }]);
});

test('every run that waits hears the same signal', async () => {
  const listen = { event: 'paid', key: 'K-1', until: after(DAY_MS) };
  const world = flowWorld([demo(async (f) => f.waitFor('paid', listen))]);
  await world.start('K-1');
  await world.start('K-2');
  await world.run();
  expect(await world.signal('paid')).toBe(2);
  await world.run();
  expect(world.store.runs.map((run) => run.result)).toEqual([
    { arrived: true, data: null },
    { arrived: true, data: null },
  ]);
});

test('calls made together are taken one after the other', async () => {
  const world = flowWorld([
    demo(async (f) => {
      const branch = async (name: string): Promise<void> => {
        await f.step(`${name}1`, world.effect(`${name}1`));
        await f.sleepFor(`${name} rests`, 1000);
        await f.step(`${name}2`, world.effect(`${name}2`));
      };
      await Promise.all([branch('a'), branch('b')]);
    }),
  ]);
  await world.start();
  await world.run();
  await world.runAt(1000);
  await world.runAt(2000);
  expect(world.effects).toEqual(['a1', 'b1', 'a2', 'b2']);
  expect(world.only().state).toBe('done');
});

test('a step that the program does not wait for is finished before the program is', async () => {
  const world = flowWorld([
    demo(async (f) => {
      void f.step('a', world.effect('a'));
    }),
  ]);
  await world.start();
  expect(await world.run()).toBe(2);
  expect([world.effects, world.only().state]).toEqual([['a'], 'done']);
});

test.each([1, 2, 3, 4, 5, 6, 8, 12])(
  'a call made %s turns after the program began to return is remembered or not made',
  async (turns) => {
    const world = flowWorld([
      demo(async (f) => {
        const straggler = async (): Promise<void> => {
          for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
          await f.step('late', world.effect('late'));
        };
        void straggler();
      }),
    ]);
    await world.start();
    await world.run();
    const remembered = world.only().checkpoints.map(({ name }) => name);
    expect([world.only().state, world.effects]).toEqual(['done', remembered]);
  },
);

test('the key of a step is the same at every attempt, and tells runs and steps apart', async () => {
  const keys: string[] = [];
  const world = flowWorld([
    demo(async (f) => {
      await f.step('a', async (_tx, { key, attempt, now }) => {
        keys.push(key);
        expect(now).toEqual(attempt === 1 ? START : after(30_000));
        if (attempt === 1) throw new Error('once more');
      });
      await f.step('b', async (_tx, { key }) => void keys.push(key));
    }),
  ]);
  await world.start('K-1');
  await world.start('K-2');
  await world.run();
  await world.runAt(30_000);
  expect(keys).toHaveLength(6);
  expect(new Set(keys).size).toBe(4);
});

test('a run keeps the version it was started with; the newest is started', async () => {
  const older = demo(async () => 'old', { version: 1 });
  const newer = demo(async () => 'new', { version: 2 });
  const world = flowWorld([older]);
  await world.start('K-1');
  const upgraded = flowWorld([newer, older], { store: world.store });
  await upgraded.start('K-2');
  const newOnly = flowWorld([newer], { store: world.store });
  expect(await newOnly.run()).toBe(1);
  await upgraded.run();
  expect(world.store.runs.map(({ result, version }) => [result, version])).toEqual([
    ['old', 1],
    ['new', 2],
  ]);
});

test('two flows with the same name and version are refused', () => {
  expect(() => flowWorld([demo(async () => {}), demo(async () => {})])).toThrow('same name and version');
});

test('no more passes are made than allowed, and the run that is longest due comes first', async () => {
  const world = flowWorld([demo(async (f) => void (await f.step('a', world.effect(f.key))))]);
  for (const [ms, key] of ['K-3', 'K-1', 'K-2'].entries()) {
    world.setClock(ms);
    await world.start(key);
  }
  world.setClock(10);
  expect(await world.engine.runDue(2)).toBe(2);
  expect(world.effects).toEqual(['K-3', 'K-1']);
  expect(await world.engine.runDue(0)).toBe(0);
});
