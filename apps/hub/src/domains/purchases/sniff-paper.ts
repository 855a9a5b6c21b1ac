export type PaperType = 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/webp';

/** Each kind of paper by the bytes it begins with, and where they stand. */
const BEGINNINGS: readonly (readonly [type: PaperType, at: number, bytes: string])[] = [
  ['application/pdf', 0, '%PDF-'],
  ['image/jpeg', 0, '\u00ff\u00d8\u00ff'],
  ['image/png', 0, '\u0089PNG\r\n\u001a\n'],
  ['image/webp', 8, 'WEBP'],
];

/** What a file is by its first bytes, whatever its name says; undefined when it is no paper we keep. */
export const sniffPaper = (bytes: Uint8Array): PaperType | undefined =>
  BEGINNINGS.find(
    ([, at, begin]) => Buffer.from(bytes.subarray(at, at + begin.length)).toString('latin1') === begin,
  )?.[0];
