import type { Cents, Ratio } from '@gigafibre/money';
import type { Totals } from './charges.ts';
import type { Company, Party } from './parties.ts';

/** A line of an invoice. `period` is the civil days of service it pays for, both included. */
export type InvoiceLine = {
  readonly kind: 'recurring' | 'oneTime';
  /** In the language of the document. */
  readonly description: string;
  /** Under the description: the proration convention, the rebate, the address when there are several. */
  readonly detail?: string | undefined;
  readonly period?: { readonly from: string; readonly to: string } | undefined;
  readonly quantity: number;
  readonly unitPriceCents: Cents;
  /** Quantity × price less rebates; negative for a credit. */
  readonly amountCents: Cents;
};

/** A movement of the account since the invoice before: a payment is positive and lowers what is owed. */
export type AccountCredit = { readonly on: string; readonly label: string; readonly amountCents: Cents };

/** Everything on an invoice. Amounts are final cents; nothing is computed here but checked to add up. */
export type InvoiceValues = Totals & {
  readonly company: Company;
  /** `INV-00042`. */
  readonly number: string;
  readonly issuedOn: string;
  readonly dueOn: string;
  /** The moment of issue: the only time stamp inside the file. */
  readonly createdAt: Date;
  readonly customer: Party;
  readonly serviceAddressLines: readonly string[];
  readonly lines: readonly InvoiceLine[];
  readonly previousBalanceCents: Cents;
  readonly creditsSince: readonly AccountCredit[];
  /** `previousBalance − creditsSince + total`; zero or less when nothing is to pay. */
  readonly amountDueCents: Cents;
  /** Where the code and the link lead; without it the invoice shows none. */
  readonly payUrl?: string | undefined;
  /** The customer's automatic payment: the invoice then says « do not pay » how much is taken, when and from what. */
  readonly automaticPayment?:
    { readonly on: string; readonly method: string; readonly amountCents: Cents } | undefined;
  /** Interest agreed in the contract; both rates are printed, as the Interest Act wants. */
  readonly interest?: { readonly monthly: Ratio; readonly yearly: Ratio } | undefined;
  /** Exemption certificate, when a tax was not charged. */
  readonly exemption?: string | undefined;
  /** Notes in the language of the document: « why is my bill different », messages. */
  readonly notes?: readonly string[] | undefined;
  /** What stands above the notes instead of « good to know ». */
  readonly notesTitle?: string | undefined;
};
