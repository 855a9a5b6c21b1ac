/**
 * Reading what others send. A vendor's JSON is unknown until a field has been looked at: each reader gives
 * the field in our type, or null when it is missing or of another kind. Nothing here throws.
 */

/** Any JSON object, its fields unread. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** The value as an object; an empty one when it is anything else. */
export function recordOf(value: unknown): JsonRecord {
  // A parsed edge: every field read from here on is still unknown.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : {};
}

/** The object under `key`; an empty one when there is none. */
export function recordAt(record: JsonRecord, key: string): JsonRecord {
  return recordOf(record[key]);
}

/** The list under `key`; empty when there is none. */
export function listAt(record: JsonRecord, key: string): readonly unknown[] {
  const value = record[key];
  return Array.isArray(value) ? value : [];
}

/** Non-empty text under `key`. */
export function textAt(record: JsonRecord, key: string): string | null {
  const value = record[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A number under `key`, also when it is written as text. */
export function numberAt(record: JsonRecord, key: string): number | null {
  return numberOf(record[key]);
}

/** The value as a finite number, also when it is written as text. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Minor units of money under `key`: whole and exactly representable, or null. */
export function centsAt(record: JsonRecord, key: string): bigint | null {
  const value = record[key];
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : null;
}

/** An identifier under `key`, whether given bare or as the whole object it names. */
export function referenceAt(record: JsonRecord, key: string): string | null {
  return textAt(record, key) ?? textAt(recordAt(record, key), 'id');
}

/** The text fields of the object under `key`, for metadata. */
export function textsAt(record: JsonRecord, key: string): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(recordAt(record, key))) {
    if (typeof value === 'string') texts[name] = value;
  }
  return texts;
}

/** An instant from seconds since 1970 under `key`. */
export function secondsAt(record: JsonRecord, key: string): Date | null {
  const seconds = numberAt(record, key);
  return seconds === null ? null : new Date(seconds * 1000);
}

/** An instant from any text a date can be read from. */
export function instantOf(value: unknown): Date | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** The text parsed as JSON, or undefined when it is not. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
