import { salesEvents } from '@gigafibre/contract';
import { mailQuoteLink } from '../domains/sales/index.ts';
import type { Env } from '../env.ts';
import { followQuote } from '../flows/quote-follow-up.ts';
import { on, type Reaction } from './reaction.ts';

/** A quote was sent: its signing link goes out by the channels chosen, and it is followed until its last day. */
export const onQuoteSent = (env: Env): readonly Reaction[] => [
  on(salesEvents.quoteSent, 'send the signing link', (tx, { id, subject, data }) =>
    mailQuoteLink(tx, env, { id: subject, version: data.version, channels: data.channels, cause: id }),
  ),
  on(salesEvents.quoteSent, 'follow the quote until its last day', async (tx, { subject, data }) => {
    await followQuote(tx, env, { quoteId: subject, version: data.version, channels: data.channels });
  }),
];
