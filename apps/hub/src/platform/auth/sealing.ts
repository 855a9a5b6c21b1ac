import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { Db } from '../db/connect.ts';
import { sharedSecret } from './tokens.ts';

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps small secrets unreadable in the database and its backups (AES-256-GCM, a key per purpose). */
export type Sealer = Readonly<{
  /** Seals `plain`; only the same `about` (say, the id of the row it stands in) opens it again. */
  seal: (plain: string, about: string) => string;
  /** Opens what was sealed; throws when it was altered, moved to another row, or sealed with another key. */
  open: (sealed: string, about: string) => string;
}>;

/** A sealer on the product's own secret `name`, made at first use and shared by every process. */
export async function openSealer(db: Db, name: string): Promise<Sealer> {
  const key = createHash('sha256')
    .update(await sharedSecret(db, name))
    .digest();
  return sealerWith(key);
}

/** A sealer on a key of 32 bytes. */
export function sealerWith(key: Buffer): Sealer {
  return {
    seal: (plain, about) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
    },
    open: (sealed, about) => {
      const [version, body = ''] = sealed.split('.');
      if (version !== VERSION) throw new Error(`sealed with an unknown version: ${version}`);
      const bytes = Buffer.from(body, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(about))
        .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([
        decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
        decipher.final(),
      ]).toString('utf8');
    },
  };
}
