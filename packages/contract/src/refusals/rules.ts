import type { RefusalDeclaration } from '../refusals.ts';

export const rulesRefusals = {
  rule_value: {
    status: 422,
    fr: (d) => `Cette valeur n’est pas celle de la règle « ${d['rule'] ?? ''} ».`,
    en: (d) => `This value is not one of the rule “${d['rule'] ?? ''}”.`,
  },
  rule_day: {
    status: 422,
    fr: (d) => `Une règle change au plus tôt le ${d['from'] ?? ''} : ce qui est émis ne change plus.`,
    en: (d) => `A rule changes on ${d['from'] ?? ''} at the earliest: what was issued changes no more.`,
  },
  rule_day_taken: {
    status: 409,
    fr: (d) => `Cette règle change déjà le ${d['from'] ?? ''}.`,
    en: (d) => `This rule changes on ${d['from'] ?? ''} already.`,
  },
} as const satisfies Record<string, RefusalDeclaration>;
