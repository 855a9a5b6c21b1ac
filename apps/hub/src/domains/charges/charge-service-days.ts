import type { Tx } from '../../platform/acting.ts';
import type { ItemTaxTreatment, PricedItem } from '../catalog/index.ts';
import { addCharge } from './add-charge.ts';
import { cancelCharge } from './cancel-charge.ts';
import type { Charge } from './charge.ts';
import * as cycles from './cycles-store.ts';
import { onOneAnchor, type AnchorFrom } from './service-cycles.ts';
import { daysToCharge, newCycles, shareOf, type DaysCharged, type RecurringItem } from './service-days.ts';
import * as store from './store.ts';

/** A recurring item with what a line of it says. */
export type ServiceItem = RecurringItem &
  Readonly<{
    sku: string;
    kind: PricedItem['kind'];
    nameFr: string;
    nameEn: string;
    taxTreatment: ItemTaxTreatment;
    revenueAccount: string;
    /** Where it is rendered, when its service has moved; else where the service is. */
    locationId?: string | null;
  }>;

/** A service as charging sees it: its recurring items, past, present and to come. */
export type ChargedSubscription = Readonly<{
  subscriptionId: string;
  customerId: string;
  locationId: string;
  /** A day on which its cycles start. */
  anchor: string;
  /** From some days on, oldest first, they start on other ones. */
  anchors?: readonly AnchorFrom[];
  items: readonly ServiceItem[];
}>;

/** Days of a service to put on an invoice. */
export type ServiceDays = Readonly<{ service: ChargedSubscription; item: ServiceItem; charged: DaysCharged }>;

/**
 * Makes what is charged for a service agree with its items again, from a day on (ADR 7): what was charged too
 * much waits as a credit for the next invoice, what was not charged as a charge. A charge that still waits and
 * is taken back whole is withdrawn instead. Nothing for a service that was never billed: its first bill will say.
 */
export async function chargeServiceDays(
  tx: Tx,
  service: ChargedSubscription,
  { from, source }: { from: string; source: string },
): Promise<readonly Charge[]> {
  const through = (await cycles.chargedThrough(tx.db, [service.subscriptionId])).get(service.subscriptionId);
  if (through === undefined) return [];
  const charged = Map.groupBy(
    await cycles.cyclesFrom(tx.db, { subscriptionId: service.subscriptionId, from }),
    (cycle) => cycle.itemId,
  );
  const added: Charge[] = [];
  for (const item of service.items) {
    const of = { from, charged: charged.get(item.id) ?? [] };
    const steps = onOneAnchor(item, service, { from, through }).flatMap((part) =>
      daysToCharge({ ...of, ...part }),
    );
    for (const step of steps) {
      await cycles.putCycles(tx.db, [cycleToKeep({ service, item, charged: step })]);
      if (step.cents === 0n) continue;
      added.push(await withdrawnOrAdded(tx, { service, item, charged: step }, source));
    }
  }
  return added;
}

/**
 * Charges services for every cycle that starts by `through` and has not been charged: for the billing run and the
 * first bill. The caller puts all of it on invoices in this transaction. Whoever asks twice gets nothing more.
 */
export async function takeNewCycles(
  tx: Pick<Tx, 'db'>,
  services: readonly ChargedSubscription[],
  through: string,
): Promise<readonly ServiceDays[]> {
  const ids = services.map(({ subscriptionId }) => subscriptionId);
  const before = await cycles.chargedThrough(tx.db, ids);
  const taken = services.flatMap((service) =>
    newDays(service, { after: before.get(service.subscriptionId), through }),
  );
  await keepNewDays(tx, { subscriptionIds: ids, days: taken, through });
  return taken;
}

/** Keeps days as charged, and up to which day their services are; one charged already breaks the transaction. */
export async function keepNewDays(
  tx: Pick<Tx, 'db'>,
  {
    subscriptionIds,
    days,
    through,
  }: { subscriptionIds: readonly string[]; days: readonly ServiceDays[]; through: string },
): Promise<void> {
  if (days.length > 0) await cycles.insertCycles(tx.db, days.map(cycleToKeep));
  if (subscriptionIds.length > 0) await cycles.putChargedThrough(tx.db, { subscriptionIds, through });
}

