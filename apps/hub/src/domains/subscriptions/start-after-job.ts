import { civilDateOf } from '@gigafibre/calendar';
import { Refusal, subscriptionsEvents, type RefusalCode } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { json } from '../../platform/transact.ts';
import { activateSubscription, type Activation } from './activate-subscription.ts';
import * as troubles from './activation-troubles-store.ts';
import { readSubscription } from './read-subscription.ts';

/** What a person can put right. All are refused before anything is written. */
const FOR_A_PERSON: readonly RefusalCode[] = ['activation_day', 'equipment_not_here', 'equipment_needed'];

/**
 * Starts a pending service when the work for it is done; one that is no longer pending is left alone. What cannot
 * start is kept where a person sees it (`listActivationTroubles`) until it is started or withdrawn: the work was
 * done, and asking again by itself would give the same no.
 */
export async function startAfterJob(
  tx: Tx,
  env: unknown,
  { jobId, ...activation }: Activation & { jobId: string },
): Promise<void> {
  const { status, customerId } = await readSubscription(tx, activation.id);
  if (status !== 'pending') return;
  try {
    await activateSubscription(tx, env, activation);
  } catch (error) {
    if (!(error instanceof Refusal) || !FOR_A_PERSON.includes(error.code)) throw error;
    const on = activation.on ?? civilDateOf(tx.now);
    const fresh = await troubles.insertTrouble(tx.db, {
      subscription_id: activation.id,
      job_id: jobId,
      on_date: on,
      refusal: error.code,
      data: json(error.data),
      since: tx.now,
    });
    if (fresh)
      await tx.tell(subscriptionsEvents.subscriptionNotStarted, {
        subject: activation.id,
        customerId,
        data: { jobId, on, refusal: error.code },
      });
  }
}
