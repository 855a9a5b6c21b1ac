import { salesEvents } from '@gigafibre/contract';
import { mailQuoteLink } from '../domains/sales/index.ts';
import type { Env } from '../env.ts';
import { on } from './reaction.ts';

/** A quote was sent: its signing link goes out by the channels chosen. */
export const onQuoteSent = (env: Env) =>
  on(salesEvents.quoteSent, 'send the signing link', (tx, { id, subject, data }) =>
    mailQuoteLink(tx, env, { id: subject, version: data.version, channels: data.channels, cause: id }),
  );
