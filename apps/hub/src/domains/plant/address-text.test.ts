import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressLine, civicText, streetName } from './address-text.ts';
import { matchKey, wordsOf } from './address-words.ts';
import { errorsAllowed, typingErrors } from './typing-errors.ts';

test('an address is written as the Commission de toponymie wants it', () => {
  const address = {
    civicNumber: civicText(1020, ''),
    unit: '300',
    street: 'boulevard René-Lévesque Est',
    municipality: 'Montréal',
    postalCode: 'H1X 1X1',
  };
  expect(addressLine(address)).toBe(
    '1020, boulevard René-Lévesque Est, app. 300, Montréal (Québec)  H1X 1X1',
  );
  expect(civicText(10, 'A')).toBe('10A');
  expect(civicText(10, '1/2')).toBe('10 1/2');
});

test.each([
  ['Boul Parent', 'boulevard Parent'],
  ['Rue Notre-Dame E', 'rue Notre-Dame Est'],
  ['rue Principale N.', 'rue Principale Nord'],
  ['16e Avenue O.', '16e Avenue Ouest'],
  ['Montée Smallman', 'montée Smallman'],
  ['Grande Allée Ouest', 'Grande Allée Ouest'],
])('the list’s « %s » is the street « %s »', (given, written) => {
  expect(streetName(given)).toBe(written);
});

test.each([
  ['boul. St-Jean-Baptiste', 'Boulevard Saint-Jean-Baptiste'],
  ['ch. de l’Église', "CHEMIN DE L'EGLISE"],
  ['3ième Rang', '3e rang'],
  ['av. du Sacré-Cœur', 'avenue du Sacre-Coeur'],
  ['1ère Avenue', '1re avenue'],
])('« %s » and « %s » are one street', (one, other) => {
  expect(matchKey(one)).toBe(matchKey(other));
});

test('articles are left out of what is searched, whatever the case', () => {
  expect(wordsOf('Rue de la Rivière-aux-Saumons')).toEqual(['rue', 'riviere', 'saumons']);
});

test('typing errors: a distance, counting a swap of neighbours as one', () => {
  expect(typingErrors('napirville', 'napierville')).toBe(1);
  expect(typingErrors('erbales', 'erables')).toBe(1);
  const word = fc.stringMatching(/^[a-z]{0,12}$/);
  fc.assert(
    fc.property(word, word, (a, b) => {
      const errors = typingErrors(a, b);
      expect(errors).toBe(typingErrors(b, a));
      expect(errors === 0).toBe(a === b);
      expect(errors).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      expect(errors).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
  expect(errorsAllowed(4)).toBe(1);
});
