// Any sequence of what happens to customers' money, on one database, beside a second account of it kept by a page of
// arithmetic (src/naive-account.ts). After every step the two agree to the cent, and the books are verified whole.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyStep, opening, openScene, type Step } from './src/money-scene.ts';

/**
 * Stories told always. GIGAFIBRE_STORIES=2000 tells more, GIGAFIBRE_STORIES_MINUTES=10 as many of them as that time
 * allows, GIGAFIBRE_STORIES_SEED=8 others; GIGAFIBRE_STORIES_SHRINK=no shows the first that fails as it was drawn,
 * GIGAFIBRE_STORIES_PATH the one that failed, by the path and the seed that were shown.
 */
const STORIES_ALWAYS = 6;
const STORIES = Number(process.env['GIGAFIBRE_STORIES'] ?? STORIES_ALWAYS);
/** The same stories everywhere, unless others are asked for. */
const SEED = Number(process.env['GIGAFIBRE_STORIES_SEED'] ?? 7);
/** So many that each kind of step is carried out in some of them. */
const STORIES_FOR_ALL = 1_000;
const STEPS_MAX = 24;
const STORY_MS = 60_000;
const PATH = process.env['GIGAFIBRE_STORIES_PATH'];
const MINUTES = Number(process.env['GIGAFIBRE_STORIES_MINUTES'] ?? 0);

test(
  'after any sequence of commands, runs, payments and time the system and a naive account agree to the cent',
  { timeout: 300_000 + STORIES * STORY_MS },
  async () => {
    const scene = await openScene();
    let [stories, steps] = [0, 0];
    const story = fc.record({
      starts: fc.constantFrom('2026-11-02', '2026-12-20', '2027-01-25', '2027-03-05', '2028-02-10'),
      happens: fc.array(anyStep, { minLength: 6, maxLength: STEPS_MAX, size: 'max' }),
    });
    await fc.assert(
      fc.asyncProperty(story, async ({ starts, happens }) => {
        await scene.begin(starts);
        const all: readonly Step[] = [...opening, ...happens];
        for (const step of all) await scene.play(step);
        await scene.close();
        [stories, steps] = [stories + 1, steps + all.length];
      }),
      {
        numRuns: STORIES,
        seed: SEED,
        ...(PATH === undefined ? {} : { path: PATH }),
        endOnFailure: process.env['GIGAFIBRE_STORIES_SHRINK'] === 'no',
        ...(MINUTES > 0 ? { interruptAfterTimeLimit: MINUTES * 60_000 } : {}),
      },
    );
    const { done, never } = scene.report();
    if (stories > STORIES_ALWAYS)
      process.stdout.write(`${stories} stories, ${steps} steps, done and refused: ${JSON.stringify(done)}\n`);
    if (stories < STORIES_FOR_ALL) return;
    expect(never, 'everything that can happen happened').toEqual([]);
  },
);
