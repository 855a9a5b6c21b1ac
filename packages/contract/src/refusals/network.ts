import type { RefusalDeclaration } from '../refusals.ts';

/** What a source came to, as `no_reading` lists it. */
const OUTCOMES: Record<string, readonly [fr: string, en: string]> = {
  answered: ['sans mesure', 'no figure'],
  unknown_device: ['appareil inconnu', 'unknown device'],
  unreachable: ['injoignable', 'cannot be reached'],
  refused: ['question refusée', 'refused'],
  timeout: ['sans réponse à temps', 'no answer in time'],
  misconfigured: ['mal configuré', 'badly configured'],
  not_asked: ['non interrogé', 'not asked'],
};
const reasonIn = (reason: unknown, language: 0 | 1): string =>
  String(reason ?? '').replaceAll(/[a-z_]+/g, (word) => OUTCOMES[word]?.[language] ?? word);

export const networkRefusals = {
  no_reading: {
    status: 422,
    fr: (d) =>
      `Aucune mesure optique : ${reasonIn(d['reason'], 0)}. Mesurez au wattmètre et saisissez la valeur.`,
    en: (d) =>
      `No optical reading: ${reasonIn(d['reason'], 1)}. Measure with a power meter and enter the value.`,
  },
} as const satisfies Record<string, RefusalDeclaration>;
