import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refusalWords } from '../refusals.ts';
import { waitWords } from './general.ts';

test.each([
  [1, '1 seconde', '1 second'],
  [30, '30 secondes', '30 seconds'],
  [89, '89 secondes', '89 seconds'],
  [90, '2 minutes', '2 minutes'],
  [840, '14 minutes', '14 minutes'],
  [841, '15 minutes', '15 minutes'],
])('a wait of %s seconds is told as %s', (seconds, fr, en) => {
  const noBreak = (text: string) => text.replace(' ', '\u00A0');
  expect(waitWords(seconds, 'fr')).toBe(noBreak(fr));
  expect(waitWords(seconds, 'en')).toBe(noBreak(en));
});

test('what is told is never shorter than the wait, and at most a minute longer', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), (seconds) => {
      const [count = '', unit = ''] = waitWords(seconds, 'en').split('\u00A0');
      const told = Number(count) * (unit.startsWith('minute') ? 60 : 1);
      expect(told).toBeGreaterThanOrEqual(seconds);
      expect(told).toBeLessThan(seconds + 60);
    }),
  );
});

test('too many requests: both languages say how long, and stay sentences when nobody knows', () => {
  const words = (data: Record<string, number>, language: 'fr' | 'en') =>
    refusalWords('too_many_requests', data, language);
  expect(words({ retryAfterSeconds: 840 }, 'fr')).toBe('Trop de demandes. Réessayez dans 14\u00A0minutes.');
  expect(words({}, 'fr')).toBe('Trop de demandes. Réessayez dans un instant.');
  expect(words({}, 'en')).toBe('Too many requests. Try again in a moment.');
});
