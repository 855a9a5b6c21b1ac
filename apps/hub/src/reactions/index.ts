import { onSubscriptionCancelled } from './on-subscription-cancelled.ts';
import { onSubscriptionChanged } from './on-subscription-changed.ts';
import { onSubscriptionMoved } from './on-subscription-moved.ts';
import { onContractSealed } from './on-contract-sealed.ts';
import { onQuoteSent } from './on-quote-sent.ts';
import { onInvoiceIssued } from './on-invoice-issued.ts';
import { onDayPublished } from './on-day-published.ts';
import { onJobCompleted } from './on-job-completed.ts';
import { onCollectionNoticeGiven } from './on-collection-notice-given.ts';
import { onCollectionStepTaken } from './on-collection-step-taken.ts';
import { onDebtMoved } from './on-debt-moved.ts';
import { onJobCancelled } from './on-job-cancelled.ts';
import { onJobEdited } from './on-job-edited.ts';
import { onJobPublished } from './on-job-published.ts';
import { onDebitMoved } from './on-debit-moved.ts';
import { onPaymentLinkSent } from './on-payment-link-sent.ts';
import { onPpaSwitched } from './on-ppa-switched.ts';
import { onRefundMoved } from './on-refund-moved.ts';
import { onPaymentReceived } from './on-payment-received.ts';
import { onCreditNoteIssued } from './on-credit-note-issued.ts';
import { onWriteOffRecovered } from './on-write-off-recovered.ts';
import { onQuoteAccepted } from './on-quote-accepted.ts';
import { onQuoteDeclined } from './on-quote-declined.ts';
import { onQuoteExpired } from './on-quote-expired.ts';
import { onQuoteRevised } from './on-quote-revised.ts';
import type { Env } from '../env.ts';
import { onStaffInvited } from './on-staff-invited.ts';
import { onSubscriptionActivated } from './on-subscription-activated.ts';
import type { Reaction } from './reaction.ts';

/** What follows from what. One file per event; this is the whole list. */
export const reactions = (env: Env): readonly Reaction[] => [
  onStaffInvited(env),
  onDayPublished(env),
  ...onJobCompleted(env),
  ...onSubscriptionActivated(env),
  ...onInvoiceIssued(env),
  ...onQuoteSent(env),
  onContractSealed(env),
  ...onSubscriptionCancelled(),
  ...onSubscriptionMoved(),
  ...onSubscriptionChanged(env),
  ...onDebtMoved(),
  onCollectionNoticeGiven(env),
  ...onCollectionStepTaken(env),
  ...onPaymentReceived(env),
  onWriteOffRecovered(),
  onCreditNoteIssued(env),
  ...onDebitMoved(env),
  onPpaSwitched(env),
  onPaymentLinkSent(env),
  onRefundMoved(env),
  onQuoteAccepted(env),
  onQuoteDeclined(env),
  onQuoteExpired(env),
  onQuoteRevised(env),
  onJobPublished(env),
  onJobEdited(env),
  onJobCancelled(env),
];
