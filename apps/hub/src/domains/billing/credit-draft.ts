import { Refusal } from '@gigafibre/contract';
import { multiply, sumCents, type Ratio } from '@gigafibre/money';

/** A line of an issued invoice, and what credit notes took back of it so far; all with the sign of the line. */
export type CreditableLine = Readonly<{
  line: number;
  quantity: number;
  unitPriceCents: bigint;
  amountCents: bigint;
  netCents: bigint;
  taxTreatment: string;
  /** Lines that were taxed together: province and exemption. */
  group: string;
  creditedAmountCents: bigint;
  creditedNetCents: bigint;
}>;

/** A tax of an issued invoice, and what credit notes took back of it so far. */
export type CreditableTax = Readonly<{
  line: number;
  tax: string;
  group: string;
  rate: Ratio;
  baseCents: bigint;
  taxCents: bigint;
  creditedBaseCents: bigint;
  creditedTaxCents: bigint;
}>;

export type Creditable = Readonly<{
  invoiceId: string;
  totalCents: bigint;
  creditedCents: bigint;
  lines: readonly CreditableLine[];
  taxes: readonly CreditableTax[];
}>;

/** Which lines, each in full unless a quantity or an amount before taxes is given. */
export type ChosenLine = Readonly<{
  line: number;
  quantity?: number | undefined;
  amountCents?: bigint | undefined;
}>;

export type CreditedLine = Readonly<{
  of: CreditableLine;
  quantity: number | null;
  amountCents: bigint;
  netCents: bigint;
}>;
export type CreditedTax = Readonly<{ of: CreditableTax; baseCents: bigint; taxCents: bigint }>;
export type CreditDraft = Readonly<{
  kind: 'full' | 'partial';
  lines: readonly CreditedLine[];
  taxes: readonly CreditedTax[];
  subtotalCents: bigint;
  taxCents: bigint;
  totalCents: bigint;
}>;

/**
 * A credit note of some lines of an invoice, or of all that is left. Taxes follow the invoice's rule with the
 * opposite sign: per tax, the lines together, rounded once; never beyond what the invoice charged, and the note
 * that takes the last of a tax's base takes what is left of the tax, so that all notes together make the invoice.
 * Refused when a line is foreign, named twice or asked for more than is left, and when nothing would be credited.
 */
export function draftCredit(of: Creditable, chosen: 'all' | readonly ChosenLine[]): CreditDraft {
  const leftCents = of.totalCents - of.creditedCents;
  if (of.totalCents === 0n) throw new Refusal('nothing_to_credit');
  if (leftCents === 0n) throw new Refusal('invoice_credited', { invoice: of.invoiceId });
  const lines = (chosen === 'all' ? everythingLeft(of) : chosenLines(of, chosen)).map((line) =>
    withNet(of, line),
  );
  const taxes = of.taxes.flatMap((tax) => creditedTax(of, { tax, lines }));
  const subtotalCents = sumCents(lines.map(({ netCents }) => netCents));
  const taxCents = sumCents(taxes.map((tax) => tax.taxCents));
  const totalCents = subtotalCents + taxCents;
  if (totalCents <= 0n) throw new Refusal('nothing_to_credit');
  if (
    totalCents > leftCents ||
    isBeyond(of, lines) ||
    (totalCents === leftCents && !takesAllTaxes(of, taxes))
  )
    throw new Refusal('credit_above_left', { invoice: of.invoiceId, leftCents: Number(leftCents) });
  return {
    kind: totalCents === leftCents ? 'full' : 'partial',
    lines,
    taxes,
    subtotalCents,
    taxCents,
    totalCents,
  };
}

/**
 * Lines taxed together, and those beside them without tax, each give back at most what they made: a discount among
 * them lowers that.
 */
function isBeyond(of: Creditable, lines: readonly CreditedLine[]): boolean {
  const now = new Map(lines.map((line) => [line.of, line.netCents]));
  return [...Map.groupBy(of.lines, (line) => `${line.group} ${isTaxed(line)}`).values()].some((together) => {
    const credited = together.map((line) => line.creditedNetCents + (now.get(line) ?? 0n));
    return !isPart(sumCents(credited), sumCents(together.map(({ netCents }) => netCents)));
  });
}

/** An invoice that is credited in full has given back all of its taxes. */
const takesAllTaxes = (of: Creditable, taxes: readonly CreditedTax[]): boolean =>
  of.taxes.every((tax) => {
    const now = taxes.find((one) => one.of === tax)?.taxCents ?? 0n;
    return tax.creditedTaxCents + now === tax.taxCents;
  });

type Asked = Omit<CreditedLine, 'netCents'>;

/** What is left of a line before taxes, with its sign. */
export const leftOf = ({ amountCents, creditedAmountCents }: CreditableLine): bigint =>
  amountCents - creditedAmountCents;

