import { ledgerOperations as op } from '@gigafibre/contract';
import { answers, type Route } from '../../platform/http/route.ts';
import { listAccounts, listEntries } from './read-ledger.ts';

export const ledgerRoutes = (): Route[] => [
  answers(op.listAccounts, (reading) => listAccounts(reading)),
  answers(op.listEntries, (reading, input) => listEntries(reading, input)),
];
