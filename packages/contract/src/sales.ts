import { z } from 'zod';
import { fileAnswer } from './answers.ts';
import { itemFrequency, itemKind, itemTaxTreatment, sku } from './catalog.ts';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { addressId, serviceability, typedAddress } from './plant.ts';
import {
  cents,
  civilDate,
  email,
  ids,
  instant,
  language,
  line,
  page,
  pageInput,
  phone,
  text,
} from './values.ts';

export const quoteStatus = z.enum(['draft', 'sent', 'accepted', 'declined', 'expired']);
export type QuoteStatus = z.infer<typeof quoteStatus>;

/** What may be done with a quote in which state: the hub refuses with it, screens disable with it. */
export const quoteCan = {
  revise: ['draft', 'sent', 'declined', 'expired'],
  send: ['draft', 'sent'],
  decline: ['draft', 'sent'],
  expire: ['draft', 'sent'],
  accept: ['draft', 'sent'],
} as const satisfies Record<string, readonly QuoteStatus[]>;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');
/** The window of arrival the customer wishes, in company time. */
export const wishedSlot = z
  .object({ date: civilDate, from: clockTime, to: clockTime })
  .refine(({ from, to }) => from < to, 'from must be before to');

/** The tax lines printed under an amount, in the order they are printed. */
export const taxedAmount = z.object({
  subtotalCents: cents,
  taxes: z.array(z.object({ tax: z.enum(['GST', 'QST', 'HST']), cents })),
  totalCents: cents,
});

/** One line with the price version it locks. `amountCents` is quantity × unit price, before taxes. */
export const quoteLine = z.object({
  sku,
  kind: itemKind,
  nameFr: z.string(),
  nameEn: z.string(),
  quantity: z.int(),
  priceVersionId: z.string(),
  unitCents: cents,
  amountCents: cents,
  frequency: itemFrequency,
  taxTreatment: itemTaxTreatment,
});

/** What comes back every month, and what is asked once: never added together. */
export const quoteTotals = z.object({
  month: taxedAmount,
  /** One-time lines: asked on the first invoice. */
  today: taxedAmount,
});

/** Who is courted, when they are not a customer yet. */
export const quoteContact = z.object({
  kind: z.enum(['residential', 'business']).default('residential'),
  name: line(160),
  language: language.default('fr'),
  emailId: email.nullable().default(null),
  cellPhone: phone.nullable().default(null),
});

export const quote = z.object({
  id: ids.quote,
  status: quoteStatus,
  /** Which version this is; a new one supersedes every earlier one and its link. */
  version: z.int(),
  customerId: ids.customer.nullable(),
  contact: z.object({
    kind: z.enum(['residential', 'business']),
    name: z.string(),
    language,
    emailId: z.string().nullable(),
    cellPhone: z.string().nullable(),
  }),
  addressId: addressId.nullable(),
  locationId: ids.location.nullable(),
  address: z.string(),
  serviceability,
  language,
  validUntil: civilDate,
  slot: z.object({ date: civilDate, from: z.string(), to: z.string() }).nullable(),
  notes: z.string(),
  lines: z.array(quoteLine),
  totals: quoteTotals,
  createdAt: instant,
  sentAt: instant.nullable(),
  acceptedAt: instant.nullable(),
  declinedAt: instant.nullable(),
  declineReason: z.string().nullable(),
  /** What the acceptance made. */
  order: z
    .object({
      subscriptionId: ids.subscription.nullable(),
      jobId: ids.job.nullable(),
      portReserved: z.boolean(),
      /** Whether the sealed contract is ready to read. */
      contractReady: z.boolean(),
    })
    .nullable(),
  versions: z.array(z.object({ version: z.int(), createdAt: instant, createdBy: z.string().nullable() })),
});

const askedLine = z.object({
  sku,
  quantity: z.int().min(1).max(20).default(1),
  /** The price the person saw; refused when it is neither in force nor locked by this quote already. */
  priceVersionId: z.string().max(20).optional(),
});
const askedLines = z.array(askedLine).min(1).max(40);

