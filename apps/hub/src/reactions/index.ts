import { onSubscriptionCancelled } from './on-subscription-cancelled.ts';
import { onContractSealed } from './on-contract-sealed.ts';
import { onQuoteSent } from './on-quote-sent.ts';
import { onInvoiceIssued } from './on-invoice-issued.ts';
import { onDayPublished } from './on-day-published.ts';
import { onJobCompleted } from './on-job-completed.ts';
import type { Env } from '../env.ts';
import { onStaffInvited } from './on-staff-invited.ts';
import { onSubscriptionActivated } from './on-subscription-activated.ts';
import type { Reaction } from './reaction.ts';

/** What follows from what. One file per event; this is the whole list. */
export const reactions = (env: Env): readonly Reaction[] => [
  onStaffInvited(env),
  onDayPublished(env),
  onJobCompleted(env),
  ...onSubscriptionActivated(),
  ...onInvoiceIssued(),
  onQuoteSent(env),
  onContractSealed(env),
  onSubscriptionCancelled(),
];
