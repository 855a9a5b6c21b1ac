import { z } from 'zod';
import { fileAnswer } from './answers.ts';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import {
  BILL_FILE_CHARS_MAX,
  BILL_LINES_MAX,
  BILLS_PER_PAYMENT_MAX,
  billAccount,
  billFields,
  paperDate,
  payableAgeing,
  purchaseTax,
  readFields,
  supplier,
  supplierBill,
  supplierBillDetail,
  supplierBillState,
  supplierFields,
  supplierPayment,
  supplierPaymentMethod,
} from './purchases-values.ts';
import { cents, civilDate, ids, line, page, pageInput, typedCents } from './values.ts';
import { base64 } from './vision.ts';

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
    input: z.object({ ...onBill, name: line(120), file: base64(BILL_FILE_CHARS_MAX) }),
    output: supplierBillDetail,
    refusals: ['not_found', 'not_a_paper', 'too_many_papers'],
    bodyBytesMax: BILL_FILE_CHARS_MAX + 4_096,
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
      rows: z.array(
        payableAgeing.extend({ supplierId: ids.supplier, supplierName: z.string(), bills: z.int() }),
      ),
      totals: payableAgeing,
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
