import { ledgerOperations as op } from '@gigafibre/contract';
import { answers, carriesOut, type Route } from '../../platform/http/route.ts';
import { closeBooks } from './closed-books.ts';
import { listAccounts, listEntries } from './read-ledger.ts';

export const ledgerRoutes = (): Route[] => [
  answers(op.listAccounts, (reading) => listAccounts(reading)),
  carriesOut(op.closeBooks, (tx, input) => closeBooks(tx, input)),
  answers(op.listEntries, (reading, input) => listEntries(reading, input)),
];
