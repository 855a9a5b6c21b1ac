import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cropped, evened, grayOf, rgbaOf, scaled, sharpened, turned, type Gray } from './gray.ts';

const grays: fc.Arbitrary<Gray> = fc
  .record({ width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 24 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((pixels) => ({ width, height, pixels })),
  );

function flat(shade: number): Gray {
  return { width: 20, height: 12, pixels: new Uint8Array(240).fill(shade) };
}

test('a grey picture survives the way to four bytes and back', () => {
  fc.assert(
    fc.property(grays, (gray) => {
      // The weights of the three colours add up to 1024/1024, so equal bytes give themselves.
      expect(grayOf(rgbaOf(gray))).toEqual(gray);
    }),
  );
});

test('what is transparent is paper', () => {
  expect([
    ...grayOf({ width: 2, height: 1, data: new Uint8ClampedArray([0, 0, 0, 0, 0, 0, 0, 255]) }).pixels,
  ]).toEqual([255, 0]);
});

test('a flat picture stays flat in any size, and any picture has the size asked for', () => {
  for (const factor of [0.3, 0.5, 1, 2, 3.7]) {
    const other = scaled(flat(77), factor);
    expect([other.width, other.height]).toEqual([Math.round(20 * factor), Math.round(12 * factor)]);
    for (const pixel of other.pixels) expect(Math.abs(pixel - 77)).toBeLessThanOrEqual(1);
  }
  fc.assert(
    fc.property(grays, fc.double({ min: 0.05, max: 4, noNaN: true }), (gray, factor) => {
      const { width, height, pixels } = scaled(gray, factor);
      expect(pixels).toHaveLength(width * height);
    }),
  );
});

test('neither sharpening nor evening makes marks on a flat picture', () => {
  expect(new Set(sharpened(flat(90), 3, 4).pixels)).toEqual(new Set([90]));
  expect(new Set(evened(flat(90), 5).pixels)).toEqual(new Set([128]));
});

test('evening the light brings a faint bar under shadow and a strong one in light to the same contrast', () => {
  const pixels = Uint8Array.from(
    { length: 400 },
    (_, index) => (index % 2 === 0 ? 40 : 60) + (index >= 200 ? 140 : 0),
  );
  const even = evened({ width: 400, height: 1, pixels }, 10);
  const contrast = (at: number): number => (even.pixels[at + 1] ?? 0) - (even.pixels[at] ?? 0);
  expect(Math.abs(contrast(100) - contrast(300))).toBeLessThanOrEqual(1);
  expect(contrast(100)).toBeGreaterThan(80);
});

test('a turn by 90 degrees moves the top left corner to the top right', () => {
  const gray = {
    ...flat(255),
    pixels: flat(255).pixels.map((shade, index) => (index % 20 < 4 && index < 80 ? 0 : shade)),
  };
  const { width, height, pixels } = turned(gray, 90);
  expect([width, height].map((side) => Math.abs(side))).toEqual(
    [12, 20].map((side) => expect.closeTo(side, -0.5)),
  );
  const dark = [...pixels.entries()].filter(([, shade]) => shade < 128).map(([index]) => index % width);
  expect(Math.min(...dark)).toBeGreaterThan(width / 2);
});

test('a part holds the pixels of its place', () => {
  const gray = { width: 4, height: 3, pixels: Uint8Array.from({ length: 12 }, (_, index) => index) };
  expect([...cropped(gray, { x: 1, y: 1, width: 2, height: 2 }).pixels]).toEqual([5, 6, 9, 10]);
});

test('squares of pixels become their mean, and what fills no square is left out', () => {
  const gray = {
    width: 5,
    height: 3,
    pixels: Uint8Array.from([0, 10, 20, 30, 99, 0, 10, 20, 30, 99, 9, 9, 9, 9, 9]),
  };
  expect(grayOf(rgbaOf(gray), 2)).toEqual({ width: 2, height: 1, pixels: Uint8Array.from([5, 25]) });
});
