import type { FlowSteps, Json, StepAttempt } from '@gigafibre/flow';
import type { Tx } from '../platform/acting.ts';

/** How often one run looks; a thing that moves more often than this needs a person. */
const LOOKS_MAX = 200;

/** What a look gives: what to remember and when to look again at the latest, or how the story ended. */
export type Looked<State extends Json> = { readonly over: string } | { state: State; next: string };

/** What a look is told. `key` is the same at each attempt of this look, and of no other. */
export type Look<State extends Json> = StepAttempt & { readonly state: State };

/** What is watched: the name under which it is told that it moved, and its first memory. */
export type Watched<State extends Json> = Readonly<{
  event: string;
  key: string;
  first: State;
  look: (tx: Tx, look: Look<State>) => Promise<Looked<State>>;
}>;

/**
 * Follows a thing until its story is over. Each look is one transaction that reads the thing as it stands, does what
 * is due, and says until when to rest; a signal that the thing moved ends the rest early. So a signal that is late,
 * doubled or about something else does no harm: nothing is done on its word alone. Returns how the story ended.
 */
export async function watch<State extends Json>(f: FlowSteps<Tx>, watched: Watched<State>): Promise<string> {
  let state = watched.first;
  for (let count = 1; count <= LOOKS_MAX; count += 1) {
    const looked = await f.step<Looked<State>>(`look ${count}`, (tx, attempt) =>
      watched.look(tx, { ...attempt, state }),
    );
    if ('over' in looked) return looked.over;
    state = looked.state;
    await f.waitFor(`rest ${count}`, {
      event: watched.event,
      key: watched.key,
      until: new Date(looked.next),
    });
  }
  throw new Error(`${watched.key} moved more than ${LOOKS_MAX} times`);
}
