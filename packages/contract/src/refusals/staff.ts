import type { RefusalDeclaration } from '../refusals.ts';

export const staffRefusals = {
  code_not_valid: {
    status: 403,
    fr: () => 'Ce code est inexact ou expiré. Demandez-en un autre.',
    en: () => 'This code is wrong or has expired. Ask for another.',
  },
  link_not_valid: {
    status: 403,
    fr: () => 'Ce lien est inexact ou expiré. Demandez-en un autre.',
    en: () => 'This link is wrong or has expired. Ask for another.',
  },
} as const satisfies Record<string, RefusalDeclaration>;
