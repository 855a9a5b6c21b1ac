import type { chargesOperations, OutputOf } from '@gigafibre/contract';
import type { ItemTaxTreatment } from '../catalog/index.ts';
import type { ChargeRow } from './store.ts';

/** Something the next invoice will carry; negative for a credit. */
export type Charge = OutputOf<typeof chargesOperations.addCharge> &
  Readonly<{ revenueAccount: string; subscriptionItemId: string | null }>;
export type ChargeState = Charge['state'];

/** A row as the noun; the unions are held by check constraints. */
export const chargeOf = (row: ChargeRow): Charge => ({
  id: row.id,
  customerId: row.customer_id,
  locationId: row.location_id,
  subscriptionId: row.subscription_id,
  sku: row.sku,
  descriptionFr: row.description_fr,
  descriptionEn: row.description_en,
  kind: row.kind as Charge['kind'],
  detailFr: row.detail_fr,
  detailEn: row.detail_en,
  period:
    row.period_from === null || row.period_to === null ? null : { from: row.period_from, to: row.period_to },
  subscriptionItemId: row.subscription_item_id,
  quantity: row.quantity,
  unitPriceCents: row.unit_price_cents,
  amountCents: row.amount_cents,
  taxTreatment: row.tax_treatment as ItemTaxTreatment,
  revenueAccount: row.revenue_account,
  source: row.source,
  state: row.state as ChargeState,
  invoiceId: row.invoice_id,
  creditNoteId: row.credit_note_id,
  addedAt: row.added_at,
});
