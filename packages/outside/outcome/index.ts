/**
 * What a call to an outside system came to. Adapters return it and never throw for a vendor's trouble.
 *
 * - `done`: it happened, here is the answer.
 * - `declined`: the vendor understood and said no; asking again unchanged gives the same no.
 * - `retry`: it certainly did not happen, and may work after `afterMs`.
 * - `unknown`: sent, no trustworthy answer; it may have happened. Look it up before doing it again.
 * - `broken`: our configuration or the vendor's wire is wrong; a person must look.
 */
export type Outcome<T> =
  | { readonly is: 'done'; readonly value: T }
  | { readonly is: 'declined'; readonly code: string; readonly message: string }
  | { readonly is: 'retry'; readonly afterMs: number; readonly reason: string }
  | { readonly is: 'unknown'; readonly reason: string }
  | { readonly is: 'broken'; readonly reason: string };

/** An outcome without a value: every kind but `done`. */
export type Undone = Exclude<Outcome<never>, { is: 'done' }>;

/** It happened; `value` is the answer. */
export function done<T>(value: T): Outcome<T> {
  return { is: 'done', value };
}

/** The vendor said no, with its own code (as it spells it) and its words. */
export function declined(code: string, message: string): Undone {
  return { is: 'declined', code: legible(code), message: legible(message) };
}

/** It did not happen; try again after `afterMs` milliseconds. */
export function retry(afterMs: number, reason: string): Undone {
  return { is: 'retry', afterMs, reason: legible(reason) };
}

/** It may have happened: reconcile before repeating. */
export function unknown(reason: string): Undone {
  return { is: 'unknown', reason: legible(reason) };
}

/** Configuration or protocol is wrong; repeating does not help. */
export function broken(reason: string): Undone {
  return { is: 'broken', reason: legible(reason) };
}

const LEGIBLE_CHARS_MAX = 500;

/** The words of the other side, whoever answered: one line, without control characters, which no database keeps. */
const legible = (said: string): string =>
  said
    .slice(0, LEGIBLE_CHARS_MAX)
    .toWellFormed()
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();
