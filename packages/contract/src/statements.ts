import { z } from 'zod';
import { fileAnswer } from './answers.ts';
import { documentKind } from './ledger.ts';
import { query } from './operation.ts';
import { cents, civilDate, ids, language } from './values.ts';

/** A customer's account over some days: what it said before, what moved it, what it says after. */
export const statement = z.object({
  customerId: ids.customer,
  from: civilDate,
  to: civilDate,
  /** Positive: the customer owed. */
  openingCents: cents,
  movements: z.array(
    z.object({
      on: civilDate,
      kind: documentKind,
      id: z.string(),
      /** What it added to the debt, or took from it: one of them is zero. */
      debitCents: cents,
      creditCents: cents,
      balanceCents: cents,
    }),
  ),
  debitCents: cents,
  creditCents: cents,
  closingCents: cents,
});

const days = { from: civilDate, to: civilDate };
const refusals = ['not_found', 'dates_reversed', 'statement_too_long'] as const;

export const statementOperations = {
  readStatement: query({
    name: 'billing.readStatement',
    path: '/api/customers/{customerId}/statement',
    summary: 'The statement of account between two days, both included.',
    allow: 'billing.read',
    input: z.object({ customerId: ids.customer, ...days }),
    output: statement,
    refusals,
  }),
  readStatementPdf: query({
    name: 'billing.readStatementPdf',
    path: '/api/customers/{customerId}/statement/pdf',
    summary: 'The statement of account as PDF, in the customer’s language unless another is asked.',
    allow: 'billing.read',
    input: z.object({ customerId: ids.customer, ...days, language: language.optional() }),
    output: fileAnswer,
    refusals,
  }),
  readMyStatement: query({
    name: 'billing.readMyStatement',
    path: '/api/me/statement',
    summary: 'The statement of the customer who asks.',
    allow: 'portal.self',
    input: z.object(days),
    output: statement,
    refusals,
  }),
  readMyStatementPdf: query({
    name: 'billing.readMyStatementPdf',
    path: '/api/me/statement/pdf',
    summary: 'The statement of the customer who asks, as PDF.',
    allow: 'portal.self',
    input: z.object({ ...days, language: language.optional() }),
    output: fileAnswer,
    refusals,
  }),
};
