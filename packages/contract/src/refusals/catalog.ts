import type { RefusalDeclaration } from '../refusals.ts';

export const catalogRefusals = {
  bundle_part_unknown: {
    status: 422,
    fr: (d) =>
      `« ${d['sku'] ?? ''} » n’est pas un élément mensuel du catalogue : il ne peut pas faire partie d’une offre groupée.`,
    en: (d) => `“${d['sku'] ?? ''}” is not a monthly item of the catalog: it cannot be part of a bundle.`,
  },
  bundle_keeps_parts: {
    status: 422,
    fr: (d) => `« ${d['sku'] ?? ''} » est une offre groupée : son rabais change avec ses éléments.`,
    en: (d) => `“${d['sku'] ?? ''}” is a bundle: its discount changes along with its parts.`,
  },
  price_below_zero: {
    status: 422,
    fr: () => 'Seule une option peut avoir un prix sous zéro : c’est un rabais.',
    en: () => 'Only an option can have a price below zero: it is a discount.',
  },
  sku_taken: {
    status: 409,
    fr: (d) => `Le code « ${d['sku'] ?? ''} » existe déjà au catalogue.`,
    en: (d) => `The SKU “${d['sku'] ?? ''}” already exists in the catalog.`,
  },
  account_not_revenue: {
    status: 422,
    fr: (d) => `« ${d['account'] ?? ''} » n’est pas un compte de produits du plan comptable.`,
    en: (d) => `“${d['account'] ?? ''}” is not a revenue account of the chart.`,
  },
  option_unknown: {
    status: 422,
    fr: (d) => `« ${d['sku'] ?? ''} » n’est pas une option du catalogue.`,
    en: (d) => `“${d['sku'] ?? ''}” is not an option of the catalog.`,
  },
  price_in_the_past: {
    status: 422,
    fr: (d) => `Un prix ne change pas dans le passé : choisissez une date à partir du ${d['today'] ?? ''}.`,
    en: (d) => `A price cannot change in the past: choose a date from ${d['today'] ?? ''} on.`,
  },
  price_day_taken: {
    status: 409,
    fr: (d) => `Un prix commence déjà le ${d['from'] ?? ''}. Choisissez un autre jour.`,
    en: (d) => `A price already begins on ${d['from'] ?? ''}. Choose another day.`,
  },
  item_not_sold: {
    status: 422,
    fr: (d) => `« ${d['sku'] ?? ''} » n’est pas en vente.`,
    en: (d) => `“${d['sku'] ?? ''}” is not on sale.`,
  },
} as const satisfies Record<string, RefusalDeclaration>;
