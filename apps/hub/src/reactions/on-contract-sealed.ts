import { salesEvents } from '@gigafibre/contract';
import { mailContract } from '../domains/sales/index.ts';
import type { Env } from '../env.ts';
import { on } from './reaction.ts';

/** The sealed contract is ready: the customer gets a copy at once. */
export const onContractSealed = (env: Env) =>
  on(salesEvents.contractSealed, 'send the customer the sealed contract', (tx, { subject }) =>
    mailContract(tx, env, { quoteId: subject }),
  );
