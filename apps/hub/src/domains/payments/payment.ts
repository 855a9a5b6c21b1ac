import type { OutputOf, paymentsOperations } from '@gigafibre/contract';
import type { PaymentRow } from './store.ts';

/** Money received. */
export type Payment = OutputOf<typeof paymentsOperations.readPayment>;
export type PaymentMethod = Payment['method'];
export type Allocation = Payment['allocations'][number];

/** A row as the noun, with what was put against invoices. */
export const paymentOf = (row: PaymentRow, allocations: readonly Allocation[]): Payment => ({
  id: row.id,
  customerId: row.customer_id,
  customerName: row.customer_name,
  method: row.method as PaymentMethod, // held by a check constraint
  brand: row.brand,
  last4: row.last4,
  amountCents: row.amount_cents,
  roundingCents: row.rounding_cents,
  creditCents: row.credit_cents,
  withdrawnCents: row.withdrawn_cents,
  receivedOn: row.received_on,
  receivedAt: row.received_at,
  reference: row.reference ?? row.provider_ref,
  checkoutId: row.checkout_id,
  note: row.note,
  by: row.by,
  allocations: [...allocations],
});
