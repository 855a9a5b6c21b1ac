import { createHash, randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';

/** An unguessable token, 256 bits, safe in URLs. */
export const secretToken = (): string => randomBytes(32).toString('base64url');

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SHORT_CHARS = 20;

/** An unguessable token for a text message: twenty letters and digits, 119 bits. */
export const shortToken = (): string =>
  Array.from({ length: SHORT_CHARS }, () => BASE62.charAt(randomInt(BASE62.length))).join('');

/** A six-digit one-time code. */
export const oneTimeCode = (): string => randomInt(0, 1_000_000).toString().padStart(6, '0');

/** What is stored instead of a secret. Tokens are random, so a plain hash suffices. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Compares two secrets without telling by its duration where they differ. */
export const sameSecret = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(hashOf(a)), Buffer.from(hashOf(b)));

/** The id of something that is made and named at once, a UUID. */
export const linkId = (): string => randomUUID();
