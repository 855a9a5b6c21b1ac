import { Refusal, ROLES, staffEvents, type Role } from '@gigafibre/contract';
import type { Actor, Reading, Tx } from '../../platform/acting.ts';
import { countRequest } from '../../platform/auth/rate-limit.ts';
import { openSession } from '../../platform/auth/sessions.ts';
import type { LinkSigner } from '../../platform/auth/tokens.ts';
import { hashOf, oneTimeCode, sameSecret } from '../../platform/chance.ts';
import * as store from './store.ts';

const CODE_MINUTES = 10;
const CODE_ATTEMPTS_MAX = 5;
const SESSION_HOURS = 12;
const CODES_PER_ADDRESS = { hits: 10, windowSeconds: 15 * 60 };
const CODES_PER_EMAIL = { hits: 3, windowSeconds: 15 * 60 };
const GUESSES_PER_ADDRESS = { hits: 30, windowSeconds: 15 * 60 };

/** Where and with what somebody signs in; kept with the session. */
export type Entrance = Readonly<{ address: string; device: string | null }>;
export type SignedIn = Readonly<{ token: string; expiresAt: Date; actor: Actor }>;

/** `ju***@gi***`: enough to recognise one's own address, nothing to learn from. */
export const redactEmail = (email: string): string =>
  email.replace(/^(.{1,2})[^@]*@(.{1,2}).*$/, '$1***@$2***');

/**
 * Asks for a one-time code. Whether the address belongs to anybody shows neither in the answer nor in its
 * duration: the code itself is made later, by the reaction that mails it.
 */
export async function requestCode(
  tx: Tx,
  { email, entrance }: { email: string; entrance: Entrance },
): Promise<{ hint: string }> {
  await countRequest(tx.db, `staff-code:${hashOf(email.toLowerCase())}`, CODES_PER_EMAIL, tx.now);
  await countRequest(tx.db, `staff-code-from:${entrance.address}`, CODES_PER_ADDRESS, tx.now);
  await tx.enqueue('staff.mail-code', { email });
  return { hint: redactEmail(email) };
}

/** Makes the code of a member; null for an address nobody has. Good for ten minutes. */
export async function issueCode(
  tx: Tx,
  email: string,
): Promise<{ code: string; member: store.MemberRow } | null> {
  const member = await store.memberByEmail(tx.db, email);
  if (!member?.active) return null;
  const code = oneTimeCode();
  await store.addCode(tx.db, {
    member_id: member.id,
    code_hash: hashOf(`${member.id} ${code}`),
    expires_at: minutesAfter(tx.now, CODE_MINUTES),
  });
  return { code, member };
}

/** Whether this address may guess again; counted outside the sign-in so that a wrong guess stays counted. */
export const countGuess = (reading: Reading, { address }: Entrance): Promise<void> =>
  countRequest(reading.db, `staff-guess:${address}`, GUESSES_PER_ADDRESS, reading.now);

/** Checks a code; a wrong one uses up an attempt. Returns the member, or null. */
export async function checkCode(
  tx: Tx,
  { email, code }: { email: string; code: string },
): Promise<store.MemberRow | null> {
  const member = await store.memberByEmail(tx.db, email);
  const open = member?.active ? await store.openCode(tx.db, { memberId: member.id, now: tx.now }) : undefined;
  if (!member || !open || open.attempts >= CODE_ATTEMPTS_MAX) return null;
  if (!sameSecret(open.code_hash, hashOf(`${member.id} ${code}`))) {
    await store.countAttempt(tx.db, open.id);
    return null;
  }
  await store.useCode(tx.db, { id: open.id, now: tx.now });
  return member;
}

/** The member a sign-in link stands for; refuses a link that is expired, foreign, or of somebody who left. */
export async function memberOfLink(
  tx: Tx,
  { links, token }: { links: LinkSigner; token: string },
): Promise<store.MemberRow> {
  const link = await links.read('staff', token, tx.now);
  const member = link ? await store.memberById(tx.db, link.subject) : undefined;
  if (!member?.active) throw new Refusal('link_not_valid');
  return member;
}

/** Opens a staff session for a member who proved who they are. */
export async function openStaffSession(
  tx: Tx,
  { member, by, entrance }: { member: store.MemberRow; by: string; entrance: Entrance },
): Promise<SignedIn> {
  const expiresAt = minutesAfter(tx.now, SESSION_HOURS * 60);
  const token = await openSession(tx, {
    kind: 'staff',
    actorId: member.id,
    openedBy: by,
    expiresAt,
    ...entrance,
  });
  await store.markSeen(tx.db, { id: member.id, now: tx.now });
  await tx.tell(staffEvents.signedIn, { subject: member.id, data: { by } });
  return { token, expiresAt, actor: actorOf(member) };
}

/** A staff member as an actor. */
export const actorOf = (member: store.MemberRow): Actor => ({
  kind: 'staff',
  id: member.id,
  name: member.name,
  capabilities: capabilitiesOf(member.role),
  language: member.language,
  onBehalfOf: null,
});

const byRole = new Map(Object.entries(ROLES).map(([role, list]) => [role, new Set(list)]));
const capabilitiesOf = (role: Role): Actor['capabilities'] => byRole.get(role) ?? new Set();

const minutesAfter = (now: Date, minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
