import { expect, test } from 'vitest';
import { runTicks } from './worker.ts';

test('a tick that fails does not hold up the others', async () => {
  const ran: string[] = [];
  const failed: unknown[] = [];
  const quiet = () => undefined;
  const tick = (name: string, run: () => Promise<number>) => ({ name, run });
  await runTicks({
    log: { debug: quiet, info: quiet, warn: quiet, error: (fields) => failed.push(fields) },
    ticks: [
      tick('broken', () => Promise.reject(new Error('broken'))),
      tick('whole', () => Promise.resolve(ran.push('whole'))),
    ],
  });
  expect(ran).toEqual(['whole']);
  expect(failed).toEqual([{ tick: 'broken', err: 'Error: broken' }]);
});
