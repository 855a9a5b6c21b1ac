import { billingEvents } from '@gigafibre/contract';
import { applyCredits } from '../domains/payments/index.ts';
import { on, type Reaction } from './reaction.ts';

/** An invoice was issued: money held for the customer is put against it. */
export const onInvoiceIssued = (): readonly Reaction[] => [
  on(billingEvents.invoiceIssued, 'put credits against the new invoice', async (tx, { customerId }) => {
    if (customerId !== null) await applyCredits(tx, { customerId });
  }),
];
