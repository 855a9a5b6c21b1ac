import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes, type ReaderOptions, type ReadResult } from 'zxing-wasm/reader';
import { rgbaOf, type Gray } from './gray.ts';
import type { Pass } from './passes.ts';
import type { CodeFormat, ReadCode } from './port.ts';

const require = createRequire(import.meta.url);

let prepared: Promise<unknown> | undefined;

/** Loads the engine from its package. Its own default would fetch it from the network. */
export function prepareZxing(): Promise<unknown> {
  prepared ??= readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm')).then((bytes) =>
    prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(bytes).buffer }, fireImmediately: true }),
  );
  return prepared;
}

/** The codes zxing sees in a prepared picture. */
export async function lookWithZxing(
  gray: Gray,
  pass: Pick<Pass, 'binarizer' | 'denoise'>,
): Promise<readonly ReadCode[]> {
  await prepareZxing();
  // The reader wants the shape of an `ImageData`, not the class.
  const picture = { ...rgbaOf(gray), colorSpace: 'srgb' } as unknown as ImageData;
  return codesOf(await readBarcodes(picture, optionsFor(pass)));
}

/** The codes zxing sees in an encoded picture it can open itself. */
export async function lookAtFile(
  bytes: Uint8Array,
  pass: Pick<Pass, 'binarizer' | 'denoise'>,
): Promise<readonly ReadCode[]> {
  await prepareZxing();
  return codesOf(await readBarcodes(bytes, optionsFor(pass)));
}

/** Symbols looked for in one picture: a carton of devices shows dozens. */
const SYMBOLS_LIMIT = 32;

/** Longest text believed: the largest QR code holds 7,089 digits. */
const TEXT_LENGTH_LIMIT = 8_000;

function optionsFor(pass: Pick<Pass, 'binarizer' | 'denoise'>): ReaderOptions {
  return {
    tryHarder: true,
    tryRotate: true,
    tryInvert: true,
    tryDownscale: true,
    tryDenoise: pass.denoise ?? false,
    binarizer: pass.binarizer,
    maxNumberOfSymbols: SYMBOLS_LIMIT,
    textMode: 'Plain',
  };
}

function codesOf(results: readonly ReadResult[]): readonly ReadCode[] {
  return results
    .filter(({ isValid, text }) => isValid && text !== '' && text.length <= TEXT_LENGTH_LIMIT)
    .map(({ text, format, symbology, position }) => ({
      text,
      format: formatOf(format, symbology),
      corners: [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft],
    }));
}

const FORMATS: Readonly<Record<string, CodeFormat>> = {
  Code128: 'code128',
  Code39: 'code39',
  Code93: 'code93',
  Codabar: 'codabar',
  EAN13: 'ean13',
  EAN8: 'ean8',
  UPCA: 'upca',
  UPCE: 'upce',
  ITF: 'itf',
  QRCode: 'qrcode',
  MicroQRCode: 'microqr',
  DataMatrix: 'datamatrix',
  Aztec: 'aztec',
  PDF417: 'pdf417',
};

/** The engine knows variants (Code39Std, ITF14, QRCodeModel2…): its family name serves where the exact one is unknown here. */
function formatOf(format: string, symbology: string): CodeFormat {
  return FORMATS[format] ?? FORMATS[symbology] ?? 'other';
}
