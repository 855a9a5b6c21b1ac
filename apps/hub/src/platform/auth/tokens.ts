import { errors, jwtVerify, SignJWT } from 'jose';
import { sql } from 'kysely';
import type { Db } from '../db/connect.ts';
import { secretToken } from '../chance.ts';

/** What a link is good for. A link made for one purpose opens nothing else. */
export type Purpose = 'portal' | 'field' | 'staff' | 'quote' | 'track';
export type Link = Readonly<{ subject: string; claims: Readonly<Record<string, string>> }>;

/** Makes and reads the signed links that go out by mail and SMS (JWT, HS256, one purpose each). */
export type LinkSigner = Readonly<{
  sign: (purpose: Purpose, link: Link & { now: Date; expiresAt: Date; id?: string }) => Promise<string>;
  read: (purpose: Purpose, token: string, now: Date) => Promise<(Link & { id: string | null }) | null>;
}>;

const ISSUER = 'gigafibre';

/** A signer on the database's own secret, made at first use and shared by every process. */
export async function openLinkSigner(db: Db): Promise<LinkSigner> {
  const key = new TextEncoder().encode(await sharedSecret(db, 'links'));
  return {
    sign: (purpose, { subject, claims, now, expiresAt, id }) => {
      const jwt = new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setAudience(purpose)
        .setSubject(subject)
        .setIssuedAt(now)
        .setExpirationTime(expiresAt);
      return (id ? jwt.setJti(id) : jwt).sign(key);
    },
    read: async (purpose, token, now) => {
      try {
        const { payload } = await jwtVerify(token, key, {
          issuer: ISSUER,
          audience: purpose,
          algorithms: ['HS256'],
          currentDate: now,
        });
        const claims = Object.fromEntries(
          Object.entries(payload).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
        );
        return payload.sub ? { subject: payload.sub, claims, id: payload.jti ?? null } : null;
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}

/** A secret of the product by name; the first process that asks makes it. */
export async function sharedSecret(db: Db, name: string): Promise<string> {
  await db
    .insertInto('app.secrets')
    .values({ name, value: secretToken() })
    .onConflict((c) => c.doNothing())
    .execute();
  const { rows } = await sql<{ value: string }>`select value from app.secrets where name = ${name}`.execute(
    db,
  );
  const value = rows[0]?.value;
  if (!value) throw new Error(`secret ${name} vanished`);
  return value;
}
