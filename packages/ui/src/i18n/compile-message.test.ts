import { expect, test } from 'vitest';
import { compileMessage } from './compile-message.ts';
import { mapMessages } from './message-tree.ts';

const showing = (named: Record<string, unknown>, form = 0) => ({
  named: (key: string) => named[key],
  plural: (forms: string[]) => forms[form] ?? '',
});

test('blanks are filled by name, and an unknown one leaves nothing behind', () => {
  const message = compileMessage('Rien pour « {typed} » à {where}.');
  expect(message(showing({ typed: 'a@b.ca | {x}', where: undefined }))).toBe(
    'Rien pour « a@b.ca | {x} » à .',
  );
});

test('the count chooses the form; a sign that other compilers treat apart is only a sign', () => {
  const message = compileMessage('{n} action | {n} actions');
  expect(message(showing({ n: 1 }, 0))).toBe('1 action');
  expect(message(showing({ n: 3 }, 1))).toBe('3 actions');
  expect(compileMessage('nom@exemple.ca')(showing({}))).toBe('nom@exemple.ca');
});

test('a tree keeps its shape', () => {
  expect(mapMessages({ a: 'x', b: { c: 'y' } }, (text) => text.toUpperCase())).toEqual({
    a: 'X',
    b: { c: 'Y' },
  });
});
