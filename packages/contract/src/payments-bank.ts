import { z } from 'zod';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { debit } from './payments-debits.ts';
import { savedMethod } from './payments-methods.ts';
import { cents, civilDate, ids, instant, line, page, pageInput } from './values.ts';

/** Largest file of a bank, in characters: some sixty thousand debits, or as many lines of a statement. */
export const BANK_FILE_CHARS_MAX = 16 * 1024 * 1024;
const BODY_BYTES_MAX = BANK_FILE_CHARS_MAX + 64 * 1024;
/** What a bank gave, as text; its name is only shown. */
export const bankFileInput = {
  name: line(120),
  text: z.string().min(1).max(BANK_FILE_CHARS_MAX),
};
export const bankFileBody = BODY_BYTES_MAX;

/** Institution (3 digits), transit (5) and account (7 to 12), as a cheque prints them. */
const bankAccount = {
  institution: z
    .string()
    .trim()
    .regex(/^\d{3}$/, '3 digits'),
  transit: z
    .string()
    .trim()
    .regex(/^\d{5}$/, '5 digits'),
  account: z
    .string()
    .trim()
    .regex(/^\d{7,12}$/, '7 to 12 digits'),
};

/** What the bank gave the company to make files with; the account is shown by its last digits. */
export const bankRail = z.object({
  originatorId: z.string(),
  dataCentre: z.string(),
  shortName: z.string(),
  longName: z.string(),
  transactionType: z.string(),
  institution: z.string(),
  transit: z.string(),
  accountLast4: z.string(),
  /** A file is released by somebody other than the one who made it. */
  twoPeople: z.boolean(),
  /** Business days after the debit within which the bank brings back what it returns. */
  returnDays: z.int(),
});

/**
 * `made`: its debits are chosen. `released`: numbered, written and sealed; may be downloaded. `sent`: the bank has it.
 * `withdrawn`: it never went, or the bank refused it whole; its debits wait for the next.
 */
export const debitFileState = z.enum(['made', 'released', 'sent', 'withdrawn']);
export const debitFile = z.object({
  id: ids.debitFile,
  state: debitFileState,
  /** 1 to 9999, raised by one for each; given when it is released. */
  fileNumber: z.int().nullable(),
  /** Day the accounts are debited. */
  debitOn: civilDate,
  debits: z.int(),
  amountCents: cents,
  /** SHA-256 of the file, to compare with what the bank received. */
  digest: z.string().nullable(),
  downloads: z.int(),
  madeAt: instant,
  madeBy: z.string(),
  releasedAt: instant.nullable(),
  releasedBy: z.string().nullable(),
  sentAt: instant.nullable(),
  sentBy: z.string().nullable(),
  withdrawnReason: z.string().nullable(),
});

/** `already`: known before. `never_sent` and `unknown`: a person looks. */
export const returnOutcome = z.enum(['returned', 'already', 'never_sent', 'unknown']);
export const returnsFile = z.object({
  id: ids.returnsFile,
  name: z.string(),
  readAt: instant,
  readBy: z.string(),
  items: z.int(),
  amountCents: cents,
  /** True when it had been read before: nothing changed. */
  repeated: z.boolean(),
  rows: z.array(
    z.object({
      reference: z.string(),
      debitId: ids.debit.nullable(),
      returnCode: z.string(),
      amountCents: cents,
      outcome: returnOutcome,
    }),
  ),
});

const fileRefusals = ['not_found', 'not_in_this_state'] as const;

