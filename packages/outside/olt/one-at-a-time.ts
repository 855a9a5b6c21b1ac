/** Work waiting for one place; the newest is told when the queue is full. */
const MAX_WAITING = 32;

/** Runs work one after the other per key; null when too much waits for that key already. */
export function oneAtATime(): <T>(key: string, work: () => Promise<T>) => Promise<T> | null {
  const tails = new Map<string, { waiting: number; tail: Promise<unknown> }>();
  return (key, work) => {
    const line = tails.get(key) ?? { waiting: 0, tail: Promise.resolve() };
    if (line.waiting >= MAX_WAITING) return null;
    line.waiting += 1;
    tails.set(key, line);
    // What went wrong before is its caller's to know; the next only waits for the end.
    const result = line.tail.then(work, work);
    const ended = () => {
      line.waiting -= 1;
      if (line.waiting === 0) tails.delete(key);
    };
    line.tail = result.then(ended, ended);
    return result;
  };
}
