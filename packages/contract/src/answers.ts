import { z } from 'zod';

/** Answers that are not JSON: a document to show or keep, a page, or another address to go to. */
export const fileAnswer = z.object({
  type: z.enum([
    'application/pdf',
    'image/png',
    'image/jpeg',
    'image/webp',
    'text/csv',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'text/calendar',
    'application/json',
  ]),
  name: z.string(),
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});
/** A file too large to be held at once: given piece by piece, of a length that is known. */
export const streamAnswer = z.object({
  type: z.enum(['application/zip']),
  name: z.string(),
  sizeBytes: z.int(),
  pieces: z.custom<AsyncIterable<Uint8Array>>(
    (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
  ),
});
export type StreamAnswer = z.infer<typeof streamAnswer>;
export const pageAnswer = z.object({ html: z.string(), status: z.int().default(200) });
export const redirectAnswer = z.object({ location: z.string() });
export type FileAnswer = z.infer<typeof fileAnswer>;
