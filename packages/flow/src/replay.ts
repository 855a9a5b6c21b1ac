import type { RetryPolicy } from './back-off.ts';
import type { Flow, FlowSteps, StepAttempt, Waited } from './define-flow.ts';
import type { Checkpoint, ClaimedRun, FlowStore, Phase, Topic, Waiting } from './flow-store.ts';
import type { Json } from './json.ts';

/** No run has more calls; beyond it a loop has gone wrong. */
export const CALLS_LIMIT = 500;

/** Longest name of a call. */
const NAME_LIMIT = 200;

/** One pass over a run: the claimed run, its code, the transaction, and the time. */
export type Pass<Tx> = {
  readonly run: ClaimedRun;
  readonly flow: Flow<Tx>;
  readonly store: FlowStore<Tx>;
  readonly tx: Tx;
  readonly now: Date;
};

/**
 * How a pass ended. `progressed`: one more call is finished and saved. `resting`: it stands at a wait. `ended`:
 * the program returned. `diverged`: the program does not fit what the run remembers, or itself.
 */
export type Outcome =
  | { readonly kind: 'progressed' }
  | { readonly kind: 'resting'; readonly waiting: Waiting }
  | { readonly kind: 'ended'; readonly result: Json }
  | { readonly kind: 'diverged'; readonly reason: string };

/** The work of a step threw: its transaction must be rolled back, and tried again by this policy. */
export class StepFailed extends Error {
  readonly retry: RetryPolicy | undefined;

