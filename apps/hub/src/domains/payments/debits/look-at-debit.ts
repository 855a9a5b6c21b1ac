import type { Outcome } from '@gigafibre/outside/outcome';
import type { PaymentState } from '@gigafibre/outside/payments';
import type { Env } from '../../../env.ts';
import { SYSTEM, type Tx } from '../../../platform/acting.ts';
import { transact } from '../../../platform/transact.ts';
import { lockAccount } from '../../ledger/index.ts';
import * as store from '../debit-store.ts';
import { morningAfter, reviewed } from './debit-failed.ts';
import { applyState } from './send-debit.ts';

type Parts = Pick<Env, 'ground' | 'outside' | 'log'>;

/** Two weeks of days banks work after the answer was due: then a person looks. */
const LOOKS_MAX = 10;

/**
 * Asks the provider what became of an account's debit of which no word came, and does what the word would have done.
 * While a bank still has it, or nobody answers, it is asked again each day banks work, a few times; then, or when the
 * provider knows nothing of it, a person looks.
 */
export async function lookAtDebit(env: Parts, { debitId }: { debitId: string }): Promise<void> {
  const row = await store.debitById(env.ground.db, debitId);
  if (row?.state !== 'sent' || row.rail !== 'acss') return;
  const outcome =
    row.provider_ref === null ? undefined : await env.outside.payments.getPaymentIntent(row.provider_ref);
  await transact(env.ground, { by: SYSTEM }, (tx) => seen(tx, env, { row, outcome }));
}

async function seen(
  tx: Tx,
  env: Parts,
  { row, outcome }: { row: store.DebitRow; outcome: Outcome<PaymentState> | undefined },
): Promise<void> {
  if (outcome?.is === 'done' && outcome.value.state !== 'processing')
    return applyState(tx, env, { row, state: outcome.value });
  if (outcome === undefined || outcome.is === 'declined') {
    await reviewed(tx, row);
    return;
  }
  if (outcome.is !== 'done')
    env.log.warn({ debit: row.id, outcome: outcome.is, reason: outcome.reason }, 'debit could not be read');
  await lookLater(tx, row);
}

async function lookLater(tx: Tx, { id, customer_id }: store.DebitRow): Promise<void> {
  await lockAccount(tx, customer_id);
  const now = await store.debitForUpdate(tx.db, id);
  if (now?.state !== 'sent') return;
  const looks = now.looks + 1;
  const look_at = looks < LOOKS_MAX ? morningAfter(tx.now, 1) : null;
  await store.updateDebit(tx.db, { id, fields: { looks, look_at } });
  if (look_at === null) await reviewed(tx, now);
}
