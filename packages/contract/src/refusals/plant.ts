import type { RefusalDeclaration } from '../refusals.ts';

export const plantRefusals = {
  address_needed: {
    status: 422,
    fr: () => 'Choisissez une adresse de la base ou inscrivez-en une, pas les deux.',
    en: () => 'Choose an address of the base or type one, not both.',
  },
  no_free_port: {
    status: 409,
    fr: (d) => `Aucun port libre près de « ${d['location'] ?? ''} ».`,
    en: (d) => `No free port near “${d['location'] ?? ''}”.`,
  },
} as const satisfies Record<string, RefusalDeclaration>;