  constructor(step: string, { cause, retry }: { cause: unknown; retry: RetryPolicy | undefined }) {
    super(`${step}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'StepFailed';
    this.retry = retry;
  }
}

/** What finishes the call at which the run stands; undefined when it must rest there. */
type Finished = { readonly result: Json; readonly signalId?: string };
type Call = { readonly name: string; readonly kind: Checkpoint['kind'] };
type Work = () => Promise<Finished | { readonly rest: Waiting }>;

/**
 * Runs the program from the top. Calls that the run remembers are answered from its checkpoints; the first one
 * it does not is worked on, saved in this transaction, and ends the pass. Every call after that, and every call
 * made beside it, is left unanswered for ever: the program is not told that it stops, so it cannot catch it.
 * Rejects with StepFailed when the work of a step throws.
 */
export function replay<Tx>(pass: Pass<Tx>): Promise<Outcome> {
  const phase: Phase = pass.run.cancelReason === undefined ? 'run' : 'cancel';
  const memory = pass.run.checkpoints
    .filter((one) => one.phase === phase)
    .toSorted((a, b) => a.index - b.index);
  return new Promise((resolve, reject) => {
    const names = new Set<string>();
    let isOver = false;

    const answer = async (call: Call, work: Work): Promise<Json> => {
      if (isOver) return unanswered();
      const index = names.size;
      const remembered = memory[index];
      const reason = whyDiverged(call, { names, remembered, waiting: pass.run.waiting });
      names.add(call.name);
      if (reason === undefined && remembered) return remembered.result;
      isOver = true;
      if (reason === undefined) advance(pass, { phase, index, ...call, work }).then(resolve, reject);
      else resolve({ kind: 'diverged', reason });
      return unanswered();
    };

    // A program that returns or throws beside an unfinished call is not heard until that call is finished: its
    // work still writes in this transaction.
    const end = (settle: () => void): void => {
      if (!isOver) settle();
      isOver = true;
    };
    program(pass, stepsOf(pass, answer)).then(
      (result) => end(() => resolve(endOf(result ?? null, memory[names.size]))),
      (error: unknown) => end(() => reject(error)),
    );
  });
}

/** A program has returned; a call that the run still remembers is then one that the program has lost. */
function endOf(result: Json, lost: Checkpoint | undefined): Outcome {
  if (!lost) return { kind: 'ended', result };
  return { kind: 'diverged', reason: `ended before ${lost.kind} "${lost.name}"` };
}

/** The work itself, or what undoes it. */
function program<Tx>({ run, flow }: Pass<Tx>, f: FlowSteps<Tx>): Promise<Json | void> {
  if (run.cancelReason === undefined) return flow.run(f, run.input);
  const done = (name: string): { result: Json } | undefined =>
    run.checkpoints.find((one) => one.phase === 'run' && one.kind === 'step' && one.name === name);
  return flow.onCancel?.(f, { input: run.input, reason: run.cancelReason, done }) ?? Promise.resolve();
}

function stepsOf<Tx>(pass: Pass<Tx>, answer: (call: Call, work: Work) => Promise<Json>): FlowSteps<Tx> {
  const { run, now } = pass;
  const sleep = async (name: string, instant: Date): Promise<void> => {
    await answer({ name, kind: 'sleep' }, async () => {
      const until = run.waiting?.until ?? instant;
      return until <= now ? { result: null } : { rest: { name, until } };
    });
  };
  return {
    runId: run.id,
    key: run.key,
    startedAt: run.startedAt,
    step: async <Result extends Json | void>(
      name: string,
      work: (tx: Tx, attempt: StepAttempt) => Promise<Result>,
      retry?: RetryPolicy,
    ) => {
      const result = await answer({ name, kind: 'step' }, () => perform(pass, { name, work, retry }));
      // What was stored is what this very step returned: its name, kind and place were compared.
      return result as Result;
    },
    sleepUntil: sleep,
    sleepFor: (name, durationMs) => sleep(name, new Date(now.getTime() + durationMs)),
    waitFor: async (name, { event, key, until }) => {
      const result = await answer({ name, kind: 'wait' }, () =>
        listen(pass, { name, topic: { event, key }, until }),
      );
      // Stored by `listen` below; name, kind and place were compared.
      return result as Waited;
    },
  };
}

async function perform<Tx>(
  { run, tx, now }: Pass<Tx>,
  step: {
    name: string;
    work: (tx: Tx, attempt: StepAttempt) => Promise<Json | void>;
    retry: RetryPolicy | undefined;
  },
): Promise<Finished> {
  try {
    const attempt = { key: `${run.id}/${step.name}`, attempt: run.failures + 1, now };
    return { result: (await step.work(tx, attempt)) ?? null };
  } catch (cause) {
    throw new StepFailed(step.name, { cause, retry: step.retry });
  }
}

/**
 * Looks for a signal while holding its topic. Whoever signals holds the topic too, so either the signal is
 * found here, or the sender comes after this transaction and finds the run waiting: it cannot fall between.
 */
async function listen<Tx>(
  { run, store, tx, now }: Pass<Tx>,
  wait: { name: string; topic: Topic; until: Date },
): Promise<Finished | { rest: Waiting }> {
  const { name, topic } = wait;
  const until = run.waiting?.until ?? wait.until;
  await store.lockTopic(tx, topic);
  const consumed = run.checkpoints.flatMap(({ signalId }) => (signalId === undefined ? [] : [signalId]));
  const signal = await store.findSignal(tx, { runId: run.id, topic, consumed });
  if (signal) return { result: { arrived: true, data: signal.data }, signalId: signal.id };
  return until <= now ? { result: { arrived: false } } : { rest: { name, until, topic } };
}

async function advance<Tx>(
  { run, store, tx }: Pass<Tx>,
  call: Call & { phase: Phase; index: number; work: Work },
): Promise<Outcome> {
  const { phase, index, name, kind, work } = call;
  const done = await work();
  if ('rest' in done) return { kind: 'resting', waiting: done.rest };
  await store.saveCheckpoint(tx, { runId: run.id, checkpoint: { phase, index, name, kind, ...done } });
  return { kind: 'progressed' };
}

/** Why a call cannot be the one the run is at; undefined when it can. */
function whyDiverged(
  { name, kind }: Call,
  seen: {
    names: ReadonlySet<string>;
    remembered: Checkpoint | undefined;
    waiting: Waiting | undefined;
  },
): string | undefined {
  const { names, remembered, waiting } = seen;
  if (name === '' || name.length > NAME_LIMIT) return `a name of ${name.length} characters`;
  if (names.has(name)) return `two calls named "${name}"`;
  if (names.size >= CALLS_LIMIT) return `more than ${CALLS_LIMIT} calls`;
  if (remembered && (remembered.name !== name || remembered.kind !== kind)) {
    return `${kind} "${name}" where the run remembers ${remembered.kind} "${remembered.name}"`;
  }
  if (!remembered && waiting && (waiting.name !== name || kind === 'step')) {
    return `${kind} "${name}" where the run waits at "${waiting.name}"`;
  }
  return undefined;
}

function unanswered(): Promise<never> {
  return new Promise<never>(() => {});
}
