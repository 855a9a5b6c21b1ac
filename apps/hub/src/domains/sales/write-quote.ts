import { addDays, civilDateOf } from '@gigafibre/calendar';
import { quoteTotals, Refusal, salesEvents, type ParsedOf, type salesOperations } from '@gigafibre/contract';
import { z } from 'zod';
import type { Tx } from '../../platform/acting.ts';
import { json } from '../../platform/transact.ts';
import { interestOffered } from '../billing/index.ts';
import { billingEmail, readCustomer, requirePhone } from '../customers/index.ts';
import { addressLine, readLocation, serviceabilityOf, type Serviceability } from '../plant/index.ts';
import { requireApproval } from '../staff/index.ts';
import { priceLines } from './price-lines.ts';
import { requireAct, statusOf, type Contact, type Quote } from './quote.ts';
import { readQuote } from './read-quotes.ts';
import { writeStep } from './steps.ts';
import { taxedWhere } from './taxed-where.ts';
import * as store from './store.ts';

/** What is said of a quote; without a term it is for an indeterminate time. */
export type NewQuote = WithTerm<ParsedOf<typeof salesOperations.createQuote>>;
export type QuoteRevision = WithTerm<ParsedOf<typeof salesOperations.reviseQuote>>;
type WithTerm<Said extends { term: unknown }> = Omit<Said, 'term'> & Partial<Pick<Said, 'term'>>;

/** A quote can be accepted for this long when nobody says otherwise. */
const VALID_DAYS = 30;

/** Makes a quote with locked prices. Refused as the contract says; nothing is kept then. */
export async function createQuote(tx: Tx, input: NewQuote): Promise<Quote> {
  const drawn = await drawUp(tx, input);
  const quote = await store.insertQuote(tx.db, {
    customer_id: input.customerId,
    valid_until: drawn.validUntil,
    created_at: tx.now,
  });
  await keepVersion(tx, { id: quote.id, version: 1, drawn, notes: input.notes });
  await writeStep(tx, { quoteId: quote.id, version: 1, step: 'created' });
  await tx.tell(salesEvents.quoteCreated, {
    subject: quote.id,
    customerId: input.customerId,
    data: { version: 1 },
  });
  return readQuote(tx, { id: quote.id });
}

/** Makes a new version; links to earlier ones stop working. Refused when somebody changed the quote since `version`. */
export async function reviseQuote(tx: Tx, input: QuoteRevision): Promise<Quote> {
  const { id } = input;
  const quote = await store.quoteForUpdate(tx.db, id);
  if (!quote) throw new Refusal('not_found', { what: id });
  requireAct('revise', statusOf(quote));
  if (quote.version !== input.version) throw new Refusal('changed_meanwhile', { version: quote.version });
  const drawn = await drawUp(tx, input, id);
  const version = quote.version + 1;
  await keepVersion(tx, { id, version, drawn, notes: input.notes });
  await store.updateQuote(tx.db, {
    id,
    fields: { version, status: 'draft', customer_id: input.customerId, valid_until: drawn.validUntil },
  });
  await writeStep(tx, { quoteId: id, version, step: 'revised' });
  await tx.tell(salesEvents.quoteRevised, { subject: id, customerId: input.customerId, data: { version } });
  return readQuote(tx, { id });
}

type Drawn = Awaited<ReturnType<typeof drawUp>>;

/** Everything a version says, checked: who, where, what at which price, until when. */
async function drawUp(tx: Tx, input: NewQuote, quoteId?: string) {
  const who = await contactOf(tx, input);
  const where = await placeOf(tx, input);
  const { addressId, locationId, address, lines, term = null } = input;
  const province = await taxedWhere(tx, { addressId, locationId, postalCode: address?.postalCode ?? null });
  const priced = await priceLines(tx, { lines, quoteId, province, term });
  if (term) await requireApproval(tx, { what: 'discountCents', amountCents: term.goodsRebateCents });
  const today = civilDateOf(tx.now);
  const validUntil = input.validUntil ?? addDays(today, VALID_DAYS);
  for (const date of [validUntil, input.slot?.date ?? validUntil])
    if (date < today) throw new Refusal('date_in_the_past', { date });
  return {
    who,
    where,
    priced,
    province,
    term,
    interestPercent: await interestOffered(tx, who.contact.kind),
    validUntil,
    slot: input.slot,
    language: input.language ?? who.contact.language,
    unit: input.unit,
  };
}

