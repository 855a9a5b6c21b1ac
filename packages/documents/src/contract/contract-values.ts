import type { Cents, Ratio } from '@gigafibre/money';
import type { Totals } from '../charges.ts';
import type { Company, Party } from '../parties.ts';
import type { QuoteSection } from '../quote-values.ts';
import type { Signature } from '../signature.ts';
import type { Evidence } from './evidence.ts';

/** A rebate that ends: so much less every month, before taxes, until a civil day (included). */
export type Promotion = {
  readonly description: string;
  readonly monthlyRebateCents: Cents;
  readonly months: number;
  readonly endsOn: string;
};

/** A device the customer gets, in the language of the document. */
export type ContractEquipment = {
  readonly description: string;
  /** `lent` costs nothing; `rented` is part of the monthly price; `sold` becomes the customer's. */
  readonly mode: 'lent' | 'rented' | 'sold';
};

/** What ending the contract early may cost. `rebate` only where purchased goods were rebated at signing. */
export type CancellationRule =
  | { readonly is: 'free' }
  | { readonly is: 'capped' }
  | { readonly is: 'rebate'; readonly rebateCents: Cents };

/**
 * The delays and thresholds a contract promises. They follow the law and the Internet Code as they stood when
 * the edition was written; a change of rule is a new edition, and a signed contract keeps its own.
 */
export type ContractTerms = {
  /** Printed on the contract, `2026-11`. */
  readonly edition: string;
  readonly dueDays: number;
  readonly suspension: {
    readonly overCents: Cents;
    readonly overMonths: number;
    readonly noticeDays: number;
    readonly lastNoticeHours: number;
  };
  readonly changeNoticeDays: number;
  readonly refusalDays: number;
  readonly companyNoticeDays: number;
  readonly expiryNotice: { readonly fromDays: number; readonly toDays: number };
  readonly differingContractDays: number;
  readonly activationDelayDays: number;
  readonly outageCreditHours: number;
  readonly returnDays: number;
};

/** The edition in force: Consumer Protection Act ss. 11.2, 54.1–54.16, 214.1–214.11; Internet Code by choice. */
export const CONTRACT_TERMS: ContractTerms = {
  edition: '2026-11',
  dueDays: 20,
  suspension: { overCents: 5_000n, overMonths: 2, noticeDays: 14, lastNoticeHours: 24 },
  changeNoticeDays: 30,
  refusalDays: 30,
  companyNoticeDays: 60,
  expiryNotice: { fromDays: 90, toDays: 60 },
  differingContractDays: 45,
  activationDelayDays: 30,
  outageCreditHours: 24,
  returnDays: 30,
};

/** Everything in a residential contract. Texts are in the language of the document, amounts are final cents. */
export type ContractValues = {
  readonly company: Company;
  /** Who answers for personal information (Law 25), with how to reach them. */
  readonly privacyOfficer: string;
  readonly number: string;
  readonly quoteNumber: string;
  readonly terms: ContractTerms;
  readonly madeOn: string;
  readonly createdAt: Date;
  readonly customer: Party;
  readonly serviceAddressLines: readonly string[];
  /** Monthly charges while the promotions last. */
  readonly recurring: QuoteSection;
  readonly oneTime: QuoteSection;
  readonly promotions: readonly Promotion[];
  /** Monthly totals once every promotion has ended; the same as `recurring` when there is none. */
  readonly regularMonthly: Totals;
  /** None when no Internet access is sold. */
  readonly speed?: { readonly downMbps: number; readonly upMbps: number } | undefined;
  readonly equipment: readonly ContractEquipment[];
  /** Expected first day of service. */
  readonly startsOn: string;
  /** A fixed term: its length, last day and, taxes included, everything paid over it. None when indeterminate. */
  readonly fixedTerm?:
    { readonly months: number; readonly endsOn: string; readonly totalCents: Cents } | undefined;
  readonly cancellation: CancellationRule;
  readonly interest?: { readonly monthly: Ratio; readonly yearly: Ratio } | undefined;
  readonly includesTelephone: boolean;
  /** Moments at which French came first and English was then chosen; printed in the English contract. */
  readonly languageChoice?: { readonly frenchPresentedAt: Date; readonly englishChosenAt: Date } | undefined;
  /** Present once signed. Without it the document is the one whose SHA-256 the evidence cites. */
  readonly signed?: { readonly signature: Signature; readonly evidence: Evidence } | undefined;
};
