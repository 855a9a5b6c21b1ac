import type { RefusalDeclaration } from '../refusals.ts';

export const chargesRefusals = {
  item_not_priced: {
    status: 422,
    fr: (d) => `« ${d['sku'] ?? ''} » n’a pas de prix au catalogue ce jour-là.`,
    en: (d) => `“${d['sku'] ?? ''}” has no catalog price on that day.`,
  },
} as const satisfies Record<string, RefusalDeclaration>;
