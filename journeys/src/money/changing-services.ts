import {
  subscriptionChangesOperations,
  subscriptionsOperations,
  type InputOf,
  type OutputOf,
} from '@gigafibre/contract';
import { expect } from 'vitest';
import { once, sum, type Item, type Service } from '../naive-account.ts';
import { plus } from '../naive-calendar.ts';
import { begin, effects, indemnity, lastOfCycles, standing } from '../naive-effects.ts';
import { BUNDLE, EXTRAS, PLANS } from './sold.ts';
import {
  aDay,
  ask,
  aService,
  happened,
  refusalOf,
  send,
  settleDays,
  today,
  touch,
  type Taking,
  type Verbs,
} from './story.ts';

type ChangeInput = InputOf<typeof subscriptionChangesOperations.previewChange>['change'];
/** What a change means; gives what it asks beyond the days of the service. */
type Effect = (service: Service, on: string) => bigint | void;
type Asked = Readonly<{ service: Service | undefined; change: ChangeInput; effect: Effect }>;

/** A command on a service: previewed, sent, and done on the other side. */
export async function change(taking: Taking, { service, change: asked, effect }: Asked): Promise<boolean> {
  const { scene, account } = taking;
  if (!service) return false;
  const { command, ...input } = asked;
  const { id } = service;
  const preview = await scene.office
    .call(subscriptionChangesOperations.previewChange, { id, change: asked })
    .catch(refusalOf);
  const answer = await send(taking, subscriptionChangesOperations[command], { id, ...input } as never); // one of the pairs of this table
  expect(inWords(answer), `preview of ${command}`).toEqual(inWords(preview));
  if (typeof answer === 'string') return false;
  const more = effect(service, answer.on) ?? 0n;
  const cents = more + settleDays(scene, account, service);
  touch(scene, account);
  if (answer.bundlesEnding.length > 0) happened(scene, 'bundle ended');
  expect([command, answer.chargesCents], `charges of ${id}`).toEqual([command, cents]);
  return true;
}

/** What an effect says, without the numbers a rehearsal takes from the sequences. */
const inWords = (effect: OutputOf<typeof subscriptionChangesOperations.changePlan> | string) =>
  typeof effect === 'string'
    ? effect
    : {
        on: effect.on,
        cents: [effect.chargesCents, effect.monthlyBeforeCents, effect.monthlyAfterCents],
        status: effect.subscription.status,
        ending: effect.bundlesEnding,
        lines: effect.charges.map(({ sku, amountCents, period, detailFr }) => [
          sku,
          amountCents,
          period,
          detailFr,
        ]),
      };

const aPastDay = ({ scene, step }: Taking): string | undefined =>
  step.days > 0 ? undefined : plus(today(scene), step.days);

/** An item as the hub shows it, and the same here. */
async function anItem(
  { scene, step }: Taking,
  service: Service,
): Promise<{ itemId: string; item: Item } | undefined> {
  const { items, itemsToCome } = await scene.office.call(subscriptionsOperations.readSubscription, {
    id: service.id,
  });
  const shown = [...items, ...itemsToCome];
  const one = shown[step.cents % Math.max(1, shown.length)];
  const item = service.items.find(
    ({ sku, cents, from, to }) =>
      sku === one?.sku && cents === one.priceCents && from === one.startsOn && to === one.endsOn,
  );
  if (!one || !item) return undefined;
  return { itemId: one.id, item };
}

