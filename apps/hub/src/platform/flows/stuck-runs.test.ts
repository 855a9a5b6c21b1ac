import { expect, test } from 'vitest';
import { after, demo, effect, flowWorld } from './test/flow-world.ts';

const once = { attempts: 1, firstDelayMs: 0, longestDelayMs: 0 };

test('a run keeps its version: a program without it leaves it alone and lists it, and others go on', async () => {
  const first = demo(async (f) => {
    await f.sleepFor('a second', 1_000);
    await f.step('first', effect('by version 1'));
  });
  const second = demo(async (f) => void (await f.step('second', effect('by version 2'))), { version: 2 });
  const world = await flowWorld([first]);
  const { runId } = await world.start('K-1');
  await world.run();
  const newer = world.worker({ flows: [second] });
  expect(await newer.listStuckRuns(world.hub)).toEqual([]);
  await world.hub.moveTo(after(1_000));
  await world.hub.act((tx) => newer.start(tx, 'demo', { key: 'K-2', input: null }));
  await newer.runDue(100);
  expect(await world.effects()).toEqual(['by version 2']);
  expect(await newer.listStuckRuns(world.hub)).toEqual([
    {
      id: runId,
      flow: 'demo',
      version: 1,
      key: 'K-1',
      why: 'unknown_version',
      error: null,
      startedAt: after(0).toISOString(),
      since: after(1_000).toISOString(),
    },
  ]);
  const both = world.worker({ flows: [first, second] });
  expect(await both.listStuckRuns(world.hub)).toEqual([]);
  await both.runDue(100);
  expect(await world.effects()).toEqual(['by version 2', 'by version 1']);
});

test('a program without any flow takes no run, and lists those that are due', async () => {
  const world = await flowWorld([demo(async () => {})]);
  await world.start();
  const empty = world.worker({ flows: [] });
  expect(await empty.runDue(10)).toBe(0);
  expect(await empty.listStuckRuns(world.hub)).toMatchObject([{ why: 'unknown_version' }]);
});

test('a run that failed for good is listed with its error until a person has it retried', async () => {
  let broken = true;
  const world = await flowWorld([
    demo(async (f) => {
      const fragile = async () => {
        if (broken) throw new Error('no \u0000 such thing');
      };
      await f.step('fragile', fragile, once);
      await f.step('after', effect('after'));
    }),
  ]);
  const { runId } = await world.start();
  await world.run();
  expect(await world.flows.listStuckRuns(world.hub)).toMatchObject([
    { id: runId, why: 'failed', error: 'fragile: no \ufffd such thing' },
  ]);
  broken = false;
  expect(await world.run()).toBe(0);
  expect(await world.hub.act((tx) => world.flows.retry(tx, runId))).toBe(true);
  expect(await world.hub.act((tx) => world.flows.retry(tx, runId))).toBe(false);
  await world.run();
  expect(await world.effects()).toEqual(['after']);
  expect(await world.flows.listStuckRuns(world.hub)).toEqual([]);
});

test('a program that makes other calls than the run remembers stops it for a person', async () => {
  const world = await flowWorld([demo(async (f) => void (await f.step('old name', effect('a'))))]);
  await world.start();
  await world.flows.runDue(1);
  const changed = world.worker({
    flows: [demo(async (f) => void (await f.step('new name', effect('b'))))],
  });
  await changed.runDue(10);
  expect(await world.effects()).toEqual(['a']);
  const [stuck] = await changed.listStuckRuns(world.hub);
  expect(stuck?.error).toBe('diverged: step "new name" where the run remembers step "old name"');
});
