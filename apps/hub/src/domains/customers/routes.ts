import { customersOperations as op } from '@gigafibre/contract';
import { answers, carriesOut, type Route } from '../../platform/http/route.ts';
import { createCustomer } from './create-customer.ts';
import { editCustomer } from './edit-customer.ts';
import { readCustomer } from './read-customer.ts';

export const customersRoutes = (): Route[] => [
  carriesOut(op.createCustomer, (tx, input) => createCustomer(tx, input)),
  answers(op.readCustomer, (reading, { id }) => readCustomer(reading, id)),
  carriesOut(op.editCustomer, (tx, input) => editCustomer(tx, input)),
];
