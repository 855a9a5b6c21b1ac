import { z } from 'zod';
import { streamAnswer } from './answers.ts';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { instant } from './values.ts';

const runId = z
  .string()
  .max(20)
  .regex(/^RUN-\d+$/, 'RUN-#####');

/** The invoices of a run as one file, and how far it is. */
export const runDocuments = z.object({
  runId,
  made: z.int(),
  total: z.int(),
  bytes: z.int(),
  startedAt: instant,
  startedBy: z.string(),
  /** Null while it is being made. */
  finishedAt: instant.nullable(),
});

export const runDocumentsOperations = {
  makeRunDocuments: command({
    name: 'billing.makeRunDocuments',
    path: '/api/billing/runs/{id}/documents',
    summary: 'Makes the PDFs of all invoices of a run, as one file, a part at a time.',
    allow: 'billing.write',
    input: z.object({ id: runId }),
    output: runDocuments,
    refusals: ['not_found', 'not_in_this_state', 'nothing_to_print'],
  }),
  readRunDocuments: query({
    name: 'billing.readRunDocuments',
    path: '/api/billing/runs/{id}/documents',
    summary: 'How far the PDFs of a run are.',
    allow: 'billing.read',
    input: z.object({ id: runId }),
    output: z.object({ documents: runDocuments.nullable() }),
    refusals: ['not_found'],
  }),
  downloadRunDocuments: query({
    name: 'billing.downloadRunDocuments',
    path: '/api/billing/runs/{id}/documents/zip',
    summary: 'All invoices of a run as one ZIP of PDFs, once they are made.',
    allow: 'billing.read',
    input: z.object({ id: runId }),
    output: streamAnswer,
    refusals: ['not_found', 'not_in_this_state'],
  }),
};

export const runDocumentsEvents = {
  runDocumentsMade: event({
    type: 'billing_run.documents_made',
    subject: 'billing_run',
    data: z.object({ made: z.int(), total: z.int(), finished: z.boolean() }),
    seenWith: 'billing.read',
    stale: ['billing.readRunDocuments'],
  }),
};
