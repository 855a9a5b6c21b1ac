import { Refusal } from '@gigafibre/contract';
import type { Env } from '../../../env.ts';
import type { Reading, Tx } from '../../../platform/acting.ts';
import type { Acting } from '../../../platform/http/route.ts';
import { readCustomer } from '../../customers/index.ts';
import { lockAccount } from '../../ledger/index.ts';
import { OWN_BANK } from '../bank/bank-account.ts';
import * as store from '../method-store.ts';
import { forget } from './keep-method.ts';
import { isUsable, methodOf, type SavedMethod } from './method.ts';

type Methods = { rows: SavedMethod[] };

/** The saved methods of a customer, the default first; refused `not_found`. */
export async function listMethods(
  reading: Pick<Reading, 'db' | 'now'>,
  { customerId }: { customerId: string },
): Promise<Methods> {
  await readCustomer(reading, customerId);
  const rows = await store.methodsOf(reading.db, customerId);
  return { rows: rows.map((row) => methodOf(row, reading.now)) };
}

/** Makes a method of a customer the one used unless another is named; refused for somebody else's, and a dead one. */
export async function chooseMethod(
  tx: Tx,
  { id, customerId }: { id: string; customerId: string },
): Promise<Methods> {
  await lockAccount(tx, customerId);
  const row = await store.methodById(tx.db, id);
  if (!row || row.customer_id !== customerId || row.removed_at !== null)
    throw new Refusal('not_found', { what: id });
  if (!isUsable(row, tx.now)) throw new Refusal('method_not_usable');
  await store.clearDefault(tx.db, customerId);
  await store.updateMethod(tx.db, { id, fields: { is_default: true } });
  return listMethods(tx, { customerId });
}

/**
 * Forgets a method, here first and then at the provider: what is not used any more is not used whatever the
 * provider answers, and its own word comes by webhook. Refused for somebody else's.
 */
export async function removeMethod(
  env: Pick<Env, 'outside' | 'log'>,
  { reading, transact }: Pick<Acting, 'reading' | 'transact'>,
  { id, customerId }: { id: string; customerId: string | null },
): Promise<Methods> {
  const row = await store.methodById(reading.db, id);
  if (!row || (customerId !== null && row.customer_id !== customerId))
    throw new Refusal('not_found', { what: id });
  await transact((tx) => forget(tx, { id }));
  if (row.provider === OWN_BANK) return transact((tx) => listMethods(tx, { customerId: row.customer_id }));
  const outcome = await env.outside.payments.forgetMethod(row.provider_ref);
  if (outcome.is !== 'done')
    env.log.warn({ method: id, outcome: outcome.is }, 'method not forgotten at the provider');
  return transact((tx) => listMethods(tx, { customerId: row.customer_id }));
}
