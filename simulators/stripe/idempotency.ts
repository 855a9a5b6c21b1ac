import { StripeRefusal } from './stripe-refusal.ts';

/** An answer kept to be given again. */
export type KeptAnswer = { readonly status: number; readonly body: unknown };

type Entry = { readonly fingerprint: string; readonly answer: KeptAnswer };

const MAX_KEYS = 50_000;
/** Of these, how many a later run is given: what a crashed caller may still repeat. */
const SNAPSHOT_KEYS = 1_000;

/** Answers by idempotency key: the same request gives the same answer, errors included. */
export class IdempotencyKeys {
  readonly #entries = new Map<string, Entry>();

  /** The answer kept under this key, if any. Refuses the key for another request, or while one is at work. */
  kept(key: string, fingerprint: string): KeptAnswer | null {
    const entry = this.#entries.get(key);
    if (entry === undefined) return null;
    if (entry.fingerprint !== fingerprint) {
      throw new StripeRefusal(400, {
        type: 'idempotency_error',
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      });
    }
    return entry.answer;
  }

  /** The newest keys and their answers, for a later run. */
  snapshot(): readonly unknown[] {
    return [...this.#entries].slice(-SNAPSHOT_KEYS);
  }

  /** Puts a snapshot back. It is our own file: what it holds is believed. */
  restore(snapshot: readonly unknown[]): void {
    for (const [key, entry] of snapshot as readonly [string, Entry][]) this.#entries.set(key, entry);
  }

  /** Their day is over. */
  forget(): void {
    this.#entries.clear();
  }

  /** Keeps the answer given under this key. */
  keep(key: string, fingerprint: string, answer: KeptAnswer): void {
    this.#entries.set(key, { fingerprint, answer });
    if (this.#entries.size > MAX_KEYS) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
  }
}
