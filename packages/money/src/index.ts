export { sumCents, type Cents } from './cents.ts';
export { multiply, type Ratio } from './multiply.ts';
export { allocate } from './allocate.ts';
export { prorate, prorateSplit, type CycleShare } from './prorate.ts';
export { AMOUNT_LIMIT_CENTS, parseAmount, type AmountRefusal, type ParsedAmount } from './parse-amount.ts';
export { formatCents, formatRate, type MoneyLocale } from './format-cents.ts';
export { roundCash, type CashRounding } from './round-cash.ts';
export {
  TAX_NAMES,
  TAX_RATES,
  taxRatesAt,
  type Province,
  type TaxCode,
  type TaxPoint,
  type TaxRate,
} from './tax-rates.ts';
export {
  taxesFor,
  type TaxableLine,
  type TaxAmount,
  type TaxedDocument,
  type TaxedLine,
  type TaxExemption,
  type TaxQuestion,
  type TaxRelief,
  type TaxTreatment,
} from './taxes-for.ts';
export { extractTax, type ExtractedTax } from './extract-tax.ts';
