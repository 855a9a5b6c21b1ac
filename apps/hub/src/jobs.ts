import {
  billingJobs,
  firstBillsJobs,
  firstBillsTick,
  recognitionTick,
  runDocumentsJobs,
} from './domains/billing/index.ts';
import { collectionsJobs, collectionsTick } from './domains/collections/index.ts';
import { salesJobs, salesTick } from './domains/sales/index.ts';
import { paymentsJobs, paymentsTick } from './domains/payments/index.ts';
import { subscriptionsJobs, subscriptionsTick } from './domains/subscriptions/index.ts';
import { checkBooksTick } from './domains/ledger/index.ts';
import { messageFate, messagesJobs, messagesTick } from './domains/messages/index.ts';
import { portalSignInJobs } from './doors/portal-sign-in/index.ts';
import { comingEndsTick, dueChangesTick } from './domains/subscriptions/index.ts';
import type { Env } from './env.ts';
import { verifyBooks } from './views/verify-books.ts';
import { flowsTick } from './platform/flows/flows-tick.ts';
import type { JobTable, Tick } from './platform/jobs/worker.ts';
import { staffCodeJobs } from './reactions/mail-staff-code.ts';
import { reactionJobs, type Reaction } from './reactions/reaction.ts';

/** Every kind of background work there is. */
export const allJobs = (env: Env, reactions: readonly Reaction[]): JobTable => ({
  ...reactionJobs(reactions),
  ...messagesJobs(env),
  ...billingJobs(env),
  ...firstBillsJobs(),
  ...runDocumentsJobs(env),
  ...salesJobs(env),
  ...paymentsJobs(env),
  ...collectionsJobs(messageFate),
  ...subscriptionsJobs(env),
  ...portalSignInJobs(env),
  ...staffCodeJobs(env),
});

/** What the worker looks at regularly. */
export const allTicks = (env: Env): readonly Tick[] => [
  // Before the ticks that sweep up: what a flow follows is ended by the flow, under its name.
  flowsTick(env.flows),
  paymentsTick(env),
  // After the debits of the day are planned: what a bank has is not asked for.
  collectionsTick(env),
  dueChangesTick(env),
  comingEndsTick(env),
  salesTick(env),
  messagesTick(env),
  subscriptionsTick(env),
  recognitionTick(env),
  firstBillsTick(env),
  checkBooksTick(env, verifyBooks),
];
