import type { OutputOf, paymentsOperations } from '@gigafibre/contract';
import type { NewCheckout } from '@gigafibre/outside/payments';
import { z } from 'zod';
import type { CheckoutRow } from './checkout-store.ts';

export type ShownCheckout = OutputOf<typeof paymentsOperations.readMyCheckout>;
export type CheckoutState = ShownCheckout['state'];

/** States in which money may still come by the ordinary way; from the others it is a surprise, and still taken. */
const ALIVE: ReadonlySet<string> = new Set(['starting', 'open', 'processing']);
export const isAlive = ({ state }: { state: string }): boolean => ALIVE.has(state);

/** A row as payers and staff see it: a checkout being started cannot be told from one that is open. */
export const checkoutOf = (row: CheckoutRow): ShownCheckout => ({
  id: row.id,
  state: row.state === 'starting' ? 'open' : (row.state as CheckoutState), // held by a check constraint
  amountCents: row.amount_cents,
  invoiceId: row.invoice_id,
  paymentId: row.payment_id,
  url: row.state === 'open' ? row.url : null,
  startedAt: row.started_at,
  expiresAt: row.expires_at,
});

/** What was asked of the provider, kept to be asked again word for word. */
const kept = z.object({
  customerRef: z.string().nullable(),
  description: z.string(),
  metadata: z.record(z.string(), z.string()),
  successUrl: z.string(),
  cancelUrl: z.string(),
  locale: z.enum(['fr-CA', 'en']),
});
export type KeptRequest = z.infer<typeof kept>;

/** The request of a checkout as the port takes it. */
export function requestOf(row: CheckoutRow): NewCheckout {
  const { customerRef, ...request } = kept.parse(row.request);
  return {
    ...request,
    ...(customerRef === null ? {} : { customerRef }),
    amountCents: row.amount_cents,
    currency: 'cad',
    idempotencyKey: row.idempotency_key,
    payBy: row.pay_by === 'klarna' ? 'klarna' : 'card',
  };
}
