import { dispatchEvents, Refusal } from '@gigafibre/contract';
import { z } from 'zod';
import type { Actor, Reading, Tx } from '../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import { json } from '../../platform/transact.ts';
import { requirePhone } from '../customers/index.ts';
import { readMember } from '../staff/index.ts';
import { actorOf, technicianOf, type Technician } from './technician.ts';
import * as store from './technicians-store.ts';

export type NewTechnician = Readonly<Omit<Technician, 'id' | 'active' | 'version'>>;

/** Registers a technician. Refused when the staff member already is one. */
export async function addTechnician(tx: Tx, input: NewTechnician): Promise<Technician> {
  if (input.staffId !== null) await readMember(tx, input.staffId);
  const row = await store.insertTechnician(tx.db, {
    name: input.name,
    colour: input.colour,
    phone: requirePhone(input.phone),
    language: input.language,
    skills: json(input.skills),
    hours: json(input.hours),
    staff_id: input.staffId,
    created_at: tx.now,
  });
  if (!row) throw await linkedRefusal(tx, input.staffId ?? '');
  await tellChanged(tx, row);
  return technicianOf(row);
}

export type TechnicianEdit = Readonly<
  { id: string; version: number } & {
    [Field in keyof Omit<Technician, 'id' | 'version'>]?: Technician[Field] | undefined;
  }
>;

/** Changes the fields given. Refused when somebody changed the record since the version that was seen. */
export async function editTechnician(tx: Tx, { id, version, ...given }: TechnicianEdit): Promise<Technician> {
  const before = await store.technicianForUpdate(tx.db, id);
  if (!before) throw new Refusal('not_found', { what: id });
  if (before.version !== version) throw new Refusal('changed_meanwhile', { version: before.version });
  if (given.staffId) await requireUnlinked(tx, { staffId: given.staffId, except: id });
  const row = await store.updateTechnician(tx.db, {
    id,
    fields: {
      ...(given.name === undefined ? {} : { name: given.name }),
      ...(given.colour === undefined ? {} : { colour: given.colour }),
      ...(given.phone === undefined ? {} : { phone: requirePhone(given.phone) }),
      ...(given.language === undefined ? {} : { language: given.language }),
      ...(given.skills === undefined ? {} : { skills: json(given.skills) }),
      ...(given.hours === undefined ? {} : { hours: json(given.hours) }),
      ...(given.staffId === undefined ? {} : { staff_id: given.staffId }),
      ...(given.active === undefined ? {} : { active: given.active }),
    },
  });
  await tellChanged(tx, row);
  return technicianOf(row);
}

const tellChanged = (tx: Tx, row: store.TechnicianRow) =>
  tx.tell(dispatchEvents.technicianChanged, {
    subject: row.id,
    technicianId: row.id,
    data: { name: row.name },
  });

async function requireUnlinked(
  tx: Tx,
  { staffId, except }: { staffId: string; except: string },
): Promise<void> {
  await readMember(tx, staffId);
  const linked = await store.technicianOfStaff(tx.db, staffId);
  if (linked && linked.id !== except) throw await linkedRefusal(tx, staffId);
}

async function linkedRefusal(tx: Tx, staffId: string): Promise<Refusal> {
  const linked = await store.technicianOfStaff(tx.db, staffId);
  return new Refusal('staff_already_linked', { technicianId: linked?.id ?? null });
}

/** One technician; refused `not_found`. */
export async function readTechnician({ db }: Pick<Reading, 'db'>, id: string): Promise<Technician> {
  const row = await store.technicianById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return technicianOf(row);
}

/** Technicians by number, a page at a time. */
export async function listTechnicians(
  { db }: Pick<Reading, 'db'>,
  { after, ...filter }: { limit: number; after?: string | undefined; active?: boolean | undefined },
): Promise<{ rows: Technician[]; next: string | null }> {
  const cursor = readCursor(after, z.tuple([keys.id]));
  const rows = await store.techniciansPage(db, { ...filter, after: cursor?.[0] });
  const page = pageOf(rows, filter.limit, (last) => cursorOf(last.id));
  return { rows: page.rows.map(technicianOf), next: page.next };
}

/**
 * The active technician with this id as an actor, or null. A session opened by a link dies with the link:
 * pass its id and a revoked one gives nobody.
 */
export async function technicianActor(
  { db }: Pick<Reading, 'db'>,
  id: string,
  linkId?: string,
): Promise<Actor | null> {
  const row = await store.technicianById(db, id);
  if (!row?.active) return null;
  const link = linkId === undefined ? undefined : await store.linkById(db, linkId);
  return linkId !== undefined && link?.revoked_at !== null ? null : actorOf(row);
}

/** The technician a staff member is, as an actor, or null: whoever holds `field.work` works under that name. */
export async function technicianActorOfStaff(
  { db }: Pick<Reading, 'db'>,
  staffId: string,
): Promise<Actor | null> {
  const row = await store.technicianOfStaff(db, staffId);
  return row?.active ? actorOf(row) : null;
}
