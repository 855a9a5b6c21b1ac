import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { AGREEMENT_EDITIONS, AGREEMENT_TEXT, AGREEMENT_VERSION } from './agreement-text.ts';

/** Fingerprints of the words by edition. A change of words is a new line here; no line ever changes. */
const PRINTS = [['2026-11', 'aa54651cb5f70bf8']] as const;

test('the words of an edition never change: new words are a new edition, and every past one is kept', () => {
  const print = (words: object) =>
    createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 16);
  expect([...AGREEMENT_EDITIONS].map(([edition, words]) => [edition, print(words)])).toEqual(PRINTS);
  expect(AGREEMENT_EDITIONS.get(AGREEMENT_VERSION)).toBe(AGREEMENT_TEXT);
});
