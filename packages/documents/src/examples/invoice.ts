import type { InvoiceValues } from '../invoice-values.ts';
import { EXAMPLE_COMPANY, EXAMPLE_CUSTOMER } from './company.ts';

/** A first invoice with proration, installation and a credit: 151.60 $ before taxes of 7.58 $ and 15.12 $. */
export const EXAMPLE_INVOICE: InvoiceValues = {
  company: EXAMPLE_COMPANY,
  number: 'INV-004217',
  issuedOn: '2026-11-21',
  dueOn: '2026-12-11',
  createdAt: new Date('2026-11-21T14:30:00Z'),
  customer: EXAMPLE_CUSTOMER,
  serviceAddressLines: ['245, rang du Cinq', 'Saint-Rémi (Québec)  J0L 2L0'],
  lines: [
    {
      kind: 'recurring',
      description: 'Fibre 500 Mbit/s symétrique',
      period: { from: '2026-12-01', to: '2026-12-31' },
      quantity: 1,
      unitPriceCents: 7995n,
      amountCents: 7995n,
    },
    {
      kind: 'recurring',
      description: 'Fibre 500 Mbit/s symétrique',
      detail: 'Prorata : 10 jours sur 30',
      period: { from: '2026-11-21', to: '2026-11-30' },
      quantity: 1,
      unitPriceCents: 7995n,
      amountCents: 2665n,
    },
    {
      kind: 'recurring',
      description: 'Location du routeur Wi-Fi 6',
      period: { from: '2026-12-01', to: '2026-12-31' },
      quantity: 1,
      unitPriceCents: 500n,
      amountCents: 500n,
    },
    {
      kind: 'oneTime',
      description: "Installation à l'intérieur, prise supplémentaire",
      quantity: 2,
      unitPriceCents: 2500n,
      amountCents: 5000n,
    },
    {
      kind: 'oneTime',
      description: 'Crédit de parrainage',
      quantity: 1,
      unitPriceCents: -1000n,
      amountCents: -1000n,
    },
  ],
  subtotalCents: 15160n,
  taxes: [
    { tax: 'GST', rate: { num: 5n, den: 100n }, baseCents: 15160n, taxCents: 758n },
    { tax: 'QST', rate: { num: 9975n, den: 100_000n }, baseCents: 15160n, taxCents: 1512n },
  ],
  totalCents: 17430n,
  previousBalanceCents: 8043n,
  creditsSince: [{ on: '2026-11-05', label: 'Paiement reçu, Visa •••• 4242', amountCents: 8043n }],
  amountDueCents: 17430n,
  payUrl: 'https://portail.gigafibre.example/p/INV-004217?t=3nq8Zl0vY2',
  interest: { monthly: { num: 15n, den: 1000n }, yearly: { num: 18n, den: 100n } },
  notes: [
    "Pourquoi ma facture est-elle différente? Elle comprend les 10 jours de novembre qui suivent votre mise en service et l'installation.",
  ],
};
