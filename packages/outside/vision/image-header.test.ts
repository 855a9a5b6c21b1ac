import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageHeader } from './image-header.ts';

function bytes(...parts: readonly (string | readonly number[])[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );
}

const PNG = bytes(
  [0x89],
  'PNG\r\n\x1a\n',
  [0, 0, 0, 13],
  'IHDR',
  [0, 0, 5, 0, 0, 0, 3, 192],
  [8, 2, 0, 0, 0, 0, 0, 0, 0],
);
const JPEG = bytes(
  [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2],
  [0xff, 0xff, 0xfe, 0, 3, 9],
  [0xff, 0xc2, 0, 11, 8, 3, 192, 5, 0, 1, 1, 17, 0],
);
const GIF = bytes('GIF89a', [0, 5, 192, 3], [0, 0, 0]);
const VP8 = bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8 ', [0, 0, 0, 0, 0, 0, 0], [0x9d, 1, 0x2a], [0, 5, 192, 3]);
const VP8L = bytes(
  'RIFF',
  [0, 0, 0, 0],
  'WEBPVP8L',
  [0, 0, 0, 0, 0x2f],
  [0xff, 0xc4, 0xef, 0],
  [0, 0, 0, 0, 0],
);
const VP8X = bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8X', [10, 0, 0, 0, 0, 0, 0, 0], [0xff, 4, 0], [0xbf, 3, 0]);

test.each([
  ['png', PNG],
  ['jpeg', JPEG],
  ['gif', GIF],
  ['webp', VP8],
  ['webp', VP8L],
  ['webp', VP8X],
] as const)('the size of a %s is in its first bytes', (kind, image) => {
  expect(imageHeader(image)).toEqual({ kind, width: 1280, height: 960 });
});

test('a picture cut before its size is known is damaged, wherever it is cut', () => {
  const enough = [33, 20, 13, 30, 30, 30];
  for (const [index, image] of [PNG, JPEG, GIF, VP8, VP8L, VP8X].entries()) {
    for (let length = 12; length < Math.min(image.length, enough[index] ?? 0); length += 1) {
      expect(imageHeader(image.subarray(0, length))).toBe('damaged');
    }
  }
});

test('a size of zero is damage', () => {
  const flat = PNG.slice();
  flat.set([0, 0, 0, 0], 16);
  expect(imageHeader(flat)).toBe('damaged');
});

test('other kinds of files are unknown, whatever their name would say', () => {
  for (const text of [
    '',
    'hello',
    '%PDF-1.7',
    '<svg xmlns=',
    'PK\x03\x04',
    'RIFF\0\0\0\0WAVEfmt ',
    'BM\0\0',
  ]) {
    expect(imageHeader(bytes(text))).toBe('unknown');
  }
  expect(imageHeader(readFileSync(import.meta.filename))).toBe('unknown');
});

test('no bytes make it fail, with or without a known beginning', () => {
  const starts = [PNG, JPEG, GIF, VP8].map((image) => image.subarray(0, 12));
  fc.assert(
    fc.property(
      fc.constantFrom(new Uint8Array(), ...starts),
      fc.uint8Array({ maxLength: 200 }),
      (start, rest) => {
        const header = imageHeader(Buffer.concat([start, rest]));
        if (typeof header === 'object') expect(Math.min(header.width, header.height)).toBeGreaterThan(0);
      },
    ),
  );
});
