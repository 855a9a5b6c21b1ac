import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Rgba } from './gray.ts';
import type { ImageHeader } from './image-header.ts';

const require = createRequire(import.meta.url);

type Decoders = Record<
  Exclude<ImageHeader['kind'], 'gif'>,
  () => Promise<(bytes: ArrayBuffer) => Promise<Rgba>>
>;

// The decoders run in WebAssembly: a malformed picture can at worst stop them, and their memory has an end.
const DECODERS: Decoders = {
  jpeg: async () => {
    const { default: decode, init } = await import('@jsquash/jpeg/decode.js');
    await init(await compiled('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'));
    // Turned as the camera was held, so that places are those of the picture people see.
    return (bytes) => decode(bytes, { preserveOrientation: true });
  },
  png: async () => {
    const { default: decode, init } = await import('@jsquash/png/decode.js');
    await init(await compiled('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'));
    return (bytes) => decode(bytes);
  },
  webp: async () => {
    const { default: decode, init } = await import('@jsquash/webp/decode.js');
    await init(await compiled('@jsquash/webp/codec/dec/webp_dec.wasm'));
    return decode;
  },
};

const ready = new Map<string, Promise<(bytes: ArrayBuffer) => Promise<Rgba>>>();

/** The pixels of a picture. Throws for one that cannot be decoded. */
export async function decodeImage(kind: keyof Decoders, bytes: Uint8Array): Promise<Rgba> {
  // The decoders make their answer an `ImageData`, which browsers have and Node does not.
  Object.assign(globalThis, { ImageData: globalThis.ImageData ?? PlainImageData });
  const decoder = ready.get(kind) ?? DECODERS[kind]();
  ready.set(kind, decoder);
  return (await decoder)(Uint8Array.from(bytes).buffer);
}

class PlainImageData {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

async function compiled(path: string): Promise<WebAssembly.Module> {
  return WebAssembly.compile(Uint8Array.from(await readFile(require.resolve(path))));
}
