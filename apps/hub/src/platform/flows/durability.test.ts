import type { FlowStore } from '@gigafibre/flow';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { Tx } from '../acting.ts';
import { postgresFlowStore } from './postgres-flow-store.ts';
import { after, demo, effect, flowWorld, type FlowWorld } from './test/flow-world.ts';

const twoSteps = demo(async (f) => {
  await f.step('a', effect('a'));
  await f.step('b', effect('b'));
});

test('what a step wrote vanishes when it throws, and is written once when it is tried again', async () => {
  let failures = 2;
  const world = await flowWorld([
    demo(async (f) => {
      await f.step('a', effect('a'));
      await f.step('b', async (tx, { attempt }) => {
        await effect(`b, attempt ${attempt}`)(tx);
        if (failures-- > 0) throw new Error('after the effect');
      });
    }),
  ]);
  await world.start();
  await world.run();
  expect(await world.effects()).toEqual(['a']);
  expect(await world.runs()).toMatchObject([{ failures: 1, error: 'b: after the effect', state: 'active' }]);
  expect(await world.runAt(29_999)).toBe(0);
  await world.runAt(30_000);
  expect(await world.runs()).toMatchObject([{ failures: 2 }]);
  await world.runAt(90_000);
  expect(await world.effects()).toEqual(['a', 'b, attempt 3']);
  expect(await world.runs()).toMatchObject([{ state: 'done', failures: 0, error: null }]);
});

test('a step whose connection the database ends is rolled back, counted and done once', async () => {
  let ended = false;
  const world = await flowWorld([
    demo(async (f) => {
      await f.step('a', async (tx) => {
        await effect('a')(tx);
        if (ended) return;
        ended = true;
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.db);
        await world.hub.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
        await effect('a after the end')(tx);
      });
    }),
  ]);
  await world.start();
  await world.run();
  expect(await world.effects()).toEqual([]);
  expect(await world.runs()).toMatchObject([{ failures: 1 }]);
  await world.runAt(30_000);
  expect(await world.effects()).toEqual(['a']);
});

