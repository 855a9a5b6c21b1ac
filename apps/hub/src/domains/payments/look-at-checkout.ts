import { SYSTEM } from '../../platform/acting.ts';
import { transact } from '../../platform/transact.ts';
import type { Env } from '../../env.ts';
import { minutesFrom } from './begin-checkout.ts';
import { isAlive } from './checkout.ts';
import * as store from './checkout-store.ts';
import { moveCheckout, settleTaken } from './settle-checkout.ts';

const DUE_AT_ONCE_MAX = 50;
/** Nobody asks for ever: after some weeks of daily looks a webhook must tell. */
const LOOKS_MAX = 40;
/** Minutes until the next look, by how many there were: often while the payer is there, then daily. */
const NEXT_LOOK_MINUTES = [10, 30, 60, 240, 720, 1_440];

/** Leaves a job for each checkout of which nothing was heard in time. */
export async function lookAtDueCheckouts(env: Pick<Env, 'ground' | 'clock'>): Promise<number> {
  return transact(env.ground, { by: SYSTEM }, async (tx) => {
    const due = await store.takeDue(tx.db, { now: env.clock.now(), limit: DUE_AT_ONCE_MAX });
    for (const { id } of due) await tx.enqueue('payments.look-at-checkout', { checkoutId: id });
    return due.length;
  });
}

/**
 * Asks the provider what became of a checkout whose webhook did not come, and does what the webhook would have
 * done. A checkout whose start got no answer is given up: its page was shown to nobody.
 */
export async function lookAtCheckout(
  env: Pick<Env, 'ground' | 'outside' | 'log'>,
  { checkoutId }: { checkoutId: string },
): Promise<void> {
  const act = <T>(step: Parameters<typeof transact<T>>[2]) => transact(env.ground, { by: SYSTEM }, step);
  const row = await store.checkoutById(env.ground.db, checkoutId);
  if (!row || !isAlive(row)) return;
  const { payments } = env.outside;
  const which = { vendor: payments.vendor, checkoutId, session: row.provider_session };
  if (row.provider_session === null) {
    await act((tx) => moveCheckout(tx, which, { state: 'expired', failure: 'never opened' }));
    return;
  }
  const outcome = await payments.getCheckout(row.provider_session);
  if (outcome.is === 'declined') {
    await act((tx) => moveCheckout(tx, which, { state: 'failed', failure: outcome.code }));
    return;
  }
  if (outcome.is !== 'done') {
    env.log.warn({ checkoutId, outcome: outcome.is, reason: outcome.reason }, 'checkout could not be read');
    await act((tx) => lookLater(tx, row));
    return;
  }
  const seen = outcome.value;
  await act(async (tx) => {
    if (seen.paid && seen.paymentRef !== null)
      await settleTaken(tx, {
        ...which,
        paymentRef: seen.paymentRef,
        amountCents: seen.amountCents,
        currency: seen.currency,
        customerRef: seen.customerRef,
        at: tx.now,
      });
    else if (seen.state === 'expired') await moveCheckout(tx, which, { state: 'expired' });
    else {
      if (seen.state === 'complete') await moveCheckout(tx, which, { state: 'processing' });
      await lookLater(tx, row);
    }
  });
}

async function lookLater(
  tx: { db: Parameters<typeof store.updateCheckout>[0]; now: Date },
  { id, looks }: store.CheckoutRow,
): Promise<void> {
  const minutes = NEXT_LOOK_MINUTES[Math.min(looks, NEXT_LOOK_MINUTES.length - 1)] ?? 0;
  const look_at = looks + 1 >= LOOKS_MAX ? null : minutesFrom(tx.now, minutes);
  await store.updateCheckout(tx.db, { id, fields: { looks: looks + 1, look_at } });
}
