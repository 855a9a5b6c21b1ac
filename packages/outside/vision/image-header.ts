/** What a picture says of itself in its first bytes. */
export type ImageHeader = {
  readonly kind: 'png' | 'jpeg' | 'webp' | 'gif';
  readonly width: number;
  readonly height: number;
};

/** Segments of a JPEG passed over at most before its frame: metadata takes a dozen. */
const JPEG_SEGMENT_LIMIT = 500;

/**
 * The kind and size of a picture by its bytes, whatever name or type it came with. `unknown` when it is none of
 * the four kinds; `damaged` when it begins like one and ends, or says a size of zero, before its size is known.
 */
export function imageHeader(bytes: Uint8Array): ImageHeader | 'unknown' | 'damaged' {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = sizeOf(view, bytes);
  if (found === 'unknown' || found === 'damaged') return found;
  return found.width > 0 && found.height > 0 ? found : 'damaged';
}

function sizeOf(view: DataView, bytes: Uint8Array): ImageHeader | 'unknown' | 'damaged' {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return pngSize(view, bytes);
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return jpegSize(view);
  if (startsWith(bytes, ascii('GIF87a')) || startsWith(bytes, ascii('GIF89a'))) {
    if (view.byteLength < 13) return 'damaged';
    return { kind: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  if (startsWith(bytes, ascii('RIFF')) && startsWith(bytes.subarray(8), ascii('WEBP')))
    return webpSize(view, bytes);
  return 'unknown';
}

function pngSize(view: DataView, bytes: Uint8Array): ImageHeader | 'damaged' {
  if (view.byteLength < 33 || !startsWith(bytes.subarray(12), ascii('IHDR'))) return 'damaged';
  return { kind: 'png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** The frame header comes after any number of other segments, each with its length. */
function jpegSize(view: DataView): ImageHeader | 'damaged' {
  let at = 2;
  for (let segment = 0; segment < JPEG_SEGMENT_LIMIT; segment += 1) {
    // Any number of fill bytes may precede a marker.
    while (at < view.byteLength && view.getUint8(at) === 0xff) at += 1;
    if (at + 8 > view.byteLength) return 'damaged';
    const marker = view.getUint8(at);
    if (isFrame(marker))
      return { kind: 'jpeg', width: view.getUint16(at + 6), height: view.getUint16(at + 4) };
    const length = view.getUint16(at + 1);
    if (length < 2) return 'damaged';
    at += 1 + length;
    if (at < view.byteLength && view.getUint8(at) !== 0xff) return 'damaged';
  }
  return 'damaged';
}

/** SOF0 to SOF15, without the three numbers among them that mean something else (tables and arithmetic coding). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function webpSize(view: DataView, bytes: Uint8Array): ImageHeader | 'damaged' {
  if (view.byteLength < 30) return 'damaged';
  const chunk = bytes.subarray(12);
  if (startsWith(chunk, ascii('VP8 '))) {
    // A key frame: three bytes of tag, three of start code, then two sizes of 14 bits.
    if (!startsWith(bytes.subarray(23), [0x9d, 0x01, 0x2a])) return 'damaged';
    return {
      kind: 'webp',
      width: view.getUint16(26, true) & 0x3fff,
      height: view.getUint16(28, true) & 0x3fff,
    };
  }
  if (startsWith(chunk, ascii('VP8L'))) {
    const packed = view.getUint32(21, true);
    return { kind: 'webp', width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
  }
  if (!startsWith(chunk, ascii('VP8X'))) return 'damaged';
  const size = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
  return { kind: 'webp', width: size(24), height: size(27) };
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return bytes.length >= start.length && start.every((byte, index) => bytes[index] === byte);
}

function ascii(text: string): readonly number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
