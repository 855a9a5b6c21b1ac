import type { Company, Party } from '../parties.ts';

/** A company for tests and specimens; its registration numbers belong to nobody. */
export const EXAMPLE_COMPANY: Company = {
  tradeName: 'Gigafibre',
  legalName: 'TARGO Internet inc.',
  addressLines: ['1867, chemin de la Rivière', 'Sainte-Clotilde (Québec)  J0L 1W0'],
  phone: '514 555-0142',
  email: 'bonjour@gigafibre.example',
  website: 'gigafibre.example',
  gstNumber: '123456782 RT0001',
  qstNumber: '1234567890 TQ0001',
};

/** A residential customer for tests and specimens. */
export const EXAMPLE_CUSTOMER: Party = {
  name: 'Marie-Ève Côté-Lefebvre',
  addressLines: ['245, rang du Cinq', 'Saint-Rémi (Québec)  J0L 2L0'],
  phone: '450 555-0187',
  email: 'marie-eve@exemple.example',
  accountNumber: 'C-010234',
};
