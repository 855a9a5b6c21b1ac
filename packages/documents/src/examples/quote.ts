import type { QuoteValues } from '../quote-values.ts';
import { EXAMPLE_COMPANY, EXAMPLE_CUSTOMER } from './company.ts';

/** A residential quote with a promotion, a rented router and an installation. */
export const EXAMPLE_QUOTE: QuoteValues = {
  company: EXAMPLE_COMPANY,
  number: 'QTN-00042',
  version: 2,
  issuedOn: '2026-11-21',
  validUntil: '2026-12-21',
  createdAt: new Date('2026-11-21T14:30:00Z'),
  customer: EXAMPLE_CUSTOMER,
  serviceAddressLines: ['245, rang du Cinq', 'Saint-Rémi (Québec)  J0L 2L0'],
  recurring: {
    lines: [
      {
        description: 'Fibre 500 Mbit/s symétrique',
        detail: 'Téléchargement et téléversement de 500 Mbit/s, données illimitées',
        quantity: 1,
        unitPriceCents: 7995n,
        amountCents: 7995n,
      },
      {
        description: 'Location du routeur Wi-Fi 6',
        quantity: 1,
        unitPriceCents: 500n,
        amountCents: 500n,
      },
      {
        description: 'Rabais de bienvenue',
        detail: '10 $ par mois pendant 6 mois, ensuite le prix courant',
        quantity: 1,
        unitPriceCents: -1000n,
        amountCents: -1000n,
      },
    ],
    subtotalCents: 7495n,
    taxes: [
      { tax: 'GST', rate: { num: 5n, den: 100n }, baseCents: 7495n, taxCents: 375n },
      { tax: 'QST', rate: { num: 9975n, den: 100_000n }, baseCents: 7495n, taxCents: 748n },
    ],
    totalCents: 8618n,
  },
  oneTime: {
    lines: [
      {
        description: "Installation à l'intérieur",
        detail: 'Une prise optique, mise en service et essai de vitesse',
        quantity: 1,
        unitPriceCents: 5000n,
        amountCents: 5000n,
      },
    ],
    subtotalCents: 5000n,
    taxes: [
      { tax: 'GST', rate: { num: 5n, den: 100n }, baseCents: 5000n, taxCents: 250n },
      { tax: 'QST', rate: { num: 9975n, den: 100_000n }, baseCents: 5000n, taxCents: 499n },
    ],
    totalCents: 5749n,
  },
  signingUrl:
    'https://portail.gigafibre.example/signer/QTN-00042?t=eyJhbGciOiJFUzI1NiJ9.c2lnbmF0dXJl.3nq8Zl0vY2',
  preparedBy: 'Josée Tremblay',
  notes: ["L'installation est prévue entre le 1er et le 5 décembre 2026, de 8 h à 12 h."],
};
