import { salesEvents } from '@gigafibre/contract';
import type { Env } from '../env.ts';
import { quoteMoved } from '../flows/quote-follow-up.ts';
import { on } from './reaction.ts';

/** A quote was revised: its follow-up ends. */
export const onQuoteRevised = (env: Env) =>
  on(salesEvents.quoteRevised, 'tell the follow-up that the quote was revised', async (tx, { subject }) => {
    await quoteMoved(tx, env, subject);
  });
