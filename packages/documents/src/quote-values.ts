import type { ChargeLine } from './charge-section.ts';
import type { Totals } from './charges.ts';
import type { Company, Party } from './parties.ts';

/**
 * A line of a quote, its texts in the language of the document: speeds, end of a promotion and price after it,
 * what the work includes go into `detail`. A rebate is negative.
 */
export type QuoteLine = ChargeLine;

/** Lines that are paid together, with their own subtotal, taxes and total. */
export type QuoteSection = Totals & { readonly lines: readonly QuoteLine[] };

/** Everything on a quote. What comes back every month and what is paid once never share a total. */
export type QuoteValues = {
  readonly company: Company;
  /** `QTN-00042`. */
  readonly number: string;
  /** From 1; shown from 2 on. */
  readonly version: number;
  readonly issuedOn: string;
  /** Last civil day on which it can be accepted. */
  readonly validUntil: string;
  readonly createdAt: Date;
  readonly customer: Party;
  readonly serviceAddressLines: readonly string[];
  readonly recurring: QuoteSection;
  readonly oneTime: QuoteSection;
  /** The page that shows the contract and takes the signature. */
  readonly signingUrl: string;
  /** Term of the contract offered, in months; none for an indeterminate one. */
  readonly termMonths?: number | undefined;
  /** Who prepared it. */
  readonly preparedBy?: string | undefined;
  readonly notes?: readonly string[] | undefined;
};
