import { z } from 'zod';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { cents, civilDate, ids, instant, line, page, pageInput } from './values.ts';

/** Number of an account of the chart, `1100`. */
export const accountNumber = z
  .string()
  .max(10)
  .regex(/^\d{4,10}$/, 'account number');
/** Why an entry exists: the kind of document it posts. */
export const documentKind = z.enum([
  'invoice',
  'credit_note',
  'payment',
  'payment_reversal',
  'allocation',
  'refund',
  'adjustment',
  'write_off',
  'write_off_recovery',
  'deposit',
  'recognition',
  'payout',
  'supplier_bill',
  'supplier_bill_reversal',
  'supplier_payment',
  'supplier_payment_reversal',
  'transfer',
]);

export const ledgerAccount = z.object({
  number: accountNumber,
  nameFr: z.string(),
  nameEn: z.string(),
  kind: z.enum(['asset', 'liability', 'revenue', 'expense']),
  normal: z.enum(['debit', 'credit']),
  /** Debits less credits since the beginning. */
  balanceCents: cents,
});

export const ledgerEntry = z.object({
  id: z.string(),
  date: civilDate,
  document: z.object({ kind: documentKind, id: z.string() }),
  memo: z.string(),
  totalCents: cents,
  postedAt: instant,
  postings: z.array(
    z.object({
      account: accountNumber,
      customerId: ids.customer.nullable(),
      debitCents: cents,
      creditCents: cents,
    }),
  ),
});

/** Everything recomputed from zero, once a night in which something was posted; `differences` says how many were found. */
export const bookCheck = z.object({
  on: civilDate,
  at: instant,
  entries: z.int(),
  differences: z.int(),
});

export const ledgerOperations = {
  listAccounts: query({
    name: 'ledger.listAccounts',
    path: '/api/ledger/accounts',
    summary: 'The chart of accounts with its balances: the trial balance.',
    allow: 'billing.read',
    input: z.object({}),
    output: z.object({
      accounts: z.array(ledgerAccount),
      lastCheck: bookCheck.nullable(),
      /** The last day on which nobody posts any more. */
      closedTo: civilDate.nullable(),
    }),
  }),
  closeBooks: command({
    name: 'ledger.closeBooks',
    path: '/api/ledger/closing',
    summary:
      'Closes the books up to a day in the past, inclusive; an earlier day opens them again from there.',
    allow: 'settings.system',
    input: z.object({ to: civilDate, reason: line() }),
    output: z.object({ closedTo: civilDate }),
    refusals: ['books_close_day'],
  }),
  listEntries: query({
    name: 'ledger.listEntries',
    path: '/api/ledger/entries',
    summary: 'Journal entries, newest first; of one account, customer or document when asked.',
    allow: 'billing.read',
    input: z.object({
      ...pageInput,
      account: accountNumber.optional(),
      customerId: ids.customer.optional(),
      documentId: z.string().max(40).optional(),
    }),
    output: page(ledgerEntry),
  }),
};

/** What is posted is told by the documents that post it. */
export const ledgerEvents = {
  booksClosed: event({
    type: 'ledger.books_closed',
    subject: 'day',
    data: z.object({ reason: z.string() }),
    seenWith: 'billing.read',
    stale: ['ledger.listAccounts'],
  }),
  booksChecked: event({
    type: 'ledger.books_checked',
    subject: 'day',
    data: z.object({ entries: z.int(), differences: z.int() }),
    seenWith: 'billing.read',
    stale: ['ledger.listAccounts'],
  }),
};