const quoteFields = {
  customerId: ids.customer.nullable().default(null),
  contact: quoteContact.nullable().default(null),
  addressId: addressId.nullable().default(null),
  locationId: ids.location.nullable().default(null),
  address: typedAddress.nullable().default(null),
  unit: line(20).nullable().default(null),
  lines: askedLines,
  slot: wishedSlot.nullable().default(null),
  /** Language of the documents; the customer's when absent. */
  language: language.optional(),
  /** Last day it can be accepted; thirty days from today when absent. */
  validUntil: civilDate.optional(),
  notes: text(2_000).default(''),
};

/** A one-purpose link token as it stands in an address. */
const linkToken = z.string().min(20).max(2_000);
const STROKES_MAX = 200;
const POINTS_MAX = 10_000;
/** Units of the pad, the same for everybody: width 600, height 300. */
const point = z.tuple([z.number().min(0).max(600), z.number().min(0).max(300)]);

/** How somebody signed: the strokes of a finger, or a typed name. */
export const givenSignature = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('drawn'),
    strokes: z
      .array(z.array(point).min(1).max(POINTS_MAX))
      .min(1)
      .max(STROKES_MAX)
      .refine(
        (strokes) => strokes.reduce((sum, { length }) => sum + length, 0) <= POINTS_MAX,
        'too many points',
      ),
  }),
  z.object({ kind: z.literal('typed') }),
]);

const contract = z.object({
  quoteId: ids.quote,
  signedAt: instant,
  /** False for the minute the sealed document takes to be made. */
  ready: z.boolean(),
});

const acceptanceRefusals = [
  'link_not_valid',
  'quote_expired',
  'quote_superseded',
  'quote_already_accepted',
  'quote_declined',
  'quote_altered',
] as const;
const pricingRefusals = [
  'not_found',
  'item_not_sold',
  'option_not_allowed',
  'price_changed',
  'frequency_not_quoted',
  'too_many_lines',
] as const;
const writingRefusals = [
  ...pricingRefusals,
  'quote_needs_customer',
  'address_needed',
  'phone_not_valid',
  'date_in_the_past',
] as const;

