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
export const pageAnswer = z.object({ html: z.string(), status: z.int().default(200) });
export const redirectAnswer = z.object({ location: z.string() });
export type FileAnswer = z.infer<typeof fileAnswer>;
