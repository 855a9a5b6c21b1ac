import type { Cents } from './cents.ts';
import { sumCents } from './cents.ts';
import { multiply } from './multiply.ts';
import type { Ratio } from './multiply.ts';
import { roundToTotal } from './round-to-total.ts';
import type { TaxCode, TaxPoint } from './tax-rates.ts';
import { taxRatesAt } from './tax-rates.ts';

/**
 * How a line meets the taxes.
 * `taxable`: the tax is added (services, equipment, installation, the 9-1-1 tax passed on, discounts).
 * `termination`: an early-cancellation indemnity, deemed by law to contain each tax by itself (× rate ÷ (1 +
 *   rate), Excise Tax Act s. 182, QST Act s. 318), so the line's amount is what the customer pays for it.
 * `exempt`: a supply without tax, part of the sales reported to the tax offices.
 * `outside`: no supply at all (interest, deposit received, prepaid credit, returned-item charge).
 */
export type TaxTreatment = 'taxable' | 'termination' | 'exempt' | 'outside';

/** A line as priced; negative for a discount or a credit. */
export type TaxableLine = { readonly amountCents: Cents; readonly treatment: TaxTreatment };

/** A customer's relief from some taxes at the service address, with the days it holds, both included. */
export type TaxExemption = {
  readonly id: string;
  readonly taxes: readonly TaxCode[];
  readonly validFrom: string;
  readonly validTo?: string;
};

/** What is taxed: lines of one document supplied at one place, and the reliefs of its customer. */
export type TaxQuestion = TaxPoint & {
  readonly lines: readonly TaxableLine[];
  readonly exemptions?: readonly TaxExemption[];
};

/** One tax of the document. `baseCents` is the price before taxes on which it was computed. */
export type TaxAmount = {
  readonly tax: TaxCode;
  readonly rate: Ratio;
  readonly baseCents: Cents;
  readonly taxCents: Cents;
};

/** A line's own part: `netCents` is revenue; `taxCents` follows the order of the document's `taxes`. */
export type TaxedLine = { readonly netCents: Cents; readonly taxCents: readonly Cents[] };

/** A tax that was not charged and the exemption that says why, to be kept with the document. */
export type TaxRelief = { readonly exemptionId: string; readonly tax: TaxCode; readonly baseCents: Cents };

/** The taxes of a document. Net amounts and taxes of the lines add up to the totals, to the cent. */
export type TaxedDocument = {
  readonly subtotalCents: Cents;
  readonly taxes: readonly TaxAmount[];
  readonly totalCents: Cents;
  readonly lines: readonly TaxedLine[];
  readonly reliefs: readonly TaxRelief[];
};

/**
 * The taxes of one document: per tax and per treatment, the lines are added, multiplied by the rate, and
 * rounded once; never line by line, which gives other cents. For the books each rounded tax is then spread over
 * its lines by largest remainder. The same lines with the opposite sign (a credit note) give the exact
 * opposite. Throws when no rate is known for the place and day.
 */
export function taxesFor(question: TaxQuestion): TaxedDocument {
  const inForce = taxRatesAt(question).map((row) => ({
    ...row,
    exemption: exemptionFrom(row.tax, question),
  }));
  const charged = inForce
    .filter((row) => row.exemption === undefined)
    .map(({ tax, rate }) => ({ tax, rate, perLine: spreadTax(question.lines, rate) }));
  const taxed = question.lines.map(carriesTax);
  const lines = question.lines.map((line, index) => {
    const taxCents = charged.map((row) => row.perLine[index] ?? 0n);
    return taxedLine(line, taxCents);
  });
  const baseCents = sumCents(lines.map((line, index) => (taxed[index] ? line.netCents : 0n)));
  const taxes = charged.map(({ tax, rate, perLine }) => ({
    tax,
    rate,
    baseCents,
    taxCents: sumCents(perLine),
  }));
  const subtotalCents = sumCents(lines.map((line) => line.netCents));
  return {
    subtotalCents,
    taxes,
    totalCents: subtotalCents + sumCents(taxes.map((row) => row.taxCents)),
    lines,
    reliefs: inForce.flatMap(({ tax, exemption }) =>
      exemption && taxed.includes(true) ? [{ exemptionId: exemption.id, tax, baseCents }] : [],
    ),
  };
}

function exemptionFrom(tax: TaxCode, { on, exemptions = [] }: TaxQuestion): TaxExemption | undefined {
  return exemptions.find(
    ({ taxes, validFrom, validTo }) =>
      taxes.includes(tax) && validFrom <= on && (validTo === undefined || on <= validTo),
  );
}

function carriesTax({ treatment }: TaxableLine): boolean {
  return treatment === 'taxable' || treatment === 'termination';
}

/** An indemnity contains its taxes; to any other line they are added. */
function taxedLine(line: TaxableLine, taxCents: readonly Cents[]): TaxedLine {
  const containedCents = line.treatment === 'termination' ? sumCents(taxCents) : 0n;
  return { netCents: line.amountCents - containedCents, taxCents };
}

/** One tax of every line: each treatment is added up and rounded once, then spread over its lines. */
function spreadTax(lines: readonly TaxableLine[], rate: Ratio): Cents[] {
  const added = spreadOver(lines, { treatment: 'taxable', share: rate });
  const contained = spreadOver(lines, {
    treatment: 'termination',
    share: { num: rate.num, den: rate.den + rate.num },
  });
  return added.map((cents, index) => cents + (contained[index] ?? 0n));
}

function spreadOver(
  lines: readonly TaxableLine[],
  { treatment, share }: { treatment: TaxTreatment; share: Ratio },
): Cents[] {
  const amounts = lines.map((line) => (line.treatment === treatment ? line.amountCents : 0n));
  const totalCents = multiply(sumCents(amounts), share);
  return roundToTotal({ nums: amounts.map((amount) => amount * share.num), den: share.den, totalCents });
}
