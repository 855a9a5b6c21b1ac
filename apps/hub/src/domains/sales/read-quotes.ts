import { quoteTotals, Refusal } from '@gigafibre/contract';
import type { Reading } from '../../platform/acting.ts';
import { taxRates } from '../../platform/rules.ts';
import * as acceptances from './acceptance-store.ts';
import { offerOf, shownLine, statusOf, type Offer, type Quote, type QuoteStatus } from './quote.ts';
import * as store from './store.ts';

type Asked = Pick<Reading, 'db'>;

/** One quote in the version that counts, or in the one asked for; refused `not_found`. */
export async function readQuote(
  reading: Asked,
  { id, version }: { id: string; version?: number | undefined },
): Promise<Quote> {
  const row = await store.quoteById(reading.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  const offer = await readOffer(reading, { id, version: version ?? row.version });
  const steps = await store.stepsOf(reading.db, { id, version: offer.version });
  const at = (step: string) => steps.findLast((one) => one.step === step);
  const {
    quoteId: _id,
    createdBy: _by,
    typedAddress: _typed,
    unit: _unit,
    pricedOn: _on,
    interestPercent: _interest,
    rates: _rates,
    ...shown
  } = offer;
  return {
    ...shown,
    id,
    status: statusOf(row),
    customerId: row.customer_id ?? offer.customerId,
    lines: offer.lines.map(shownLine),
    sentAt: at('sent')?.at ?? null,
    acceptedAt: at('accepted')?.at ?? null,
    declinedAt: at('declined')?.at ?? null,
    declineReason: at('declined')?.detail ?? null,
    order: await orderOf(reading, id),
    versions: (await store.versionsOf(reading.db, id)).map((one) => ({
      version: one.version,
      createdAt: one.created_at,
      createdBy: one.created_by,
    })),
  };
}

/** A version as it was offered; refused `not_found`. */
export async function readOffer(
  { db }: Asked,
  { id, version }: { id: string; version: number },
): Promise<Offer> {
  const row = await store.versionOf(db, { id, version });
  if (!row) throw new Refusal('not_found', { what: `${id} version ${version}` });
  return offerOf(row, { lines: await store.linesOf(db, { id, version }), rates: await taxRates(db) });
}

async function orderOf({ db }: Asked, id: string): Promise<Quote['order']> {
  const row = await acceptances.acceptanceOf(db, id);
  if (!row) return null;
  return {
    subscriptionId: row.subscription_id,
    jobId: row.job_id,
    portReserved: row.port_reserved,
    contractReady: await acceptances.isContractReady(db, id),
  };
}

export type QuoteQuery = Readonly<{
  status?: QuoteStatus | undefined;
  customerId?: string | undefined;
  search?: string | undefined;
  limit: number;
  after?: string | undefined;
}>;

/** Quotes, newest first, a page at a time. */
export async function listQuotes({ db }: Asked, { after, ...filter }: QuoteQuery) {
  const rows = await store.quotesPage(db, { ...filter, after: positionOf(after) });
  const last = rows[filter.limit - 1];
  return {
    rows: rows.slice(0, filter.limit).map((row) => {
      const totals = quoteTotals.parse(row.totals);
      return {
        id: row.id,
        status: statusOf(row),
        version: row.version,
        customerId: row.customer_id,
        name: row.contact_name,
        address: row.address_text,
        monthTotalCents: totals.month.totalCents,
        todayTotalCents: totals.today.totalCents,
        validUntil: row.valid_until,
        createdAt: row.created_at,
      };
    }),
    next: rows.length > filter.limit && last ? `${last.created_at}~${last.id}` : null,
  };
}

/** Where a page ended: instant and id; undefined for what is no such thing. */
export function positionOf(after: string | undefined): { at: string; id: string } | undefined {
  const [at, id] = after?.split('~') ?? [];
  if (at === undefined || id === undefined || Number.isNaN(Date.parse(at))) return undefined;
  return { at, id };
}
