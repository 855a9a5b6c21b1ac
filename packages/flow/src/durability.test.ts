import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FlowEngine } from './index.ts';
import { createFlowEngine } from './index.ts';
import { after, demo, flowWorld, START } from './test/flow-world.ts';
import type { FlowWorld } from './test/flow-world.ts';
import type { MemoryFlowStore } from './test/memory-flow-store.ts';
import type { MemoryTx } from './test/memory-locks.ts';

const CALLS = ['step', 'sleep', 'wait'] as const;

/** A world whose one flow makes the calls in turn; steps leave their number, waits what came of them. */
function script(
  calls: readonly (typeof CALLS)[number][],
  parts: Parameters<typeof flowWorld>[1] = {},
): FlowWorld {
  const world: FlowWorld = flowWorld(
    [
      demo(async (f) => {
        for (const [index, call] of calls.entries()) {
          const name = `${call} ${index}`;
          if (call === 'step') await f.step(name, world.effect(name));
          if (call === 'sleep') await f.sleepFor(name, 1000);
          if (call === 'wait') {
            const waited = await f.waitFor(name, { event: 'rung', key: f.key, until: after(10_000_000) });
            await f.step(`heard ${index}`, world.effect(`heard ${waited.arrived}`));
          }
        }
      }),
    ],
    parts,
  );
  return world;
}

/** What the script leaves behind when every wait is answered. */
function expected(calls: readonly string[]): string[] {
  return calls.flatMap((call, index) =>
    call === 'sleep' ? [] : [call === 'step' ? `step ${index}` : 'heard true'],
  );
}

/** A store that pauses before each of its calls and before each commit. */
function pausing(store: MemoryFlowStore, pause: (at: string) => Promise<void>): MemoryFlowStore {
  const transaction: MemoryFlowStore['transaction'] = (work) =>
    store.transaction(async (tx) => {
      const result = await work(tx);
      await pause('commit');
      return result;
    });
  return new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (name === 'transaction') return transaction;
      if (name === 'write' || typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        await pause(String(name));
        return Reflect.apply(member, target, args);
      };
    },
  });
}

/** A store that dies at its nth call or commit, and answers nothing after. */
function dying(store: MemoryFlowStore, callsLeft: number): MemoryFlowStore {
  let left = callsLeft;
  return pausing(store, async () => {
    left -= 1;
    if (left < 0) throw new Error('the process has died');
  });
}

test('a process that dies at any point leaves no effect undone and none done twice', async () => {
  const lives = fc.array(fc.nat(25), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...CALLS), { maxLength: 8 }), lives, async (calls, deaths) => {
      const first = script(calls);
      await first.start();
      for (const _ of calls.filter((call) => call === 'wait')) await first.signal('rung');
      let timeMs = 0;
      for (const callsLeft of deaths) {
        const world = script(calls, { store: dying(first.store, callsLeft), effects: first.effects });
        timeMs += 500;
        await world.runAt(timeMs).catch(() => {});
      }
      const last = script(calls, { store: first.store, effects: first.effects });
      for (let round = 0; round < 100 && last.only().state === 'active'; round += 1) {
        timeMs += 4_000_000;
        await last.runAt(timeMs);
      }
      expect([last.only().state, last.effects]).toEqual(['done', expected(calls)]);
    }),
  );
});

test('workers that overlap in any way do each step once, and hear a signal sent meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.constantFrom(...CALLS), { maxLength: 4 }),
      async (scheduler, calls) => {
        const program = [...calls, 'wait'] as const;
        const world = script(program);
        await world.start();
        const store = pausing(world.store, (at) => scheduler.schedule(Promise.resolve(), at));
        const worker = (): FlowEngine<MemoryTx> =>
          createFlowEngine({ store, flows: world.flows, now: () => START });
        const ring = { event: 'rung', key: 'K-1', data: null };
        const signals = program
          .filter((call) => call === 'wait')
          .map(() => store.transaction((tx) => worker().signal(tx, ring)));
        await scheduler.waitFor(Promise.all([worker().runDue(100), worker().runDue(100), ...signals]));
        // No time passes towards the deadline of a wait: what is not due now was lost.
        for (let second = 1; second <= program.length; second += 1) await world.runAt(second * 1000);
        expect([world.only().state, world.effects]).toEqual(['done', expected(program)]);
        expect(world.only().failures).toBe(0);
      },
    ),
  );
});
