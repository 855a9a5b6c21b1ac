import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexFormOf, lookAlikeOf, parseMac, parseSerial } from './serial.ts';

const maker = fc.constantFrom('HWTC', 'ALCL', 'ZTEG', 'TPLG', 'FHTT', 'UBNT', 'CXNK');
const tail = fc.stringMatching(/^[0-9A-F]{8}$/);
const gpon = fc.tuple(maker, tail).map(([name, hex]) => name + hex);

test('a GPON serial is the same in both forms, any case, with separators and prefixes', () => {
  fc.assert(
    fc.property(
      gpon,
      fc.constantFrom('', 'SN:', 'S/N ', 'GPON SN: ', 'sn=', 'N° de série : '),
      fc.constantFrom('', ' ', '-', ':'),
      fc.boolean(),
      (serial, prefix, separator, lower) => {
        const written = serial.slice(0, 4) + separator + serial.slice(4);
        expect(parseSerial(prefix + (lower ? written.toLowerCase() : written))).toBe(serial);
        expect(parseSerial(prefix + (hexFormOf(serial) ?? ''))).toBe(serial);
      },
    ),
  );
});

test('O and I in the hex digits were zero and one', () => {
  expect(parseSerial('HWTC1A2B3CO0')).toBe('HWTC1A2B3C00');
  expect(parseSerial('TPLG46E8OFI3')).toBe('TPLG46E80F13');
  expect(parseSerial('4857544 3IA2B3C4D')).toBe('HWTC1A2B3C4D');
});

test('parsing is stable: the normal form parses to itself', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 50 }), (typed) => {
      const serial = parseSerial(typed);
      if (serial !== undefined) expect(parseSerial(serial)).toBe(serial);
    }),
    { numRuns: 500 },
  );
});

test('sixteen hex digits that are no maker stay as they are', () => {
  expect(parseSerial('0000000000000001')).toBe('0000000000000001');
  expect(parseSerial('3132333441424344')).toBe('3132333441424344');
});

test('what is no serial is refused', () => {
  for (const typed of ['', '   ', 'ab', 'é', 'x'.repeat(41), '<script>', "'; drop table"])
    expect(parseSerial(typed), typed).toBeUndefined();
});

test('B and 8 are never confused: they are both hex digits', () => {
  expect(lookAlikeOf('HWTC1A2B3C4B')).not.toBe(lookAlikeOf('HWTC1A2B3C48'));
  expect(lookAlikeOf('TP1G46E80F93')).toBe(lookAlikeOf('TPLG46E80F93'));
});

test('a MAC is read in every writing', () => {
  for (const typed of [
    '001EC947D49B',
    '00:1e:c9:47:d4:9b',
    '00-1E-C9-47-D4-9B',
    '001e.c947.d49b',
    'MAC: 0O1EC947D49B',
  ])
    expect(parseMac(typed), typed).toBe('00:1E:C9:47:D4:9B');
  expect(parseMac('001EC947D49')).toBeUndefined();
  expect(parseMac('001EC947D49Z')).toBeUndefined();
});
