import { z } from 'zod';
import { gstNumber, qstNumber } from './tax-numbers.ts';
import { accountNumber } from './ledger.ts';
import { cents, civilDate, ids, instant, line, text, typedCents } from './values.ts';

/** Lines of one bill; papers with more are summed by account. */
export const BILL_LINES_MAX = 100;
/** Largest file of a bill, and how many it keeps. */
export const BILL_FILE_BYTES_MAX = 8 * 1024 * 1024;
export const BILL_FILES_MAX = 5;
/** Bills settled by one payment. */
export const BILLS_PER_PAYMENT_MAX = 50;
/** Suppliers the ageing tells of, those who are owed most first. */
export const PAYABLES_ROWS_MAX = 500;
/** Days of papers and payments: no calendar of ours goes further. */
export const paperDate = civilDate.refine((date) => date < '3000', 'year 2999 or earlier');
/** The same file as base64 inside JSON. */
export const BILL_FILE_CHARS_MAX = Math.ceil(BILL_FILE_BYTES_MAX / 3) * 4;
const READ_FIELDS_MAX = 200;

/** `draft` → `approved` → `paid`; a payment that is taken back makes it `approved` again; `reversed` ends it. */
export const supplierBillState = z.enum(['draft', 'approved', 'paid', 'reversed']);
/** What can be done to a bill in which state: the hub refuses with it, the screen disables with it. */
export const supplierBillCan = Object.freeze({
  change: ['draft'],
  approve: ['draft'],
  pay: ['approved'],
  reverse: ['draft', 'approved'],
} as const satisfies Readonly<Record<string, readonly z.infer<typeof supplierBillState>[]>>);

/**
 * Which taxes a line of a bill carries: both, the GST alone (a supplier outside Quebec who does not collect the
 * QST), or none (insurance, bank fees, a small supplier).
 */
export const purchaseTax = z.enum(['both', 'gst', 'none']);
/** How a supplier is paid; every way leaves the company's bank account. */
export const supplierPaymentMethod = z.enum(['transfer', 'cheque', 'debit', 'card']);

/** What is written down of a supplier. */
export const supplierFields = {
  name: line(120),
  gstNumber: gstNumber.nullable().default(null),
  qstNumber: qstNumber.nullable().default(null),
  /** Days to pay after the date of a bill. */
  termsDays: z.int().min(0).max(180).default(30),
  /** The account proposed for its lines. */
  expenseAccount: accountNumber.nullable().default(null),
  note: text(1_000).default(''),
};

/** Who the company buys from. */
export const supplier = z.object({
  id: ids.supplier,
  name: z.string(),
  gstNumber: z.string().nullable(),
  qstNumber: z.string().nullable(),
  termsDays: z.int(),
  expenseAccount: z.string().nullable(),
  note: z.string(),
  version: z.int(),
  /** What the company owes it now; negative when it owes the company. */
  owedCents: cents,
});

const billLineFields = {
  account: accountNumber,
  description: line(200),
  /** Before taxes; negative for a discount, or on a credit. */
  netCents: typedCents,
  tax: purchaseTax.default('both'),
};
const billLines = z.array(z.object(billLineFields)).min(1).max(BILL_LINES_MAX);

/** What a machine read on the paper, by field, with how sure it was (0 to 1). Kept as it came. */
export const readFields = z
  .record(z.string().min(1).max(60), z.object({ value: text(500), confidence: z.number().min(0).max(1) }))
  .refine((fields) => Object.keys(fields).length <= READ_FIELDS_MAX, 'too many fields');

/** What is written down of a bill. */
export const billFields = {
  supplierId: ids.supplier,
  /** The supplier's own number. */
  number: line(60),
  billedOn: paperDate,
  /** The terms of the supplier from the date of the bill when absent. */
  dueOn: paperDate.nullable().default(null),
  lines: billLines,
  /** As printed on the paper; computed when absent, and never further from that than a few cents. */
  gstCents: typedCents.nullable().default(null),
  qstCents: typedCents.nullable().default(null),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'currency')
    .default('CAD'),
  note: text(1_000).default(''),
};

/** A bill as lists show it. Negative amounts: a credit of the supplier. */
export const supplierBill = z.object({
  id: ids.supplierBill,
  supplierId: ids.supplier,
  supplierName: z.string(),
  number: z.string(),
  state: supplierBillState,
  billedOn: civilDate,
  dueOn: civilDate,
  netCents: cents,
  gstCents: cents,
  qstCents: cents,
  totalCents: cents,
  /** Approved, not paid, and its day is past. */
  overdue: z.boolean(),
  version: z.int(),
});

/** An account with its names. */
export const billAccount = z.object({ number: accountNumber, nameFr: z.string(), nameEn: z.string() });
const act = z.object({ at: instant, by: z.string() });

/** A bill with all there is to know of it. */
export const supplierBillDetail = supplierBill.extend({
  lines: z.array(
    z.object({
      account: billAccount,
      description: z.string(),
      netCents: cents,
      tax: purchaseTax,
    }),
  ),
  /** What the rules make of the lines, beside what the paper says. */
  computed: z.object({ gstCents: cents, qstCents: cents }),
  note: z.string(),
  /** Typed by a person, or read by a machine and looked at by a person. */
  source: z.enum(['typed', 'read']),
  read: readFields.nullable(),
  entered: act,
  /** `bookedOn` is its day in the ledger, and the one its taxes are claimed for. */
  approved: act.extend({ bookedOn: civilDate }).nullable(),
  reversed: act.extend({ on: civilDate, reason: z.string() }).nullable(),
  payment: z
    .object({
      id: ids.supplierPayment,
      paidOn: civilDate,
      method: supplierPaymentMethod,
      reference: z.string().nullable(),
      /** Of the whole payment, which may have settled other bills too. */
      amountCents: cents,
    })
    .nullable(),
  files: z.array(z.object({ id: z.uuid(), name: z.string(), type: z.string(), sizeBytes: z.int() })),
  /** Why the reader may not approve it, as a refusal; null when they may. */
  approval: z.object({
    refusal: z.enum(['approval_needed', 'own_supplier_bill']).nullable(),
    limitCents: cents,
  }),
});

/** What is owed by how late it is; credits stand where their day is. */
export const payableAgeing = z.object({
  currentCents: cents,
  to30Cents: cents,
  to60Cents: cents,
  to90Cents: cents,
  over90Cents: cents,
  totalCents: cents,
});

/** A payment of bills of one supplier; negative when it came in. */
export const supplierPayment = z.object({
  id: ids.supplierPayment,
  supplierId: ids.supplier,
  paidOn: civilDate,
  method: supplierPaymentMethod,
  reference: z.string().nullable(),
  amountCents: cents,
  billIds: z.array(ids.supplierBill),
  reversed: act.extend({ reason: z.string() }).nullable(),
});
