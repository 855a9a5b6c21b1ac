import type { RefusalDeclaration } from '../refusals.ts';
import { amount } from './amount.ts';

export const collectionsRefusals = {
  nothing_overdue: {
    status: 409,
    fr: () => 'Ce client n’a rien en souffrance que l’on puisse lui demander.',
    en: () => 'This customer has nothing overdue that may be asked for.',
  },
  promise_open: {
    status: 409,
    fr: (d) => `Une promesse est déjà en cours, pour le ${d['on'] ?? ''}.`,
    en: (d) => `A promise is already under way, for ${d['on'] ?? ''}.`,
  },
  promise_day: {
    status: 422,
    fr: (d) => `Une promesse de paiement est pour un jour à venir, au plus tard le ${d['max'] ?? ''}.`,
    en: (d) => `A promise to pay is for a day to come, ${d['max'] ?? ''} at the latest.`,
  },
  promise_amount: {
    status: 422,
    fr: (d) => `La promesse va de 0,01\u00a0$ à ${amount(d['maxCents'], 'fr')}, ce qui est en souffrance.`,
    en: (d) => `A promise is from $0.01 to ${amount(d['maxCents'], 'en')}, which is what is overdue.`,
  },
  arrangement_open: {
    status: 409,
    fr: (d) => `L’entente ${d['arrangement'] ?? ''} est en cours : mettez-y fin d’abord.`,
    en: (d) => `Arrangement ${d['arrangement'] ?? ''} is under way: end it first.`,
  },
  arrangement_sum: {
    status: 422,
    fr: (d) =>
      `Les versements font ${amount(d['sumCents'], 'fr')}; ils doivent faire ${amount(d['debtCents'], 'fr')}, ce qui est en souffrance.`,
    en: (d) =>
      `The instalments add up to ${amount(d['sumCents'], 'en')}; they must add up to ${amount(d['debtCents'], 'en')}, which is what is overdue.`,
  },
  arrangement_days: {
    status: 422,
    fr: (d) =>
      `Les versements se suivent, chacun au-dessus de zéro, d’aujourd’hui au ${d['max'] ?? ''} au plus tard.`,
    en: (d) =>
      `Instalments follow one another, each above zero, from today to ${d['max'] ?? ''} at the latest.`,
  },
  hold_end: {
    status: 422,
    fr: (d) =>
      `Une suspension du recouvrement pour ce motif a une fin, d’aujourd’hui au ${d['max'] ?? ''} au plus tard.`,
    en: (d) => `A hold for this reason has an end, from today to ${d['max'] ?? ''} at the latest.`,
  },
  ladder_not_now: {
    status: 409,
    fr: (d) => `Pas maintenant : ${d['whyFr'] ?? ''}.`,
    en: (d) => `Not now: ${d['whyEn'] ?? ''}.`,
  },
  agency_needed: {
    status: 422,
    fr: () => 'Nommez l’agence à qui le dossier est remis.',
    en: () => 'Name the agency the file is handed to.',
  },
  write_off_suspended: {
    status: 409,
    fr: () =>
      'Un service est encore suspendu : sans dette il reviendrait. Mettez-y fin avant de radier, ou remettez le dossier sans radier.',
    en: () =>
      'A service is still suspended: without a debt it would come back. End it before writing off, or hand off without writing off.',
  },
  proof_day: {
    status: 422,
    fr: (d) => `La preuve est du ${d['from'] ?? ''}, jour de l’avis, à aujourd’hui.`,
    en: (d) => `The proof is from ${d['from'] ?? ''}, the day of the notice, to today.`,
  },
  ladder_below_law: {
    status: 422,
    fr: () =>
      'Pour un consommateur, la suspension demande plus de 50,00\u00a0$ en souffrance, plus de deux mois, un avis de 14 jours et un dernier avis (CRTC 2019-269).',
    en: () =>
      'For a consumer, suspension takes more than $50.00 overdue, more than two months, a notice of 14 days and a final notice (CRTC 2019-269).',
  },
  ladder_in_the_past: {
    status: 422,
    fr: (d) => `Une échelle change d’un jour à venir : à partir du ${d['from'] ?? ''}.`,
    en: (d) => `A ladder changes on a day to come: from ${d['from'] ?? ''}.`,
  },
  ladder_order: {
    status: 422,
    fr: () => 'Chaque échelon figure une fois, dans l’ordre, et pas plus tôt que celui d’avant.',
    en: () => 'Each rung stands once, in order, and no sooner than the one before.',
  },
} as const satisfies Record<string, RefusalDeclaration>;
