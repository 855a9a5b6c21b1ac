import type { RuleValue } from '@gigafibre/contract';
import { addDays, addMonths, civilDateOf, daysFromTo } from '@gigafibre/calendar';
import { multiply } from '@gigafibre/money';
import type { Reading, Tx } from '../../../platform/acting.ts';
import { byWhom } from '../open-subscription.ts';
import { readSubscription } from '../read-subscription.ts';
import * as store from '../store.ts';
import * as termStore from '../terms-store.ts';
import type { Effect } from './change-items.ts';
import { serviceToChange } from './change-items.ts';

/** What the customer agreed to: from when, for how long; no months for an indeterminate time. */
export type Term = Readonly<{
  startsOn: string;
  months: number | null;
  endsOn: string | null;
  /** Given on the price of goods bought for the service. */
  goodsRebateCents: bigint;
}>;

/** The fixed term in force on a day; undefined when the contract is for an indeterminate time. */
export async function termOn(
  reading: Pick<Reading, 'db'>,
  { id, on }: { id: string; on: string },
): Promise<Term | undefined> {
  const newest = await termStore.newestTerm(reading.db, id);
  return newest && newest.endsOn !== null && newest.endsOn >= on ? newest : undefined;
}

/** Writes down a term agreed with the customer. */
export async function agreeTerm(
  tx: Tx,
  {
    id,
    on,
    months,
    goodsRebateCents = 0n,
    source,
  }: Readonly<{
    id: string;
    on: string;
    months: number | null;
    goodsRebateCents?: bigint;
    source: string;
  }>,
): Promise<void> {
  await termStore.insertTerm(tx.db, {
    subscription_id: id,
    starts_on: on,
    months,
    ends_on: months === null ? null : addDays(addMonths(on, months), -1),
    goods_rebate_cents: goodsRebateCents,
    source,
    at: tx.now,
  });
}

/** A new term from today on, or none. Prices stay as they are. */
export async function renewSubscription(
  tx: Tx,
  { id, months }: { id: string; months: number | null },
): Promise<Effect> {
  const before = await serviceToChange(tx, id, 'renew');
  const on = civilDateOf(tx.now);
  await agreeTerm(tx, { id, on, months, source: `${tx.by.kind} ${tx.by.id ?? ''}`.trim() });
  await store.insertStep(tx.db, {
    subscription_id: id,
    at: tx.now,
    from_status: before.status,
    to_status: before.status,
    on_date: on,
    command: 'renewSubscription',
    reason: months === null ? null : String(months),
    by: byWhom(tx),
  });
  const subscription = await readSubscription(tx, id);
  const same = { monthlyBeforeCents: before.monthlyCents, monthlyAfterCents: before.monthlyCents };
  return { subscription, on, charges: [], chargesCents: 0n, bundlesEnding: [], ...same };
}

/**
 * The most that may be asked of a consumer who ends a service early (Consumer Protection Act, ss. 214.7 and
 * 214.8), by the rule of the day it ends. With a rebate on goods: what is left of it, the month that has begun
 * counting as elapsed. In a fixed term without one: the lesser of an amount (50 $) and a share (10 %) of what is left
 * to pay for. Else nothing, or what is left of a rebate over some months (48).
 */
export function earlyEndCeiling(
  term: Term,
  { on, monthlyCents, rule }: { on: string; monthlyCents: bigint; rule: RuleValue<'early_end'> },
): bigint {
  const elapsed = monthsBegun(term.startsOn, on);
  if (term.goodsRebateCents > 0n) {
    const months = term.months ?? rule.rebateMonths;
    const left = Math.max(0, months - elapsed);
    return multiply(term.goodsRebateCents, { num: BigInt(left), den: BigInt(months) });
  }
  if (term.months === null) return 0n;
  const leftCents = monthlyCents * BigInt(Math.max(0, term.months - elapsed));
  const share = multiply(leftCents, { num: BigInt(rule.percent), den: 100n });
  return share < BigInt(rule.maxCents) ? share : BigInt(rule.maxCents);
}

const DAYS_MAX = 40_000;

/** Months that have begun from a day to another, that day counted: 1 on the first day. */
function monthsBegun(from: string, on: string): number {
  if (on < from || daysFromTo(from, on) > DAYS_MAX) return 0;
  let months = 1;
  while (addMonths(from, months) <= on) months += 1;
  return months;
}
