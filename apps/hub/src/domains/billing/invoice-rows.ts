import { CHART, invoiceEntry, type AccountNumber, type BilledTax, type Entry } from '@gigafibre/ledger';
import { sumCents } from '@gigafibre/money';
import type { CompanyProfile } from '../../platform/company.ts';
import type { Customer } from '../customers/index.ts';
import type { AccountMovement } from '../ledger/index.ts';
import { addressLines } from '../plant/index.ts';
import type { PricedInvoice, PricedLine } from './draft-invoice.ts';
import { addressBilled, type PricedDraft } from './price-drafts.ts';
import type { Printed, Printing } from './printed.ts';
import type { NewInvoice } from './store.ts';

/** Why an invoice is issued, beside what it says. */
export type Draft = PricedDraft & Readonly<{ reason: string }>;
/** What the invoices of one batch have in common. */
export type Issue = Readonly<{
  on: string;
  dueOn: string;
  at: Date;
  by: string;
  company: CompanyProfile;
  /** What it prints beside its amounts. */
  printed: (invoice: Printing) => Printed;
}>;
/** Whose invoice it is, and the account before it. */
export type Billed = Readonly<{
  number: bigint;
  customer: Customer;
  /** What the customer owed the moment before. */
  balanceCents: bigint;
  /** What moved the account since the invoice before. */
  since: readonly AccountMovement[];
}>;

/** An invoice as it is kept for ever, and its entry in the books; no entry when it comes to nothing. */
export function composeInvoice(
  draft: Draft,
  billed: Billed,
  issue: Issue,
): NewInvoice & Readonly<{ entry: Entry | undefined; amountDueCents: bigint }> {
  const { customerId, priced, places, reason } = draft;
  const { customer, number, balanceCents, since } = billed;
  const { on } = issue;
  const id = numberText('INV', number);
  const addresses = places.map(addressLines);
  const amountDueCents = balanceCents + priced.totalCents;
  return {
    entry: entryOf(draft, { id, on }),
    amountDueCents,
    ...rowsOf(priced, on),
    invoice: {
      id,
      number,
      customer_id: customerId,
      reason,
      issued_on: on,
      due_on: issue.dueOn,
      issued_at: issue.at,
      issued_by: issue.by,
      subtotal_cents: priced.subtotalCents,
      tax_cents: priced.taxCents,
      total_cents: priced.totalCents,
      language: customer.language,
      bill_to: { name: customer.name, addressLines: addressBilled(draft) },
      service_address: addresses.flat(),
      company: issue.company,
      previous_balance_cents: balanceCents - sumCents(since.map(({ cents }) => cents)),
      account_since: since,
      amount_due_cents: amountDueCents,
      printed: issue.printed({
        id,
        customerId,
        issuedOn: on,
        dueOn: issue.dueOn,
        totalCents: priced.totalCents,
        amountDueCents,
      }),
    },
  };
}

/** As many digits as people are used to; more when there are more. */
const NUMBER_DIGITS = 5;

/** `INV-00042`: a number of a series as people read it. */
export const numberText = (series: 'INV' | 'CN', number: bigint): string =>
  `${series}-${number.toString().padStart(NUMBER_DIGITS, '0')}`;

function rowsOf(priced: PricedInvoice, on: string): Omit<NewInvoice, 'invoice'> {
  return {
    lines: priced.lines.map((line) => ({
      kind: line.kind,
      sku: line.sku,
      description_fr: line.description.fr,
      description_en: line.description.en,
      detail_fr: line.detail?.fr ?? null,
      detail_en: line.detail?.en ?? null,
      period_from: line.period?.from ?? null,
      period_to: line.period?.to ?? null,
      quantity: line.quantity,
      unit_price_cents: line.unitPriceCents,
      amount_cents: line.amountCents,
      net_cents: line.netCents,
      tax_treatment: line.taxTreatment,
      revenue_account: line.revenueAccount,
      in_advance: isInAdvance(line, on),
      province: line.province,
      tax_group: line.taxGroup,
      location_id: line.locationId,
      subscription_id: line.subscriptionId ?? null,
      subscription_item_id: line.subscriptionItemId ?? null,
      charge_id: line.chargeId ?? null,
    })),
    taxes: priced.taxes.map((tax) => ({
      tax: tax.tax,
      province: tax.province,
      tax_group: tax.taxGroup,
      rate_num: tax.rate.num,
      rate_den: tax.rate.den,
      base_cents: tax.baseCents,
      tax_cents: tax.taxCents,
    })),
    reliefs: priced.reliefs.map((relief) => ({
      exemption_id: relief.exemptionId,
      certificate: relief.certificate,
      tax: relief.tax,
      province: relief.province,
      base_cents: relief.baseCents,
    })),
  };
}

/** Billed for days that are not over: it waits in deferred revenue until they are. */
const isInAdvance = ({ period }: PricedLine, on: string): boolean => period != null && period.to >= on;

const entryOf = ({ customerId, priced }: Draft, { id, on }: { id: string; on: string }): Entry | undefined =>
  invoiceEntry({
    customerId,
    id,
    date: on,
    memo: `Facture ${id}`,
    lines: priced.lines.map((line) => ({
      account: accountOf(line.revenueAccount),
      netCents: line.netCents,
      inAdvance: isInAdvance(line, on),
    })),
    taxes: priced.taxes.map(({ tax, taxCents }): BilledTax => ({ tax, taxCents })),
  });

/** An account of the chart; throws when there is none of this number. */
export function accountOf(revenueAccount: string): AccountNumber {
  if (!Object.hasOwn(CHART, revenueAccount)) throw new Error(`no account ${revenueAccount} in the chart`);
  return revenueAccount as AccountNumber; // a key of the chart, checked just above
}
