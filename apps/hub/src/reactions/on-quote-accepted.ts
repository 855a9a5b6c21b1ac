import { salesEvents } from '@gigafibre/contract';
import type { Env } from '../env.ts';
import { quoteMoved } from '../flows/quote-follow-up.ts';
import { on } from './reaction.ts';

/** A quote was accepted: its follow-up ends. */
export const onQuoteAccepted = (env: Env) =>
  on(salesEvents.quoteAccepted, 'tell the follow-up that the quote was accepted', async (tx, { subject }) => {
    await quoteMoved(tx, env, subject);
  });
