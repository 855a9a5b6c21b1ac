import { sumCents } from '@gigafibre/money';
import type { Cents } from '@gigafibre/money';
import type { Chart } from './chart.ts';
import { CHART } from './chart.ts';

/** One line of an entry: an amount on exactly one side of an account. Amounts are never negative. */
export type Posting = {
  readonly account: string;
  readonly debitCents: Cents;
  readonly creditCents: Cents;
  /** Whose balance it moves; required where the account is kept per customer. */
  readonly customerId?: string;
  /** ISO 4217; Canadian dollars when absent. */
  readonly currency?: string;
};

/** Every kind of document that moves money, and the only reasons for an entry. */
export type DocumentKind =
  | 'invoice'
  | 'credit_note'
  | 'payment'
  | 'payment_reversal'
  | 'allocation'
  | 'refund'
  | 'adjustment'
  | 'write_off'
  | 'write_off_recovery'
  | 'deposit'
  | 'recognition'
  | 'payout'
  | 'supplier_bill'
  | 'supplier_bill_reversal'
  | 'supplier_payment'
  | 'supplier_payment_reversal'
  | 'transfer';

/** The document an entry posts, by the number people read. */
export type DocumentRef = { readonly kind: DocumentKind; readonly id: string };

/** A proposed entry: the civil day 'YYYY-MM-DD' of the books, its document, words for the reader, its lines. */
export type EntryDraft = {
  readonly date: string;
  readonly document: DocumentRef;
  readonly memo: string;
  readonly postings: readonly Posting[];
};

/** A checked entry. Never changed once posted: it is reversed by another. */
export type Entry = EntryDraft & { readonly currency: string; readonly totalCents: Cents };

/** Why a draft is not an entry. */
export type EntryRefusal =
  | 'no_date'
  | 'no_document'
  | 'empty'
  | 'too_long'
  | 'unknown_account'
  | 'negative_amount'
  | 'zero_amount'
  | 'two_sided'
  | 'no_customer'
  | 'mixed_currency'
  | 'unbalanced';

/** No document of this company has more lines; a longer entry is a loop gone wrong. */
export const POSTINGS_LIMIT = 10_000;

const HOME_CURRENCY = 'CAD';

/** The first reason why a draft may not be posted, or undefined when it may. */
export function entryRefusal(draft: EntryDraft, chart: Chart = CHART): EntryRefusal | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(draft.date)) return 'no_date';
  if (draft.document.id === '') return 'no_document';
  if (draft.postings.length === 0) return 'empty';
  if (draft.postings.length > POSTINGS_LIMIT) return 'too_long';
  for (const posting of draft.postings) {
    const refusal = postingRefusal(posting, chart);
    if (refusal) return refusal;
  }
  if (new Set(draft.postings.map(currencyOf)).size > 1) return 'mixed_currency';
  return debits(draft) === credits(draft) ? undefined : 'unbalanced';
}

/**
 * A double entry ready to be posted: same total on both sides, known accounts, one currency, each line on one
 * side. A draft that is not is a bug of the document that made it, and throws with the refusal's name; ask
 * `entryRefusal` first where a person typed it.
 */
export function entry(draft: EntryDraft, chart: Chart = CHART): Entry {
  const refusal = entryRefusal(draft, chart);
  if (refusal) throw new Error(`entry of ${draft.document.kind} ${draft.document.id} refused: ${refusal}`);
  const postings = Object.freeze(draft.postings.map((posting) => Object.freeze({ ...posting })));
  const currency = postings[0] ? currencyOf(postings[0]) : HOME_CURRENCY;
  return Object.freeze({ ...draft, postings, currency, totalCents: debits(draft) });
}

/** What names the reversal: its own day, document and words, never those of the entry it undoes. */
export type Reversal = Omit<EntryDraft, 'postings'>;

/** The entry that undoes another: the same lines with their sides exchanged. Both stay in the books. */
export function reverse(original: Entry, reversal: Reversal, chart: Chart = CHART): Entry {
  const postings = original.postings.map((posting) => ({
    ...posting,
    debitCents: posting.creditCents,
    creditCents: posting.debitCents,
  }));
  return entry({ ...reversal, postings }, chart);
}

function postingRefusal(posting: Posting, chart: Chart): EntryRefusal | undefined {
  const account = Object.hasOwn(chart, posting.account) ? chart[posting.account] : undefined;
  if (!account) return 'unknown_account';
  if (posting.debitCents < 0n || posting.creditCents < 0n) return 'negative_amount';
  if (posting.debitCents === 0n && posting.creditCents === 0n) return 'zero_amount';
  if (posting.debitCents > 0n && posting.creditCents > 0n) return 'two_sided';
  return account.perCustomer && !posting.customerId ? 'no_customer' : undefined;
}

function currencyOf(posting: Posting): string {
  return posting.currency ?? HOME_CURRENCY;
}

function debits({ postings }: EntryDraft): Cents {
  return sumCents(postings.map((posting) => posting.debitCents));
}

function credits({ postings }: EntryDraft): Cents {
  return sumCents(postings.map((posting) => posting.creditCents));
}
