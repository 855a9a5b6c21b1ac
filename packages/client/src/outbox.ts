import type { InputOf, Operation } from '@gigafibre/contract';
import { openDB, type IDBPDatabase } from 'idb';
import { CallRefused, NoAnswer, type Client } from './call.ts';

/** An action done on the phone and not yet acknowledged by the hub. `refused` waits for the person to look at it. */
export type PendingAction = Readonly<{
  /** The command id: made on the phone, the hub carries it out once. */
  id: string;
  sequence: number;
  operation: string;
  input: unknown;
  /** What the person sees in the queue, and what it is about (a job), for grouping. */
  label: string;
  about: string;
  createdAt: string;
  attempts: number;
  state: 'waiting' | 'refused';
  refusal: { code: string; message: string } | null;
  /** Who did it: it is sent under their name or not at all. Null in what an older app kept. */
  owner?: string | null;
}>;

export type OutboxChange = (actions: readonly PendingAction[]) => void;

/** Keeps actions across app kills and restarts, and replays them in order when there is a network. */
export type Outbox = Readonly<{
  add: <Op extends Operation>(
    operation: Op,
    input: InputOf<Op>,
    what: { label: string; about: string },
  ) => Promise<PendingAction>;
  list: () => Promise<PendingAction[]>;
  /** Sends what waits, oldest first; stops where the network does. Returns how many the hub acknowledged. */
  flush: () => Promise<number>;
  /** Puts a refused action back in the queue, or gives it up (the person decided). */
  retry: (id: string) => Promise<void>;
  discard: (id: string) => Promise<void>;
  subscribe: (change: OutboxChange) => () => void;
}>;

const STORE = 'actions';
/** A queue longer than this is a phone that has not been online for weeks. */
const FLUSH_MAX = 2_000;

export type Whole =
  | Readonly<{ is: 'whole'; input: unknown }>
  | Readonly<{ is: 'lost'; refusal: { code: string; message: string } }>;

export type OutboxOptions = Readonly<{
  name: string;
  client: Client;
  operations: ReadonlyMap<string, Operation>;
  now: () => Date;
  /** Who is at the phone; actions of somebody else wait for them. */
  owner?: () => string | null;
  /** What waits behind a refused action is what shares its lane; without this, everything about the same thing. */
  laneOf?: (action: PendingAction) => string;
  /** The whole input of an action whose bulk is kept elsewhere on the phone, or why it cannot be sent any more. */
  inputOf?: (action: PendingAction) => Promise<Whole>;
  onAcknowledged?: (action: PendingAction) => void;
}>;

export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  const db = await openDB(options.name, 1, {
    upgrade: (fresh) => {
      fresh
        .createObjectStore(STORE, { keyPath: 'sequence', autoIncrement: true })
        .createIndex('id', 'id', { unique: true });
    },
  });
  const watchers = new Set<OutboxChange>();
  const list = (): Promise<PendingAction[]> => db.getAll(STORE);
  const changed = async () => {
    const actions = await list();
    for (const watcher of watchers) watcher(actions);
  };
  const outbox: Outbox = {
    add: async (operation, input, { label, about }) => {
      const action = {
        id: crypto.randomUUID(),
        operation: operation.name,
        input,
        label,
        about,
        createdAt: options.now().toISOString(),
        attempts: 0,
        state: 'waiting' as const,
        refusal: null,
        owner: options.owner?.() ?? null,
      };
      const sequence = Number(await db.add(STORE, action));
      await changed();
      return { ...action, sequence };
    },
    list,
    flush: () => onlyOneTab(options.name, () => flush(db, options, changed)),
    retry: async (id) => {
      await update(db, id, { state: 'waiting', refusal: null });
      await changed();
    },
    discard: async (id) => {
      await remove(db, id);
      await changed();
    },
    subscribe: (watcher) => {
      watchers.add(watcher);
      void changed();
      return () => watchers.delete(watcher);
    },
  };
  return outbox;
}

/** Two tabs sending the same queue would double the work (not the effect): one at a time. */
async function onlyOneTab(name: string, work: () => Promise<number>): Promise<number> {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request(`outbox:${name}`, { ifAvailable: true }, async (lock) =>
    lock ? work() : 0,
  );
}

async function flush(
  db: IDBPDatabase,
  options: OutboxOptions,
  changed: () => Promise<void>,
): Promise<number> {
  let acknowledged = 0;
  for (let round = 0; round < FLUSH_MAX; round += 1) {
    const actions: PendingAction[] = await db.getAll(STORE);
    const next = nextToSend(actions, options);
    if (!next) break;
    const result = await sendOne(options, next);
    if (result === 'no answer') break;
    if (result === 'done') {
      await remove(db, next.id);
      acknowledged += 1;
      options.onAcknowledged?.(next);
    } else {
      await update(db, next.id, { state: 'refused', attempts: next.attempts + 1, refusal: result });
    }
    await changed();
  }
  return acknowledged;
}

/**
 * What is sent next: the oldest that waits, is the present person's, and stands behind no refused action of its lane,
 * for it may build on it.
 */
export function nextToSend(
  actions: readonly PendingAction[],
  options: Pick<OutboxOptions, 'laneOf' | 'owner'>,
): PendingAction | undefined {
  const laneOf = options.laneOf ?? ((action: PendingAction) => action.about);
  const owner = options.owner?.() ?? null;
  const blocked = new Set(actions.filter(({ state }) => state === 'refused').map(laneOf));
  return actions.find(
    (action) =>
      action.state === 'waiting' && (action.owner ?? owner) === owner && !blocked.has(laneOf(action)),
  );
}

async function sendOne(
  { client, operations, inputOf }: OutboxOptions,
  action: PendingAction,
): Promise<'done' | 'no answer' | { code: string; message: string }> {
  const operation = operations.get(action.operation);
  if (!operation) return { code: 'unknown_operation', message: action.operation };
  const whole = inputOf ? await inputOf(action) : { is: 'whole' as const, input: action.input };
  if (whole.is === 'lost') return whole.refusal;
  try {
    await client.call(operation, whole.input as InputOf<Operation>, { commandId: action.id });
    return 'done';
  } catch (error) {
    if (error instanceof NoAnswer) return 'no answer';
    // A session that ended is not a no to the action: it waits for the next sign-in. So does our own fault.
    if (error instanceof CallRefused)
      return error.status === 401 || error.status === 429 || error.status >= 500
        ? 'no answer'
        : { code: error.code, message: error.message };
    throw error;
  }
}

async function update(db: IDBPDatabase, id: string, fields: Partial<PendingAction>): Promise<void> {
  const action: PendingAction | undefined = await db.getFromIndex(STORE, 'id', id);
  if (action) await db.put(STORE, { ...action, ...fields });
}

async function remove(db: IDBPDatabase, id: string): Promise<void> {
  const action: PendingAction | undefined = await db.getFromIndex(STORE, 'id', id);
  if (action) await db.delete(STORE, action.sequence);
}
