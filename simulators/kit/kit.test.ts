import fc from 'fast-check';
import { expect, test } from 'vitest';
import { controlPage, html } from './page.ts';
import { randomText, seededRandom, shuffled, timedId } from './random.ts';

test('the same seed gives the same world, another seed another', () => {
  const draw = (seed: string) => randomText(seededRandom(seed), 30);
  expect(draw('a')).toBe(draw('a'));
  expect(draw('a')).not.toBe(draw('b'));
});

test('chance stays in [0, 1) and spreads evenly', () => {
  const random = seededRandom('spread');
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let draw = 0; draw < 10_000; draw += 1) {
    const tenth = Math.floor(random() * 10);
    tenths[tenth] = (tenths[tenth] ?? Number.NaN) + 1;
  }
  for (const count of tenths) expect(count).toBeGreaterThan(850);
});

test('an id made later by the same seed is another id', () => {
  const id = (at: string) => timedId(() => new Date(at), seededRandom('x'), 24);
  expect(id('2026-03-02T15:00:00Z')).not.toBe(id('2026-03-02T15:00:01Z'));
  expect(id('2026-03-02T15:00:00Z')).toHaveLength(24);
});

test('shuffling keeps every item', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
      expect(shuffled(items, seededRandom(seed)).toSorted()).toEqual(items.toSorted());
    }),
  );
});

test('no text shown on a page can become markup', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const page = controlPage('t', html`<p title="${text}">${text}</p>`);
      expect(page.match(/<p title="[^"<>]*">[^<>]*<\/p>/)).not.toBeNull();
    }),
  );
});
