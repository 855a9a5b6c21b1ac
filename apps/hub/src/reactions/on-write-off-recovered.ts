import { receivableEvents } from '@gigafibre/contract';
import { applyCredits } from '../domains/payments/index.ts';
import { on } from './reaction.ts';

/** A debt that was given up is owed again: what the customer has pays for it. */
export const onWriteOffRecovered = () =>
  on(receivableEvents.writeOffRecovered, 'put credits against the debt', async (tx, { customerId }) => {
    if (customerId !== null) await applyCredits(tx, { customerId });
  });
