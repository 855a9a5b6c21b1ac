import { expect, test } from 'vitest';
import { keptPictures, shownPictures, threadPictures } from './src/pictures.ts';

test('every picture that a document shows is one the tests make, and no other is kept', () => {
  expect(threadPictures()).toEqual(expect.arrayContaining(shownPictures()));
  expect(keptPictures().toSorted()).toEqual([...new Set(shownPictures())].toSorted());
});
