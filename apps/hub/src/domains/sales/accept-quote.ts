import { civilDateOf } from '@gigafibre/calendar';
import { Refusal, salesEvents, type givenSignature } from '@gigafibre/contract';
import type { z } from 'zod';
import type { Tx } from '../../platform/acting.ts';
import { json } from '../../platform/transact.ts';
import { agreeInterest } from '../billing/index.ts';
import { addCharge } from '../charges/index.ts';
import { createCustomer, readCustomer, setCustomerStatus } from '../customers/index.ts';
import { createJob } from '../dispatch/index.ts';
import { locationFor, readLocation, reserveSplitterPort, settleCustomer } from '../plant/index.ts';
import { openSubscription } from '../subscriptions/index.ts';
import * as acceptances from './acceptance-store.ts';
import { contractNumber } from './quote-documents.ts';
import { whyNotAcceptable, type Offer, type OfferLine } from './quote.ts';
import { readOffer } from './read-quotes.ts';
import { writeStep, type Whence } from './steps.ts';
import * as store from './store.ts';

export type GivenSignature = z.output<typeof givenSignature>;

/** How somebody said yes, with everything that proves it. */
export type Acceptance = Readonly<{
  quoteId: string;
  version: number;
  means: 'online' | 'in_person' | 'paper' | 'phone' | 'docuseal';
  name: string;
  signature: GivenSignature | null;
  language: 'fr' | 'en';
  consents: Readonly<Record<string, boolean>>;
  whence: Whence | null;
  codeId: bigint | null;
  /** SHA-256 of the unsigned contract that was shown. */
  documentSha256: string;
  frenchPresentedAt: string | null;
  englishChosenAt: string | null;
  note: string;
}>;

export type Order = Readonly<{
  quoteId: string;
  customerId: string;
  locationId: string;
  subscriptionId: string | null;
  jobId: string | null;
  portReserved: boolean;
}>;

/** Kinds that need a fibre to the place, and hands to bring them into service. */
const ON_FIBRE: readonly OfferLine['kind'][] = ['internet', 'tv', 'phone'];

/**
 * Turns a quote into an order, in the caller's one transaction: the prospect becomes a customer, the location is
 * theirs, a port is reserved, a pending subscription opened, the one-time work charged, the installation put to
 * dispatch, and the sealed contract ordered. Of several acceptances racing, one makes the order; the others are
 * refused `quote_already_accepted`. Refused also when expired, superseded or declined.
 */
export async function acceptQuote(tx: Tx, acceptance: Acceptance): Promise<Order> {
  const { quoteId, version } = acceptance;
  const offer = await offerToAccept(tx, { quoteId, version });
  const customerId = await customerFor(tx, offer);
  const locationId = await locationOf(tx, offer, customerId);
  const onFibre = offer.lines.some(({ kind }) => ON_FIBRE.includes(kind));
  const port = onFibre ? await reserveSplitterPort(tx, { locationId, reservedFor: quoteId }) : null;
  const where = { customerId, locationId };
  const subscriptionId = await subscribe(tx, offer, where);
  await chargeOnce(tx, offer, { ...where, subscriptionId });
  await agreeInterest(tx, {
    customerId,
    source: contractNumber(quoteId),
    from: civilDateOf(tx.now),
    yearlyPercent: offer.interestPercent,
  });
  const order = { quoteId, ...where, subscriptionId, portReserved: port !== null };
  const jobId = onFibre ? await orderInstallation(tx, offer, order) : null;
  await conclude(tx, acceptance, { ...order, jobId });
  return { ...order, jobId };
}

/** The version to accept, with the quote held: whoever comes second waits here, then sees it is done. */
async function offerToAccept(
  tx: Tx,
  { quoteId, version }: { quoteId: string; version: number },
): Promise<Offer> {
  const quote = await store.quoteForUpdate(tx.db, quoteId);
  if (!quote) throw new Refusal('not_found', { what: quoteId });
  const offer = await readOffer(tx, { id: quoteId, version });
  const today = civilDateOf(tx.now);
  const refusal = whyNotAcceptable(quote, { version, validUntil: offer.validUntil, today });
  if (refusal) throw refusal;
  return offer;
}

/** A prospect becomes an active customer with the signature; a suspended customer stays suspended. */
async function customerFor(tx: Tx, { customerId, contact }: Offer): Promise<string> {
  const customer =
    customerId === null
      ? await createCustomer(tx, {
          kind: contact.kind,
          name: contact.name,
          language: contact.language,
          emailId: contact.emailId,
          emailBilling: null,
          cellPhone: contact.cellPhone,
          telHome: null,
          notes: '',
          tags: [],
        })
      : await readCustomer(tx, customerId);
  if (customer.status === 'prospect' || customer.status === 'terminated')
    await setCustomerStatus(tx, { id: customer.id, status: 'active' });
  return customer.id;
}

