import type { Model } from '../model.ts';
import { randomFrom } from '../random.ts';
import { anneal } from '../search/anneal.ts';
import { bestOf, recall, remember, type Best } from '../search/best.ts';
import { scheduleFor, search } from '../search/search.ts';
import { emptyState } from '../search/state.ts';
import type { StopRule } from '../stop/stop-rule.ts';
import { adopt, meet, publish, takeShare, type Shared } from './team.ts';

/** From so many tasks on, threads divide one plan among them; below, each searches by itself. */
const TEAM_TASKS_MIN = 300;

/** Whether threads divide the plan rather than search it each from another seed. A crew binds routes together. */
export const worksAsTeam = (model: Model): boolean =>
  model.tasks >= TEAM_TASKS_MIN && model.crew.every((size) => size === 1);

/** How often they meet and divide it anew. */
const ROUNDS = 20;
/** Seeds of members lie this far apart. */
const SEED_STEP = 7919;

/** What one thread of a search is given. */
export type Membership = Readonly<{
  model: Model;
  start: Best;
  shared: Shared;
  seed: number;
  member: number;
  members: number;
  /** Whether the plan is divided; otherwise each searches the whole by itself. */
  team: boolean;
  /** Whether it begins with a plan that was given. */
  gentle: boolean;
  /** How long it waits for the others before it goes on alone. */
  patienceMs: number;
}>;

/** What a thread brings back. */
export type Brought = Readonly<{ best: Best; tries: number }>;

/** One thread's part of a search. */
export function takePart(part: Membership, stop: StopRule): Brought {
  const seed = part.seed + part.member * SEED_STEP;
  if (part.team) return searchTogether(part, { seed, stop });
  const { state, tries } = search(part.model, { seed, stop, start: part.start, gentle: part.gentle });
  return { best: bestOf(state), tries };
}

function searchTogether(part: Membership, how: Readonly<{ seed: number; stop: StopRule }>): Brought {
  const { model, shared, member, members } = part;
  const random = randomFrom(how.seed);
  const state = emptyState(model);
  recall(part.start, state);
  const schedule = scheduleFor(state, part.gentle);
  const best = bestOf(state);
  let tries = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const around = takeShare(state, { member, members, round });
    const local = bestOf(state);
    const before = tries;
    if (around.length > 1) {
      tries += anneal(state, local, {
        random,
        schedule,
        around,
        until: (round + 1) / ROUNDS,
        progress: (count) => how.stop({ tries: before + count, best: local.total }),
      });
    }
    publish(shared, round === ROUNDS - 1 ? local : state, around);
    if (!meet(shared, members, part.patienceMs)) return alone({ best, local, tries });
    adopt(shared, state);
    if (!meet(shared, members, part.patienceMs)) return alone({ best, local, tries });
    if (state.total < best.total) remember(best, state);
  }
  return { best, tries };
}

/** The others did not come: what this thread has seen by itself stands. */
function alone(seen: Readonly<{ best: Best; local: Best; tries: number }>): Brought {
  return { best: seen.local.total < seen.best.total ? seen.local : seen.best, tries: seen.tries };
}
