import { billingRunsOperations as op } from '@gigafibre/contract';
import { z } from 'zod';
import type { Env } from '../../../env.ts';
import { answers, carriesOut, type Route } from '../../../platform/http/route.ts';
import type { JobTable } from '../../../platform/jobs/worker.ts';
import { customerSelf } from '../../customers/index.ts';
import { interestJobs } from '../all-interest.ts';
import { COUNT_JOB, countRun, ISSUE_JOB } from './count-run.ts';
import { issueRun } from './issue-run.ts';
import { invoiceDifference, listRunCustomers, listRuns, readRun } from './read-runs.ts';
import { REVERSE_JOB, reversePage } from './reverse-run.ts';
import { runDocumentsRoutes } from './run-documents.ts';
import {
  abandonRun,
  approveRun,
  explainRunDifference,
  pauseScheduler,
  reverseRun,
  startRun,
} from './steer-run.ts';

export const runsRoutes = (): Route[] => [
  answers(op.listRuns, (reading, input) => listRuns(reading, input)),
  answers(op.readRun, (reading, { id }) => readRun(reading, id)),
  answers(op.listRunCustomers, (reading, input) => listRunCustomers(reading, input)),
  answers(op.readInvoiceDifference, (reading, { id }) => invoiceDifference(reading, { id })),
  answers(op.readMyInvoiceDifference, (reading, { id }) =>
    invoiceDifference(reading, { id, customerId: customerSelf(reading) }),
  ),
  carriesOut(op.startRun, (tx, input) => startRun(tx, input)),
  carriesOut(op.explainRunDifference, (tx, input) => explainRunDifference(tx, input)),
  carriesOut(op.approveRun, (tx, input) => approveRun(tx, input)),
  carriesOut(op.abandonRun, (tx, input) => abandonRun(tx, input)),
  carriesOut(op.reverseRun, (tx, input) => reverseRun(tx, input)),
  carriesOut(op.pauseScheduler, (tx, input) => pauseScheduler(tx, input)),
  ...runDocumentsRoutes(),
];

const counting = z.object({ runId: z.string(), after: z.string() });
const issuing = z.object({ runId: z.string(), after: z.string().optional() });
const reversing = z.object({ runId: z.string(), after: z.string().optional() });

/**
 * A job computes or takes back one page in its transaction, or issues some pages in one each, and asks for those after
 * them: exactly once through any crash.
 */
export const billingJobs = ({ ground }: Pick<Env, 'ground'>): JobTable => ({
  ...interestJobs(),
  [COUNT_JOB]: { queue: 'inside', run: (tx, payload) => countRun(tx, counting.parse(payload)) },
  [REVERSE_JOB]: { queue: 'inside', run: (tx, payload) => reversePage(tx, reversing.parse(payload)) },
  [ISSUE_JOB]: { queue: 'inside', run: (tx, payload) => issueRun(tx, ground, issuing.parse(payload)) },
});
