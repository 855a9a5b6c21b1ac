import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { sql } from 'kysely';
import { hashOf, shortToken } from '../chance.ts';
import type { Db } from '../db/connect.ts';
import { sealerWith, type Sealer } from './sealing.ts';

const SHAPE = /^[0-9A-Za-z]{20}$/;
const SIGNED = /[\w-]+\.[\w-]+\.[\w-]+$/;
const MS_PER_SECOND = 1_000;
/** Links that have ended are forgotten so many at a time. */
const FORGOTTEN_AT_ONCE = 500;

/** A short address for a long link, not kept yet: until `keepShortLink` it opens nothing. */
export type ShortLink = Readonly<{ token: string; url: string; path: string; expiresAt: Date }>;

/**
 * A short address for one of our own signed links, good as long as the link itself; undefined for any other address,
 * which stays as it is.
 */
export function shorten(baseUrl: string, url: string): ShortLink | undefined {
  if (!url.startsWith(`${baseUrl}/`)) return undefined;
  const signed = SIGNED.exec(url)?.[0];
  const ends = signed === undefined ? undefined : endOf(signed);
  if (ends === undefined) return undefined;
  const token = shortToken();
  return { token, url: `${baseUrl}/l/${token}`, path: url.slice(baseUrl.length), expiresAt: ends };
}

/** When a link we signed ends; undefined for what is no link of ours. Only reads: whoever opens it checks it. */
function endOf(signed: string): Date | undefined {
  try {
    const { exp } = decodeJwt(signed);
    return exp === undefined ? undefined : new Date(exp * MS_PER_SECOND);
  } catch {
    return undefined;
  }
}

/** Keeps a short link: its hash, and where it leads sealed with the token itself. */
export async function keepShortLink(
  { db, now }: { db: Db; now: Date },
  { token, path, expiresAt }: ShortLink,
): Promise<void> {
  const hash = hashOf(token);
  await sql`insert into app.short_links (token_hash, sealed_path, created_at, expires_at)
    values (${hash}, ${sealerOf(token).seal(path, hash)}, ${now}, ${expiresAt})`.execute(db);
}

/** The path a short link leads to; undefined when there is none, or it has ended. */
export async function pathBehind(
  { db, now }: { db: Db; now: Date },
  token: string,
): Promise<string | undefined> {
  if (!SHAPE.test(token)) return undefined;
  const hash = hashOf(token);
  const row = await db
    .selectFrom('app.short_links')
    .select('sealed_path')
    .where('token_hash', '=', hash)
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst();
  return row && sealerOf(token).open(row.sealed_path, hash);
}

/** Forgets links that have ended, a bounded number at a time. Returns how many. */
export async function forgetEndedLinks({ db, now }: { db: Db; now: Date }): Promise<number> {
  const { rows } = await sql`
    delete from app.short_links where token_hash in (
      select token_hash from app.short_links where expires_at <= ${now} order by expires_at limit ${FORGOTTEN_AT_ONCE})
    returning 1`.execute(db);
  return rows.length;
}

/** Tokens are random and long: one hash makes a key of them. */
const sealerOf = (token: string): Sealer =>
  sealerWith(createHash('sha256').update(`short-link ${token}`).digest());
