import { salesEvents } from '@gigafibre/contract';
import type { Env } from '../env.ts';
import { quoteMoved } from '../flows/quote-follow-up.ts';
import { on } from './reaction.ts';

/** A quote has expired: its follow-up ends. */
export const onQuoteExpired = (env: Env) =>
  on(salesEvents.quoteExpired, 'tell the follow-up that the quote has expired', async (tx, { subject }) => {
    await quoteMoved(tx, env, subject);
  });
