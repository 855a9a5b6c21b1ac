import type { AgreementValues } from '../agreement-pdf.ts';
import { EXAMPLE_COMPANY, EXAMPLE_CUSTOMER } from './company.ts';

/** An agreement on a bank account, accepted in the customer's own space. */
export const EXAMPLE_AGREEMENT: AgreementValues = {
  company: EXAMPLE_COMPANY,
  number: 'PPA-1042',
  customer: EXAMPLE_CUSTOMER,
  category: 'personal',
  method: '815-30001 •••• 4567',
  isBankAccount: true,
  acceptedAt: new Date('2026-11-21T15:00:00Z'),
  acceptedBy: 'Marie-Ève Côté-Lefebvre',
  proof: '203.0.113.7',
  usableFrom: '2026-12-01',
  textVersion: '2026-11',
  paragraphs: [
    'J’autorise Gigafibre à débiter le compte bancaire choisi du montant de chacune de mes factures.',
    'Je peux annuler cet accord en tout temps. Renseignements : paiements.ca.',
  ],
};
