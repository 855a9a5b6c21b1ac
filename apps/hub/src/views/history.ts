import { civilDateOf } from '@gigafibre/calendar';
import {
  actorKind,
  HISTORY_EXPORT_ROWS_MAX,
  type FileAnswer,
  type HistoryRow,
  type Language,
} from '@gigafibre/contract';
import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import type { Reading } from '../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../platform/db/cursor.ts';
import { csvOf } from './csv.ts';

export type HistoryFilter = Readonly<{
  subject?: string | undefined;
  customerId?: string | undefined;
  type?: string | undefined;
  actor?: string | undefined;
}>;

/** Rows fetched at once for a file. */
const EXPORT_BATCH = 5_000;

/** Who did what, newest first, a page at a time; each filter has its index, so that age costs nothing. */
export async function listHistory(
  { db }: Reading,
  { limit, after, ...filter }: HistoryFilter & { limit: number; after?: string | undefined },
): Promise<{ rows: HistoryRow[]; next: string | null }> {
  const [olderThan] = readCursor(after, z.tuple([keys.number])) ?? [];
  const rows = await rowsOf({ db }, { filter, olderThan, limit: limit + 1 });
  return pageOf(rows, limit, ({ id }) => cursorOf(id));
}

/** The same as a file, in the reader's language; at most 50,000 rows, older ones with `olderThan`. */
export async function exportHistory(
  reading: Reading,
  { olderThan, ...filter }: HistoryFilter & { olderThan?: string | undefined },
): Promise<FileAnswer> {
  const rows: HistoryRow[] = [];
  let last = olderThan;
  while (rows.length < HISTORY_EXPORT_ROWS_MAX) {
    const limit = Math.min(EXPORT_BATCH, HISTORY_EXPORT_ROWS_MAX - rows.length);
    const batch = await rowsOf(reading, { filter, olderThan: last, limit });
    for (const row of batch) rows.push(row);
    last = batch.at(-1)?.id;
    if (batch.length < limit) break;
  }
  const { language } = reading.by;
  return {
    type: 'text/csv',
    name: `${language === 'fr' ? 'historique' : 'history'}-${civilDateOf(reading.now)}.csv`,
    bytes: csvOf([headings[language], ...rows.map(cellsOf)]),
  };
}

type Asked = Readonly<{ filter: HistoryFilter; olderThan: string | undefined; limit: number }>;

const rowsOf = async ({ db }: Pick<Reading, 'db'>, asked: Asked): Promise<HistoryRow[]> =>
  (await historyQuery(asked).execute(db)).rows;

/** The one question behind lists and files. */
export function historyQuery({ filter, olderThan, limit }: Asked): RawBuilder<HistoryRow> {
  const conditions = conditionsOf(filter);
  if (olderThan !== undefined) conditions.push(sql`event.id < ${olderThan}::bigint`);
  const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
  return sql<HistoryRow>`
    select event.id::text as id, at, type, subject_kind as "subjectKind", subject_id as subject,
           customer_id as "customerId", technician_id as "technicianId",
           jsonb_build_object('kind', actor_kind, 'id', actor_id, 'name', actor_name, 'onBehalfOf', on_behalf_of) as by,
           request_id as "requestId", cause::text as cause, data, changes
      from app.events event ${where} order by event.id desc limit ${limit}`;
}

function conditionsOf({ subject, customerId, type, actor }: HistoryFilter): RawBuilder<unknown>[] {
  const isKind = actorKind.safeParse(actor).success;
  return [
    ...(subject === undefined ? [] : [sql`subject_id = ${subject}`]),
    ...(customerId === undefined ? [] : [sql`customer_id = ${customerId}`]),
    ...(type === undefined ? [] : [sql`type = ${type}`]),
    ...(actor === undefined ? [] : [isKind ? sql`actor_kind = ${actor}` : sql`actor_id = ${actor}`]),
  ];
}

const headings: Readonly<Record<Language, readonly string[]>> = {
  fr: [
    'Numéro',
    'Instant (UTC)',
    'Événement',
    'Genre',
    'Objet',
    'Client',
    'Technicien',
    'Auteur (genre)',
    'Auteur (numéro)',
    'Auteur (nom)',
    'Au nom de',
    'Requête',
    'Cause',
    'Données',
    'Avant et après',
  ],
  en: [
    'Number',
    'Instant (UTC)',
    'Event',
    'Kind',
    'Thing',
    'Customer',
    'Technician',
    'By (kind)',
    'By (number)',
    'By (name)',
    'On behalf of',
    'Request',
    'Cause',
    'Data',
    'Before and after',
  ],
};

const cellsOf = ({ by, ...row }: HistoryRow): string[] => [
  row.id,
  row.at,
  row.type,
  row.subjectKind,
  row.subject,
  row.customerId ?? '',
  row.technicianId ?? '',
  by.kind,
  by.id ?? '',
  by.name ?? '',
  by.onBehalfOf ?? '',
  row.requestId ?? '',
  row.cause ?? '',
  JSON.stringify(row.data),
  JSON.stringify(row.changes),
];
