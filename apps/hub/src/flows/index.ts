import type { Flow } from '@gigafibre/flow';
import type { Env } from '../env.ts';
import type { Tx } from '../platform/acting.ts';
import { quoteFollowUp } from './quote-follow-up.ts';
import { slowPayment } from './slow-payment.ts';
import { visitReminder } from './visit-reminder.ts';

/** Everything that waits. A changed flow stands here beside its older version until the last run of that has ended. */
export const allFlows = (env: Env): readonly Flow<Tx>[] => [
  quoteFollowUp(env),
  visitReminder(env),
  slowPayment(),
];
