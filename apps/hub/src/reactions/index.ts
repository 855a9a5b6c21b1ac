import type { Env } from '../env.ts';
import type { Reaction } from './reaction.ts';

/** What follows from what. One file per event; this is the whole list. */
export const reactions = (_env: Env): readonly Reaction[] => [];
