import { customersOperations, viewsOperations as op } from '@gigafibre/contract';
import { answers, type Route } from '../platform/http/route.ts';
import { listCustomers } from './client-list.ts';
import { customer360 } from './customer-360.ts';
import { dashboard } from './dashboard.ts';

export const viewsRoutes = (): Route[] => [
  answers(customersOperations.listCustomers, (reading, input) => listCustomers(reading, input)),
  answers(op.customer360, (reading, input) => customer360(reading, input)),
  answers(op.dashboard, (reading) => dashboard(reading)),
];
