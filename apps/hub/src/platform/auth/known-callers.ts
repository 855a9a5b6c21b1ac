import type { Actor } from '../acting.ts';
import { hashOf } from '../chance.ts';

/** What another process has changed about a caller's rights counts here after this long at the latest. */
const FRESH_MS = 2_000;
/** More than a process has callers in that time. */
const CALLERS_MAX = 10_000;

/** Who stands behind a credential, and until when that may be remembered; null when it may not. */
export type Looked = Readonly<{ actor: Actor; until: Date | null }>;

/** Callers of the last moments, so that a screen's ten questions do not look up the same person ten times. */
export type KnownCallers = Readonly<{
  /** The caller of a credential: the one remembered, or what `look` finds; null for nobody, which is not remembered. */
  recall: (credential: string, now: Date, look: () => Promise<Looked | null>) => Promise<Actor | null>;
  /** Forgets everybody. Called after each transaction of this process: what it took away is gone at once. */
  forget: () => void;
}>;

/** Opens an empty memory of callers; credentials are held as hashes only. */
export function openKnownCallers(elapsedMs: () => number = () => performance.now()): KnownCallers {
  const known = new Map<string, Looked & Readonly<{ atMs: number }>>();
  let forgotten = 0;
  return {
    recall: async (credential, now, look) => {
      const key = hashOf(credential);
      const atMs = elapsedMs();
      const held = known.get(key);
      if (held && atMs - held.atMs < FRESH_MS && held.until !== null && held.until > now) return held.actor;
      const before = forgotten;
      const looked = await look();
      // A look that a transaction overtook may have seen what is no longer so.
      if (looked && looked.until !== null && before === forgotten) {
        if (known.size >= CALLERS_MAX) known.clear();
        known.set(key, { ...looked, atMs });
      }
      return looked?.actor ?? null;
    },
    forget: () => {
      forgotten += 1;
      known.clear();
    },
  };
}