export const salesOperations = {
  previewQuote: query({
    name: 'sales.previewQuote',
    method: 'POST',
    path: '/api/quotes/preview',
    summary: 'What the lines would cost, to the cent, without keeping anything.',
    allow: 'sales.read',
    input: z.object({ quoteId: ids.quote.optional(), lines: z.array(askedLine).max(40) }),
    output: z.object({ lines: z.array(quoteLine), totals: quoteTotals }),
    refusals: pricingRefusals,
  }),
  createQuote: command({
    name: 'sales.createQuote',
    path: '/api/quotes',
    summary: 'Makes a quote with locked prices.',
    allow: 'sales.write',
    input: z.object(quoteFields),
    output: quote,
    refusals: writingRefusals,
  }),
  reviseQuote: command({
    name: 'sales.reviseQuote',
    path: '/api/quotes/{id}/revise',
    summary: 'Makes a new version; links to earlier versions stop working.',
    allow: 'sales.write',
    input: z.object({ id: ids.quote, version: z.int().min(1), ...quoteFields }),
    output: quote,
    refusals: [...writingRefusals, 'changed_meanwhile', 'not_in_this_state'],
  }),
  listQuotes: query({
    name: 'sales.listQuotes',
    path: '/api/quotes',
    summary: 'Quotes, newest first.',
    allow: 'sales.read',
    input: z.object({
      ...pageInput,
      status: quoteStatus.optional(),
      customerId: ids.customer.optional(),
      search: z.string().trim().max(120).optional(),
    }),
    output: page(
      z.object({
        id: ids.quote,
        status: quoteStatus,
        version: z.int(),
        customerId: ids.customer.nullable(),
        name: z.string(),
        address: z.string(),
        monthTotalCents: cents,
        todayTotalCents: cents,
        validUntil: civilDate,
        createdAt: instant,
      }),
    ),
  }),
  readQuote: query({
    name: 'sales.readQuote',
    path: '/api/quotes/{id}',
    summary: 'One quote in its latest version, or in the version asked for.',
    allow: 'sales.read',
    input: z.object({ id: ids.quote, version: z.coerce.number().int().min(1).max(10_000).optional() }),
    output: quote,
    refusals: ['not_found'],
  }),
  readQuotePdf: query({
    name: 'sales.readQuotePdf',
    path: '/api/quotes/{id}/pdf',
    summary: 'The quote as a PDF, with a code that opens its signing page.',
    allow: 'sales.read',
    input: z.object({ id: ids.quote, language: language.optional() }),
    output: fileAnswer,
    refusals: ['not_found'],
  }),
  sendQuote: command({
    name: 'sales.sendQuote',
    path: '/api/quotes/{id}/send',
    summary: 'Sends the signing link by e-mail, SMS, or both.',
    allow: 'sales.write',
    input: z.object({
      id: ids.quote,
      version: z.int().min(1),
      channels: z
        .array(z.enum(['email', 'sms']))
        .min(1)
        .max(2)
        .optional(),
    }),
    output: quote,
    refusals: ['not_found', 'changed_meanwhile', 'not_in_this_state', 'quote_expired', 'no_way_to_reach'],
  }),
  declineQuote: command({
    name: 'sales.declineQuote',
    path: '/api/quotes/{id}/decline',
    summary: 'Closes a quote the customer does not want.',
    allow: 'sales.write',
    input: z.object({ id: ids.quote, reason: text(500).default('') }),
    output: quote,
    refusals: ['not_found', 'not_in_this_state'],
  }),
  expireQuote: command({
    name: 'sales.expireQuote',
    path: '/api/quotes/{id}/expire',
    summary: 'Ends the validity of a quote before its day.',
    allow: 'sales.write',
    input: z.object({ id: ids.quote }),
    output: quote,
    refusals: ['not_found', 'not_in_this_state'],
  }),
  readQuoteLink: query({
    name: 'sales.readQuoteLink',
    path: '/api/quotes/{id}/link',
    summary: 'The address of the signing page, to read out or to open on a tablet.',
    allow: 'sales.write',
    input: z.object({ id: ids.quote }),
    output: z.object({ url: z.string() }),
    refusals: ['not_found', 'not_in_this_state'],
  }),
  requestAcceptanceCode: command({
    name: 'sales.requestAcceptanceCode',
    path: '/accept/{token}/code',
    summary: 'Sends a one-time code to the phone or e-mail written on the quote.',
    allow: 'public',
    input: z.object({ token: linkToken, channel: z.enum(['sms', 'email']).optional() }),
    output: z.object({ channel: z.enum(['sms', 'email']), hint: z.string(), goodForMinutes: z.int() }),
    refusals: [...acceptanceRefusals, 'no_way_to_reach', 'too_many_requests'],
  }),
  signAcceptance: command({
    name: 'sales.signAcceptance',
    path: '/accept/{token}/sign',
    summary: 'Signs the contract with a one-time code; makes the order.',
    allow: 'public',
    input: z.object({
      token: linkToken,
      name: line(160),
      language,
      signature: givenSignature,
      consents: z.object({
        /** Read the summary and the contract, and agree. */
        contract: z.literal(true),
        /** Agrees to receive the contract and invoices electronically. */
        electronic: z.literal(true),
        /** Wants offers by e-mail or SMS; never ticked beforehand. */
        marketing: z.boolean().default(false),
      }),
      code: z
        .string()
        .trim()
        .regex(/^\d{6}$/, 'six digits'),
    }),
    output: z.object({ quoteId: ids.quote, acceptedAt: instant, resultUrl: z.string() }),
    refusals: [
      ...acceptanceRefusals,
      'code_not_valid',
      'code_attempts_spent',
      'french_first',
      'too_many_requests',
    ],
    bodyBytesMax: 1024 * 1024,
  }),
  readAcceptanceContract: query({
    name: 'sales.readAcceptanceContract',
    path: '/accept/{token}/contract.pdf',
    summary: 'The contract as it stands to be signed, or the sealed one once it is.',
    allow: 'public',
    input: z.object({ token: linkToken, language: language.default('fr') }),
    output: fileAnswer,
    refusals: acceptanceRefusals,
  }),
  confirmAcceptance: command({
    name: 'sales.confirmAcceptance',
    path: '/accept/confirm',
    summary: 'Records an acceptance given in person, on paper or by another signing system.',
    allow: 'sales.write',
    input: z.object({
      quoteId: ids.quote,
      version: z.int().min(1),
      name: line(160),
      means: z.enum(['in_person', 'paper', 'phone', 'docuseal']),
      note: text(1_000).default(''),
      signature: givenSignature.optional(),
    }),
    output: quote,
    refusals: [
      'not_found',
      'changed_meanwhile',
      'quote_expired',
      'quote_already_accepted',
      'quote_declined',
      'quote_superseded',
    ],
    bodyBytesMax: 1024 * 1024,
  }),
  readContractPdf: query({
    name: 'sales.readContractPdf',
    path: '/api/quotes/{id}/contract',
    summary: 'The sealed contract with its evidence page.',
    allow: 'sales.read',
    input: z.object({ id: ids.quote }),
    output: fileAnswer,
    refusals: ['not_found', 'contract_not_ready'],
  }),
  listMyContracts: query({
    name: 'sales.listMyContracts',
    path: '/api/me/contracts',
    summary: 'The contracts of the customer who asks.',
    allow: 'portal.self',
    input: z.object({ ...pageInput }),
    output: page(contract),
  }),
  readMyContractPdf: query({
    name: 'sales.readMyContractPdf',
    path: '/api/me/contracts/{id}/pdf',
    summary: 'One sealed contract of the customer who asks.',
    allow: 'portal.self',
    input: z.object({ id: ids.quote }),
    output: fileAnswer,
    refusals: ['not_found', 'contract_not_ready'],
  }),
  createLead: command({
    name: 'sales.createLead',
    path: '/api/leads',
    summary: 'Somebody wants fibre where there is none yet.',
    allow: 'public',
    input: z.object({
      addressId: addressId.nullable().default(null),
      address: line(200).nullable().default(null),
      name: line(160),
      emailId: email.nullable().default(null),
      cellPhone: phone.nullable().default(null),
      language: language.default('fr'),
      note: text(1_000).default(''),
    }),
    output: z.object({ received: z.literal(true) }),
    refusals: ['not_found', 'address_needed', 'no_way_to_reach', 'phone_not_valid', 'too_many_requests'],
  }),
  listLeads: query({
    name: 'sales.listLeads',
    path: '/api/leads',
    summary: 'People waiting for fibre, newest first.',
    allow: 'sales.read',
    input: z.object({ ...pageInput }),
    output: page(
      z.object({
        id: z.string(),
        name: z.string(),
        emailId: z.string().nullable(),
        cellPhone: z.string().nullable(),
        language,
        addressId: addressId.nullable(),
        address: z.string(),
        serviceability,
        note: z.string(),
        createdAt: instant,
      }),
    ),
  }),
};

