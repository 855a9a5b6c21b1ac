import { z } from 'zod';
import { fileAnswer } from './answers.ts';
import { event } from './event.ts';
import { accountNumber } from './ledger.ts';
import { command, query } from './operation.ts';
import { cents, civilDate, ids, instant, line, page, pageInput, text, typedCents } from './values.ts';
import { base64 } from './vision.ts';

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
const paperDate = civilDate.refine((date) => date < '3000', 'year 2999 or earlier');
const FILE_CHARS_MAX = Math.ceil(BILL_FILE_BYTES_MAX / 3) * 4;
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

/** `123456782 RT0001`, however the spaces are typed; the first nine digits check themselves. */
export const gstNumber = z
  .string()
  .trim()
  .max(24)
  .transform((typed) => typed.replaceAll(/\s/g, '').toUpperCase())
  .pipe(
    z
      .string()
      .regex(/^\d{9}RT\d{4}$/, 'GST number')
      .refine((number) => passesLuhn(number.slice(0, 9)), 'GST number'),
  )
  .transform((number) => `${number.slice(0, 9)} ${number.slice(9)}`);
/** `1234567890 TQ0001`, however the spaces are typed. */
export const qstNumber = z
  .string()
  .trim()
  .max(24)
  .transform((typed) => typed.replaceAll(/\s/g, '').toUpperCase())
  .pipe(z.string().regex(/^\d{10}TQ\d{4}$/, 'QST number'))
  .transform((number) => `${number.slice(0, 10)} ${number.slice(10)}`);

function passesLuhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const worth = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (worth > 9 ? worth - 9 : worth);
  }, 0);
  return sum % 10 === 0;
}

