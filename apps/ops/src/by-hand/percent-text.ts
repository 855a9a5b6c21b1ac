import type { Language } from '@gigafibre/contract';

/** A rate kept as `9.5`, as the reader writes it. */
export const percentText = (percent: string, language: Language): string =>
  language === 'fr' ? percent.replace('.', ',') : percent;
