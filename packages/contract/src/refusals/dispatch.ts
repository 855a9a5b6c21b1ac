import type { RefusalDeclaration } from '../refusals.ts';

const GATES_FR: Record<string, string> = {
  ont: 'terminal (ONT) non rattaché (seul le répartiteur peut permettre de passer outre)',
  scan: 'étiquette de l’ONT non numérisée',
  rx: 'puissance optique absente ou hors limites',
  signature: 'signature du client manquante',
};
const GATES_EN: Record<string, string> = {
  ont: 'no ONT attached (only the dispatcher can allow to go on)',
  scan: 'ONT label not scanned',
  rx: 'optical level missing or out of limits',
  signature: 'customer’s signature missing',
};
const gateWords = (red: unknown, words: Record<string, string>): string =>
  String(red ?? '')
    .split(',')
    .map((gate) => words[gate] ?? gate)
    .join(', ');

const STATES_FR: Record<string, string> = {
  unscheduled: 'à planifier',
  draft: 'en préparation',
  published: 'publiée',
  offered: 'offerte',
  accepted: 'acceptée',
  en_route: 'en route',
  on_site: 'sur place',
  paused: 'en pause',
  completed: 'terminée',
  cannot_complete: 'impossible à terminer',
  cancelled: 'annulée',
};
const STATES_EN: Record<string, string> = {
  unscheduled: 'to be scheduled',
  draft: 'being prepared',
  published: 'published',
  offered: 'offered',
  accepted: 'accepted',
  en_route: 'on the way',
  on_site: 'on site',
  paused: 'paused',
  completed: 'completed',
  cannot_complete: 'not completed',
  cancelled: 'cancelled',
};
const stateWord = (state: unknown, words: Record<string, string>): string =>
  words[String(state ?? '')] ?? String(state ?? '');

export const dispatchRefusals = {
  slot_taken: {
    status: 409,
    fr: (d) =>
      `La plage du ${d['date'] ?? ''}, de ${d['from'] ?? ''} à ${d['to'] ?? ''}, est complète. Choisissez-en une autre.`,
    en: (d) =>
      `The window of ${d['date'] ?? ''}, ${d['from'] ?? ''} to ${d['to'] ?? ''}, is full. Choose another.`,
  },
  reason_needed: {
    status: 422,
    fr: () => 'Ce rendez-vous est déjà publié : dites pourquoi vous le retirez.',
    en: () => 'This visit is already published: say why you take it back.',
  },
  day_over: {
    status: 422,
    fr: (d) => `La journée du ${d['day'] ?? ''} est terminée.`,
    en: (d) => `The day ${d['day'] ?? ''} is over.`,
  },
  staff_already_linked: {
    status: 409,
    fr: (d) => `Cet employé est déjà le technicien ${d['technicianId'] ?? ''}.`,
    en: (d) => `This staff member already is technician ${d['technicianId'] ?? ''}.`,
  },
  job_not_yours: {
    status: 409,
    fr: (d) =>
      `Le rendez-vous ${d['jobId'] ?? ''} ne vous est plus confié${d['technicianName'] ? ` (il est à ${d['technicianName']})` : ''}. Votre saisie est conservée; le répartiteur la verra.`,
    en: (d) =>
      `Job ${d['jobId'] ?? ''} is no longer yours${d['technicianName'] ? ` (it is ${d['technicianName']}’s)` : ''}. What you entered is kept; the dispatcher will see it.`,
  },
  job_closed: {
    status: 409,
    fr: (d) =>
      `L’intervention ${d['jobId'] ?? ''} est déjà ${stateWord(d['state'], STATES_FR)}${d['reason'] ? ` (${d['reason']})` : ''}. Votre saisie est conservée; le répartiteur la verra.`,
    en: (d) =>
      `Job ${d['jobId'] ?? ''} is already ${stateWord(d['state'], STATES_EN)}${d['reason'] ? ` (${d['reason']})` : ''}. What you entered is kept; the dispatcher will see it.`,
  },
  checklist_open: {
    status: 409,
    fr: (d) =>
      `Il manque ${Number(d['count']) === 1 ? 'un point obligatoire' : `${d['count'] ?? ''} points obligatoires`} à la liste de vérification : ${d['missingFr'] ?? ''}.`,
    en: (d) =>
      `The checklist lacks ${Number(d['count']) === 1 ? 'one required point' : `${d['count'] ?? ''} required points`}: ${d['missingEn'] ?? ''}.`,
  },
  install_gate_open: {
    status: 409,
    fr: (d) => `L’intervention ne peut pas encore être fermée : ${gateWords(d['red'], GATES_FR)}.`,
    en: (d) => `The job cannot be closed yet: ${gateWords(d['red'], GATES_EN)}.`,
  },
  photo_gap: {
    status: 409,
    fr: (d) => `Il manque un morceau de la photo : reprenez à l’octet ${d['expected'] ?? ''}.`,
    en: (d) => `A piece of the photograph is missing: resume at byte ${d['expected'] ?? ''}.`,
  },
  photo_already_sent: {
    status: 409,
    fr: () => 'Cette photo est déjà au bureau : elle reste avec l’intervention.',
    en: () => 'The office already has this photograph: it stays with the job.',
  },
  too_many_materials: {
    status: 409,
    fr: (d) => `Cette intervention a déjà ${d['limit'] ?? ''} matériaux.`,
    en: (d) => `This job already has ${d['limit'] ?? ''} materials.`,
  },
  too_many_photos: {
    status: 409,
    fr: (d) => `Ce rendez-vous a déjà ${d['limit'] ?? ''} photos.`,
    en: (d) => `This job already has ${d['limit'] ?? ''} photographs.`,
  },
  no_checklist_item: {
    status: 404,
    fr: (d) => `La liste de contrôle n’a pas de point « ${d['itemId'] ?? ''} ».`,
    en: (d) => `The checklist has no item “${d['itemId'] ?? ''}”.`,
  },
} as const satisfies Record<string, RefusalDeclaration>;
