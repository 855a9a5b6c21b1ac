import type { Evidence } from '../contract/evidence.ts';
import { CONTRACT_TERMS, type ContractValues } from '../contract/contract-values.ts';
import type { Signature } from '../signature.ts';
import { EXAMPLE_COMPANY, EXAMPLE_CUSTOMER } from './company.ts';
import { EXAMPLE_QUOTE } from './quote.ts';

/** A contract for the example quote, not yet signed. */
export const EXAMPLE_CONTRACT: ContractValues = {
  company: EXAMPLE_COMPANY,
  privacyOfficer: 'vie-privee@gigafibre.example',
  number: 'CTR-00042',
  quoteNumber: EXAMPLE_QUOTE.number,
  terms: CONTRACT_TERMS,
  madeOn: '2026-11-21',
  createdAt: new Date('2026-11-21T14:30:00Z'),
  customer: EXAMPLE_CUSTOMER,
  serviceAddressLines: EXAMPLE_QUOTE.serviceAddressLines,
  recurring: EXAMPLE_QUOTE.recurring,
  oneTime: EXAMPLE_QUOTE.oneTime,
  promotions: [
    { description: 'Rabais de bienvenue', monthlyRebateCents: 1000n, months: 6, endsOn: '2027-05-31' },
  ],
  regularMonthly: {
    subtotalCents: 8495n,
    taxes: [
      { tax: 'GST', rate: { num: 5n, den: 100n }, baseCents: 8495n, taxCents: 425n },
      { tax: 'QST', rate: { num: 9975n, den: 100_000n }, baseCents: 8495n, taxCents: 847n },
    ],
    totalCents: 9767n,
  },
  speed: { downMbps: 500, upMbps: 500 },
  equipment: [
    { description: 'Terminal optique (ONT)', mode: 'lent' },
    { description: 'Routeur Wi-Fi 6', mode: 'rented' },
  ],
  startsOn: '2026-12-01',
  fixedTerm: { months: 24, endsOn: '2028-11-30', totalCents: 233_263n },
  cancellation: { is: 'free' },
  interest: { monthly: { num: 15n, den: 1000n }, yearly: { num: 18n, den: 100n } },
  includesTelephone: false,
};

/** A name drawn with three strokes. */
export const EXAMPLE_SIGNATURE: Signature = {
  name: EXAMPLE_CUSTOMER.name,
  signedAt: new Date('2026-11-21T15:02:41Z'),
  mark: {
    is: 'strokes',
    width: 400,
    height: 130,
    strokes: [
      wave({ from: 20, to: 190, height: 46 }),
      wave({ from: 200, to: 370, height: 30 }),
      wave({ from: 40, to: 380, height: 6 }),
    ],
  },
  consents: [
    'J’ai lu le résumé des renseignements essentiels et le contrat.',
    'J’accepte de recevoir mes factures par courriel.',
  ],
};

/** The evidence of that signature. */
export const EXAMPLE_EVIDENCE: Evidence = {
  signerName: EXAMPLE_CUSTOMER.name,
  signerEmail: 'marie-eve@exemple.example',
  signedAt: new Date('2026-11-21T15:02:41Z'),
  ipAddress: '203.0.113.24',
  device: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1',
  documentSha256: '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8',
  oneTimeCode: {
    channel: 'sms',
    maskedDestination: '••• •••-0187',
    sentAt: new Date('2026-11-21T15:01:02Z'),
    verifiedAt: new Date('2026-11-21T15:01:38Z'),
  },
  events: [
    { at: new Date('2026-11-21T14:30:00Z'), what: 'Contrat envoyé par courriel et par texto' },
    { at: new Date('2026-11-21T14:58:10Z'), what: 'Page de signature ouverte', ipAddress: '203.0.113.24' },
    { at: new Date('2026-11-21T14:58:12Z'), what: 'Version française présentée', ipAddress: '203.0.113.24' },
    { at: new Date('2026-11-21T15:01:02Z'), what: 'Code à usage unique envoyé', ipAddress: '203.0.113.24' },
    { at: new Date('2026-11-21T15:01:38Z'), what: 'Code à usage unique vérifié', ipAddress: '203.0.113.24' },
    {
      at: new Date('2026-11-21T15:02:41Z'),
      what: 'Signature reçue et document scellé',
      ipAddress: '203.0.113.24',
    },
  ],
};

function wave({
  from,
  to,
  height,
}: {
  from: number;
  to: number;
  height: number;
}): readonly { x: number; y: number }[] {
  return Array.from({ length: 60 }, (_, index) => {
    const share = index / 59;
    return { x: from + share * (to - from), y: 90 - height * Math.sin(share * 17) * (1 - share * 0.6) };
  });
}
