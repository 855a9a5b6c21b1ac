import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { randomProblem } from '../testing/random-problem.ts';

const door = join(import.meta.dirname, 'main.ts');

/** Runs the door with a text on its standard input. */
function run(
  text: string,
  options: readonly string[],
): { code: number | null; answer: Record<string, unknown> } {
  const { status, stdout } = spawnSync(process.execPath, [door, '-', ...options], {
    input: text,
    encoding: 'utf8',
  });
  // What the door writes is JSON; the tests look at single fields.
  return { code: status, answer: JSON.parse(stdout) as Record<string, unknown> };
}

test('the door plans what it reads, says why a job is where it is, and refuses what is cut', () => {
  const problem = randomProblem(3, { jobs: 10, technicians: 3 });
  const text = JSON.stringify(problem);
  const options = ['--seconds', '600', '--tries', '100', '--threads', '1'];
  const planned = run(text, options);
  expect(planned.code).toBe(0);
  expect(planned.answer).toMatchObject({ kind: 'planned', faults: [] });
  const explained = run(text, [...options, '--explain', 'J1']);
  expect(explained.answer).toMatchObject({ job: 'J1' });
  const cut = run(text.slice(0, -20), options);
  expect(cut.code).toBe(2);
  expect(cut.answer).toMatchObject({ kind: 'refused', refusals: [{ code: 'unreadable' }] });
}, 180_000);