const lists = ['sales.listQuotes', 'sales.readQuote', 'views.customer360'] as const;

export const salesEvents = {
  quoteCreated: event({
    type: 'quote.created',
    subject: 'quote',
    data: z.object({ version: z.int() }),
    seenWith: 'sales.read',
    stale: lists,
  }),
  quoteRevised: event({
    type: 'quote.revised',
    subject: 'quote',
    data: z.object({ version: z.int() }),
    seenWith: 'sales.read',
    stale: lists,
  }),
  quoteSent: event({
    type: 'quote.sent',
    subject: 'quote',
    data: z.object({ version: z.int(), channels: z.array(z.enum(['email', 'sms'])) }),
    seenWith: 'sales.read',
    stale: lists,
  }),
  quoteDeclined: event({
    type: 'quote.declined',
    subject: 'quote',
    data: z.object({ reason: z.string() }),
    seenWith: 'sales.read',
    stale: lists,
  }),
  quoteExpired: event({
    type: 'quote.expired',
    subject: 'quote',
    data: z.object({}),
    seenWith: 'sales.read',
    stale: lists,
  }),
  quoteAccepted: event({
    type: 'quote.accepted',
    subject: 'quote',
    data: z.object({
      version: z.int(),
      locationId: ids.location,
      subscriptionId: ids.subscription.nullable(),
      jobId: ids.job.nullable(),
      portReserved: z.boolean(),
    }),
    seenWith: 'sales.read',
    customerSees: true,
    stale: [...lists, 'plant.listLocations', 'sales.listMyContracts'],
  }),
  contractSealed: event({
    type: 'contract.sealed',
    subject: 'quote',
    data: z.object({ sha256: z.string() }),
    seenWith: 'sales.read',
    customerSees: true,
    stale: ['sales.readQuote', 'sales.listMyContracts'],
  }),
  leadCreated: event({
    type: 'lead.created',
    subject: 'lead',
    data: z.object({ address: z.string() }),
    seenWith: 'sales.read',
    stale: ['sales.listLeads'],
  }),
};
