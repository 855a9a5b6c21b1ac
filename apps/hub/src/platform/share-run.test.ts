import { expect, test } from 'vitest';
import { shareRun } from './share-run.ts';

/** Something that runs until told to end, and gives what it read when it started. */
function watched() {
  const ends: (() => void)[] = [];
  let record = 0;
  let most = 0;
  let under = 0;
  const read = shareRun(async (asker: string) => {
    under += 1;
    most = Math.max(most, under);
    const seen = record;
    await new Promise<void>((resolve) => ends.push(resolve));
    under -= 1;
    return { seen, asker };
  });
  return {
    read,
    write: () => (record += 1),
    endNext: async () => {
      ends.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
    runs: () => ends.length,
    most: () => most,
  };
}

test('who asks while it runs shares one next run, which reads after the last of them asked', async () => {
  const { read, write, endNext, most } = watched();
  const first = read('a');
  write();
  const others = [read('b'), read('c'), read('d')];
  await endNext();
  expect(await first).toEqual({ seen: 0, asker: 'a' });
  await endNext();
  expect(await Promise.all(others)).toEqual([1, 1, 1].map((seen) => ({ seen, asker: 'd' })));
  expect(most()).toBe(1);
});

test('a run that fails fails for who asked for it; who asked later has the next one', async () => {
  let runs = 0;
  const read = shareRun(async () => {
    runs += 1;
    if (runs === 1) throw new Error('not now');
    return 'read';
  });
  const [first, second] = [read(undefined), read(undefined)];
  await expect(first).rejects.toThrow('not now');
  expect(await second).toBe('read');
  expect(await read(undefined)).toBe('read');
});
