/** A transaction: its writes wait for the commit, and what it holds stays locked until it ends. */
export type MemoryTx = {
  readonly writes: (() => void)[];
  readonly held: Set<string>;
  isOpen: boolean;
};

/** Locks by name, held by a transaction until it ends. */
export type MemoryLocks = {
  /** Resolves when the transaction holds the name; waiting is first come, first served. */
  readonly hold: (tx: MemoryTx, name: string) => Promise<void>;
  readonly isHeld: (name: string) => boolean;
  readonly release: (tx: MemoryTx) => void;
};

export function memoryLocks(): MemoryLocks {
  const queues = new Map<string, (() => void)[]>();
  return {
    isHeld: (name) => queues.has(name),
    hold: async (tx, name) => {
      if (tx.held.has(name)) return;
      tx.held.add(name);
      const queue = queues.get(name);
      if (queue) await new Promise<void>((granted) => void queue.push(granted));
      else queues.set(name, []);
    },
    release: (tx) => {
      for (const name of tx.held) {
        const next = queues.get(name)?.shift();
        if (next) next();
        else queues.delete(name);
      }
    },
  };
}
