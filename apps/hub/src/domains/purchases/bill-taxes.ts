import { Refusal, type purchaseTax } from '@gigafibre/contract';
import { TAX_NAMES, TAX_RATES, taxesFor, type TaxRate } from '@gigafibre/money';
import type { z } from 'zod';

/** A line as the taxes see it. */
export type BoughtLine = Readonly<{ netCents: bigint; tax: z.output<typeof purchaseTax> }>;
type PaperTaxes = Readonly<{ gstCents: bigint; qstCents: bigint }>;

/** What was bought and when; `rates`: the taxes of every day, as the company keeps them. */
type Bought = Readonly<{ billedOn: string; lines: readonly BoughtLine[]; rates?: readonly TaxRate[] }>;

/** What a supplier may round otherwise than the rules, whatever the length of its bill. */
const TOLERANCE_CENTS = 5n;

/**
 * The taxes of a bill by the rules in force on its date: each on the sum of the lines that carry it, rounded once
 * (half a cent up). Refused on a day without a known rate.
 */
export function billTaxes({ billedOn, lines, rates = TAX_RATES }: Bought): PaperTaxes {
  if (!rates.some(({ from }) => from <= billedOn)) throw new Refusal('supplier_bill_tax', { date: billedOn });
  const taxOn = (tax: 'GST' | 'QST'): bigint =>
    taxesFor({
      province: 'QC',
      on: billedOn,
      rates,
      lines: lines.map((line) => ({
        amountCents: line.netCents,
        treatment: carries(line, tax) ? 'taxable' : 'exempt',
      })),
    }).taxes.find((row) => row.tax === tax)?.taxCents ?? 0n;
  return { gstCents: taxOn('GST'), qstCents: taxOn('QST') };
}

/**
 * How far the tax on the paper may be from the rules: who rounds line by line is off by half a cent per line at
 * most, so a cent per taxed line is always enough, and five cents for a short bill. Nothing where no line carries it.
 */
export function taxTolerance(lines: readonly BoughtLine[], tax: 'GST' | 'QST'): bigint {
  const taxed = BigInt(lines.filter((line) => carries(line, tax)).length);
  if (taxed === 0n) return 0n;
  return taxed > TOLERANCE_CENTS ? taxed : TOLERANCE_CENTS;
}

/** The taxes on the paper where they are given, those of the rules elsewhere. Refused when they are too far apart. */
export function taxesOnPaper(
  bill: Bought,
  printed: Readonly<{ gstCents: bigint | null; qstCents: bigint | null }>,
): PaperTaxes {
  const computed = billTaxes(bill);
  const accepted = (tax: 'GST' | 'QST', computedCents: bigint, printedCents: bigint | null): bigint => {
    if (printedCents === null) return computedCents;
    const toleranceCents = taxTolerance(bill.lines, tax);
    const apart = printedCents - computedCents;
    if ((apart < 0n ? -apart : apart) > toleranceCents)
      throw new Refusal('supplier_bill_tax', {
        taxFr: TAX_NAMES[tax].fr,
        taxEn: TAX_NAMES[tax].en,
        computedCents: Number(computedCents),
        toleranceCents: Number(toleranceCents),
      });
    return printedCents;
  };
  return {
    gstCents: accepted('GST', computed.gstCents, printed.gstCents),
    qstCents: accepted('QST', computed.qstCents, printed.qstCents),
  };
}

const carries = ({ tax }: BoughtLine, asked: 'GST' | 'QST'): boolean =>
  tax === 'both' || (tax === 'gst' && asked === 'GST');
