import type { Ratio } from './multiply.ts';

/** Provinces and territories, as Canada Post writes them. */
export type Province =
  'AB' | 'BC' | 'MB' | 'NB' | 'NL' | 'NS' | 'NT' | 'NU' | 'ON' | 'PE' | 'QC' | 'SK' | 'YT';

/** The sales taxes this company collects. */
export type TaxCode = 'GST' | 'QST' | 'HST';

/** A rate from one day to another, both included; no `to` means still in force. */
export type TaxRate = {
  readonly tax: TaxCode;
  readonly provinces: readonly Province[];
  readonly rate: Ratio;
  /** First civil day, 'YYYY-MM-DD', on which the tax becomes payable at this rate. */
  readonly from: string;
  readonly to?: string;
};

/** Names printed on documents. */
export const TAX_NAMES = {
  GST: { fr: 'TPS', en: 'GST' },
  QST: { fr: 'TVQ', en: 'QST' },
  HST: { fr: 'TVH', en: 'HST' },
} as const satisfies Record<TaxCode, { fr: string; en: string }>;

/**
 * Rates by place of supply and date, since 2013-04-01: in that year the QST left the GST out of its base and
 * British Columbia and Prince Edward Island took their present regime. Older documents keep the cents they were
 * issued with; nothing here recomputes them. Provincial sales taxes of BC, SK and MB are another regime and are
 * not collected. A new rate is a new row, known before its day.
 */
export const TAX_RATES: readonly TaxRate[] = [
  {
    tax: 'GST',
    provinces: ['QC', 'AB', 'BC', 'MB', 'NT', 'NU', 'SK', 'YT'],
    rate: percent(5_000n),
    from: '2013-04-01',
  },
  { tax: 'QST', provinces: ['QC'], rate: percent(9_975n), from: '2013-04-01' },
  { tax: 'HST', provinces: ['ON'], rate: percent(13_000n), from: '2013-04-01' },
  { tax: 'HST', provinces: ['NB', 'NL'], rate: percent(13_000n), from: '2013-04-01', to: '2016-06-30' },
  { tax: 'HST', provinces: ['NB', 'NL'], rate: percent(15_000n), from: '2016-07-01' },
  { tax: 'HST', provinces: ['PE'], rate: percent(14_000n), from: '2013-04-01', to: '2016-09-30' },
  { tax: 'HST', provinces: ['PE'], rate: percent(15_000n), from: '2016-10-01' },
  { tax: 'HST', provinces: ['NS'], rate: percent(15_000n), from: '2013-04-01', to: '2025-03-31' },
  { tax: 'HST', provinces: ['NS'], rate: percent(14_000n), from: '2025-04-01' },
];

/** Where and when the tax becomes payable; `rates` replaces the table above when the company keeps its own. */
export type TaxPoint = {
  readonly province: Province;
  /** Civil day, 'YYYY-MM-DD'. */
  readonly on: string;
  readonly rates?: readonly TaxRate[];
};

/**
 * The taxes in force at a place (that of the service, not of the mailbox) on a day, in the order they are
 * printed. Throws when the table says nothing of that day: no rate is not a rate of zero.
 */
export function taxRatesAt({ province, on, rates = TAX_RATES }: TaxPoint): readonly TaxRate[] {
  const found = rates.filter(
    (row) => row.provinces.includes(province) && row.from <= on && (row.to === undefined || on <= row.to),
  );
  if (found.length === 0) throw new RangeError(`no tax rate known for ${province} on ${on}`);
  return found;
}

/** A rate from thousandths of a per cent: 9 975 is 9.975 %. */
function percent(thousandths: bigint): Ratio {
  return { num: thousandths, den: 100_000n };
}