async function locationOf(tx: Tx, offer: Offer, customerId: string): Promise<string> {
  const location =
    offer.locationId === null
      ? await locationFor(tx, {
          addressId: offer.addressId,
          address: offer.typedAddress,
          unit: offer.unit,
          contact: { name: offer.contact.name, phone: offer.contact.cellPhone },
        })
      : await readLocation(tx, offer.locationId);
  await settleCustomer(tx, { locationId: location.id, customerId, source: offer.quoteId });
  return location.id;
}

type Where = Readonly<{ customerId: string; locationId: string }>;

/** One pending subscription with a service per unit sold, at the prices the quote locked. */
async function subscribe(tx: Tx, offer: Offer, where: Where): Promise<string | null> {
  const items = offer.lines
    .filter(({ frequency }) => frequency === 'monthly')
    .flatMap(({ sku, priceVersionId, unitCents, quantity }) =>
      Array.from({ length: quantity }, () => ({ sku, priceVersionId, priceCents: unitCents })),
    );
  if (items.length === 0) return null;
  const { term } = offer;
  const { id } = await openSubscription(tx, { ...where, items, term, source: `quote ${offer.quoteId}` });
  return id;
}

/** One-time work goes on the next invoice; what costs nothing leaves no line there. */
async function chargeOnce(
  tx: Tx,
  offer: Offer,
  where: Where & { subscriptionId: string | null },
): Promise<void> {
  for (const line of offer.lines.filter(({ frequency }) => frequency === 'one_time')) {
    if (line.amountCents === 0n) continue;
    await addCharge(tx, {
      ...where,
      sku: line.sku,
      description: { fr: line.nameFr, en: line.nameEn },
      amountCents: line.amountCents,
      quantity: line.quantity,
      taxTreatment: line.taxTreatment,
      revenueAccount: line.revenueAccount,
      source: `quote ${offer.quoteId}`,
    });
  }
}

/** The installation, with the window wished for; when that one is full meanwhile, dispatch keeps it as a wish. */
async function orderInstallation(
  tx: Tx,
  offer: Offer,
  order: Where & { subscriptionId: string | null; portReserved: boolean },
): Promise<string> {
  const { id } = await createJob(tx, {
    type: 'install',
    customerId: order.customerId,
    locationId: order.locationId,
    subscriptionIds: order.subscriptionId === null ? [] : [order.subscriptionId],
    window: offer.slot,
    ifFull: 'keep_wish',
    notes: installationNotes(offer, order.portReserved),
    source: `quote ${offer.quoteId}`,
  });
  return id;
}

/** What the technician must know before leaving; in French, the language of the field. */
function installationNotes(offer: Offer, portReserved: boolean): string {
  const sold = offer.lines.filter(({ amountCents }) => amountCents >= 0n);
  const lines = sold.map(({ nameFr, quantity }) => (quantity > 1 ? `${quantity} × ${nameFr}` : nameFr));
  return [
    lines.join(', '),
    ...(portReserved ? [] : ['Aucun port libre à portée : travaux de réseau requis avant l’installation.']),
    ...(offer.notes === '' ? [] : [offer.notes]),
  ].join('\n');
}

async function conclude(tx: Tx, acceptance: Acceptance, order: Order): Promise<void> {
  const { quoteId, version } = acceptance;
  const first = await acceptances.insertAcceptance(tx.db, {
    quote_id: quoteId,
    version,
    means: acceptance.means,
    accepted_at: tx.now,
    accepted_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
    signer_name: acceptance.name,
    signature: acceptance.signature === null ? null : json(acceptance.signature),
    language: acceptance.language,
    consents: json(acceptance.consents),
    ip_address: acceptance.whence?.address ?? null,
    device: acceptance.whence?.device ?? null,
    code_id: acceptance.codeId,
    document_sha256: acceptance.documentSha256,
    french_presented_at: acceptance.frenchPresentedAt,
    english_chosen_at: acceptance.englishChosenAt,
    note: acceptance.note,
    customer_id: order.customerId,
    location_id: order.locationId,
    subscription_id: order.subscriptionId,
    job_id: order.jobId,
    port_reserved: order.portReserved,
  });
  if (!first) throw new Error(`${quoteId} was held and yet accepted elsewhere`);
  await store.updateQuote(tx.db, {
    id: quoteId,
    fields: { status: 'accepted', customer_id: order.customerId },
  });
  const whence = acceptance.whence ?? undefined;
  await writeStep(tx, { quoteId, version, step: 'accepted', detail: acceptance.means, whence });
  const { locationId, subscriptionId, jobId, portReserved } = order;
  await tx.tell(salesEvents.quoteAccepted, {
    subject: quoteId,
    customerId: order.customerId,
    data: { version, locationId, subscriptionId, jobId, portReserved },
  });
  await tx.enqueue('sales.seal-contract', { quoteId });
}