const supplierFields = {
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

const billFields = {
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

const billAccount = z.object({ number: accountNumber, nameFr: z.string(), nameEn: z.string() });
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

const ageing = z.object({
  currentCents: cents,
  to30Cents: cents,
  to60Cents: cents,
  to90Cents: cents,
  over90Cents: cents,
  totalCents: cents,
});

const supplierPayment = z.object({
  id: ids.supplierPayment,
  supplierId: ids.supplier,
  paidOn: civilDate,
  method: supplierPaymentMethod,
  reference: z.string().nullable(),
  amountCents: cents,
  billIds: z.array(ids.supplierBill),
  reversed: act.extend({ reason: z.string() }).nullable(),
});

const drafting = [
  'not_found',
  'supplier_bill_known',
  'supplier_bill_empty',
  'supplier_bill_tax',
  'supplier_bill_account',
  'supplier_bill_currency',
] as const;
const onBill = { id: ids.supplierBill };

export const purchasesOperations = {
  listSuppliers: query({
    name: 'purchases.listSuppliers',
    path: '/api/suppliers',
    summary: 'Suppliers by name, with what each is owed.',
    allow: 'purchases.read',
    input: z.object({ ...pageInput, search: z.string().trim().max(80).optional() }),
    output: page(supplier),
  }),
  readSupplier: query({
    name: 'purchases.readSupplier',
    path: '/api/suppliers/{id}',
    summary: 'One supplier.',
    allow: 'purchases.read',
    input: z.object({ id: ids.supplier }),
    output: supplier,
    refusals: ['not_found'],
  }),
  addSupplier: command({
    name: 'purchases.addSupplier',
    path: '/api/suppliers',
    summary: 'Adds a supplier; one of the same name is refused.',
    allow: 'purchases.write',
    input: z.object(supplierFields),
    output: supplier,
    refusals: ['supplier_known', 'supplier_bill_account'],
  }),
  changeSupplier: command({
    name: 'purchases.changeSupplier',
    method: 'PUT',
    path: '/api/suppliers/{id}',
    summary: 'Changes a supplier; bills that are approved keep what they were approved with.',
    allow: 'purchases.write',
    input: z.object({ id: ids.supplier, version: z.int().min(1), ...supplierFields }),
    output: supplier,
    refusals: ['not_found', 'changed_meanwhile', 'supplier_known', 'supplier_bill_account'],
  }),
  listPurchaseAccounts: query({
    name: 'purchases.listPurchaseAccounts',
    path: '/api/purchase-accounts',
    summary: 'Accounts a line of a bill may stand on: expenses, stocks, plant and what is paid in advance.',
    allow: 'purchases.read',
    input: z.object({}),
    output: z.object({ accounts: z.array(billAccount) }),
  }),
  listBills: query({
    name: 'purchases.listBills',
    path: '/api/supplier-bills',
    summary: 'Bills of suppliers, the newest first; of one state or supplier, or by number, when asked.',
    allow: 'purchases.read',
    input: z.object({
      ...pageInput,
      state: supplierBillState.optional(),
      supplierId: ids.supplier.optional(),
      /** The start of the supplier's number, or of ours. */
      search: z.string().trim().max(60).optional(),
    }),
    output: page(supplierBill),
  }),
  readBill: query({
    name: 'purchases.readBill',
    path: '/api/supplier-bills/{id}',
    summary: 'One bill: its lines, taxes, papers, and who entered, approved, paid or reversed it.',
    allow: 'purchases.read',
    input: z.object(onBill),
    output: supplierBillDetail,
    refusals: ['not_found'],
  }),
  computeTaxes: query({
    name: 'purchases.computeTaxes',
    method: 'POST',
    path: '/api/supplier-bills/taxes',
    summary: 'The taxes the rules make of some lines on a day, and how far the paper may be from them.',
    allow: 'purchases.read',
    input: z.object({
      billedOn: paperDate,
      lines: z
        .array(z.object({ netCents: typedCents, tax: purchaseTax.default('both') }))
        .min(1)
        .max(BILL_LINES_MAX),
    }),
    output: z.object({
      netCents: cents,
      gstCents: cents,
      qstCents: cents,
      totalCents: cents,
      toleranceCents: cents,
    }),
    refusals: ['supplier_bill_tax'],
  }),
  enterBill: command({
    name: 'purchases.enterBill',
    path: '/api/supplier-bills',
    summary: 'Enters a bill as a draft; the same number of the same supplier is refused.',
    allow: 'purchases.write',
    input: z.object({
      ...billFields,
      source: z.enum(['typed', 'read']).default('typed'),
      read: readFields.nullable().default(null),
    }),
    output: supplierBillDetail,
    refusals: [...drafting],
  }),
  changeBill: command({
    name: 'purchases.changeBill',
    method: 'PUT',
    path: '/api/supplier-bills/{id}',
    summary: 'Changes a draft; an approved bill is reversed and entered again.',
    allow: 'purchases.write',
    input: z.object({ ...onBill, version: z.int().min(1), ...billFields }),
    output: supplierBillDetail,
    refusals: [...drafting, 'changed_meanwhile', 'not_in_this_state'],
  }),
  addBillFile: command({
    name: 'purchases.addBillFile',
    path: '/api/supplier-bills/{id}/files',
    summary: 'Keeps the paper: a PDF or a photograph of at most 8 MiB, five of them.',
    allow: 'purchases.write',
    input: z.object({ ...onBill, name: line(120), file: base64(FILE_CHARS_MAX) }),
    output: supplierBillDetail,
    refusals: ['not_found', 'not_a_paper', 'too_many_papers'],
    bodyBytesMax: FILE_CHARS_MAX + 4_096,
  }),
  readBillFile: query({
    name: 'purchases.readBillFile',
    path: '/api/supplier-bills/{id}/files/{fileId}',
    summary: 'A paper of a bill.',
    allow: 'purchases.read',
    input: z.object({ ...onBill, fileId: z.uuid() }),
    output: fileAnswer,
    refusals: ['not_found'],
  }),
  approveBill: command({
    name: 'purchases.approveBill',
    path: '/api/supplier-bills/{id}/approve',
    summary:
      'Approves a bill and posts it: expenses, taxes to claim, what is owed. Above the limit, by another person who may approve.',
    allow: 'purchases.write',
    input: z.object({
      ...onBill,
      /** What was looked at: a draft changed meanwhile is looked at again. */
      version: z.int().min(1),
      /** Its day in the ledger, from the date of the bill to today; the date of the bill when absent. */
      bookedOn: civilDate.nullable().default(null),
    }),
    output: supplierBillDetail,
    refusals: [
      'not_found',
      'not_in_this_state',
      'changed_meanwhile',
      'approval_needed',
      'own_supplier_bill',
      'supplier_tax_number',
      'supplier_bill_day',
    ],
  }),
  reverseBill: command({
    name: 'purchases.reverseBill',
    path: '/api/supplier-bills/{id}/reverse',
    summary:
      'Takes a bill back, today, by the opposite entry; a draft is set aside. Its number is free again.',
    allow: 'purchases.write',
    input: z.object({ ...onBill, reason: line(200) }),
    output: supplierBillDetail,
    refusals: ['not_found', 'not_in_this_state', 'supplier_bill_paid', 'approval_needed'],
  }),
  payBills: command({
    name: 'purchases.payBills',
    path: '/api/supplier-payments',
    summary:
      'Writes down that approved bills of one supplier were paid, its credits taken off; a negative sum came in.',
    allow: 'purchases.pay',
    input: z.object({
      supplierId: ids.supplier,
      billIds: z.array(ids.supplierBill).min(1).max(BILLS_PER_PAYMENT_MAX),
      paidOn: paperDate,
      method: supplierPaymentMethod,
      /** Number of the cheque or of the transfer. */
      reference: line(80).nullable().default(null),
    }),
    output: supplierPayment,
    refusals: ['not_found', 'not_in_this_state', 'supplier_bills_mixed', 'supplier_payment_day'],
  }),
  reverseSupplierPayment: command({
    name: 'purchases.reverseSupplierPayment',
    path: '/api/supplier-payments/{id}/reverse',
    summary: 'Takes a payment back, today: its bills are owed again.',
    allow: 'purchases.pay',
    input: z.object({ id: ids.supplierPayment, reason: line(200) }),
    output: supplierPayment,
    refusals: ['not_found', 'not_in_this_state'],
  }),
  readPayables: query({
    name: 'purchases.readPayables',
    path: '/api/payables',
    summary: 'What is owed to suppliers today by how late it is, with the same sum as the ledger has it.',
    allow: 'purchases.read',
    input: z.object({}),
    output: z.object({
      on: civilDate,
      rows: z.array(ageing.extend({ supplierId: ids.supplier, supplierName: z.string(), bills: z.int() })),
      totals: ageing,
      /** Accounts payable in the ledger; equal to the total. */
      ledgerCents: cents,
    }),
  }),
};

const suppliersStale = ['purchases.listSuppliers', 'purchases.readSupplier'];
const billStale = ['purchases.listBills', 'purchases.readBill'];
const booksStale = [
  ...billStale,
  ...suppliersStale,
  'purchases.readPayables',
  'ledger.listAccounts',
  'ledger.listEntries',
  'reports.readReport',
];
const amounts = { supplierId: ids.supplier, totalCents: cents };

export const purchasesEvents = {
  supplierSaved: event({
    type: 'supplier.saved',
    subject: 'supplier',
    data: z.object({ name: z.string() }),
    seenWith: 'purchases.read',
    stale: [...suppliersStale, ...billStale],
  }),
  billEntered: event({
    type: 'supplier_bill.entered',
    subject: 'supplier_bill',
    data: z.object({ ...amounts, number: z.string() }),
    seenWith: 'purchases.read',
    stale: billStale,
  }),
  billChanged: event({
    type: 'supplier_bill.changed',
    subject: 'supplier_bill',
    data: z.object({ ...amounts, number: z.string() }),
    seenWith: 'purchases.read',
    stale: billStale,
  }),
  billFileAdded: event({
    type: 'supplier_bill.file_added',
    subject: 'supplier_bill',
    data: z.object({ name: z.string() }),
    seenWith: 'purchases.read',
    stale: billStale,
  }),
  billApproved: event({
    type: 'supplier_bill.approved',
    subject: 'supplier_bill',
    data: z.object({ ...amounts, bookedOn: civilDate }),
    seenWith: 'purchases.read',
    stale: booksStale,
  }),
  billReversed: event({
    type: 'supplier_bill.reversed',
    subject: 'supplier_bill',
    data: z.object({ ...amounts, reason: z.string() }),
    seenWith: 'purchases.read',
    stale: booksStale,
  }),
  billsPaid: event({
    type: 'supplier_payment.made',
    subject: 'supplier_payment',
    data: z.object({ supplierId: ids.supplier, amountCents: cents, bills: z.array(z.string()) }),
    seenWith: 'purchases.read',
    stale: booksStale,
  }),
  supplierPaymentReversed: event({
    type: 'supplier_payment.reversed',
    subject: 'supplier_payment',
    data: z.object({ supplierId: ids.supplier, amountCents: cents, reason: z.string() }),
    seenWith: 'purchases.read',
    stale: booksStale,
  }),
};
