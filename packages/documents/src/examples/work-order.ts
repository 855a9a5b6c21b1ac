import type { WorkOrderValues } from '../work-order-values.ts';
import { EXAMPLE_COMPANY, EXAMPLE_CUSTOMER } from './company.ts';
import { EXAMPLE_SIGNATURE } from './contract.ts';

/** An installation done in a morning. */
export const EXAMPLE_WORK_ORDER: WorkOrderValues = {
  company: EXAMPLE_COMPANY,
  number: 'JOB-00318',
  createdAt: new Date('2026-12-01T16:40:00Z'),
  jobType: 'Installation',
  customer: EXAMPLE_CUSTOMER,
  serviceAddressLines: ['245, rang du Cinq', 'Saint-Rémi (Québec)  J0L 2L0'],
  technician: 'Simon Gagné',
  startedAt: new Date('2026-12-01T13:12:00Z'),
  completedAt: new Date('2026-12-01T16:35:00Z'),
  outcome: 'completed',
  checklist: [
    {
      label: 'Borne, port et couleur de fibre vérifiés',
      state: 'done',
      note: 'Borne B-114, port 6, fibre orange',
    },
    { label: 'Câble de branchement posé', state: 'done' },
    { label: 'Connecteurs inspectés et nettoyés', state: 'done' },
    { label: 'Service téléphonique et 9-1-1 expliqués', state: 'notApplicable' },
    { label: 'Essai du Wi-Fi dans la pièce la plus éloignée', state: 'skipped', note: 'Pièce fermée à clé' },
  ],
  measurements: [
    {
      label: 'Puissance optique reçue à l’ONT',
      value: '−18,6 dBm',
      verdict: 'good',
      limits: 'Bon de −24 à −10 dBm',
    },
    {
      label: 'Puissance optique à la borne',
      value: '−25,2 dBm',
      verdict: 'warn',
      limits: 'Bon de −24 à −10 dBm',
    },
    { label: 'Téléchargement par câble', value: '512 Mbit/s', verdict: 'good' },
  ],
  equipment: [
    {
      action: 'installed',
      description: 'ONT TP-Link XX530v',
      serial: 'TPLG1A2B3C4D',
      mac: '00:31:92:5E:0A:11',
    },
    {
      action: 'installed',
      description: 'Routeur Deco X55',
      serial: '2237A9001042',
      mac: '00:31:92:7C:22:90',
    },
  ],
  materials: [
    { description: 'Câble de branchement plat', quantity: 62.5, unit: 'm' },
    { description: 'Connecteur SC/APC', quantity: 2, unit: 'unités' },
  ],
  notes: 'Chien attaché à l’arrivée. Le client préfère que le câble suive la clôture côté nord.',
  photoCount: 7,
  signature: { ...EXAMPLE_SIGNATURE, consents: [], signedAt: new Date('2026-12-01T16:34:10Z') },
};
