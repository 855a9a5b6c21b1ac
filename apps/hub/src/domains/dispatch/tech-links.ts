import { addDays, instantOf } from '@gigafibre/calendar';
import { dispatchEvents, Refusal, type dispatchOperations, type OutputOf } from '@gigafibre/contract';
import { z } from 'zod';
import type { Env } from '../../env.ts';
import type { Actor, Reading, Tx } from '../../platform/acting.ts';
import { openSession } from '../../platform/auth/sessions.ts';
import { linkId } from '../../platform/chance.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import { readSetting } from '../../platform/settings.ts';
import { jobRow } from './read-job.ts';
import { actorOf, dayOf } from './technician.ts';
import { readTechnician } from './technicians.ts';
import * as store from './technicians-store.ts';

type Minted = OutputOf<typeof dispatchOperations.mintTechLink>;
export type TechLink = Omit<Minted, 'token' | 'url' | 'pageUrl'>;
type Signing = Pick<Env, 'links' | 'publicUrl'>;

/** When a working day's links end, local time; the setting `field.day_ends_at` may say earlier or later. */
const DAY_ENDS_AT = '24:00';
const endsAt = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);

/**
 * Makes a link that signs a technician in for a working day, or for the day of one of their jobs. It is good until
 * that day ends at the company's, and can be revoked. Refused `day_over` for a day that has ended.
 */
export async function mintTechLink(
  tx: Tx,
  env: Signing,
  { technicianId, day, jobId }: { technicianId: string; day?: string | undefined; jobId: string | null },
): Promise<Minted> {
  const technician = await readTechnician(tx, technicianId);
  if (!technician.active) throw new Refusal('not_found', { what: technicianId });
  const job = jobId === null ? undefined : await jobRow(tx, jobId);
  if (job && job.technician_id !== technicianId) throw new Refusal('not_found', { what: jobId });
  const on = day ?? dayOf(job?.starts_at ?? tx.now);
  const expiresAt = await endOfWorkingDay(tx, on);
  if (expiresAt <= tx.now) throw new Refusal('day_over', { day: on });
  const row = await store.insertLink(tx.db, {
    id: linkId(),
    technician_id: technicianId,
    day: on,
    job_id: jobId,
    created_at: tx.now,
    created_by: tx.by.name ?? tx.by.kind,
    expires_at: expiresAt,
  });
  const claims: Record<string, string> = jobId === null ? { day: on } : { day: on, job: jobId };
  const token = await env.links.sign('field', {
    subject: technicianId,
    claims,
    now: tx.now,
    expiresAt,
    id: row.id,
  });
  await tx.tell(dispatchEvents.techLinkMinted, {
    subject: technicianId,
    data: { linkId: row.id, day: on },
  });
  const base = env.publicUrl();
  return { ...linkOf(row), token, url: `${base}/ops/#/j/${token}`, pageUrl: `${base}/t/${token}` };
}

async function endOfWorkingDay({ db }: Pick<Reading, 'db'>, day: string): Promise<Date> {
  const time = endsAt.parse((await readSetting(db, 'field.day_ends_at')) ?? DAY_ENDS_AT);
  return time === '24:00'
    ? instantOf({ date: addDays(day, 1), time: '00:00' })
    : instantOf({ date: day, time });
}

/** Refuses a link, and every session it opened, from now on. Saying it again changes nothing. */
export async function revokeTechLink(tx: Tx, { id }: { id: string }): Promise<TechLink> {
  const revoked = await store.revokeLink(tx.db, { id, now: tx.now, by: tx.by.name });
  if (revoked)
    await tx.tell(dispatchEvents.techLinkRevoked, { subject: revoked.technician_id, data: { linkId: id } });
  const row = revoked ?? (await store.linkById(tx.db, id));
  if (!row) throw new Refusal('not_found', { what: id });
  return linkOf(row);
}

/** Links made for a technician, newest first, without their secrets. */
export async function listTechLinks(
  { db }: Pick<Reading, 'db'>,
  { after, ...filter }: { technicianId: string; limit: number; after?: string | undefined },
): Promise<{ rows: TechLink[]; next: string | null }> {
  const before = readCursor(after, z.tuple([keys.instant, keys.id]));
  const rows = await store.linksPage(db, { ...filter, before });
  const page = pageOf(rows, filter.limit, (last) => cursorOf(last.created_at, last.id));
  return { rows: page.rows.map(linkOf), next: page.next };
}

export type OpenLink = Readonly<{ link: TechLink; technician: Actor }>;

/** What a link opens; null when it is not ours, has expired, was revoked, or its technician has left. */
export async function readTechLink(
  { db, now }: Pick<Reading, 'db' | 'now'>,
  { links }: Pick<Env, 'links'>,
  token: string,
): Promise<OpenLink | null> {
  const signed = await links.read('field', token, now);
  const known = z.uuid().safeParse(signed?.id);
  const row = known.success ? await store.linkById(db, known.data) : undefined;
  if (!signed || !row || row.revoked_at !== null || row.technician_id !== signed.subject) return null;
  const technician = await store.technicianById(db, row.technician_id);
  return technician?.active ? { link: linkOf(row), technician: actorOf(technician) } : null;
}

/**
 * Opens a technician's session with a link; it ends with the link. A link made for one visit says which to open
 * first: the session is for all of the technician's own, for the day does not stop at one door. Refused
 * `link_not_valid`.
 */
export async function signInWithTechLink(
  tx: Tx,
  env: Pick<Env, 'links'>,
  { token, address, device }: { token: string; address: string; device: string | null },
): Promise<{ token: string; expiresAt: Date; actor: Actor; day: string; jobId: string | null }> {
  const open = await readTechLink(tx, env, token);
  if (!open) throw new Refusal('link_not_valid');
  const expiresAt = new Date(open.link.expiresAt);
  const session = await openSession(tx, {
    kind: 'technician',
    actorId: open.link.technicianId,
    openedBy: 'link',
    expiresAt,
    address,
    device,
    scope: { link: open.link.id },
  });
  await store.markLinkUsed(tx.db, { id: open.link.id, now: tx.now });
  const { day, jobId } = open.link;
  return { token: session, expiresAt, actor: open.technician, day, jobId };
}

const linkOf = (row: store.LinkRow): TechLink => ({
  id: row.id,
  technicianId: row.technician_id,
  day: row.day,
  jobId: row.job_id,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  usedAt: row.used_at,
  revokedAt: row.revoked_at,
});
