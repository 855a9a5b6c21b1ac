import { civilDateOf } from '@gigafibre/calendar';
import {
  customersOperations,
  dispatchOperations,
  fieldOperations,
  historyOperations,
  paymentsOperations,
  viewsOperations as op,
} from '@gigafibre/contract';
import { answers, type Route } from '../platform/http/route.ts';
import { shareRun } from '../platform/share-run.ts';
import { chargebackEvidence } from './chargeback-evidence.ts';
import { listCustomers } from './client-list.ts';
import { customer360 } from './customer-360.ts';
import { dashboard } from './dashboard.ts';
import { listJobs, listMyDay, readDay } from './dispatch-jobs.ts';
import { exportHistory, listHistory } from './history.ts';
import { reportsRoutes } from './reports/routes.ts';

export const viewsRoutes = (): Route[] => [
  answers(customersOperations.listCustomers, (reading, input) => listCustomers(reading, input)),
  answers(op.customer360, (reading, input) => customer360(reading, input)),
  answers(paymentsOperations.listChargebackEvidence, (reading, input) => chargebackEvidence(reading, input)),
  answers(op.dashboard, shareRun(dashboard)),
  answers(dispatchOperations.listJobs, (reading, input) => listJobs(reading, input)),
  answers(dispatchOperations.readDay, (reading, input) => readDay(reading, input)),
  answers(fieldOperations.listMyDay, (reading, { date }) =>
    listMyDay(reading, { date: date ?? civilDateOf(reading.now) }),
  ),
  answers(historyOperations.listHistory, (reading, input) => listHistory(reading, input)),
  answers(historyOperations.exportHistory, (reading, input) => exportHistory(reading, input)),
  ...reportsRoutes(),
];
