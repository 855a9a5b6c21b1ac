/** What a run is doing, and how far it is. */
export type Progress = Readonly<{ work: 'counting' | 'issuing' | 'reversing'; done: number; of: number }>;

/** A page of customers takes seconds; a job that is tried again waits longer, and moves by itself. */
const QUIET_MS = 30_000;
const STILL_MS = 90_000;

/** Whether what has not moved since then is still moving, should be looked at again, or stands still. */
export function standsStill(since: Date, now: Date): 'moving' | 'quiet' | 'still' {
  const unmovedMs = now.getTime() - since.getTime();
  if (unmovedMs < QUIET_MS) return 'moving';
  return unmovedMs < STILL_MS ? 'quiet' : 'still';
}

type Run = Readonly<{ state: string; customers: number; done: number; toReverse: number; reversed: number }>;

/** What a run is doing now; null when nothing is under way. */
export function progressOf(run: Run): Progress | null {
  switch (run.state) {
    case 'counting':
      return { work: 'counting', done: run.customers, of: run.customers };
    case 'issuing':
      return { work: 'issuing', done: run.done, of: run.customers };
    case 'reversing':
      return { work: 'reversing', done: run.reversed, of: run.toReverse };
    default:
      return null;
  }
}
