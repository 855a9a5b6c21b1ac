/** A piece small enough to pass over a weak signal, and well under what one request may carry. */
export const PIECE_BYTES = 384 * 1024;
/** `String.fromCharCode` takes its characters as arguments, which are limited. */
const CHARS_MAX = 0x8000;

/** Where the pieces of a photograph begin, in order. */
export const offsetsOf = (totalBytes: number, pieceBytes = PIECE_BYTES): number[] =>
  Array.from({ length: Math.ceil(totalBytes / pieceBytes) }, (_, index) => index * pieceBytes);

/** The piece that begins at `offset`, as base64. */
export const pieceAt = (bytes: Uint8Array, offset: number, pieceBytes = PIECE_BYTES): string =>
  base64Of(bytes.subarray(offset, offset + pieceBytes));

/** Bytes as base64. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHARS_MAX)
    text += String.fromCharCode(...bytes.subarray(at, at + CHARS_MAX));
  return btoa(text);
}

/** A size no longer than `edgeMax` on its longest side, in whole pixels; small pictures stay as they are. */
export function fitted(width: number, height: number, edgeMax: number): { width: number; height: number } {
  const scale = Math.min(1, edgeMax / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
