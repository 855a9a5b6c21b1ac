import { z } from 'zod';

/** Longest free text a person may send in one field; longer input is refused, not cut. */
export const TEXT_CHARS_MAX = 4_000;
/** Largest page of any list. */
export const PAGE_ROWS_MAX = 200;
/** Ninety billion dollars: far above any document, far below where JSON numbers lose integers. */
const CENTS_MAX = 9_000_000_000_000;

/** Money: an integer number of cents on the wire, a bigint in code. */
export const cents = z
  .codec(z.int().min(-CENTS_MAX).max(CENTS_MAX), z.bigint(), {
    decode: (wire) => BigInt(wire),
    encode: (value) => Number(value),
  })
  .meta({ title: 'Cents', description: 'Integer cents, Canadian dollars' });

/** Half a million dollars: a thousand pieces of it on a hundred lines, with their taxes, are still an amount of ours. */
const TYPED_CENTS_MAX = 50_000_000n;
/** An amount somebody types, the price of one thing or money that came: not above half a million dollars either way. */
export const typedCents = cents.refine(
  (value) => value <= TYPED_CENTS_MAX && value >= -TYPED_CENTS_MAX,
  'at most half a million dollars',
);

/** A calendar day without time, `2026-11-21`; years as calendars and databases know them. */
export const civilDate = z.iso.date().refine((date) => date >= '1000', 'year 1000 or later');
/** A moment, ISO 8601 in UTC. */
export const instant = z.iso.datetime({ offset: true });
export const language = z.enum(['fr', 'en']);
export type Language = z.infer<typeof language>;

/** One line a person types: trimmed, no control characters, 1 to `max` characters. */
export const line = (max = 200) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\u0000-\u001f\u007f\ufffe\uffff]*$/u, 'control characters');

/** Several lines a person types; line breaks and tabs are allowed, other control characters are not. */
export const text = (max = TEXT_CHARS_MAX) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]*$/u, 'control characters');

export const email = z.email().max(254);
/** A phone number as people type it; the hub normalises to E.164 and refuses what is not one. */
export const phone = line(30);
/** Canadian postal code, with or without the space, any case. */
export const postalCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d$/, 'postal code')
  .transform((code) => `${code.slice(0, 3)} ${code.slice(-3)}`);

const readableId = (prefix: string) =>
  z
    .string()
    .max(20)
    .regex(new RegExp(`^${prefix}-[0-9A-Z]{1,16}$`), `${prefix}-#####`);
/** Identifiers that people read, type and say on the phone. */
export const ids = {
  customer: readableId('C'),
  location: readableId('LOC'),
  equipment: readableId('EQP'),
  subscription: readableId('SUB'),
  job: readableId('DJ'),
  technician: readableId('DT'),
  quote: readableId('QTN'),
  invoice: readableId('INV'),
  creditNote: readableId('CN'),
  writeOff: readableId('WO'),
  chargeback: readableId('CB'),
  method: readableId('PM'),
  agreement: readableId('PPA'),
  ppaRun: readableId('PPR'),
  debit: readableId('DEB'),
  debitFile: readableId('BF'),
  returnsFile: readableId('BR'),
  bankStatement: readableId('BS'),
  statementLine: readableId('BL'),
  taxExemption: readableId('TXE'),
  payment: readableId('PAY'),
  refund: readableId('REF'),
  dispute: readableId('DSP'),
  supplier: readableId('SUP'),
  supplierBill: readableId('SB'),
  supplierPayment: readableId('SP'),
  charge: readableId('CHG'),
  checkout: readableId('CHK'),
  ticket: readableId('TCK'),
  staff: readableId('ST'),
  message: readableId('MSG'),
} as const;

/** What every list takes: how many rows, and where the previous page ended (opaque). */
export const pageInput = {
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
  after: z.string().max(200).optional(),
};
/** What every list gives: rows, and the cursor of the next page when there is one. */
export const page = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row), next: z.string().nullable() });
