import { expect, test } from 'vitest';
import { refusalWords } from '../refusals.ts';
import { receivablesRefusals } from './receivables.ts';

test('an amount in a refusal is written as people of the language write it', () => {
  const left = { invoice: 'INV-00042', leftCents: 123_456 };
  expect(refusalWords('credit_above_left', left, 'fr')).toBe(
    'Il reste 1\u00a0234,56\u00a0$ à créditer sur la facture INV-00042, pas davantage.',
  );
  expect(refusalWords('credit_above_left', left, 'en')).toBe(
    '$1,234.56 is left to credit on invoice INV-00042, and no more.',
  );
  expect(refusalWords('credit_above_left', { line: 2, leftCents: -5 }, 'fr')).toContain('\u22120,05\u00a0$');
});

test('every refusal is a sentence in both languages, whatever it is told', () => {
  for (const code of Object.keys(receivablesRefusals))
    for (const language of ['fr', 'en'] as const)
      for (const data of [{}, { invoice: 'INV-00001', line: 1, leftCents: 1, limitCents: 1, creditCents: 1 }])
        expect(refusalWords(code, data, language)).toMatch(/^\S.*\.$/su);
});

test('one difference is told in the singular', () => {
  const words = (count: number, language: 'fr' | 'en') =>
    refusalWords('run_unexplained', { count }, language).split(' ').slice(0, 3).join(' ');
  expect([words(1, 'fr'), words(2, 'fr')]).toEqual(['1 différence reste', '2 différences restent']);
  expect([words(1, 'en'), words(2, 'en')]).toEqual(['1 difference must', '2 differences must']);
});
