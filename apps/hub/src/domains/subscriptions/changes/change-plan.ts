import { civilDateOf } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { pricesOn, type PricedItem } from '../../catalog/index.ts';
import { provision } from './provision.ts';
import {
  dayToBegin,
  changeItems,
  serviceToChange,
  standing,
  tellChange,
  type Effect,
  type When,
} from './change-items.ts';
import { isInForce, type Subscription, type SubscriptionItem } from '../subscription.ts';
import { termOn } from './terms.ts';

/**
 * Another plan from a day on, at the catalog's price of that day; a change of plan that waited for a day to come
 * is replaced. Options the new plan does not allow end with the old one. No fee (CRTC 2026-43). Refused for what
 * is no plan on sale of the kind of this service, and for the plan it already has at the same price.
 */
export async function changePlan(
  tx: Tx,
  { id, sku, when }: { id: string; sku: string; when?: When },
): Promise<Effect> {
  const before = await serviceToChange(tx, id, 'change');
  const on = await dayToBegin(tx, before, { when, frequency: await frequencyNow(tx, before, sku) });
  const plan = await pricedOn(tx, { sku, on });
  const current = standing(before, on);
  const plans = PLANS.has(plan.kind) ? current.filter(({ kind }) => kind === plan.kind) : [];
  if (plans.length === 0 || !plan.onSale) throw new Refusal('not_a_plan', { sku });
  const isSame = ({ sku: has, priceCents }: { sku: string; priceCents: bigint }) =>
    has === plan.sku && priceCents === plan.priceCents;
  if (plans.length === 1 && plans.every(isSame)) throw new Refusal('same_plan');
  // The same plan at the catalog's new price is another price, not another plan.
  const until = (await termOn(tx, { id, on }))?.endsOn ?? null;
  if (until !== null && plans.some((has) => has.sku === sku && has.priceCents < plan.priceCents))
    throw new Refusal('price_fixed', { until });
  const notAllowed = current.filter(
    ({ kind, sku: option }) => kind === 'option' && !plan.options.includes(option),
  );
  const effect = await changeItems(tx, before, {
    command: 'changePlan',
    on,
    end: [...plans, ...notAllowed.filter(({ priceCents }) => priceCents >= 0n)],
    begin: [{ item: plan, priceCents: plan.priceCents }],
  });
  await provision(tx, effect);
  await tellChange(tx, effect, { command: 'changePlan', reason: `${plans[0]?.sku ?? ''} → ${sku}` });
  return effect;
}

/** How often the plan is billed that another one of its kind follows; that other one's when there is none. */
async function frequencyNow(
  tx: Tx,
  before: Subscription,
  sku: string,
): Promise<SubscriptionItem['frequency']> {
  const today = civilDateOf(tx.now);
  const offered = (await pricesOn(tx, { skus: [sku], on: today })).get(sku);
  const plans = before.timeline.filter((item) => PLANS.has(item.kind) && isInForce(item, today));
  const current = plans.find(({ kind }) => offered === undefined || kind === offered.kind);
  return current?.frequency ?? offered?.frequency ?? 'monthly';
}

/** What a service can be: one plan follows another of its kind. */
export const PLANS: ReadonlySet<string> = new Set(['internet', 'tv', 'phone']);

/** A recurring item of the catalog at its price of a day; refused when it has none. */
export async function pricedOn(tx: Tx, { sku, on }: { sku: string; on: string }): Promise<PricedItem> {
  const item = (await pricesOn(tx, { skus: [sku], on })).get(sku);
  if (!item || item.frequency === 'one_time') throw new Refusal('item_not_priced', { sku });
  return item;
}
