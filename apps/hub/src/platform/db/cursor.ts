import { civilDate, Refusal } from '@gigafibre/contract';
import { z } from 'zod';

/** Keys that lists are ordered by, as they stand in a cursor: always text. */
export const keys = {
  date: civilDate,
  instant: z.iso.datetime().refine((at) => at >= '1000', 'year 1000 or later'),
  number: z.string().regex(/^\d{1,18}$/),
  id: z.string().max(40),
} as const;

/** Where a page ended: the values its last row is ordered by, opaque to the caller. */
export const cursorOf = (...values: readonly (string | bigint)[]): string =>
  Buffer.from(JSON.stringify(values.map(String))).toString('base64url');

/** The values in a cursor, or undefined for the first page; what is not a cursor of this list is refused. */
export function readCursor<Keys extends z.ZodTuple>(
  after: string | undefined,
  shape: Keys,
): z.output<Keys> | undefined {
  if (after === undefined) return undefined;
  const parsed = shape.safeParse(parsedJson(Buffer.from(after, 'base64url').toString()));
  if (!parsed.success)
    throw new Refusal('invalid_input', { field: 'after', reason: 'not a cursor of this list' });
  return parsed.data;
}

/** Cuts the one row too many that was asked for, and says where the page ended. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (last: Row) => string,
): { rows: Row[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last !== undefined ? keyOf(last) : null };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
