import type { RefusalDeclaration } from '../refusals.ts';

export const chargesRefusals = {
  charge_of_service: {
    status: 409,
    fr: (d) =>
      `Ces jours de service se règlent en modifiant le service ${d['subscription'] ?? ''}, ou par un autre frais.`,
    en: (d) =>
      `These days of service are settled by changing service ${d['subscription'] ?? ''}, or by another charge.`,
  },
  item_not_priced: {
    status: 422,
    fr: (d) => `« ${d['sku'] ?? ''} » n’a pas de prix au catalogue ce jour-là.`,
    en: (d) => `“${d['sku'] ?? ''}” has no catalog price on that day.`,
  },
} as const satisfies Record<string, RefusalDeclaration>;
