import { civilDateOf, instantOf } from '@gigafibre/calendar';
import { Refusal, type ParsedOf, type paymentsOperations } from '@gigafibre/contract';
import { formatCents } from '@gigafibre/money';
import type { Env } from '../../../env.ts';
import type { Tx } from '../../../platform/acting.ts';
import { secretToken } from '../../../platform/chance.ts';
import type { Acting } from '../../../platform/http/route.ts';
import { readInvoiceOf } from '../../billing/index.ts';
import { readCustomer } from '../../customers/index.ts';
import { lockAccount } from '../../ledger/index.ts';
import { minutesFrom } from '../begin-checkout.ts';
import * as store from '../debit-store.ts';
import { methodFor } from '../ppa/toggle-ppa.ts';
import { OWN_BANK } from '../bank/bank-account.ts';
import { authorityOf } from './authority.ts';
import { railOf } from './bank-codes.ts';
import { collectable } from './collectable.ts';
import { moveDebit, readDebit, type Debit } from './debit.ts';
import { SEND_TIME, sendDebit } from './send-debit.ts';

type Charging = ParsedOf<typeof paymentsOperations.chargeMethod>;
const CHARGE_CENTS_MIN = 50n;
const AGAIN_MINUTES = 10;

/**
 * Charges a saved method, by staff: now, or once the notice of a debit that only its payer's word allows has passed.
 * Refused for more than is owed and not contested, while a debit of the same is under way, and as `authorityOf` does.
 */
export async function chargeMethod(
  env: Pick<Env, 'ground' | 'outside' | 'log'>,
  { transact }: Pick<Acting, 'transact'>,
  asked: Charging,
): Promise<Debit> {
  const id = await transact((tx) => plan(tx, asked));
  await sendDebit(env, { debitId: id });
  return transact((tx) => readDebit(tx, id));
}

async function plan(tx: Tx, asked: Charging): Promise<string> {
  const { customerId, invoiceId } = asked;
  await readCustomer(tx, customerId);
  await lockAccount(tx, customerId);
  const method = await methodFor(tx, asked);
  const amountCents = await amountOf(tx, asked);
  const authority = await authorityOf(tx, asked, method);
  const freeCents = await collectable(tx, { customerId, invoiceId, besides: 'all' });
  if ((await store.underWay(tx.db, { customerId, invoiceId })) || amountCents > freeCents)
    throw new Refusal('debit_under_way');
  const id = await store.newDebitId(tx.db);
  await store.insertDebit(tx.db, {
    id,
    customer_id: customerId,
    method_id: method.id,
    invoice_id: invoiceId,
    ...authority,
    amount_cents: amountCents,
    cause: 'staff',
    rail: railOf(method),
    attempt: 1,
    state: 'planned',
    idempotency_key: `charge-${id}-${secretToken()}`,
    provider: method.provider,
    made_at: tx.now,
    made_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
    moved_at: tx.now,
    // Should this process die before it is sent; the bank's own file is sent by hand.
    look_at: method.provider === OWN_BANK ? null : firstLook(tx, authority.scheduled_on),
  });
  // Who writes to customers confirms it.
  if (authority.authorized !== null) await moveDebit(tx, id, { state: 'planned' });
  return id;
}

const firstLook = ({ now }: Tx, on: string): Date =>
  on > civilDateOf(now) ? instantOf({ date: on, time: SEND_TIME }) : minutesFrom(now, AGAIN_MINUTES);

async function amountOf(tx: Tx, { customerId, invoiceId, amountCents }: Charging): Promise<bigint> {
  if (invoiceId !== null) await readInvoiceOf(tx, { id: invoiceId, customerId });
  const owedCents = await collectable(tx, { customerId, invoiceId, besides: 'none' });
  if (owedCents <= 0n)
    throw invoiceId === null
      ? new Refusal('nothing_to_pay')
      : new Refusal('invoice_already_paid', { invoice: invoiceId });
  const asked = amountCents ?? owedCents;
  if (asked <= 0n) throw new Refusal('amount_not_valid');
  if (asked > owedCents)
    throw new Refusal('more_than_owed', {
      owed: formatCents(owedCents, tx.by.language === 'fr' ? 'fr-CA' : 'en-CA'),
    });
  if (asked < CHARGE_CENTS_MIN) throw new Refusal('amount_too_small');
  return asked;
}
