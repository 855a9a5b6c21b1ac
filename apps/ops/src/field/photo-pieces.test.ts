import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitted, offsetsOf, pieceAt } from './photo-pieces.ts';

test('the pieces of a photograph, put together at their offsets, are the photograph', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 500 }),
      fc.integer({ min: 1, max: 90 }),
      (bytes, size) => {
        const whole = new Uint8Array(bytes.length);
        for (const offset of offsetsOf(bytes.length, size))
          whole.set(Buffer.from(pieceAt(bytes, offset, size), 'base64'), offset);
        expect(whole).toEqual(bytes);
      },
    ),
  );
});

test('a photograph is made to fit its longest side and never enlarged', () => {
  expect(fitted(4_000, 3_000, 1_600)).toEqual({ width: 1_600, height: 1_200 });
  expect(fitted(800, 600, 1_600)).toEqual({ width: 800, height: 600 });
});
