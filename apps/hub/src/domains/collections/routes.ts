import { collectionsOperations as op } from '@gigafibre/contract';
import { answers, carriesOut, type Route } from '../../platform/http/route.ts';
import { cancelArrangement, makeArrangement } from './agreed/arrangements.ts';
import { addNote, placeHold, releaseHold } from './agreed/holds.ts';
import { cancelPromise, recordPromise } from './agreed/promises.ts';
import { decideProposal } from './decide-proposal.ts';
import { previewLadder } from './ladder/preview-ladder.ts';
import { changeLadder, readLadder } from './ladder/terms.ts';
import { listAccounts } from './list-accounts.ts';
import { proveNotice, repeatNotice } from './prove-notice.ts';
import { readAccount } from './read-account.ts';
import type { MessageFate } from './walk-ladders.ts';

/** `fateOf` says what became of a message. */
export const collectionsRoutes = (fateOf: MessageFate): Route[] => [
  answers(op.listAccounts, (reading, input) => listAccounts(reading, input)),
  answers(op.readAccount, (reading, { customerId }) => readAccount(reading, customerId)),
  answers(op.readLadder, (reading) => readLadder(reading)),
  answers(op.previewLadder, (reading, terms) => previewLadder(reading, terms)),
  carriesOut(op.recordPromise, (tx, input) => recordPromise(tx, input)),
  carriesOut(op.cancelPromise, (tx, input) => cancelPromise(tx, input)),
  carriesOut(op.makeArrangement, (tx, input) => makeArrangement(tx, input)),
  carriesOut(op.cancelArrangement, (tx, input) => cancelArrangement(tx, input)),
  carriesOut(op.placeHold, (tx, input) => placeHold(tx, input)),
  carriesOut(op.releaseHold, (tx, input) => releaseHold(tx, input)),
  carriesOut(op.addNote, (tx, input) => addNote(tx, input)),
  carriesOut(op.decideProposal, (tx, input) => decideProposal(tx, { ...input, fateOf })),
  carriesOut(op.proveNotice, (tx, input) => proveNotice(tx, input)),
  carriesOut(op.repeatNotice, (tx, input) => repeatNotice(tx, input)),
  carriesOut(op.changeLadder, (tx, input) => changeLadder(tx, input)),
];
