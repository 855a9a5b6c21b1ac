import { paymentsEvents } from '@gigafibre/contract';
import type { SetupState } from '@gigafibre/outside/payments';
import type { Env } from '../../../env.ts';
import { SYSTEM, type Tx } from '../../../platform/acting.ts';
import { transact } from '../../../platform/transact.ts';
import { customerByStripeId } from '../../customers/index.ts';
import { lockAccount } from '../../ledger/index.ts';
import * as store from '../method-store.ts';
import { endAgreement } from '../ppa/end-agreement.ts';

/** Reads at the provider what a customer saved there, and keeps it; asked again later when there is no answer. */
export async function keepMethod(
  env: Pick<Env, 'ground' | 'outside' | 'log'>,
  { setupRef }: { setupRef: string },
): Promise<void> {
  const { payments } = env.outside;
  const outcome = await payments.getSetup(setupRef);
  if (outcome.is === 'retry' || outcome.is === 'unknown')
    throw new Error(`${setupRef}: method not read, ${outcome.reason}`);
  if (outcome.is !== 'done') {
    env.log.warn({ setupRef, outcome: outcome.is }, 'a saved method could not be read');
    return;
  }
  const setup = outcome.value;
  await transact(env.ground, { by: SYSTEM }, (tx) => keep(tx, { vendor: payments.vendor, setup }));
}

/** The first method of a customer is used unless another is named. */
async function keep(tx: Tx, { vendor, setup }: { vendor: string; setup: SetupState }): Promise<void> {
  const { method, mandateRef, customerRef } = setup;
  if (setup.state !== 'succeeded' || method === null || customerRef === null) return;
  const customer = await customerByStripeId(tx, customerRef);
  if (!customer) return;
  await lockAccount(tx, customer.id);
  const isFirst = (await store.methodsOf(tx.db, customer.id)).length === 0;
  const kept = await store.insertMethod(tx.db, {
    customer_id: customer.id,
    kind: method.kind,
    provider: vendor,
    provider_ref: method.methodRef,
    brand: method.brand,
    last4: method.last4,
    exp_month: method.expMonth,
    exp_year: method.expYear,
    institution: method.institution,
    transit: method.transit,
    mandate_ref: mandateRef,
    mandate_state: mandateRef === null ? null : 'active',
    is_default: isFirst,
    saved_at: tx.now,
  });
  if (!kept) return;
  await tx.tell(paymentsEvents.methodSaved, {
    subject: kept.id,
    customerId: customer.id,
    data: { kind: method.kind, last4: method.last4 },
  });
}

/** The provider says a method is not the customer's any more. */
export async function methodGone(tx: Tx, { vendor, ref }: { vendor: string; ref: string }): Promise<string> {
  const row = await store.methodByRef(tx.db, { provider: vendor, ref });
  if (!row) return 'no such method';
  return (await forget(tx, row)) ? `removed: ${row.id}` : 'removed already';
}

/** The provider says whether a mandate still allows debits. */
export async function mandateChanged(
  tx: Tx,
  { vendor, ref, state }: { vendor: string; ref: string; state: string | null },
): Promise<string> {
  const row = await store.methodByMandate(tx.db, { provider: vendor, ref });
  if (!row || row.mandate_state === 'inactive' || state !== 'inactive') return 'left as it was';
  await lockAccount(tx, row.customer_id);
  await store.updateMethod(tx.db, { id: row.id, fields: { mandate_state: 'inactive' } });
  await endAgreement(tx, { customerId: row.customer_id, methodId: row.id, reason: 'mandate' });
  return `mandate ended: ${row.id}`;
}

/** Forgets a method here; the agreement on it ends, and the newest other becomes the default. False when done already. */
export async function forget(tx: Tx, { id }: { id: string }): Promise<boolean> {
  const before = await store.methodById(tx.db, id);
  if (before) await lockAccount(tx, before.customer_id);
  const row = await store.methodById(tx.db, id);
  if (!row || row.removed_at !== null) return false;
  await store.updateMethod(tx.db, {
    id: row.id,
    fields: { removed_at: tx.now, removed_by: tx.by.name ?? tx.by.id ?? tx.by.kind, is_default: false },
  });
  if (row.is_default) {
    const [other] = await store.methodsOf(tx.db, row.customer_id);
    if (other) await store.updateMethod(tx.db, { id: other.id, fields: { is_default: true } });
  }
  await endAgreement(tx, { customerId: row.customer_id, methodId: row.id, reason: 'method' });
  await tx.tell(paymentsEvents.methodRemoved, {
    subject: row.id,
    customerId: row.customer_id,
    data: { kind: row.kind as 'card' | 'bank_account', last4: row.last4 }, // held by a check constraint
  });
  return true;
}
