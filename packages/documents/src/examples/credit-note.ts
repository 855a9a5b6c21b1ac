import type { CreditNoteValues } from '../credit-note-pdf.ts';
import { EXAMPLE_COMPANY, EXAMPLE_CUSTOMER } from './company.ts';

/** A month that was paid and is taken back with its discount: 69.95 $ before taxes of 3.50 $ and 6.98 $. */
export const EXAMPLE_CREDIT_NOTE: CreditNoteValues = {
  company: EXAMPLE_COMPANY,
  number: 'CN-00042',
  issuedOn: '2026-11-28',
  createdAt: new Date('2026-11-28T15:00:00Z'),
  customer: EXAMPLE_CUSTOMER,
  serviceAddressLines: ['245, rang du Cinq', 'Saint-Rémi (Québec)  J0L 2L0'],
  invoice: { number: 'INV-004217', issuedOn: '2026-11-21' },
  reason: 'Panne du 3 au 20 novembre',
  lines: [
    {
      description: 'Fibre 500 Mbit/s symétrique',
      period: { from: '2026-12-01', to: '2026-12-31' },
      quantity: 1,
      amountCents: 7_995n,
    },
    { description: 'Crédit de parrainage', amountCents: -1_000n },
  ],
  subtotalCents: 6_995n,
  taxes: [
    { tax: 'GST', rate: { num: 5n, den: 100n }, baseCents: 6_995n, taxCents: 350n },
    { tax: 'QST', rate: { num: 9975n, den: 100_000n }, baseCents: 6_995n, taxCents: 698n },
  ],
  totalCents: 8_043n,
  appliedCents: 3_000n,
};
