import {
  billingEvents,
  creditNoteEvents,
  paymentsEvents,
  receivableEvents,
  type EventDeclaration,
} from '@gigafibre/contract';
import { reviewIfLate } from '../domains/collections/index.ts';
import { on, type Reaction } from './reaction.ts';

/** Everything that moves what a customer owes, or whether it may be asked for. */
const MOVES: Readonly<Record<string, EventDeclaration>> = {
  'an invoice is paid': billingEvents.invoicePaid,
  'a payment came': paymentsEvents.paymentReceived,
  'a payment went back': paymentsEvents.paymentWithdrawn,
  'a credit was applied': paymentsEvents.creditApplied,
  'a chargeback moved': paymentsEvents.chargebackMoved,
  'a debit moved': paymentsEvents.debitMoved,
  'a credit note was issued': creditNoteEvents.creditNoteIssued,
  'a debt was given up': receivableEvents.invoiceWrittenOff,
  'an invoice is contested': receivableEvents.disputeOpened,
  'a dispute was decided': receivableEvents.disputeClosed,
};

/** What a customer owes has moved: one who is late is looked at anew, off the ladder and reconnected when they may be. */
export const onDebtMoved = (): readonly Reaction[] =>
  Object.entries(MOVES).map(([what, event]) =>
    on(event, `look at the ladder: ${what}`, async (tx, { customerId }) => {
      if (customerId !== null) await reviewIfLate(tx, customerId);
    }),
  );