/** Plan, options, discounts and prices. */
const items = {
  'change plan': (taking) => {
    const { options, ...plan } = taking.step.which % 2 === 0 ? PLANS['FIBRE-1000'] : PLANS['FIBRE-500'];
    return change(taking, {
      service: aService(taking, 'active'),
      change: { command: 'changePlan', sku: plan.sku, when: aDay(taking) },
      effect: (service, on) => effects.changePlan(service, on, plan, options),
    });
  },
  'add an option': (taking) => {
    const names = ['IP-FIXE', 'ROUTEUR', 'NUAGE', 'BAIL', 'TELE'] as const;
    const extra = EXTRAS[names[taking.step.cents % names.length] ?? 'ROUTEUR'];
    return change(taking, {
      service: aService(taking, 'active'),
      change: { command: 'addOption', sku: extra.sku, when: aDay(taking) },
      effect: (service, on) => effects.addOption(service, on, extra),
    });
  },
  'remove an option': async (taking) => {
    const service = aService(taking);
    const found = service && (await anItem(taking, service));
    if (!found) return false;
    return change(taking, {
      service,
      change: { command: 'removeOption', itemId: found.itemId, when: aDay(taking) },
      effect: (owner, on) => effects.removeOption(owner, on, found.item),
    });
  },
  'add a discount': (taking) => {
    const cycles = 1 + (taking.step.which % 4);
    const cents = BigInt(taking.step.cents % 3_000) + 1n;
    const when = aDay(taking);
    return change(taking, {
      service: aService(taking, 'active'),
      change: { command: 'addDiscount', sku: 'RABAIS', amountCents: Number(cents), cycles, when },
      effect: (service, on) => {
        const to = lastOfCycles(service, EXTRAS.RABAIS, on, cycles);
        begin(service, { ...EXTRAS.RABAIS, cents: -cents, from: on, to });
      },
    });
  },
  'take a bundle': (taking) =>
    change(taking, {
      service: aService(taking, 'active'),
      change: { command: 'addBundle', sku: BUNDLE.sku, parts: [], when: aDay(taking) },
      effect: (service, on) => {
        const lasts = standing(service, on).filter(({ from, to }) => from <= on && to === null);
        const lacking = [EXTRAS.ROUTEUR, EXTRAS.TELE].filter(({ sku }) =>
          lasts.every((item) => item.sku !== sku),
        );
        effects.addBundle(service, on, { bundle: BUNDLE, lacking });
      },
    }),
  reprice: async (taking) => {
    const service = aService(taking);
    const found = service && (await anItem(taking, service));
    if (!found) return false;
    const when = aDay(taking);
    const { cents: priceCents } = taking.step;
    return change(taking, {
      service,
      change: { command: 'repriceItem', itemId: found.itemId, priceCents, when, reason: 'essai' },
      effect: (owner, on) => effects.repriceItem(owner, on, { item: found.item, cents: BigInt(priceCents) }),
    });
  },
} satisfies Verbs;

/** Stopping, coming back, ending. */
const states = {
  suspend: (taking) => {
    // For a debt, only the ladder of debts cuts: `mirrored.ts` follows it.
    const reasons = ['vacation', 'abuse'] as const;
    const reason = reasons[taking.step.which % reasons.length] ?? 'abuse';
    const on = aPastDay(taking);
    const isHeld = reason === 'vacation' && taking.step.cents % 2 === 0;
    const until = plus(on ?? today(taking.scene), 13 + (taking.step.cents % 40));
    return change(taking, {
      service: aService(taking, 'active'),
      change: { command: 'suspendSubscription', reason, ...(on ? { on } : {}), ...(isHeld ? { until } : {}) },
      effect: (service, from) => {
        effects.suspend(service, from, reason === 'vacation' ? EXTRAS.VACANCES : null);
        if (isHeld) service.back = plus(until, 1);
      },
    });
  },
  reconnect: (taking) => {
    const on = aPastDay(taking);
    return change(taking, {
      service: aService(taking, 'suspended'),
      change: { command: 'reconnectSubscription', ...(on ? { on } : {}) },
      effect: (service, from) => effects.reconnect(service, from),
    });
  },
  end: (taking) =>
    change(taking, {
      service: aService(taking),
      change: {
        command: 'endSubscription',
        on: plus(today(taking.scene), taking.step.days),
        reason: 'départ',
      },
      effect: (service, on) => endOn(taking, service, on),
    }),
} satisfies Verbs;

/** An end that was set, and the indemnity that waits for it, are taken back first; gives what differs beside the days. */
export function endOn(
  { scene, account, byLadder = false }: Pick<Taking, 'scene' | 'account'> & { byLadder?: boolean },
  service: Service,
  on: string,
): bigint {
  const before = account.charges.filter((one) => one.isIndemnity && one.service === service.id);
  let more = -sum(before);
  const asks = (cents: bigint) => ({
    ...once(service.province, cents),
    service: service.id,
    isIndemnity: true,
  });
  if (effects.takeBackEnd(service) !== null) {
    account.charges = account.charges.filter((one) => !before.includes(one));
    // What a bill has asked already is given back; a note that gave it up is not known of, here as there.
    if (service.asked > 0n) ask(scene, account, [asks(-service.asked)]);
    more += settleDays(scene, account, service) - (service.asked > 0n ? service.asked : 0n);
  }
  // Ended for a debt, a service bears none.
  const cents = byLadder ? 0n : indemnity(service, on);
  if (cents !== 0n) ask(scene, account, [asks(cents)]);
  effects.end(service, on, today(scene));
  return more + cents;
}

export const changing = { ...items, ...states };