const everythingLeft = (of: Creditable): Asked[] =>
  of.lines.flatMap((line) =>
    leftOf(line) === 0n
      ? []
      : [
          {
            of: line,
            amountCents: leftOf(line),
            quantity: line.creditedAmountCents === 0n ? line.quantity : null,
          },
        ],
  );

function chosenLines(of: Creditable, chosen: readonly ChosenLine[]): Asked[] {
  const seen = new Set<number>();
  return chosen.map((choice) => {
    const line = of.lines.find((one) => one.line === choice.line);
    if (!line) throw new Refusal('credit_line_unknown', { invoice: of.invoiceId, line: choice.line });
    if (seen.has(choice.line)) throw new Refusal('credit_line_twice', { line: choice.line });
    if (choice.quantity !== undefined && choice.amountCents !== undefined)
      throw new Refusal('credit_amount_or_quantity', { line: choice.line });
    seen.add(choice.line);
    const amountCents = amountOf(line, choice);
    const leftCents = leftOf(line);
    if (amountCents === 0n || !isPart(amountCents, leftCents))
      throw new Refusal('credit_above_left', { line: choice.line, leftCents: Number(leftCents) });
    const whole = amountCents === line.amountCents;
    return { of: line, amountCents, quantity: choice.quantity ?? (whole ? line.quantity : null) };
  });
}

/** The amount asked for: given, or that many pieces of the line, or all that is left of it. */
function amountOf(line: CreditableLine, { quantity, amountCents }: ChosenLine): bigint {
  if (amountCents !== undefined) return amountCents;
  if (quantity === undefined) return leftOf(line);
  if (quantity > line.quantity)
    throw new Refusal('credit_above_left', { line: line.line, leftCents: Number(leftOf(line)) });
  const part = { num: BigInt(quantity), den: BigInt(line.quantity) };
  return multiply(line.amountCents, part);
}

/**
 * Only an indemnity contains its taxes, each by itself (see taxesFor of money); the last piece of it takes the net
 * amount that is left.
 */
function withNet(of: Creditable, asked: Asked): CreditedLine {
  const { of: line, amountCents } = asked;
  if (line.taxTreatment !== 'termination') return { ...asked, netCents: amountCents };
  const leftNetCents = line.netCents - line.creditedNetCents;
  if (amountCents === leftOf(line)) return { ...asked, netCents: leftNetCents };
  const contained = of.taxes
    .filter((tax) => tax.group === line.group)
    .map(({ rate }) => multiply(amountCents, { num: rate.num, den: rate.den + rate.num }));
  return { ...asked, netCents: partOf(amountCents - sumCents(contained), leftNetCents) };
}

/** What a note takes back of one tax; nothing when none of its lines bears it. */
function creditedTax(
  of: Creditable,
  { tax, lines }: { tax: CreditableTax; lines: readonly CreditedLine[] },
): CreditedTax[] {
  const bearing = lines.filter(({ of: line }) => bears(line, tax));
  if (bearing.length === 0) return [];
  const baseCents = sumCents(bearing.map(({ netCents }) => netCents));
  const leftCents = tax.taxCents - tax.creditedTaxCents;
  const isLast =
    tax.creditedBaseCents + baseCents === tax.baseCents ||
    of.lines
      .filter((line) => bears(line, tax))
      .every(
        (line) =>
          bearing.some((one) => one.of === line && one.amountCents === leftOf(line)) || leftOf(line) === 0n,
      );
  const taxCents = isLast ? leftCents : partOf(byTheRule(tax.rate, bearing), leftCents);
  return [{ of: tax, baseCents, taxCents }];
}

const isTaxed = ({ taxTreatment }: CreditableLine): boolean =>
  taxTreatment === 'taxable' || taxTreatment === 'termination';
const bears = (line: CreditableLine, tax: CreditableTax): boolean =>
  line.group === tax.group && isTaxed(line);

/** As taxesFor of money: added to taxable lines, contained in indemnities, each treatment rounded once. */
function byTheRule(rate: Ratio, lines: readonly CreditedLine[]): bigint {
  const sumOf = (treatment: string): bigint =>
    sumCents(lines.filter(({ of }) => of.taxTreatment === treatment).map(({ amountCents }) => amountCents));
  const contained = { num: rate.num, den: rate.den + rate.num };
  return multiply(sumOf('taxable'), rate) + multiply(sumOf('termination'), contained);
}

/** Whether an amount lies between nothing and all of another, whatever its sign. */
const isPart = (cents: bigint, ofCents: bigint): boolean =>
  ofCents >= 0n ? cents >= 0n && cents <= ofCents : cents <= 0n && cents >= ofCents;

/** The nearest amount between nothing and all of another, whatever its sign. */
export function partOf(cents: bigint, ofCents: bigint): bigint {
  if (isPart(cents, ofCents)) return cents;
  return cents > 0n === ofCents > 0n ? ofCents : 0n;
}
