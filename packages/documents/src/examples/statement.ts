import type { StatementValues } from '../statement-pdf.ts';
import { EXAMPLE_COMPANY, EXAMPLE_CUSTOMER } from './company.ts';

/** A month with an invoice, its payment and a credit. */
export const EXAMPLE_STATEMENT: StatementValues = {
  company: EXAMPLE_COMPANY,
  customer: EXAMPLE_CUSTOMER,
  period: { from: '2026-11-01', to: '2026-11-30' },
  createdAt: new Date('2026-12-01T12:00:00Z'),
  openingCents: 8_043n,
  movements: [
    { on: '2026-11-05', kind: 'payment', number: 'PAY-002870', amountCents: -8_043n },
    { on: '2026-11-21', kind: 'invoice', number: 'INV-004217', amountCents: 17_430n },
    { on: '2026-11-28', kind: 'credit_note', number: 'CN-00042', amountCents: -8_043n },
    { on: '2026-11-28', kind: 'payment', number: 'PAY-002871', amountCents: -20_000n },
  ],
  closingCents: -10_613n,
};
