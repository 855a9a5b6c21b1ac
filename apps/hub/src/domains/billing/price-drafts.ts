import type { Reading } from '../../platform/acting.ts';
import { taxRates } from '../../platform/rules.ts';
import { addressLines, readLocationsById, type Location } from '../plant/index.ts';
import { priceInvoice, type LineDraft, type PlacedLine, type PricedInvoice } from './draft-invoice.ts';
import { taxesBilled } from './billed-taxes.ts';
import { HOME_PROVINCE, provinceOf } from './province.ts';
import { exemptionsOn, type PlacedExemption } from './tax-exemptions.ts';

/** Lines of one customer before their taxes. */
export type BillDraft = Readonly<{ customerId: string; lines: readonly LineDraft[] }>;
export type PricedDraft = BillDraft &
  Readonly<{
    priced: PricedInvoice;
    /** Where its services are rendered, as its lines name them. */
    places: readonly Location[];
  }>;

/**
 * Adds the taxes of a day to drafts of several customers; they keep their order and what else they say. Days of a
 * service that a line takes back are taxed as they were billed.
 */
export async function priceDrafts<Draft extends BillDraft>(
  reading: Pick<Reading, 'db'>,
  { drafts, on }: { drafts: readonly Draft[]; on: string },
): Promise<(Draft & PricedDraft)[]> {
  const customerIds = [...new Set(drafts.map(({ customerId }) => customerId))];
  const exemptions = await exemptionsOn(reading, { customerIds, on });
  const locations = await readLocationsById(reading, placesNamed(drafts.flatMap(({ lines }) => lines)));
  const billed = await taxesBilled(
    reading,
    drafts.flatMap(({ lines }) => lines),
  );
  const rates = await taxRates(reading.db);
  return drafts.map((draft) => {
    const places = placesNamed(draft.lines).flatMap((id) => locations.get(id) ?? []);
    const lines = placed(draft.lines, places, exemptions.get(draft.customerId) ?? []);
    const taxed = lines.map((line) => ({ ...line, ...billed(line) }));
    return { ...draft, places, priced: priceInvoice(taxed, on, rates) };
  });
}

/** What the lines of one customer would come to on a day, without issuing anything. */
export async function previewLines(
  reading: Pick<Reading, 'db'>,
  { on, ...draft }: BillDraft & { on: string },
): Promise<PricedInvoice> {
  const [priced] = await priceDrafts(reading, { drafts: [draft], on });
  if (!priced) throw new Error('a draft was not priced');
  return priced.priced;
}

/**
 * Where the bill is sent: the place of the line that runs latest, since what has ended, or was left behind by a move,
 * stands on it too; the first of them when none has days.
 */
export function addressBilled({ lines, places }: Pick<PricedDraft, 'lines' | 'places'>): string[] {
  const [latest] = lines
    .filter(({ locationId, period }) => locationId !== null && period != null)
    .toSorted((one, other) => ((one.period?.to ?? '') < (other.period?.to ?? '') ? 1 : -1));
  const place = places.find(({ id }) => id === latest?.locationId) ?? places[0];
  return place ? addressLines(place) : [];
}

const placesNamed = (lines: readonly LineDraft[]): string[] => [
  ...new Set(lines.flatMap(({ locationId }) => locationId ?? [])),
];

/** A line without a place is taxed where the invoice's first place is, or else at home. */
function placed(
  lines: readonly LineDraft[],
  places: readonly Location[],
  exemptions: readonly PlacedExemption[],
): PlacedLine[] {
  const byId = new Map(places.map((place) => [place.id, place]));
  return lines.map((line) => {
    const place = line.locationId === null ? places[0] : byId.get(line.locationId);
    return {
      ...line,
      province: place ? provinceOf(place) : HOME_PROVINCE,
      exemptions: exemptions.filter(({ locationId }) => locationId === null || locationId === place?.id),
    };
  });
}
