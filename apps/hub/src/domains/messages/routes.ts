import { messagesOperations as op } from '@gigafibre/contract';
import { answers, carriesOut, type Route } from '../../platform/http/route.ts';
import { readMessageMode, setMessageMode } from './mode.ts';
import { listMessages, readMessage, resendMessage } from './read-messages.ts';

export const messagesRoutes = (): Route[] => [
  answers(op.listMessages, (reading, input) => listMessages(reading, input)),
  answers(op.readMessage, (reading, { id }) => readMessage(reading, id)),
  carriesOut(op.resendMessage, (tx, input) => resendMessage(tx, input)),
  answers(op.readMessageMode, (reading) => readMessageMode(reading)),
  carriesOut(op.setMessageMode, (tx, input) => setMessageMode(tx, input)),
];
