import fc from 'fast-check';
import { expect, test } from 'vitest';
import { substituteMissing } from './sheet/fonts.ts';
import { TEXT_LENGTH_LIMIT, typeset } from './typeset.ts';

const NBSP = '\u00A0';

test('French gets no-break spaces before : » % $ and after «, and none before ; ! ?', () => {
  expect(typeset('Total : 5 % de 1 234,56 $ « net »! Oui?', 'fr')).toBe(
    `Total${NBSP}: 5${NBSP}% de 1${NBSP}234,56${NBSP}$ «${NBSP}net${NBSP}»! Oui?`,
  );
  expect(typeset('Total: 5%', 'en')).toBe('Total: 5%');
});

test('apostrophes between letters are curved', () => {
  expect(typeset("l'été d'O'Neil", 'fr')).toBe('l’été d’O’Neil');
});

test('control and direction characters never reach the paper', () => {
  expect(typeset('a\u0000b\u001B[31mc\u202Etxt\u2066d\u200Be\u0085', 'fr')).toBe('ab[31mctxtde');
  expect(typeset('ligne\r\nsuivante\tfin', 'fr')).toBe('ligne\nsuivante fin');
});

test('any text becomes printable, bounded and well formed, and printing it again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const once = substituteMissing(typeset(text, 'fr'));
      expect(once.isWellFormed()).toBe(true);
      expect(/[\p{Cc}\p{Co}]/u.test(once.replaceAll('\n', ''))).toBe(false);
      expect(substituteMissing(typeset(once, 'fr'))).toBe(once);
    }),
  );
});

test('a text that is too long is cut and says so', () => {
  const cut = typeset('ab '.repeat(TEXT_LENGTH_LIMIT), 'fr');
  expect(cut).toHaveLength(TEXT_LENGTH_LIMIT + 1);
  expect(cut.endsWith('…')).toBe(true);
});

test('one box stands for a composed emoji, and for a letter the type family lacks', () => {
  expect(substituteMissing('ok 👩‍👩‍👧 שלום')).toBe('ok □ □□□□');
});

test('a run without spaces is broken before it becomes slow to set', () => {
  expect(typeset('x'.repeat(200), 'fr')).toBe(`${'x'.repeat(80)} ${'x'.repeat(80)} ${'x'.repeat(40)}`);
});
