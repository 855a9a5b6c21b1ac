import type { RefusalDeclaration } from '../refusals.ts';

export const customersRefusals = {
  phone_not_valid: {
    status: 422,
    fr: (d) => `« ${d['phone'] ?? ''} » n’est pas un numéro de téléphone.`,
    en: (d) => `“${d['phone'] ?? ''}” is not a phone number.`,
  },
} as const satisfies Record<string, RefusalDeclaration>;
