import { civilDateOf } from '@gigafibre/calendar';
import { Refusal, type ParsedOf, type paymentsOperations } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading, Tx } from '../../platform/acting.ts';
import { issueInvoice, previewLines, type LineDraft } from '../billing/index.ts';
import { pricesOn } from '../catalog/index.ts';
import { subscriptionsOf } from '../subscriptions/index.ts';

type Asked = ParsedOf<typeof paymentsOperations.checkoutProduct>['items'];

const wholeCents = z.int().transform((cents) => BigInt(cents));
/** What is bought, at the prices shown: invoiced so when the money comes, whatever the catalog says by then. */
const cart = z.array(
  z.object({
    sku: z.string(),
    description: z.object({ fr: z.string(), en: z.string() }),
    quantity: z.int(),
    unitPriceCents: wholeCents,
    amountCents: wholeCents,
    taxTreatment: z.literal('taxable'),
    revenueAccount: z.string(),
    /** Where it goes: its taxes apply, those of home when the customer has no service. */
    locationId: z.string().nullable().default(null),
  }),
);
export type Cart = z.infer<typeof cart>;

/** The cart at today's prices, for the place of the customer's service. Refused for what is not sold once, at a price, with taxes. */
export async function cartOf(
  reading: Pick<Reading, 'db' | 'now'>,
  { customerId, items }: { customerId: string; items: Asked },
): Promise<Cart> {
  const services = await subscriptionsOf(reading, customerId);
  const runs = services.find(({ status }) => status === 'active' || status === 'suspended') ?? services[0];
  const skus = items.map(({ sku }) => sku);
  const prices = await pricesOn(reading, { skus, on: civilDateOf(reading.now) });
  return items.map(({ sku, quantity }) => {
    const item = prices.get(sku);
    if (item?.frequency !== 'one_time' || item.priceCents <= 0n || item.taxTreatment !== 'taxable')
      throw new Refusal('not_sold_online', { sku });
    return {
      sku,
      description: { fr: item.nameFr, en: item.nameEn },
      quantity,
      unitPriceCents: item.priceCents,
      amountCents: item.priceCents * BigInt(quantity),
      taxTreatment: 'taxable',
      revenueAccount: item.revenueAccount,
      locationId: runs?.locationId ?? null,
    };
  });
}

/** What a cart comes to for a customer today, with taxes. */
export async function cartTotal(
  reading: Pick<Reading, 'db' | 'now'>,
  { customerId, bought }: { customerId: string; bought: Cart },
): Promise<bigint> {
  const on = civilDateOf(reading.now);
  return (await previewLines(reading, { customerId, lines: linesOf(bought), on })).totalCents;
}

/** Invoices what a checkout bought, for its money is here. Gives the invoice to put it against. */
export async function invoiceCart(
  tx: Tx,
  { customerId, checkoutId, kept }: { customerId: string; checkoutId: string; kept: unknown },
): Promise<string> {
  const lines = linesOf(cart.parse(kept));
  const on = civilDateOf(tx.now);
  return (await issueInvoice(tx, { customerId, lines, on, reason: `bought: ${checkoutId}` })).id;
}

const linesOf = (bought: Cart): LineDraft[] => bought.map((line) => ({ ...line, kind: 'one_time' }));
