import type { Tx } from '../../platform/acting.ts';
import { countRequest } from '../../platform/auth/rate-limit.ts';
import { hashOf } from '../../platform/chance.ts';
import { parsePhone } from '../../domains/customers/index.ts';

/** Three requests in fifteen minutes, per identifier and per address (spec: identity). */
const LIMIT = { hits: 3, windowSeconds: 15 * 60 };

/**
 * Asks for a sign-in link. Existence is not looked up here: every request does the same work, gives a hint
 * made only of what was typed, and leaves one job, so that neither answer nor duration tells anything.
 */
export async function requestPortalLink(
  tx: Tx,
  { identifier, address }: { identifier: string; address: string },
): Promise<{ hint: string }> {
  const key = sameIdentifier(identifier);
  await countRequest(tx.db, `portal-link:${hashOf(key)}`, LIMIT, tx.now);
  await countRequest(tx.db, `portal-link-from:${address}`, LIMIT, tx.now);
  await tx.enqueue('portal.mail-link', { identifier });
  return { hint: hintFor(identifier) };
}

/** One form for the ways of writing an identifier, so that spaces and case do not escape the count. */
export function sameIdentifier(identifier: string): string {
  const typed = identifier.trim().toLowerCase();
  return typed.includes('@') ? typed : (parsePhone(typed) ?? typed.replaceAll(/\s/g, ''));
}

/** What the screen repeats: enough to see one's own typing mistake. */
export function hintFor(identifier: string): string {
  const typed = identifier.trim();
  if (typed.includes('@')) return typed.toLowerCase().replace(/^(.)[^@]*@(.)[^.]*/, '$1•••@$2•••');
  const phone = parsePhone(typed);
  return phone ? `(${phone.slice(2, 5)}) •••-••${phone.slice(-2)}` : `${typed.slice(0, 2).toUpperCase()}•••`;
}
