import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ponSerialBytes, ponSerialOf, ponSerialOfBytes } from './index.ts';

test.each([
  ['TPLG46E80F93', 'TPLG46E80F93'],
  ['tplg46e80f93', 'TPLG46E80F93'],
  ['TPLG-46E8 0F93', 'TPLG46E80F93'],
  ['54504C4746E80F93', 'TPLG46E80F93'],
  ['48575443A94196A5', 'HWTCA94196A5'],
  ['22275A7000395', null],
  ['TPLG46E80F9G', null],
  ['0000000000000000', null],
  ['', null],
])('%s is the serial %s', (text, serial) => {
  expect(ponSerialOf(text)).toBe(serial);
});

test('octets and print are two writings of one serial', () => {
  const serials = fc.tuple(fc.stringMatching(/^[A-Z]{4}$/), fc.stringMatching(/^[0-9A-F]{8}$/));
  fc.assert(
    fc.property(serials, ([maker, number]) => {
      const bytes = ponSerialBytes(maker + number);
      expect(ponSerialOfBytes(bytes)).toBe(maker + number);
      expect(ponSerialOf(bytes.toString('hex'))).toBe(maker + number);
    }),
  );
});
