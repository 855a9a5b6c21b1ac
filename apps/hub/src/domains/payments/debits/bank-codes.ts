import { addBusinessDays, addDays, BANKING } from '@gigafibre/calendar';

export type Rail = 'card' | 'acss' | 'bank_file';

/** How a saved method is charged: a card, an account by its provider, or an account by the company's own bank. */
export function railOf({ kind, provider }: { kind: string; provider: string }): Rail {
  if (kind === 'card') return 'card';
  return provider === 'bank_file' ? 'bank_file' : 'acss';
}

/** A provider's word for a returned debit as a return code of Standard 007 of Payments Canada. */
const RETURN_CODES: ReadonlyMap<string, string> = new Map([
  ['insufficient_funds', '901'],
  ['no_account', '902'],
  ['payment_stopped', '903'],
  ['account_closed', '905'],
  ['debit_not_allowed', '907'],
  ['funds_not_cleared', '908'],
  ['account_frozen', '911'],
  ['invalid_account_number', '912'],
  ['debit_not_authorized', '915'],
  ['unrecognized', '915'],
  ['incorrect_account_details', '912'],
  ['customer_initiated', '916'],
  ['bank_cannot_process', '900'],
]);
/** Codes for lack of funds: the only ones that may be presented again, once. */
const REPRESENTABLE: ReadonlySet<string> = new Set(['901', '908']);
/** Codes after which the account may not be debited any more. */
const ENDS_MANDATE: ReadonlySet<string> = new Set([
  '902',
  '905',
  '907',
  '909',
  '910',
  '911',
  '912',
  '915',
  '916',
  '917',
  '918',
  '919',
  '920',
  '921',
]);

/**
 * Codes after which nothing more is debited until the customer has agreed anew: they stopped a payment (903), or the
 * account bears another name (914). The account itself may still be good.
 */
const SUSPENDS: ReadonlySet<string> = new Set(['903', '914']);
/** Codes no rule settles alone: wrong data of ours, a stop, an estate, a name, a claim, a bank in default. */
const FOR_REVIEW: ReadonlySet<string> = new Set([
  '900',
  '903',
  '904',
  '910',
  '914',
  '916',
  '918',
  '919',
  '921',
  '922',
  '990',
]);
/** Codes that say nothing of the payer: rejected by an edit, out of date, a bank in default. They end no agreement. */
export const NOT_THE_PAYERS = ['900', '904', '990'] as const;

export const suspendsAgreement = (returnCode: string): boolean => SUSPENDS.has(returnCode);
export const isForReview = (returnCode: string): boolean => FOR_REVIEW.has(returnCode);

/** The return code of a provider's word; a code itself stays, an unknown word is an edit reject (900). */
export const returnCodeOf = (word: string): string =>
  /^9\d\d$/.test(word) ? word : (RETURN_CODES.get(word) ?? '900');

export const endsMandate = (returnCode: string): boolean => ENDS_MANDATE.has(returnCode);

/** Days after a declined card until it is tried again, one per attempt; a word that is not here is final. */
const CARD_RETRY_DAYS: ReadonlyMap<string, readonly number[]> = new Map([
  ['insufficient_funds', [3, 5]],
  ['card_velocity_exceeded', [3, 5]],
  ['withdrawal_count_limit_exceeded', [3, 5]],
  ['generic_decline', [2, 5]],
  ['do_not_honor', [2, 5]],
  ['try_again_later', [1, 3]],
  ['processing_error', [1, 3]],
  ['issuer_not_available', [1, 3]],
  ['reenter_transaction', [1, 3]],
]);
/** A debit of an account is presented again within thirty days of the first; this soon, funds may have come. */
const REPRESENT_BUSINESS_DAYS = 5;

const REPRESENT_DAYS_MAX = 30;

/** Whether a debit that came back one day may be presented again on another: rule H1 gives thirty days. */
export const mayPresentAgain = (returnedOn: string | null, on: string): boolean =>
  returnedOn === null || on <= addDays(returnedOn, REPRESENT_DAYS_MAX);

export type Failed = Readonly<{
  rail: Rail;
  /** The provider's word. */
  code: string;
  /** Which attempt failed, from 1. */
  attempt: number;
  /** Whether it was itself presented again. */
  represented: boolean;
  /** Civil day of the failure. */
  on: string;
}>;

/** The day of the next attempt after a failure; null when there is none. */
export function retryOn({ rail, code, attempt, represented, on }: Failed): string | null {
  if (rail === 'card') {
    const days = CARD_RETRY_DAYS.get(code)?.[attempt - 1];
    return days === undefined ? null : addDays(on, days);
  }
  if (represented || !REPRESENTABLE.has(returnCodeOf(code))) return null;
  return addBusinessDays(on, REPRESENT_BUSINESS_DAYS, BANKING);
}

const PERSONAL_CLAIM_DAYS = 90;
const BUSINESS_CLAIM_DAYS = 10;

/** Until when the payer may claim a debit back, from the day it was posted. */
export const claimUntil = (category: 'personal' | 'business', on: string): string =>
  category === 'personal'
    ? addDays(on, PERSONAL_CLAIM_DAYS)
    : addBusinessDays(on, BUSINESS_CLAIM_DAYS, BANKING);

/** The invoice announces its debit, so the day follows from the invoice. */
export { debitDay } from '../../billing/index.ts';
