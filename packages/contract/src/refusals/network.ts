import type { RefusalDeclaration } from '../refusals.ts';

export const networkRefusals = {
  no_reading: {
    status: 422,
    fr: (d) => `Aucune mesure optique : ${d['reason'] ?? ''}. Mesurez au wattmètre et saisissez la valeur.`,
    en: (d) => `No optical reading: ${d['reason'] ?? ''}. Measure with a power meter and enter the value.`,
  },
} as const satisfies Record<string, RefusalDeclaration>;
