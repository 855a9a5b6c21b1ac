import { z } from 'zod';
import { fileAnswer } from './answers.ts';
import { query } from './operation.ts';
import { ids, instant, page, pageInput } from './values.ts';

/** Longest history one file carries; the rest is asked for with `olderThan`. */
export const HISTORY_EXPORT_ROWS_MAX = 50_000;

/** Kinds of those who act. */
export const actorKind = z.enum(['staff', 'technician', 'customer', 'key', 'flow', 'system', 'nobody']);

/** One thing that happened: who did it, for whom, when, and what it changed. */
export const historyRow = z.object({
  id: z.string(),
  at: instant,
  /** Past tense, `invoice.paid`. */
  type: z.string(),
  subjectKind: z.string(),
  subject: z.string(),
  customerId: z.string().nullable(),
  technicianId: z.string().nullable(),
  by: z.object({
    kind: actorKind,
    id: z.string().nullable(),
    name: z.string().nullable(),
    /** Staff who opened the portal as this customer. */
    onBehalfOf: z.string().nullable(),
  }),
  /** The web request, or the run of a flow, in which it happened. */
  requestId: z.string().nullable(),
  /** The event it followed from. */
  cause: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  /** Field by field: before, after. */
  changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])),
});
export type HistoryRow = z.infer<typeof historyRow>;

const filters = {
  /** Number of the thing: `INV-00012`, `DJ-10001`. */
  subject: z.string().trim().min(1).max(200).optional(),
  customerId: ids.customer.optional(),
  type: z.string().trim().min(1).max(100).optional(),
  /** Number of somebody (`ST-100`, an API key, a flow's name), or a kind of actor (`flow`, `system`). */
  actor: z.string().trim().min(1).max(200).optional(),
};

export const historyOperations = {
  listHistory: query({
    name: 'views.listHistory',
    path: '/api/history',
    summary: 'Who did what, on whose behalf and when, with before and after; newest first.',
    allow: 'audit.read',
    input: z.object({ ...pageInput, ...filters }),
    output: page(historyRow),
  }),
  exportHistory: query({
    name: 'views.exportHistory',
    path: '/api/history/export',
    summary: 'The same history as a CSV file, newest first; 50,000 rows at most.',
    allow: 'audit.read',
    input: z.object({
      ...filters,
      /** Number of the last row of the file before, to get the next one. */
      olderThan: z
        .string()
        .regex(/^\d{1,18}$/)
        .optional(),
    }),
    output: fileAnswer,
  }),
};
