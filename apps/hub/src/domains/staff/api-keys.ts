import { CAPABILITIES, Refusal, staffEvents, type Capability } from '@gigafibre/contract';
import type { Actor, Reading, Tx } from '../../platform/acting.ts';
import { hashOf, sameSecret, secretToken } from '../../platform/chance.ts';
import * as store from './store.ts';

export type ApiKey = Readonly<{
  key: string;
  label: string;
  capabilities: Capability[];
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}>;

type Row = NonNullable<Awaited<ReturnType<typeof store.keyRow>>>;
const known = new Set<string>(CAPABILITIES);
const isCapability = (name: string): name is Capability => known.has(name);
const shown = (row: Row): ApiKey => ({
  key: row.key,
  label: row.label,
  capabilities: row.capabilities.filter(isCapability),
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  revokedAt: row.revoked_at,
});

/** `last_used_at` is worth one write a minute, not one a request. */
const USED_EVERY_MS = 60_000;

/** Makes a key that can do no more than its maker. The secret is in the answer, and only there. */
export async function createApiKey(
  tx: Tx,
  { label, capabilities }: { label: string; capabilities: Capability[] },
): Promise<ApiKey & { secret: string }> {
  const beyond = capabilities.find((name) => !tx.by.capabilities.has(name));
  if (beyond) throw new Refusal('forbidden', { capability: beyond });
  const key = `gfk_${secretToken().slice(0, 16)}`;
  const secret = secretToken();
  const row = await store.addKey(tx.db, {
    key,
    secret_hash: hashOf(secret),
    label,
    capabilities,
    created_by: tx.by.id,
    created_at: tx.now,
  });
  await tx.tell(staffEvents.apiKeyCreated, { subject: key, data: { label } });
  return { ...shown(row), secret };
}

/** Refuses the key from now on. Revoking twice is the same as once. */
export async function revokeApiKey(tx: Tx, { key }: { key: string }): Promise<ApiKey> {
  const revoked = await store.revokeKey(tx.db, { key, now: tx.now });
  if (revoked) {
    await tx.tell(staffEvents.apiKeyRevoked, { subject: key, data: {} });
    return shown(revoked);
  }
  const row = await store.keyRow(tx.db, key);
  if (!row) throw new Refusal('not_found', { what: key });
  return shown(row);
}

/** Keys without their secrets, a page at a time. */
export async function listApiKeys(
  { db }: Reading,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<{ rows: ApiKey[]; next: string | null }> {
  const rows = await store.keysPage(db, { limit, after });
  return {
    rows: rows.slice(0, limit).map(shown),
    next: rows.length > limit ? (rows[limit - 1]?.key ?? null) : null,
  };
}

/** The actor behind `KEY:SECRET`, or null when unknown, wrong or revoked. */
export async function keyActor(
  { db, now }: Pick<Reading, 'db' | 'now'>,
  credentials: string,
): Promise<Actor | null> {
  const at = credentials.indexOf(':');
  const key = credentials.slice(0, at);
  const row = at > 0 ? await store.keyRow(db, key) : undefined;
  if (!row || row.revoked_at !== null || !sameSecret(row.secret_hash, hashOf(credentials.slice(at + 1))))
    return null;
  if (row.last_used_at === null || now.getTime() - new Date(row.last_used_at).getTime() > USED_EVERY_MS)
    await store.markKeyUsed(db, { key, now });
  return {
    kind: 'key',
    id: key,
    name: row.label,
    capabilities: new Set(row.capabilities.filter(isCapability)),
    language: 'fr',
    onBehalfOf: null,
  };
}