/** The kind of plan of which a service has one a day: the database lets no second one be charged for it; else null. */
export const lonePlanOf = ({ kind }: Pick<PricedItem, 'kind'>): cycles.LonePlan | null =>
  kind === 'internet' || kind === 'tv' ? kind : null;

const cycleToKeep = ({ service, item, charged }: ServiceDays): cycles.OfSubscription => ({
  ...charged.after,
  subscriptionId: service.subscriptionId,
  plan: lonePlanOf(item),
});

/** The days `takeNewCycles` would take; `after` is the day up to which it was charged, undefined when never. */
export function newDays(
  service: ChargedSubscription,
  { after, through }: { after: string | undefined; through: string },
): ServiceDays[] {
  return service.items.flatMap((item) =>
    onOneAnchor(item, service, { from: after ?? item.startsOn, through })
      .flatMap((part) =>
        after === undefined
          ? daysToCharge({ ...part, from: item.startsOn, charged: [] })
          : newCycles(part.item, { anchor: part.anchor, after, through: part.through }),
      )
      .map((charged) => ({ service, item, charged })),
  );
}

/** The words under a line: how a part of a cycle was computed; null for a whole one. */
export function shareWords(charged: DaysCharged): { fr: string; en: string } | null {
  const { usedDays, cycleDays } = shareOf(charged);
  const fr = `${usedDays} ${usedDays === 1 ? 'jour' : 'jours'} sur ${cycleDays}`;
  const en = `${usedDays} ${usedDays === 1 ? 'day' : 'days'} of ${cycleDays}`;
  if (isGivenBack(charged)) return { fr: `Crédit : ${fr}`, en: `Credit: ${en}` };
  return usedDays === cycleDays ? null : { fr: `Prorata : ${fr}`, en: `Prorated: ${en}` };
}

/** The cycle does not have these days any more. */
const isGivenBack = ({ days, after }: DaysCharged): boolean =>
  after.days === null || days.from > after.days.to || days.to < after.days.from;

/** Said of what waited for the next invoice and does no more, with how it had been computed. */
const WITHDRAWN = {
  fr: 'Retiré de la prochaine facture',
  en: 'Withdrawn from the next invoice',
} as const;
const withdrawnWords = (said: string, detail: string | null): string =>
  detail === null ? said : `${said} (${detail.charAt(0).toLowerCase()}${detail.slice(1)})`;

async function withdrawnOrAdded(
  tx: Tx,
  { service, item, charged }: ServiceDays,
  source: string,
): Promise<Charge> {
  const waits = await store.openChargesOfCycle(tx.db, { itemId: item.id, cycleFrom: charged.cycle.start });
  const opposite = waits.find(
    (one) =>
      one.amount_cents === -charged.cents &&
      one.period_from === charged.days.from &&
      one.period_to === charged.days.to,
  );
  if (opposite) {
    const withdrawn = await cancelCharge(tx, { id: opposite.id, reason: source });
    // To who asks what the change does: the next invoice has that much less.
    return {
      ...withdrawn,
      amountCents: -withdrawn.amountCents,
      unitPriceCents: -withdrawn.unitPriceCents,
      detailFr: withdrawnWords(WITHDRAWN.fr, withdrawn.detailFr),
      detailEn: withdrawnWords(WITHDRAWN.en, withdrawn.detailEn),
    };
  }
  return addCharge(tx, {
    customerId: service.customerId,
    locationId: item.locationId ?? service.locationId,
    subscriptionId: service.subscriptionId,
    sku: item.sku,
    description: { fr: item.nameFr, en: item.nameEn },
    amountCents: charged.cents,
    taxTreatment: item.taxTreatment,
    revenueAccount: item.revenueAccount,
    source,
    days: { itemId: item.id, cycleFrom: charged.cycle.start, ...charged.days, detail: shareWords(charged) },
  });
}
