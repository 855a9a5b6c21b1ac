import type { Cents } from '@gigafibre/money';
import type { Entry, EntryDraft, Posting } from './entry.ts';
import { entry } from './entry.ts';
import type { AccountNumber } from './chart.ts';
import { CHART } from './chart.ts';

/** A signed movement of an account: positive debits it, negative credits it. */
export type Movement = { readonly account: AccountNumber; readonly cents: Cents };

/** A document of one customer: when, which, whose. `memo` is read by the accountant. */
export type DocumentOf = {
  readonly date: string;
  readonly id: string;
  readonly customerId?: string;
  readonly memo: string;
};

/**
 * The entry of a document from signed movements: movements of the same account become one line, those that
 * cancel out disappear, lines come in the order of the chart. Undefined when nothing moves at all.
 */
export function entryOfMovements(
  document: DocumentOf & Pick<EntryDraft['document'], 'kind'>,
  movements: readonly Movement[],
): Entry | undefined {
  const sums = new Map<AccountNumber, Cents>();
  for (const { account, cents } of movements) sums.set(account, (sums.get(account) ?? 0n) + cents);
  const postings = [...sums]
    .filter(([, cents]) => cents !== 0n)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([account, cents]) => postingOf({ account, cents }, document.customerId));
  if (postings.length === 0) return undefined;
  const { date, id, kind, memo } = document;
  return entry({ date, document: { kind, id }, memo, postings });
}

/** As above for a document that always moves money; nothing moved is then a bug, and throws. */
export function movedEntry(
  document: DocumentOf & Pick<EntryDraft['document'], 'kind'>,
  movements: readonly Movement[],
): Entry {
  const moved = entryOfMovements(document, movements);
  if (!moved) throw new Error(`entry of ${document.kind} ${document.id} refused: empty`);
  return moved;
}

/** Throws unless an amount that a document says is positive is. */
export function assertPositive(cents: Cents, { id }: DocumentOf): void {
  if (cents <= 0n) throw new RangeError(`amount of ${id} must be positive, got ${cents} cents`);
}

/** Throws unless a part of an amount lies between nothing and all of it. */
export function assertPart(part: { partCents: Cents; ofCents: Cents }, { id }: DocumentOf): void {
  const { partCents, ofCents } = part;
  if (partCents < 0n || partCents > ofCents) {
    throw new RangeError(`${id}: ${partCents} cents is not a part of ${ofCents}`);
  }
}

function postingOf({ account, cents }: Movement, customerId: string | undefined): Posting {
  const sides = { debitCents: cents > 0n ? cents : 0n, creditCents: cents < 0n ? -cents : 0n };
  const own = 'perCustomer' in CHART[account] && customerId !== undefined;
  return own ? { account, ...sides, customerId } : { account, ...sides };
}
