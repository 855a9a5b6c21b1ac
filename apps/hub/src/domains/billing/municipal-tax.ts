import type { Reading } from '../../platform/acting.ts';
import { editionsOf } from '../../platform/rules.ts';
import { newPhoneMonths, taxedMonths, type ChargedSubscription, type PhoneMonth } from '../charges/index.ts';
import { readLocationsById } from '../plant/index.ts';
import type { LineDraft } from './draft-invoice.ts';
import { provinceOf } from './province.ts';

/** The line of the 9-1-1 municipal tax; nobody sells it, and no account of revenue takes it. */
export const MUNICIPAL_TAX = { sku: 'TAXE-911', account: '2120' } as const;

/** Months of a service that owe the 9-1-1 tax, with the lines that charge it. */
export type MunicipalTax = Readonly<{ months: readonly PhoneMonth[]; lines: readonly LineDraft[] }>;

type Asked = Readonly<{
  services: readonly ChargedSubscription[];
  /** Up to which day each is charged. */
  after: ReadonlyMap<string, string>;
  through: string;
}>;

/**
 * The 9-1-1 municipal tax of Quebec that some services owe by a day and were not charged: for each telephone line a
 * fixed amount of each month, never a part of it, collected for Revenu Québec and itself taxable (Act respecting
 * municipal taxation, s. 244.68). Nothing is asked of the database where nobody has a telephone.
 */
export async function municipalTaxOf(
  reading: Pick<Reading, 'db'>,
  { services, after, through }: Asked,
): Promise<ReadonlyMap<string, MunicipalTax>> {
  const phones = services.filter(({ items }) => items.some(({ kind }) => kind === 'phone'));
  if (phones.length === 0) return new Map();
  const places = await readLocationsById(reading, [...new Set(phones.map(({ locationId }) => locationId))]);
  const taxed = await taxedMonths(
    reading.db,
    phones.map(({ subscriptionId }) => subscriptionId),
  );
  const editions = await editionsOf(reading.db, 'municipal_911');
  const amountOf = (month: string): bigint => {
    const edition = editions.findLast(({ from }) => from <= month);
    if (!edition) throw new RangeError(`no 9-1-1 tax known for ${month}`);
    return BigInt(edition.value.cents);
  };
  return new Map(
    phones
      .filter(({ locationId }) => {
        const place = places.get(locationId);
        return place !== undefined && provinceOf(place) === 'QC';
      })
      .map((service) => {
        const { subscriptionId } = service;
        const of = { after: after.get(subscriptionId), through, taxed: taxed.get(subscriptionId) ?? [] };
        const months = newPhoneMonths(service, of);
        return [
          subscriptionId,
          { months, lines: months.map((one) => lineOf(service, one, amountOf(one.month))) },
        ];
      }),
  );
}

const lineOf = (
  { locationId, subscriptionId }: ChargedSubscription,
  { month, lines }: PhoneMonth,
  unitPriceCents: bigint,
): LineDraft => ({
  kind: 'one_time',
  sku: MUNICIPAL_TAX.sku,
  description: {
    fr: `Taxe municipale pour le 9-1-1, ${month.slice(0, 7)}`,
    en: `9-1-1 municipal tax, ${month.slice(0, 7)}`,
  },
  quantity: lines,
  unitPriceCents,
  amountCents: unitPriceCents * BigInt(lines),
  taxTreatment: 'taxable',
  revenueAccount: MUNICIPAL_TAX.account,
  locationId,
  subscriptionId,
});
