import { Refusal } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { pricesOn } from '../../catalog/index.ts';
import { isInForce } from '../subscription.ts';
import { overlaps, partsTaken, partsToBegin } from './bundles.ts';
import {
  dayToBegin,
  changeItems,
  serviceToChange,
  standing,
  tellChange,
  type Effect,
  type When,
} from './change-items.ts';
import { PLANS, pricedOn } from './change-plan.ts';
import { provision } from './provision.ts';

/**
 * Takes a bundle from a day on: the parts the service lacks begin at the catalog's price, and its discount with them.
 * Refused for what is no bundle on sale, when the service has one with the same part, and when a part is missing for
 * which nobody chose, or which would be a second plan of a kind: the plan is changed first.
 */
export async function addBundle(
  tx: Tx,
  { id, sku, parts: chosen, when }: { id: string; sku: string; parts: readonly string[]; when?: When },
): Promise<Effect> {
  const before = await serviceToChange(tx, id, 'change');
  const on = await dayToBegin(tx, before, when);
  const bundle = await pricedOn(tx, { sku, on });
  const { parts = [] } = bundle;
  if (parts.length === 0 || !bundle.onSale) throw new Refusal('not_a_bundle', { sku });
  const stands = standing(before, on);
  if (overlaps((await partsTaken(tx, stands)).values(), bundle)) throw new Refusal('bundle_taken');
  const goesOn = stands.filter((item) => item.endsOn === null && isInForce(item, on));
  const offers = await pricesOn(tx, { skus: parts.flat(), on });
  const kinds = new Set<string>(stands.map(({ kind }) => kind).filter((kind) => PLANS.has(kind)));
  const isPlan = (one: string) => kinds.has(offers.get(one)?.kind ?? '');
  const begin = partsToBegin(goesOn, { parts, chosen, isPlan }).map((one) => {
    const item = offers.get(one);
    if (!item?.onSale) throw new Refusal('item_not_priced', { sku: one });
    return { item, priceCents: item.priceCents };
  });
  const effect = await changeItems(tx, before, {
    command: 'addBundle',
    on,
    end: [],
    begin: [...begin, { item: bundle, priceCents: bundle.priceCents }],
  });
  await provision(tx, effect);
  await tellChange(tx, effect, { command: 'addBundle', reason: sku });
  return effect;
}
