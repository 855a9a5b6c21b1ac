import { shareWords, type Charge, type ServiceDays } from '../charges/index.ts';
import type { Subscription } from '../subscriptions/index.ts';
import type { LineDraft } from './draft-invoice.ts';

/** Days of a service as a line; a part of a cycle says how it was computed. */
export const daysLine = ({ service, item, charged }: ServiceDays): LineDraft => ({
  kind: 'recurring',
  sku: item.sku,
  description: { fr: item.nameFr, en: item.nameEn },
  detail: shareWords(charged),
  period: charged.days,
  quantity: 1,
  unitPriceCents: item.priceCents,
  amountCents: charged.cents,
  taxTreatment: item.taxTreatment,
  revenueAccount: item.revenueAccount,
  locationId: item.locationId ?? service.locationId,
  subscriptionId: service.subscriptionId,
  subscriptionItemId: item.id,
});

/** What is sold once with a service, on its first bill. */
export const onceLines = ({
  id,
  locationId,
  items,
}: Pick<Subscription, 'id' | 'locationId' | 'items'>): LineDraft[] =>
  items
    .filter(({ frequency }) => frequency === 'one_time')
    .map((item) => ({
      kind: 'one_time',
      sku: item.sku,
      description: { fr: item.nameFr, en: item.nameEn },
      quantity: 1,
      unitPriceCents: item.priceCents,
      amountCents: item.priceCents,
      taxTreatment: item.taxTreatment,
      revenueAccount: item.revenueAccount,
      locationId,
      subscriptionId: id,
      subscriptionItemId: item.id,
    }));

/** A charge as a line. */
export const chargeLine = (charge: Charge): LineDraft => ({
  kind: charge.kind,
  sku: charge.sku,
  description: { fr: charge.descriptionFr, en: charge.descriptionEn },
  detail:
    charge.detailFr === null || charge.detailEn === null
      ? null
      : { fr: charge.detailFr, en: charge.detailEn },
  period: charge.period,
  quantity: charge.quantity,
  unitPriceCents: charge.unitPriceCents,
  amountCents: charge.amountCents,
  taxTreatment: charge.taxTreatment,
  revenueAccount: charge.revenueAccount,
  locationId: charge.locationId,
  subscriptionId: charge.subscriptionId,
  subscriptionItemId: charge.subscriptionItemId,
  chargeId: charge.id,
});
