import { z } from 'zod';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { bankFileBody, bankFileInput } from './payments-bank.ts';
import { cents, civilDate, ids, instant, line, page, pageInput } from './values.ts';

/**
 * A line of the bank’s statement. `waiting`: a person looks. `matched`: its money is recorded, or explained by what
 * is in the books already. `ignored`: a person said why it is none of ours. `other`: nothing that a customer paid.
 */
export const statementLineState = z.enum(['waiting', 'matched', 'ignored', 'other']);
/** What a line was, or seems to be, about. */
export const statementLineKind = z.enum(['payment', 'debit_file', 'returns', 'payout', 'other']);
/** Why a receivable is proposed; the more of them, the surer. */
export const matchReason = z.enum([
  'account_number',
  'invoice_number',
  'name',
  'balance',
  'invoice_amount',
  'recorded_by_hand',
]);
export const matchCandidate = z.object({
  customerId: ids.customer,
  customerName: z.string(),
  invoiceId: ids.invoice.nullable(),
  /** A payment recorded by hand that seems to be this one. */
  paymentId: ids.payment.nullable(),
  /** Hundredths. */
  confidence: z.int().min(0).max(100),
  reasons: z.array(matchReason),
});
export const statementLine = z.object({
  id: ids.statementLine,
  statementId: ids.bankStatement,
  on: civilDate,
  description: z.string(),
  reference: z.string().nullable(),
  /** Positive when it came in. */
  amountCents: cents,
  state: statementLineState,
  kind: statementLineKind,
  candidates: z.array(matchCandidate),
  paymentId: ids.payment.nullable(),
  customerId: ids.customer.nullable(),
  /** The file of debits or of returns it brought, when it is of one. */
  fileId: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  reason: z.string().nullable(),
});
export const bankStatement = z.object({
  id: ids.bankStatement,
  name: z.string(),
  from: civilDate,
  to: civilDate,
  readAt: instant,
  readBy: z.string(),
  /** Lines that were new, and those an earlier statement had brought. */
  lines: z.int(),
  known: z.int(),
  matched: z.int(),
  waiting: z.int(),
  receivedCents: cents,
});

/** A file of ours whose money a line may be. */
export const fileOfLine = z.object({
  kind: statementLineKind.extract(['debit_file', 'returns']),
  fileId: z.string(),
  /** The day of its debits, or the day its returns were read. */
  on: civilDate,
});

export const statementLinesOperations = {
  takeBankStatement: command({
    name: 'payments.takeBankStatement',
    path: '/api/bank/statements',
    summary:
      'Reads a statement of the bank: what is certain is recorded, the rest waits; the same lines twice change nothing.',
    allow: 'billing.write',
    bodyBytesMax: bankFileBody,
    input: z.object(bankFileInput),
    output: bankStatement.extend({ repeated: z.boolean() }),
    refusals: ['statement_unreadable', 'statement_too_long'],
  }),
  listBankStatements: query({
    name: 'payments.listBankStatements',
    path: '/api/bank/statements',
    summary: 'Statements of the bank that were read, newest first.',
    allow: 'billing.read',
    input: z.object({ ...pageInput }),
    output: page(bankStatement),
  }),
  listStatementLines: query({
    name: 'payments.listStatementLines',
    path: '/api/bank/statement-lines',
    summary: 'Lines of the bank’s statements, newest first; in one state, or of one statement.',
    allow: 'billing.read',
    input: z.object({
      ...pageInput,
      state: statementLineState.optional(),
      statementId: ids.bankStatement.optional(),
    }),
    output: page(statementLine),
  }),
  acceptStatementLine: command({
    name: 'payments.acceptStatementLine',
    path: '/api/bank/statement-lines/{id}/accept',
    summary:
      'Records a line as a payment of a customer, against an invoice or the oldest first; or says which payment it is already.',
    allow: 'billing.write',
    input: z.object({
      id: ids.statementLine,
      customerId: ids.customer,
      invoiceId: ids.invoice.nullable().default(null),
      paymentId: ids.payment.nullable().default(null),
    }),
    output: statementLine,
    refusals: ['not_found', 'not_in_this_state', 'amount_not_valid', 'payment_not_this_line'],
  }),
  listFilesOfStatementLine: query({
    name: 'payments.listFilesOfStatementLine',
    path: '/api/bank/statement-lines/{id}/files',
    summary:
      'Files of debits or of returns of the amount of a line, that no line has been said to be; nearest first.',
    allow: 'billing.read',
    input: z.object({ id: ids.statementLine }),
    output: z.object({ files: z.array(fileOfLine) }),
    refusals: ['not_found'],
  }),
  settleStatementLine: command({
    name: 'payments.settleStatementLine',
    path: '/api/bank/statement-lines/{id}/settle',
    summary:
      'Says that a line is the money of one of our own files: in the books it goes from transit to the bank.',
    allow: 'billing.write',
    input: z.object({ id: ids.statementLine, fileId: z.union([ids.debitFile, ids.returnsFile]) }),
    output: statementLine,
    refusals: ['not_found', 'not_in_this_state', 'file_not_this_line'],
  }),
  ignoreStatementLine: command({
    name: 'payments.ignoreStatementLine',
    path: '/api/bank/statement-lines/{id}/ignore',
    summary: 'Says why a line is no payment of a customer.',
    allow: 'billing.write',
    input: z.object({ id: ids.statementLine, reason: line() }),
    output: statementLine,
    refusals: ['not_found', 'not_in_this_state'],
  }),
  undoStatementLine: command({
    name: 'payments.undoStatementLine',
    path: '/api/bank/statement-lines/{id}/undo',
    summary:
      'Takes back what a line was said to be: the payment it made is reversed, and it waits again for a person.',
    allow: 'billing.write',
    input: z.object({ id: ids.statementLine, reason: line() }),
    output: statementLine,
    refusals: ['not_found', 'not_in_this_state', 'payment_gone_since'],
  }),
};

const stale = ['payments.listStatementLines', 'payments.listBankStatements'];
export const statementLinesEvents = {
  bankStatementRead: event({
    type: 'bank_statement.read',
    subject: 'bank_statement',
    data: z.object({ lines: z.int(), matched: z.int(), waiting: z.int() }),
    seenWith: 'billing.read',
    stale,
  }),
  statementLineDecided: event({
    type: 'statement_line.decided',
    subject: 'statement_line',
    data: z.object({
      state: statementLineState,
      amountCents: cents,
      paymentId: ids.payment.nullable(),
      reason: z.string().nullable(),
    }),
    seenWith: 'billing.read',
    stale,
  }),
};
