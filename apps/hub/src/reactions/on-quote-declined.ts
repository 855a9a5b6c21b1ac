import { salesEvents } from '@gigafibre/contract';
import type { Env } from '../env.ts';
import { quoteMoved } from '../flows/quote-follow-up.ts';
import { on } from './reaction.ts';

/** A quote was declined: its follow-up ends. */
export const onQuoteDeclined = (env: Env) =>
  on(salesEvents.quoteDeclined, 'tell the follow-up that the quote was declined', async (tx, { subject }) => {
    await quoteMoved(tx, env, subject);
  });
