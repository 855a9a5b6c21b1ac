import { expect, test } from 'vitest';
import { ontLabelPng } from './ont-label-png.ts';

const OPTIONS = { serial: 'HWTC1A2B3C4D', mac: '48:57:02:1A:2B:3C', model: 'EG8145V5', seed: 7 } as const;

function size(png: Uint8Array): readonly [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

test('a label and its photograph are PNG pictures of the sizes expected', { timeout: 30_000 }, async () => {
  const [print, photo] = [await ontLabelPng(OPTIONS), await ontLabelPng({ ...OPTIONS, photo: true })];
  expect(Buffer.from(print.subarray(1, 4)).toString('latin1')).toBe('PNG');
  expect(size(print)).toEqual([900, 540]);
  expect(size(photo)).toEqual([1280, 960]);
  expect(photo.length).toBeLessThan(1_500_000);
});

test('the same seed gives the same photograph, another seed another one', { timeout: 30_000 }, async () => {
  const again = async (seed: number): Promise<Buffer> =>
    Buffer.from(await ontLabelPng({ ...OPTIONS, seed, photo: true }));
  const first = await again(7);
  expect((await again(7)).equals(first)).toBe(true);
  expect((await again(8)).equals(first)).toBe(false);
});