test('a step whose process is killed leaves nothing, and the next process does it once', async () => {
  const world = await flowWorld([twoSteps]);
  await world.start();
  expect(await world.flows.runDue(1)).toBe(1);
  const modules = {
    connect: new URL('../db/connect.ts', import.meta.url).href,
    flows: new URL('./open-flows.ts', import.meta.url).href,
    flow: import.meta.resolve('@gigafibre/flow'),
  };
  const program = `
    import { openDb, openPool } from '${modules.connect}';
    import { openFlows } from '${modules.flows}';
    import { defineFlow } from '${modules.flow}';
    const db = openDb(openPool('${world.hub.url}', 2));
    const clock = { now: () => new Date('${after(0).toISOString()}'), virtual: true };
    const ground = { db, clock, queue: { nudge: () => undefined }, followers: () => [] };
    const leave = async (tx) => {
      await tx.db.insertInto('app.settings').values({ name: 'effect', value: '"killed"', actor: 'x' }).execute();
      process.stdout.write('in the step');
      process.kill(process.pid, 'SIGKILL');
      await new Promise(() => {});
    };
    const run = async (f) => { await f.step('a', leave); await f.step('b', leave); };
    const flows = [defineFlow({ name: 'demo', version: 1, input: () => null, run })];
    await openFlows({ ground, flows }).runDue(1);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'pipe' });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [, signal] = await once(child, 'close');
  expect([said, signal]).toEqual(['in the step', 'SIGKILL']);
  for (let look = 0; look < 1_000 && (await world.run()) === 0; look += 1); // until the server has missed it
  expect(await world.effects()).toEqual(['a', 'b']);
  expect(await world.runs()).toMatchObject([{ state: 'done', failures: 0 }]);
});

test('a deadlock in a step is played again at once, and counts as no failure', async () => {
  let deadlocks = 1;
  const world = await flowWorld([
    demo(async (f) => {
      await f.step('a', async (tx) => {
        await effect('a')(tx);
        if (deadlocks-- > 0) await sql`do $$ begin raise sqlstate '40P01'; end $$`.execute(tx.db);
      });
    }),
  ]);
  await world.start();
  await world.run();
  expect(await world.effects()).toEqual(['a']);
  expect(deadlocks).toBe(-1);
});

test('a failure seen late does not touch a run that has moved on', async () => {
  const world = await flowWorld([twoSteps]);
  const store = postgresFlowStore(world.hub.hub.ground);
  const { runId } = await world.start();
  const claim = { now: after(0), flows: [{ flow: 'demo', version: 1 }] };
  const seen = await store.transaction((tx) => store.claimDueRun(tx, claim));
  expect(seen?.revision).toBe(0);
  await world.run();
  const late = { runId, revision: 0, error: 'late', failures: 1, wakeAt: after(0) };
  await store.transaction((tx) => store.retryLater(tx, late));
  await store.transaction((tx) => store.fail(tx, late));
  expect(await world.runs()).toMatchObject([{ state: 'done', error: null, failures: 0 }]);
});

test('a call cannot be saved twice', async () => {
  const world = await flowWorld([twoSteps]);
  const store = postgresFlowStore(world.hub.hub.ground);
  const { runId } = await world.start();
  const checkpoint = { phase: 'run', index: 0, name: 'a', kind: 'step', result: null } as const;
  await store.transaction((tx) => store.saveCheckpoint(tx, { runId, checkpoint }));
  const again = store.transaction((tx) => store.saveCheckpoint(tx, { runId, checkpoint }));
  await expect(again).rejects.toThrow('checkpoints_pkey');
});

test('a run that a worker works on is left to it; others take the next one', async () => {
  const [begun, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const begunBy: string[] = [];
  const world = await flowWorld([
    demo(async (f) => {
      await f.step('a', async (tx) => {
        begunBy.push(f.key);
        await effect(f.key)(tx);
        if (f.key !== 'slow') return;
        begun.resolve();
        await mayEnd.promise;
      });
    }),
  ]);
  await world.start('slow');
  const slow = world.flows.runDue(1);
  await begun.promise;
  await world.start('quick');
  expect(await world.worker().runDue(100)).toBe(2);
  expect(await world.effects()).toEqual(['quick']);
  mayEnd.resolve();
  await slow;
  await world.run();
  expect(begunBy).toEqual(['slow', 'quick']);
});

const CALLS = ['step', 'sleep', 'wait'] as const;
type Call = (typeof CALLS)[number];

/** A flow that makes the calls in turn; each leaves a mark. */
const script = (calls: readonly Call[]) =>
  demo(async (f) => {
    for (const [index, call] of calls.entries()) {
      const name = `${call} ${index}`;
      if (call === 'step') await f.step(name, effect(name));
      if (call === 'sleep') await f.sleepFor(name, 1_000);
      if (call === 'wait') {
        const { arrived } = await f.waitFor(name, { event: 'rung', key: f.key, until: after(10_000_000) });
        await f.step(`heard ${index}`, effect(`heard ${arrived}`));
      }
    }
  });
const marksOf = (calls: readonly Call[]): string[] =>
  calls.flatMap((call, index) =>
    call === 'sleep' ? [] : [call === 'step' ? `step ${index}` : 'heard true'],
  );

/** The real store that dies before its nth call or commit, and answers nothing after. */
function dying(store: FlowStore<Tx>, callsLeft: number): FlowStore<Tx> {
  let left = callsLeft;
  const live = () => {
    left -= 1;
    if (left < 0) throw new Error('the process has died');
  };
  const transaction: FlowStore<Tx>['transaction'] = (work) =>
    store.transaction(async (tx) => {
      const result = await work(tx);
      live();
      return result;
    });
  return new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (name === 'transaction') return transaction;
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        live();
        return Reflect.apply(member, target, args);
      };
    },
  });
}

const forget = (world: FlowWorld) =>
  world.hub.pool.query('truncate flows.checkpoints, flows.signals, flows.runs, app.settings');

test('a process that dies at any point leaves no effect undone and none done twice', async () => {
  const world = await flowWorld([]);
  const store = postgresFlowStore(world.hub.hub.ground);
  const some = fc.array(fc.constantFrom(...CALLS), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(some, fc.array(fc.nat(20), { maxLength: 6 }), async (calls, deaths) => {
      await forget(world);
      await world.hub.moveTo(after(0));
      const flows = [script(calls)];
      const last = world.worker({ flows });
      await world.hub.act((tx) => last.start(tx, 'demo', { key: 'K-1', input: null }));
      for (const _ of calls.filter((call) => call === 'wait'))
        await world.hub.act((tx) => last.signal(tx, { event: 'rung', key: 'K-1', data: null }));
      let timeMs = 0;
      for (const callsLeft of deaths) {
        await world.hub.moveTo(after((timeMs += 500)));
        const mortal = world.worker({ flows, store: dying(store, callsLeft) });
        await mortal.runDue(100).catch(() => undefined);
      }
      for (let round = 0; round < 20; round += 1) {
        await world.hub.moveTo(after((timeMs += 400_000)));
        await last.runDue(100);
      }
      expect([(await world.runs())[0]?.state, await world.effects()]).toEqual(['done', marksOf(calls)]);
    }),
    { numRuns: 25 },
  );
}, 120_000);

test('workers at once do each step of each run once, and hear every signal', async () => {
  const calls = ['step', 'wait', 'step', 'wait', 'step'] as const;
  const world = await flowWorld([script(calls)]);
  const keys = Array.from({ length: 12 }, (_, index) => `K-${index}`);
  for (const key of keys) await world.start(key);
  const workers = [world.flows, world.worker(), world.worker()];
  const ring = (key: string) =>
    world.hub.act((tx) => world.flows.signal(tx, { event: 'rung', key, data: null }));
  await Promise.all([
    ...workers.map((worker) => worker.runDue(1_000)),
    ...keys.flatMap((key) => [ring(key), ring(key)]),
  ]);
  // No time passes towards the deadline of a wait: a run that is not due now has lost a signal.
  await Promise.all(workers.map((worker) => worker.runDue(1_000)));
  const runs = await world.runs();
  expect(runs.map(({ state, failures }) => [state, failures])).toEqual(keys.map(() => ['done', 0]));
  const done = await world.effects();
  expect(done.toSorted()).toEqual(keys.flatMap(() => marksOf(calls)).toSorted());
});
