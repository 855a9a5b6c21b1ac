import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { crc32, deflateSync } from 'node:zlib';
import { ontLabelPng } from '@gigafibre/simulators';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeImage } from './decode-image.ts';
import { createLocalVision, labelFields, WAITING_LIMIT, type LocalVision, type ReadCode } from './index.ts';

const LABEL = { serial: 'TPLG46E80F93', mac: '00:31:92:5E:0A:11', model: 'XX530v', seed: 3 } as const;
/** Long enough for any machine: what is read is tested here, how fast is for the bench. */
const IN_TIME = { deadlineMs: 60_000 };

let vision: LocalVision;
let label: Uint8Array;
beforeAll(async () => {
  vision = createLocalVision();
  label = await ontLabelPng(LABEL);
});
afterAll(() => vision.close());

async function codesIn(image: Uint8Array): Promise<readonly ReadCode[]> {
  const outcome = await vision.readCodes(image, IN_TIME);
  if (outcome.is !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

describe('pictures that are read', () => {
  test('a printed label gives its three codes with their places', async () => {
    const codes = await codesIn(label);
    expect(codes.map(({ format }) => format).sort()).toEqual(['code128', 'code128', 'qrcode']);
    expect(labelFields(codes)).toMatchObject({
      serial: LABEL.serial,
      mac: LABEL.mac,
      maker: 'TP-Link',
      model: LABEL.model,
    });
    const qr = codes.find(({ format }) => format === 'qrcode');
    expect(qr?.corners[0].x).toBeGreaterThan(600);
    for (const { corners } of codes)
      for (const { x, y } of corners) expect(x >= 0 && x <= 900 && y >= 0 && y <= 540).toBe(true);
  });

  test(
    'photographs of labels, aslant, unevenly lit, blurred and noisy, give serial and address',
    { timeout: 90_000 },
    async () => {
      for (const seed of [1, 2, 3, 4, 5]) {
        const photo = await ontLabelPng({ ...LABEL, seed, photo: true });
        expect(labelFields(await codesIn(photo)), `seed ${seed}`).toMatchObject({
          serial: LABEL.serial,
          mac: LABEL.mac,
        });
      }
    },
  );

  test('the same label as JPEG, WebP and GIF gives the same serial', async () => {
    const picture = await decodeImage('png', label);
    const rgba = { ...picture, colorSpace: 'srgb' } as unknown as ImageData;
    for (const image of [
      await asJpeg(rgba),
      await asWebp(rgba),
      asGif(picture.width, picture.height, grayBits(picture.data)),
    ]) {
      expect(labelFields(await codesIn(image)).serial).toBe(LABEL.serial);
    }
  });

  test('a picture without codes gives none', async () => {
    expect(await codesIn(blankPng(300, 200))).toEqual([]);
  });

  test('pictures asked for together are all answered, and their bytes stay with the caller', async () => {
    const copies = Array.from({ length: 4 }, () => Uint8Array.from(label));
    const answers = await Promise.all(copies.map((copy) => vision.readCodes(copy, IN_TIME)));
    for (const answer of answers) expect(answer.is).toBe('done');
    for (const copy of copies) expect(Buffer.from(copy).equals(label)).toBe(true);
  });
});

describe('pictures that are not', () => {
  test.each([
    ['empty', new Uint8Array(0)],
    ['not_an_image', Buffer.from('This is a text with the name photo.png')],
    ['not_an_image', Buffer.from('%PDF-1.7 …')],
    ['not_an_image', readFileSync(import.meta.filename)],
    ['damaged', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])],
    ['too_large', pngHeader(7_100, 7_100)],
    ['too_large', pngHeader(2_147_483_647, 2_147_483_647)],
    ['too_large', Buffer.concat([pngHeader(10, 10), Buffer.alloc(15_000_000)])],
  ])('%s', async (code, image) => {
    expect(await vision.readCodes(image, IN_TIME)).toMatchObject({ is: 'declined', code });
  });

  test(
    'cut short or with wrong bytes, a picture is declined or read, and the next one is read',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: label.length - 40 }), fc.boolean(), async (at, cut) => {
          const broken = Uint8Array.from(cut ? label.subarray(0, 40 + at) : label);
          if (!cut) broken.set([0xff, 0, 0xff, 0, 0xff], 35 + at);
          const outcome = await vision.readCodes(broken, IN_TIME);
          expect(outcome.is === 'done' || (outcome.is === 'declined' && outcome.code === 'damaged')).toBe(
            true,
          );
        }),
        { numRuns: 12 },
      );
      expect(labelFields(await codesIn(label)).serial).toBe(LABEL.serial);
    },
  );

  test(
    'a picture of few bytes that would fill much memory is refused or looked at within its deadline',
    { timeout: 30_000 },
    async () => {
      const bomb = blankPng(7_000, 7_000);
      expect(bomb.length).toBeLessThan(100_000);
      const start = performance.now();
      const outcome = await vision.readCodes(bomb, { deadlineMs: 8_000 });
      expect(['done', 'retry']).toContain(outcome.is);
      // Its deadline, and what a slow machine takes to notice.
      expect(performance.now() - start).toBeLessThan(25_000);
    },
  );
});

