import type { Outcome } from '../outcome/index.ts';

/** Kinds of codes, by the names people use for them. */
export const CODE_FORMATS = [
  'code128',
  'code39',
  'code93',
  'codabar',
  'ean13',
  'ean8',
  'upca',
  'upce',
  'itf',
  'qrcode',
  'microqr',
  'datamatrix',
  'aztec',
  'pdf417',
  'other',
] as const;

export type CodeFormat = (typeof CODE_FORMATS)[number];

/** A point of the picture in pixels, origin at its top left corner, upright as a browser shows it. */
export type Point = { readonly x: number; readonly y: number };

/** A code found in a picture. */
export type ReadCode = {
  readonly text: string;
  readonly format: CodeFormat;
  /** Top left, top right, bottom right, bottom left, as the code itself is oriented. */
  readonly corners: readonly [Point, Point, Point, Point];
};

/** Codes given back at most, the likeliest identity of a device first. */
export const CODES_LIMIT = 3;

/** Largest file looked at. */
export const IMAGE_LIMIT_BYTES = 15_000_000;

/** Largest picture looked at: beyond every phone of today that does not join several photos. */
export const IMAGE_LIMIT_PIXELS = 50_000_000;

/** Why a picture is refused before anybody looks for codes. */
export type ImageRefusal = 'empty' | 'not_an_image' | 'too_large' | 'damaged';

/** Somebody who reads pictures. */
export type Vision = {
  /** Lower-case name of the engine. */
  readonly vendor: string;
  /**
   * Up to `CODES_LIMIT` codes of a photograph (PNG, JPEG, WebP or GIF), none when it shows none, within
   * `deadlineMs`. Declined with an `ImageRefusal` when it is no picture that can be looked at; `retry` when it
   * could not be looked at in time.
   */
  readCodes(
    image: Uint8Array,
    options: { readonly deadlineMs: number },
  ): Promise<Outcome<readonly ReadCode[]>>;
};