export const bankOperations = {
  readBankRail: query({
    name: 'payments.readBankRail',
    path: '/api/bank/rail',
    summary: 'How the company debits through its own bank, and what waits for the next file.',
    allow: 'billing.read',
    input: z.object({}),
    output: z.object({
      rail: bankRail.nullable(),
      waiting: z.object({ debits: z.int(), amountCents: cents }),
      /** Day on which a file made now would debit. */
      debitOn: civilDate,
    }),
  }),
  setBankRail: command({
    name: 'payments.setBankRail',
    path: '/api/bank/rail',
    summary: 'Sets what the bank gave the company to make files with.',
    allow: 'settings.system',
    input: z.object({
      originatorId: line(10),
      dataCentre: z
        .string()
        .trim()
        .regex(/^\d{5}$/, '5 digits'),
      shortName: line(15),
      longName: line(30),
      transactionType: z
        .string()
        .trim()
        .regex(/^\d{3}$/, '3 digits')
        .default('430'),
      ...bankAccount,
      twoPeople: z.boolean().default(true),
      returnDays: z.int().min(2).max(10).default(5),
    }),
    output: bankRail,
  }),
  addBankAccount: command({
    name: 'payments.addBankAccount',
    path: '/api/customers/{id}/bank-accounts',
    summary: 'Keeps the bank account a customer gave to be debited through the company’s own bank, sealed.',
    allow: 'payments.take',
    input: z.object({ id: ids.customer, ...bankAccount, payerName: line(60) }),
    output: savedMethod,
    refusals: ['not_found', 'bank_account_not_valid'],
  }),
  listDebitFiles: query({
    name: 'payments.listDebitFiles',
    path: '/api/bank/debit-files',
    summary: 'Files of debits for the bank, newest first.',
    allow: 'billing.read',
    input: z.object({ ...pageInput }),
    output: page(debitFile),
  }),
  readDebitFile: query({
    name: 'payments.readDebitFile',
    path: '/api/bank/debit-files/{id}',
    summary: 'One file of debits and where it stands.',
    allow: 'billing.read',
    input: z.object({ id: ids.debitFile }),
    output: debitFile,
    refusals: ['not_found'],
  }),
  listDebitsOfFile: query({
    name: 'payments.listDebitsOfFile',
    path: '/api/bank/debit-files/{id}/debits',
    summary: 'The debits of a file, newest first.',
    allow: 'billing.read',
    input: z.object({ id: ids.debitFile, ...pageInput }),
    output: page(debit),
    refusals: ['not_found'],
  }),
  makeDebitFile: command({
    name: 'payments.makeDebitFile',
    path: '/api/bank/debit-files',
    summary: 'Collects the debits that wait for the bank into a file.',
    allow: 'payments.bank',
    input: z.object({}),
    /** With how many debits did not fit and wait for the next. */
    output: debitFile.extend({ waiting: z.int() }),
    refusals: ['bank_rail_not_set', 'nothing_to_collect'],
  }),
  releaseDebitFile: command({
    name: 'payments.releaseDebitFile',
    path: '/api/bank/debit-files/{id}/release',
    summary: 'Numbers, writes and seals a file; by somebody other than its maker when the house says so.',
    allow: 'payments.bank',
    input: z.object({ id: ids.debitFile }),
    output: debitFile,
    refusals: [...fileRefusals, 'own_debit_file', 'nothing_to_collect', 'bank_rail_not_set'],
  }),
  downloadDebitFile: command({
    name: 'payments.downloadDebitFile',
    path: '/api/bank/debit-files/{id}/download',
    summary: 'The file as the bank takes it; each download is written down.',
    allow: 'payments.bank',
    input: z.object({ id: ids.debitFile }),
    output: z.object({ name: z.string(), text: z.string() }),
    refusals: fileRefusals,
  }),
  markDebitFileSent: command({
    name: 'payments.markDebitFileSent',
    path: '/api/bank/debit-files/{id}/sent',
    summary: 'Says that the bank has taken the file.',
    allow: 'payments.bank',
    input: z.object({ id: ids.debitFile }),
    output: debitFile,
    refusals: fileRefusals,
  }),
  withdrawDebitFile: command({
    name: 'payments.withdrawDebitFile',
    path: '/api/bank/debit-files/{id}/withdraw',
    summary: 'Takes a file back that never went, or that the bank refused whole; its debits wait again.',
    allow: 'payments.bank',
    input: z.object({ id: ids.debitFile, reason: line() }),
    output: debitFile,
    refusals: [...fileRefusals, 'debit_day_passed'],
  }),
  takeReturnsFile: command({
    name: 'payments.takeReturnsFile',
    path: '/api/bank/returns',
    summary: 'Reads the bank’s file of returned debits; the same file twice changes nothing.',
    allow: 'payments.bank',
    bodyBytesMax: BODY_BYTES_MAX,
    input: z.object(bankFileInput),
    output: returnsFile,
    refusals: [
      'bank_rail_not_set',
      'bank_file_cut',
      'bank_file_foreign',
      'bank_file_altered',
      'debits_not_sent',
    ],
  }),
  listReturnsFiles: query({
    name: 'payments.listReturnsFiles',
    path: '/api/bank/returns',
    summary: 'Files of returned debits that were read, newest first.',
    allow: 'billing.read',
    input: z.object({ ...pageInput }),
    output: page(returnsFile.omit({ rows: true, repeated: true })),
  }),
};

const stale = ['payments.listDebitFiles', 'payments.readDebitFile', 'payments.readBankRail'];
export const bankEvents = {
  debitFileMoved: event({
    type: 'debit_file.moved',
    subject: 'debit_file',
    data: z.object({
      state: debitFileState,
      fileNumber: z.int().nullable(),
      debits: z.int(),
      amountCents: cents,
      reason: z.string().nullable(),
    }),
    seenWith: 'billing.read',
    stale: [...stale, 'payments.listDebitsOfFile'],
  }),
  debitFileDownloaded: event({
    type: 'debit_file.downloaded',
    subject: 'debit_file',
    data: z.object({ digest: z.string() }),
    seenWith: 'billing.read',
    stale,
  }),
  returnsFileRead: event({
    type: 'returns_file.read',
    subject: 'returns_file',
    data: z.object({ items: z.int(), amountCents: cents, unknown: z.int() }),
    seenWith: 'billing.read',
    stale: ['payments.listReturnsFiles', 'payments.listReviews'],
  }),
  bankRailSet: event({
    type: 'bank_rail.set',
    subject: 'bank_rail',
    data: z.object({ twoPeople: z.boolean(), returnDays: z.int() }),
    seenWith: 'billing.read',
    stale: ['payments.readBankRail'],
  }),
};