describe('time', () => {
  test(
    'a picture that takes too long is given up at its deadline, and the engine reads the next',
    { timeout: 30_000 },
    async () => {
      const slow = blankPng(6_000, 6_000);
      const start = performance.now();
      expect(await vision.readCodes(slow, { deadlineMs: 450 })).toMatchObject({ is: 'retry' });
      expect(performance.now() - start).toBeLessThan(20_000);
      expect(labelFields(await codesIn(label)).serial).toBe(LABEL.serial);
    },
  );

  test('no more wait than can be served', { timeout: 60_000 }, async () => {
    const outcomes = await Promise.all(
      Array.from({ length: WAITING_LIMIT + 1 }, () => vision.readCodes(label, { deadlineMs: 30_000 })),
    );
    expect(outcomes.filter(({ is }) => is === 'retry')).toHaveLength(1);
    expect(outcomes.at(-1)).toMatchObject({ is: 'retry', reason: expect.stringContaining('waiting') });
  });

  test('closed, it answers that it cannot, and holds nothing open', async () => {
    const own = createLocalVision();
    await own.readCodes(label, IN_TIME);
    await own.close();
    expect(await own.readCodes(label, IN_TIME)).toMatchObject({ is: 'retry' });
  });
});

const require = createRequire(import.meta.url);

async function wasm(path: string): Promise<WebAssembly.Module> {
  return WebAssembly.compile(Uint8Array.from(readFileSync(require.resolve(path))));
}

async function asJpeg(picture: ImageData): Promise<Uint8Array> {
  const { default: encode, init } = await import('@jsquash/jpeg/encode.js');
  await init((await wasm('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm')) as never);
  return new Uint8Array(await encode(picture, { quality: 70 }));
}

async function asWebp(picture: ImageData): Promise<Uint8Array> {
  const { default: encode, init } = await import('@jsquash/webp/encode.js');
  await init((await wasm('@jsquash/webp/codec/enc/webp_enc_simd.wasm')) as never);
  return new Uint8Array(await encode(picture, { quality: 70 }));
}

function grayBits(rgba: Uint8ClampedArray): readonly number[] {
  return Array.from({ length: rgba.length / 4 }, (_, index) => ((rgba[index * 4] ?? 0) > 127 ? 1 : 0));
}

/** A GIF of two shades that uses no compression: a clear code before every two pixels keeps codes at three bits. */
function asGif(width: number, height: number, bits: readonly number[]): Uint8Array {
  const codes = bits.flatMap((bit, index) => (index % 2 === 0 ? [4, bit] : [bit]));
  const stream = [...codes, 5];
  const packed = Buffer.alloc(Math.ceil((stream.length * 3) / 8));
  for (const [index, value] of stream.entries()) {
    const at = index * 3;
    packed.writeUInt8(((packed[at >> 3] ?? 0) | (value << (at & 7))) & 0xff, at >> 3);
    if ((at & 7) > 5)
      packed.writeUInt8((packed[(at >> 3) + 1] ?? 0) | (value >> (8 - (at & 7))), (at >> 3) + 1);
  }
  const blocks: Buffer[] = [];
  for (let start = 0; start < packed.length; start += 255) {
    const part = packed.subarray(start, start + 255);
    blocks.push(Buffer.from([part.length]), part);
  }
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  const head = Buffer.concat([
    Buffer.from('GIF89a'),
    size,
    Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
  ]);
  const frame = Buffer.concat([Buffer.from([0x2c, 0, 0, 0, 0]), size, Buffer.from([0, 2])]);
  return Buffer.concat([head, frame, ...blocks, Buffer.from([0, 0x3b])]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
  ]);
}

function blankPng(width: number, height: number): Buffer {
  const rows = deflateSync(Buffer.alloc((width + 1) * height), { level: 9 });
  return Buffer.concat([pngHeader(width, height), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}
