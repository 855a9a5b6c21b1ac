import {
  quoteCan,
  quoteTotals,
  Refusal,
  type OutputOf,
  type QuoteStatus,
  type salesOperations,
} from '@gigafibre/contract';
import type { Province, TaxRate } from '@gigafibre/money';
import { hashOf } from '../../platform/chance.ts';
import { json } from '../../platform/transact.ts';
import type { Serviceability, TypedAddress } from '../plant/index.ts';
import type { LineRow, QuoteRow, VersionRow } from './store.ts';
import type { OfferedTerm } from './term-rebate.ts';

export type Quote = OutputOf<typeof salesOperations.readQuote>;
export type QuoteLine = Quote['lines'][number];
export type QuoteTotals = Quote['totals'];
export type Contact = Quote['contact'];
export type Slot = NonNullable<Quote['slot']>;
export type { QuoteStatus };

/** A version as it was offered, with the lines it locks and what the sale needs to carry them out. */
export type Offer = Readonly<{
  quoteId: string;
  version: number;
  createdAt: string;
  createdBy: string | null;
  customerId: string | null;
  contact: Contact;
  addressId: string | null;
  locationId: string | null;
  typedAddress: TypedAddress | null;
  unit: string | null;
  address: string;
  serviceability: Serviceability;
  language: 'fr' | 'en';
  validUntil: string;
  slot: Slot | null;
  notes: string;
  /** Where it is rendered: its taxes apply. */
  province: Province;
  /** None: for an indeterminate time. */
  term: OfferedTerm | null;
  /** Per cent a year on an overdue balance; null says that the account bears none. */
  interestPercent: string | null;
  pricedOn: string;
  /** Taxes of every day, as the company keeps them. */
  rates: readonly TaxRate[];
  totals: QuoteTotals;
  lines: readonly OfferLine[];
}>;
export type OfferLine = QuoteLine &
  Readonly<{ revenueAccount: string; downloadMbps: number | null; uploadMbps: number | null }>;

/** A line as screens see it: without what only billing and provisioning need. */
export const shownLine = ({
  revenueAccount: _r,
  downloadMbps: _d,
  uploadMbps: _u,
  ...line
}: OfferLine): QuoteLine => line;

/** Rows as the offer; unions are held by check constraints, JSON was written from these types. */
export function offerOf(
  row: VersionRow,
  { lines, rates }: { lines: readonly LineRow[]; rates: readonly TaxRate[] },
): Offer {
  return {
    quoteId: row.quote_id,
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    customerId: row.customer_id,
    contact: {
      kind: row.contact_kind as Contact['kind'],
      name: row.contact_name,
      language: row.contact_language as Contact['language'],
      emailId: row.contact_email,
      cellPhone: row.contact_phone,
    },
    addressId: row.address_id,
    locationId: row.location_id,
    typedAddress: row.typed_address as TypedAddress | null,
    unit: row.unit,
    address: row.address_text,
    serviceability: row.serviceability as Serviceability,
    language: row.language as Offer['language'],
    validUntil: row.valid_until,
    slot: slotOf(row),
    notes: row.notes,
    province: row.province as Province, // written by createQuote() and reviseQuote()
    term:
      row.term_months === null
        ? null
        : { months: row.term_months, goodsRebateCents: BigInt(row.goods_rebate_cents) },
    interestPercent: row.interest_percent,
    pricedOn: row.priced_on,
    rates,
    totals: quoteTotals.parse(row.totals),
    lines: lines.map(lineOf),
  };
}

function slotOf({ slot_date: date, slot_from: from, slot_to: to }: VersionRow): Slot | null {
  return date === null || from === null || to === null ? null : { date, from, to };
}

const lineOf = (row: LineRow): OfferLine => ({
  sku: row.sku,
  kind: row.kind as OfferLine['kind'],
  nameFr: row.name_fr,
  nameEn: row.name_en,
  quantity: row.quantity,
  priceVersionId: row.price_version_id,
  unitCents: BigInt(row.unit_cents),
  amountCents: BigInt(row.amount_cents),
  frequency: row.frequency as OfferLine['frequency'],
  taxTreatment: row.tax_treatment as OfferLine['taxTreatment'],
  revenueAccount: row.revenue_account,
  downloadMbps: row.download_mbps,
  uploadMbps: row.upload_mbps,
});

export const statusOf = (row: Pick<QuoteRow, 'status'>): QuoteStatus => row.status as QuoteStatus; // check constraint

/** The fingerprint of everything that was offered: a link carries it, and an acceptance compares it. */
export function fingerprintOf({ province, term, rates: _rates, ...offer }: Offer): string {
  // Left out as they always were: the links of older offers stay good.
  const said = { ...(province === 'QC' ? {} : { province }), ...(term === null ? {} : { term }) };
  return hashOf(json(sorted({ ...offer, ...said })));
}

/** Keys in order, so that equal contents give equal text whatever way they were read. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

export type QuoteAct = keyof typeof quoteCan;
const allowed: Readonly<Record<QuoteAct, readonly QuoteStatus[]>> = quoteCan;

/** Refuses what a quote in this state does not allow. */
export function requireAct(act: QuoteAct, status: QuoteStatus): void {
  if (!allowed[act].includes(status)) throw new Refusal('not_in_this_state', { state: status });
}

/** Why a version cannot be accepted on a day, or null when it can; in the order a person should hear it. */
export function whyNotAcceptable(
  { id, status, version }: Pick<QuoteRow, 'id' | 'status' | 'version'>,
  offered: { version: number; validUntil: string; today: string },
): Refusal | null {
  const data = { quote: id };
  if (status === 'accepted') return new Refusal('quote_already_accepted', data);
  if (offered.version !== version) return new Refusal('quote_superseded', data);
  if (status === 'declined') return new Refusal('quote_declined', data);
  if (status === 'expired' || offered.validUntil < offered.today) return new Refusal('quote_expired', data);
  return null;
}
