import { z } from 'zod';
import { itemFrequency, itemKind, itemTaxTreatment, sku } from './catalog.ts';
import { addressId, serviceability, typedAddress } from './plant.ts';
import { cents, civilDate, email, ids, instant, language, line, phone, text, typedCents } from './values.ts';

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

/** How long a contract binds, in months; for an indeterminate time when there is none. */
export const TERM_MONTHS = [12, 24, 36] as const;
/** A fixed term as somebody offers it, with what is taken off the goods bought for the service, before taxes. */
export const offeredTerm = z.object({
  months: z.literal(TERM_MONTHS),
  goodsRebateCents: typedCents.refine((value) => value >= 0n, 'zero or more'),
});
const quoteTerm = z.object({ months: z.int(), goodsRebateCents: cents });

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
  /** Where the service is rendered: its taxes apply, `QC`. */
  province: z.string(),
  term: quoteTerm.nullable(),
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

/** A line as somebody asks for it. */
export const askedLine = z.object({
  sku,
  quantity: z.int().min(1).max(20).default(1),
  /** The price the person saw; refused when it is neither in force nor locked by this quote already. */
  priceVersionId: z.string().max(20).optional(),
});
export const askedLines = z.array(askedLine).min(1).max(40);

/** Everything somebody says of a quote. */
export const quoteFields = {
  customerId: ids.customer.nullable().default(null),
  contact: quoteContact.nullable().default(null),
  addressId: addressId.nullable().default(null),
  locationId: ids.location.nullable().default(null),
  address: typedAddress.nullable().default(null),
  unit: line(20).nullable().default(null),
  lines: askedLines,
  term: offeredTerm.nullable().default(null),
  slot: wishedSlot.nullable().default(null),
  /** Language of the documents; the customer's when absent. */
  language: language.optional(),
  /** Last day it can be accepted; thirty days from today when absent. */
  validUntil: civilDate.optional(),
  notes: text(2_000).default(''),
};

/** A one-purpose link token as it stands in an address. */
export const linkToken = z.string().min(20).max(2_000);
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
