import type { RefusalDeclaration } from '../refusals.ts';

export const billingRunsRefusals = {
  run_open: {
    status: 409,
    fr: (d) =>
      `La facturation ${d['id'] ?? ''} n’est pas terminée : menez-la à son terme ou, tant qu’elle n’est pas approuvée, abandonnez-la.`,
    en: (d) =>
      `Billing run ${d['id'] ?? ''} is not finished: see it through or, until it is approved, abandon it.`,
  },
  run_day: {
    status: 422,
    fr: (d) => `Une facturation va jusqu’à un jour entre le ${d['from'] ?? ''} et le ${d['to'] ?? ''}.`,
    en: (d) => `A billing run goes up to a day from ${d['from'] ?? ''} to ${d['to'] ?? ''}.`,
  },
  run_far: {
    status: 409,
    fr: (d) =>
      `Le ${d['through'] ?? ''} est plus d’un mois après la dernière facturation, ou après aujourd’hui pour la première (${d['last'] ?? ''}) : plusieurs mois seraient facturés d’un coup. Confirmez si c’est voulu.`,
    en: (d) =>
      `${d['through'] ?? ''} is more than a month after the last billing run, or after today for the first (${d['last'] ?? ''}): several months would be billed at once. Confirm if that is meant.`,
  },
  run_unexplained: {
    status: 409,
    fr: (d) =>
      `${d['count'] ?? ''} ${d['count'] === 1 ? 'différence reste' : 'différences restent'} à expliquer avant d’émettre les factures.`,
    en: (d) =>
      `${d['count'] ?? ''} ${d['count'] === 1 ? 'difference' : 'differences'} must be explained before invoices are issued.`,
  },
  scheduler_paused: {
    status: 409,
    fr: () =>
      'La facturation est en pause : les facturations se calculent et se comparent, mais rien n’est émis ni prélevé.',
    en: () => 'Billing is paused: runs are computed and compared, but nothing is issued or debited.',
  },
  nothing_to_print: {
    status: 409,
    fr: () => 'Cette facturation n’a émis aucune facture.',
    en: () => 'This run issued no invoice.',
  },
} as const satisfies Record<string, RefusalDeclaration>;
