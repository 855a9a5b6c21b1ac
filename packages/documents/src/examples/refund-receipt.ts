import type { RefundReceiptValues } from '../refund-receipt-pdf.ts';
import { EXAMPLE_COMPANY, EXAMPLE_CUSTOMER } from './company.ts';

/** A part of a card payment given back to the card. */
export const EXAMPLE_REFUND_RECEIPT: RefundReceiptValues = {
  company: EXAMPLE_COMPANY,
  number: 'REF-10042',
  refundedAt: new Date('2026-11-29T15:00:00Z'),
  customer: EXAMPLE_CUSTOMER,
  amountCents: 2_570n,
  destination: 'Visa •••• 4242',
  isOnItsWay: true,
  payment: { number: 'PAY-002871', at: new Date('2026-11-28T02:14:00Z'), cents: 20_000n },
  reference: 're_3Nq8Zl0vY2',
};
