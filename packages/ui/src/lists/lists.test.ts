import { expect, test } from 'vitest';
import fc from 'fast-check';
import { nextSort } from './column.ts';
import { moveCursor } from './list-cursor.ts';
import { sortRows } from './sort-rows.ts';

test('j and k walk a list without leaving it; other keys do nothing', () => {
  expect(moveCursor('j', -1, 3)).toBe(0);
  expect(moveCursor('j', 2, 3)).toBe(2);
  expect(moveCursor('k', 0, 3)).toBe(0);
  expect(moveCursor('End', 0, 3)).toBe(2);
  expect(moveCursor('j', 0, 0)).toBeUndefined();
  expect(moveCursor('x', 0, 3)).toBeUndefined();
});

test('a click on a column sorts by it, a second turns it round, another column starts anew', () => {
  const first = nextSort(undefined, 'name');
  expect(first).toEqual({ key: 'name', direction: 'ascending' });
  expect(nextSort(first, 'name').direction).toBe('descending');
  expect(nextSort(nextSort(first, 'name'), 'total')).toEqual({ key: 'total', direction: 'ascending' });
});

test('words sort by the French alphabet, numbers within them by size, nothing last', () => {
  const rows = ['Zoé', null, 'étage 10', 'Étage 9', 'Eric'].map((name) => ({ name }));
  const names = (direction: 'ascending' | 'descending') =>
    sortRows(rows, direction, ({ name }) => name).map(({ name }) => name);
  expect(names('ascending')).toEqual(['Eric', 'Étage 9', 'étage 10', 'Zoé', null]);
  expect(names('descending')).toEqual(['Zoé', 'étage 10', 'Étage 9', 'Eric', null]);
});

test('sorting money never loses or invents a row, and puts the smaller first', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })), (amounts) => {
      const sorted = sortRows(amounts, 'ascending', (cents) => cents);
      expect(sorted).toHaveLength(amounts.length);
      sorted.slice(1).forEach((cents, index) => expect(cents >= (sorted[index] ?? cents)).toBe(true));
    }),
  );
});
