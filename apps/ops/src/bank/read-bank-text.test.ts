import { expect, test } from 'vitest';
import { readBankText } from './read-bank-text.ts';

test('a file is read in UTF-8 or in the alphabet of Windows, accents and all', async () => {
  expect(await readBankText(new Blob(['Dépôt;Libellé']))).toBe('Dépôt;Libellé');
  expect(await readBankText(new Blob([new Uint8Array([0x44, 0xe9, 0x70, 0xf4, 0x74])]))).toBe('Dépôt');
});
