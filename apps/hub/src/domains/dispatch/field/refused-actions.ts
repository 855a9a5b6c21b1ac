import { dispatchEvents, Refusal, refusalWords, type RefusalData } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading, Tx } from '../../../platform/acting.ts';
import { hashOf } from '../../../platform/chance.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../../platform/db/cursor.ts';
import type { Route, Visit } from '../../../platform/http/route.ts';
import { json } from '../../../platform/transact.ts';
import * as store from '../refused-store.ts';

/** Refusals after which nobody needs to look: the phone goes on by itself, or it never was the technician's. */
const HARMLESS: readonly string[] = [
  'photo_gap',
  'photo_already_sent',
  'photo_too_large',
  'not_an_image',
  'invalid_input',
  'not_found',
  'too_many_requests',
  'unauthenticated',
  'forbidden',
];
/** Once a job is closed, what was refused while trying to close it is history. */
const CLOSING: readonly string[] = ['field.complete', 'field.cannotComplete'];
/** Pictures are not kept twice: the phone still has them and sends them again. */
const PICTURES: readonly string[] = ['chunk', 'png'];

const report = z.looseObject({ id: z.string().optional(), at: z.string().optional() });

/** The route of a field command, made so that what it refuses is kept for a dispatcher, and settled when it goes through later. */
export function fieldCommand(route: Route): Route {
  const { name } = route.operation;
  const refused: Route['refused'] = (tx, { input, refusal }) => keepRefused(tx, { name, input, refusal });
  if (route.manner !== 'carries-out') return { ...route, refused };
  return {
    ...route,
    refused,
    run: async (tx: Tx, input: never, visit: Visit) => {
      const answer = await route.run(tx, input, visit);
      await settleApplied(tx, name, input);
      return answer;
    },
  };
}

async function keepRefused(
  tx: Tx,
  { name, input, refusal }: { name: string; input: unknown; refusal: Refusal },
): Promise<void> {
  if (tx.by.kind !== 'technician' || tx.by.id === null || HARMLESS.includes(refusal.code)) return;
  const said = report.parse(input);
  const jobId = said.id ?? null;
  const first = await store.keepRefused(tx.db, {
    technicianId: tx.by.id,
    operation: name,
    fingerprint: fingerprintOf(input),
    at: new Date(said.at ?? tx.now),
    now: tx.now,
    jobId,
    code: refusal.code,
    data: json(refusal.data),
    input: json(Object.fromEntries(Object.entries(said).filter(([field]) => !PICTURES.includes(field)))),
  });
  if (first)
    await tx.tell(dispatchEvents.actionRefused, {
      subject: tx.by.id,
      technicianId: tx.by.id,
      data: { operation: name, code: refusal.code, jobId },
    });
}

async function settleApplied(tx: Tx, operation: string, input: unknown): Promise<void> {
  if (tx.by.kind !== 'technician' || tx.by.id === null) return;
  const settled = { now: tx.now, by: tx.by.name ?? tx.by.id, note: '' };
  const jobId = report.parse(input).id;
  const technicianId = tx.by.id;
  await store.settleRefused(
    tx.db,
    jobId !== undefined && CLOSING.includes(operation)
      ? { technicianId, jobId, operations: CLOSING }
      : { technicianId, operation, fingerprint: fingerprintOf(input) },
    settled,
  );
}

const fingerprintOf = (input: unknown): string => hashOf(json(input));

/** What phones reported and the hub could not apply, newest first. */
export async function listRefusedActions(
  { db, by }: Reading,
  {
    after,
    ...filter
  }: { limit: number; after?: string | undefined; open?: boolean | undefined; jobId?: string | undefined },
) {
  const before = readCursor(after, z.tuple([keys.number]))?.[0];
  const rows = await store.refusedPage(db, { ...filter, before });
  const page = pageOf(rows, filter.limit, (last) => cursorOf(last.id));
  return { rows: page.rows.map((row) => shown(row, by.language)), next: page.next };
}

/** Says that somebody has seen to a refused report. Saying it again changes nothing. */
export async function settleRefusedAction(tx: Tx, { id, note }: { id: string; note: string }) {
  const settled = await store.settleRefused(
    tx.db,
    { id },
    { now: tx.now, by: tx.by.name ?? tx.by.kind, note },
  );
  const row = settled ?? (await store.refusedById(tx.db, id));
  if (!row) throw new Refusal('not_found', { what: id });
  return shown(row, tx.by.language);
}

const shown = (row: store.RefusedRow, language: 'fr' | 'en') => ({
  id: row.id.toString(),
  at: row.at,
  receivedAt: row.received_at,
  technicianId: row.technician_id,
  jobId: row.job_id,
  operation: row.operation,
  code: row.code,
  // Data and input were written above as flat data and a parsed object.
  words: refusalWords(row.code, row.data as RefusalData, language),
  input: row.input as Record<string, unknown>,
  settledAt: row.settled_at,
  settledBy: row.settled_by,
});
