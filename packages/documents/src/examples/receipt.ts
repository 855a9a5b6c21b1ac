import type { ReceiptValues } from '../receipt-pdf.ts';
import { EXAMPLE_COMPANY, EXAMPLE_CUSTOMER } from './company.ts';

/** A card payment that settles an invoice and leaves a credit. */
export const EXAMPLE_RECEIPT: ReceiptValues = {
  company: EXAMPLE_COMPANY,
  number: 'PAY-002871',
  receivedAt: new Date('2026-11-28T02:14:00Z'),
  createdAt: new Date('2026-11-28T02:14:05Z'),
  customer: EXAMPLE_CUSTOMER,
  amountCents: 20_000n,
  method: 'Visa •••• 4242',
  reference: 'pi_3Nq8Zl0vY2',
  allocations: [{ invoiceNumber: 'INV-004217', invoiceIssuedOn: '2026-11-21', amountCents: 17_430n }],
  unallocatedCents: 2_570n,
  balanceAfterCents: -2_570n,
};