async function contactOf(
  tx: Tx,
  { customerId, contact }: NewQuote,
): Promise<{ customerId: string | null; contact: Contact }> {
  if (customerId !== null && contact === null) {
    const customer = await readCustomer(tx, customerId);
    const { kind, name, language } = customer;
    const cellPhone = customer.cellPhone ?? customer.telHome;
    return { customerId, contact: { kind, name, language, emailId: billingEmail(customer), cellPhone } };
  }
  if (customerId !== null || contact === null) throw new Refusal('quote_needs_customer');
  return { customerId: null, contact: { ...contact, cellPhone: requirePhone(contact.cellPhone) } };
}

type Where = Readonly<{
  addressId: string | null;
  locationId: string | null;
  typed: NewQuote['address'];
  text: string;
  serviceability: Serviceability;
}>;

async function placeOf(tx: Tx, { addressId, locationId, address, unit }: NewQuote): Promise<Where> {
  if ([addressId, locationId, address].filter((given) => given !== null).length !== 1)
    throw new Refusal('address_needed');
  const where = { addressId, locationId, typed: address };
  if (locationId !== null) {
    const { text, serviceability } = await readLocation(tx, locationId);
    return { ...where, text, serviceability };
  }
  if (addressId !== null) {
    const found = await serviceabilityOf(tx, addressId);
    const text = addressLine({ ...found.address, unit: unit ?? found.address.unit });
    return { ...where, text, serviceability: found.serviceability };
  }
  if (address === null) throw new Refusal('address_needed');
  const text = addressLine({ ...address, unit: unit ?? address.unit });
  return { ...where, text, serviceability: 'not_serviceable' };
}

async function keepVersion(
  tx: Tx,
  { id, version, drawn, notes }: { id: string; version: number; drawn: Drawn; notes: string },
): Promise<void> {
  const { who, where, priced } = drawn;
  await store.insertVersion(tx.db, {
    quote_id: id,
    version,
    created_at: tx.now,
    created_by: tx.by.name ?? tx.by.id,
    customer_id: who.customerId,
    contact_kind: who.contact.kind,
    contact_name: who.contact.name,
    contact_language: who.contact.language,
    contact_email: who.contact.emailId,
    contact_phone: who.contact.cellPhone,
    address_id: where.addressId,
    location_id: where.locationId,
    typed_address: where.typed === null ? null : json(where.typed),
    unit: drawn.unit,
    address_text: where.text,
    serviceability: where.serviceability,
    language: drawn.language,
    valid_until: drawn.validUntil,
    slot_date: drawn.slot?.date ?? null,
    slot_from: drawn.slot?.from ?? null,
    slot_to: drawn.slot?.to ?? null,
    notes,
    province: drawn.province,
    term_months: drawn.term?.months ?? null,
    goods_rebate_cents: drawn.term?.goodsRebateCents ?? 0n,
    interest_percent: drawn.interestPercent,
    priced_on: priced.on,
    totals: json(z.encode(quoteTotals, priced.totals)),
  });
  await store.insertLines(
    tx.db,
    priced.lines.map((line, index) => ({
      quote_id: id,
      version,
      line: index + 1,
      sku: line.sku,
      kind: line.kind,
      name_fr: line.nameFr,
      name_en: line.nameEn,
      quantity: line.quantity,
      price_version_id: line.priceVersionId,
      unit_cents: line.unitCents,
      amount_cents: line.amountCents,
      frequency: line.frequency,
      tax_treatment: line.taxTreatment,
      revenue_account: line.revenueAccount,
      download_mbps: line.downloadMbps,
      upload_mbps: line.uploadMbps,
    })),
  );
}
