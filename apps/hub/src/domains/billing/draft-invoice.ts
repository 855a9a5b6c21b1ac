import {
  sumCents,
  taxesFor,
  TAX_RATES,
  taxRatesAt,
  type Province,
  type TaxAmount,
  type TaxRate,
  type TaxRelief,
} from '@gigafibre/money';
import type { ItemTaxTreatment } from '../catalog/index.ts';
import type { PlacedExemption } from './tax-exemptions.ts';

/** A line before it is issued. Amounts in cents before taxes; negative for a discount. */
export type LineDraft = Readonly<{
  kind: 'recurring' | 'one_time';
  sku: string | null;
  description: Readonly<{ fr: string; en: string }>;
  /** Under the description: how a part of a month was computed. */
  detail?: Readonly<{ fr: string; en: string }> | null;
  /** Civil days of service it pays for, both included; always for a recurring line. */
  period?: Readonly<{ from: string; to: string }> | null;
  quantity: number;
  unitPriceCents: bigint;
  amountCents: bigint;
  taxTreatment: ItemTaxTreatment;
  revenueAccount: string;
  /** Where the service is rendered; its province decides the taxes. Null: where the company is. */
  locationId: string | null;
  subscriptionId?: string | null;
  subscriptionItemId?: string | null;
  chargeId?: string | null;
}>;

/** A line whose place, and so whose taxes, are known; with what relieves its customer of some of them there. */
export type PlacedLine = LineDraft &
  Readonly<{
    province: Province;
    exemptions?: readonly PlacedExemption[];
    /** Day whose rates it bears, when it takes back what was billed then; else that of the invoice. */
    taxedOn?: string;
  }>;
/** `taxGroup`: lines of a province that exemptions relieve alike, at the same rates, are taxed together. */
type Grouped = Readonly<{ province: Province; taxGroup: string }>;
export type PricedLine = PlacedLine & Grouped & Readonly<{ netCents: bigint }>;
export type PricedTax = TaxAmount & Grouped;
/** A tax that is not charged, with the certificate that says why. */
export type PricedRelief = TaxRelief & Readonly<{ province: Province; certificate: string }>;

/** An invoice with its taxes, before it has a number. */
export type PricedInvoice = Readonly<{
  lines: readonly PricedLine[];
  subtotalCents: bigint;
  taxes: readonly PricedTax[];
  reliefs: readonly PricedRelief[];
  taxCents: bigint;
  totalCents: bigint;
}>;

/**
 * Adds the taxes of a day to some lines: per province and exemption, per tax, all lines together and rounded once.
 * Nearly every invoice has one province; a company with sites in two gets the taxes of both. `rates`: those of every
 * day, as the company keeps them.
 */
export function priceInvoice(
  lines: readonly PlacedLine[],
  on: string,
  rates: readonly TaxRate[] = TAX_RATES,
): PricedInvoice {
  const nets = new Map<PlacedLine, bigint>();
  const taxes: PricedTax[] = [];
  const reliefs: PricedRelief[] = [];
  const taxGroupOf = (line: PlacedLine): string => groupOf(line, { on, rates });
  for (const placed of Map.groupBy(lines, (line) => `${line.province} ${taxGroupOf(line)}`).values()) {
    const [first] = placed;
    if (!first) continue;
    const { province, exemptions = [] } = first;
    const taxed = taxesFor({
      province,
      on: otherDay(first, { on, rates }) ?? on,
      rates,
      lines: placed.map(({ amountCents, taxTreatment }) => ({ amountCents, treatment: taxTreatment })),
      exemptions,
    });
    for (const [index, line] of placed.entries()) nets.set(line, taxed.lines[index]?.netCents ?? 0n);
    if (placed.some(({ taxTreatment }) => taxTreatment === 'taxable' || taxTreatment === 'termination'))
      taxes.push(...taxed.taxes.map((tax) => ({ ...tax, province, taxGroup: taxGroupOf(first) })));
    for (const relief of taxed.reliefs)
      reliefs.push({ ...relief, province, certificate: certificateOf(exemptions, relief.exemptionId) });
  }
  const subtotalCents = sumCents([...nets.values()]);
  const taxCents = sumCents(taxes.map((tax) => tax.taxCents));
  return {
    lines: lines.map((line) => ({ ...line, taxGroup: taxGroupOf(line), netCents: nets.get(line) ?? 0n })),
    subtotalCents,
    taxes,
    reliefs,
    taxCents,
    totalCents: subtotalCents + taxCents,
  };
}

type Taxing = Readonly<{ on: string; rates: readonly TaxRate[] }>;

const groupOf = (line: PlacedLine, taxing: Taxing): string =>
  [...(line.exemptions ?? []).map(({ id }) => id), otherDay(line, taxing) ?? []].flat().join(' ');

/** The day a line was taxed on, when the rates there were others. */
function otherDay({ province, taxedOn = '' }: PlacedLine, { on, rates }: Taxing): string | undefined {
  if (taxedOn === '' || taxedOn === on) return undefined;
  const ratesOf = (day: string): string =>
    taxRatesAt({ province, on: day, rates })
      .map(({ tax, rate }) => `${tax} ${rate.num}/${rate.den}`)
      .join(' ');
  return ratesOf(taxedOn) === ratesOf(on) ? undefined : taxedOn;
}

const certificateOf = (exemptions: readonly PlacedExemption[], id: string): string =>
  exemptions.find((exemption) => exemption.id === id)?.certificate ?? '';
