import { expect, test } from 'vitest';
import { parseAddressQuery } from './address-query.ts';

const cases: readonly [string, Partial<ReturnType<typeof parseAddressQuery>>][] = [
  [
    '1020 boul. René-Lévesque E',
    { civicNumber: 1020, hard: ['rene', 'levesque'], soft: ['boulevard', 'est'] },
  ],
  [
    '3-1020, rue Principale, Napierville J0J1L0',
    { unit: '3', civicNumber: 1020, hard: ['principale', 'napierville'], postalCode: 'J0J 1L0' },
  ],
  ['1020 rue Principale app. 4B', { unit: '4B', civicNumber: 1020, hard: ['principale'] }],
  ['1020 rue Principale #12', { unit: '12', civicNumber: 1020 }],
  [
    '10A ch. de la Grande-Ligne',
    { civicNumber: 10, civicSuffix: 'A', hard: ['grande', 'ligne'], soft: ['chemin'] },
  ],
  ['10 1/2 rue des Érables', { civicNumber: 10, civicSuffix: '1/2', hard: ['erables'] }],
  ['1re Avenue, St-Rémi', { civicNumber: null, hard: ['1', 'saint', 'remi'], soft: ['avenue'] }],
  ['12 3e avenue', { civicNumber: 12, hard: ['3'] }],
  ['route 138', { civicNumber: null, hard: ['138'], soft: ['route'] }],
  ['245 rang du Cinq', { civicNumber: 245, hard: ['5'], soft: ['rang'] }],
  ['rue Principale 1020', { civicNumber: 1020, hard: ['principale'], soft: ['rue'] }],
  ['j0l 1w0', { civicNumber: null, postalCode: 'J0L 1W0', hard: [] }],
  ["5 boulevard D'Youville", { civicNumber: 5, hard: ['youville'] }],
  ['  ', { civicNumber: null, hard: [] }],
  ["'; drop table plant.addresses; --", { civicNumber: null, hard: ['drop', 'table', 'plant', 'addresses'] }],
];

test.each(cases)('« %s » is taken apart as people mean it', (typed, expected) => {
  expect(parseAddressQuery(typed)).toMatchObject(expected);
});

test('the last word may still be being typed, unless something follows it', () => {
  expect(parseAddressQuery('12 rue princ').lastIsPartial).toBe(true);
  expect(parseAddressQuery('12 rue princ ').lastIsPartial).toBe(false);
});
