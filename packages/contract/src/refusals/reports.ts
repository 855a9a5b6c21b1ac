import type { RefusalDeclaration } from '../refusals.ts';

export const reportsRefusals = {
  report_period: {
    status: 422,
    fr: (d) => `La période va du premier au dernier jour, sur ${d['months'] ?? 60} mois au plus.`,
    en: (d) => `The period goes from its first to its last day, over ${d['months'] ?? 60} months at most.`,
  },
} as const satisfies Record<string, RefusalDeclaration>;
