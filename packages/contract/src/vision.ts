import { z } from 'zod';
import { query } from './operation.ts';
import { equipmentKind } from './stock.ts';

/** Photographs up to this size; larger ones are refused before they are read. */
export const PHOTO_BYTES_MAX = 11 * 1024 * 1024;
/** The same photograph as base64 inside JSON. */
const BODY_BYTES_MAX = 15 * 1024 * 1024;
const BASE64_CHARS_MAX = Math.ceil(PHOTO_BYTES_MAX / 3) * 4;

/** Bytes as base64 (standard alphabet, padded). */
export const base64 = (charsMax: number) =>
  z
    .string()
    .min(4)
    .max(charsMax)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'base64');

const photo = z.object({ image: base64(BASE64_CHARS_MAX) });
const photoRefusals = ['not_an_image', 'photo_too_large', 'no_code_found', 'outside_unavailable'] as const;

/** Corner points of what was read, in pixels of the photograph. */
const box = z.array(z.object({ x: z.number(), y: z.number() })).max(8);

export const readCode = z.object({
  text: z.string(),
  format: z.string(),
  box,
});

export const labelFields = z.object({
  kind: equipmentKind.nullable(),
  maker: z.string().nullable(),
  model: z.string().nullable(),
  serial: z.string().nullable(),
  mac: z.string().nullable(),
  barcode: z.string().nullable(),
});

export const visionOperations = {
  readBarcodes: query({
    name: 'vision.readBarcodes',
    method: 'POST',
    path: '/vision/barcodes',
    summary:
      'Up to three codes in a photograph, within eight seconds. For technicians (`field.work`) and staff who write equipment.',
    allow: 'public',
    input: photo,
    output: z.object({ codes: z.array(readCode).max(3), engine: z.string(), tookMs: z.int() }),
    refusals: [...photoRefusals],
    bodyBytesMax: BODY_BYTES_MAX,
  }),
  readLabel: query({
    name: 'vision.readLabel',
    method: 'POST',
    path: '/vision/equipment',
    summary:
      'Maker, model, serial, MAC and barcode from the photograph of a device label. For technicians (`field.work`) and staff who write equipment.',
    allow: 'public',
    input: photo,
    output: z.object({
      fields: labelFields,
      codes: z.array(readCode).max(3),
      engine: z.string(),
      tookMs: z.int(),
    }),
    refusals: [...photoRefusals],
    bodyBytesMax: BODY_BYTES_MAX,
  }),
};

/** Looking at a photograph changes nothing, so nothing is told. */
export const visionEvents = {};
