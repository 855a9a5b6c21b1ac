import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type {
  SalesLeads,
  SalesQuoteLines,
  SalesQuotes,
  SalesQuoteSteps,
  SalesQuoteVersions,
} from '../../platform/db/types.ts';

export type QuoteRow = Selectable<SalesQuotes>;
export type VersionRow = Selectable<SalesQuoteVersions>;
export type LineRow = Selectable<SalesQuoteLines>;
export type StepRow = Selectable<SalesQuoteSteps>;
export type LeadRow = Selectable<SalesLeads>;

export const insertQuote = (db: Db, row: Insertable<SalesQuotes>): Promise<QuoteRow> =>
  db.insertInto('sales.quotes').values(row).returningAll().executeTakeFirstOrThrow();

export const quoteById = (db: Db, id: string): Promise<QuoteRow | undefined> =>
  db.selectFrom('sales.quotes').selectAll().where('id', '=', id).executeTakeFirst();

/** The quote, held until the transaction ends: whoever changes it comes one after the other. */
export const quoteForUpdate = (db: Db, id: string): Promise<QuoteRow | undefined> =>
  db.selectFrom('sales.quotes').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const updateQuote = (
  db: Db,
  { id, fields }: { id: string; fields: Partial<Insertable<SalesQuotes>> },
): Promise<unknown> => db.updateTable('sales.quotes').set(fields).where('id', '=', id).execute();

export const insertVersion = (db: Db, row: Insertable<SalesQuoteVersions>): Promise<unknown> =>
  db.insertInto('sales.quote_versions').values(row).execute();

export const insertLines = (db: Db, rows: readonly Insertable<SalesQuoteLines>[]): Promise<unknown> =>
  db.insertInto('sales.quote_lines').values(rows).execute();

export const versionOf = (
  db: Db,
  { id, version }: { id: string; version: number },
): Promise<VersionRow | undefined> =>
  db
    .selectFrom('sales.quote_versions')
    .selectAll()
    .where('quote_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();

export const linesOf = (db: Db, { id, version }: { id: string; version: number }): Promise<LineRow[]> =>
  db
    .selectFrom('sales.quote_lines')
    .selectAll()
    .where('quote_id', '=', id)
    .where('version', '=', version)
    .orderBy('line')
    .execute();

/** Versions shown with a quote, the latest first. */
const VERSIONS_MAX = 100;
export const versionsOf = (db: Db, id: string) =>
  db
    .selectFrom('sales.quote_versions')
    .select(['version', 'created_at', 'created_by'])
    .where('quote_id', '=', id)
    .orderBy('version', 'desc')
    .limit(VERSIONS_MAX)
    .execute();

/** Price versions that any version of a quote locked. */
export const lockedPriceIds = async (db: Db, quoteId: string): Promise<string[]> =>
  (
    await db
      .selectFrom('sales.quote_lines')
      .select('price_version_id')
      .distinct()
      .where('quote_id', '=', quoteId)
      .limit(LOCKED_PRICES_MAX)
      .execute()
  ).map((row) => row.price_version_id);
const LOCKED_PRICES_MAX = 4_000;

/** Writes down a step; of what was merely shown, only the first time per address. */
export const insertStep = (db: Db, row: Insertable<SalesQuoteSteps>): Promise<unknown> =>
  db
    .insertInto('sales.quote_steps')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute();

/** Steps of one version, the first first; a bounded many. */
const STEPS_MAX = 200;
export const stepsOf = (db: Db, { id, version }: { id: string; version: number }): Promise<StepRow[]> =>
  db
    .selectFrom('sales.quote_steps')
    .selectAll()
    .where('quote_id', '=', id)
    .where('version', '=', version)
    .orderBy('id')
    .limit(STEPS_MAX)
    .execute();

export type QuoteFilter = Readonly<{
  status?: string | undefined;
  customerId?: string | undefined;
  search?: string | undefined;
  limit: number;
  after: { at: string; id: string } | undefined;
}>;
export type ListedRow = Readonly<{
  id: string;
  status: string;
  version: number;
  customer_id: string | null;
  contact_name: string;
  address_text: string;
  totals: VersionRow['totals'];
  valid_until: string;
  created_at: string;
}>;

/** Quotes with the version that counts, newest first; one row more than the page. */
export async function quotesPage(db: Db, filter: QuoteFilter): Promise<ListedRow[]> {
  const conditions = [
    ...(filter.status === undefined ? [] : [sql`q.status = ${filter.status}`]),
    ...(filter.customerId === undefined ? [] : [sql`q.customer_id = ${filter.customerId}`]),
    ...(filter.search === undefined || filter.search === ''
      ? []
      : [sql`${foldedWords} like '%' || app.fold(${literal(filter.search)}) || '%'`]),
    ...(filter.after === undefined
      ? []
      : [sql`(q.created_at, q.id) < (${filter.after.at}::timestamptz, ${filter.after.id})`]),
  ];
  const { rows } = await sql<ListedRow>`
    select q.id, q.status, q.version, q.customer_id, v.contact_name, v.address_text, v.totals, q.valid_until, q.created_at
      from sales.quotes q
      join sales.quote_versions v on v.quote_id = q.id and v.version = q.version
     where ${conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)}
     order by q.created_at desc, q.id desc limit ${filter.limit + 1}`.execute(db);
  return rows;
}

/** The same expression as the index, so that it is used. */
const foldedWords = sql`app.fold(v.quote_id || ' ' || v.contact_name || ' ' || v.address_text || ' ' || coalesce(v.contact_email, '') || ' ' || coalesce(v.contact_phone, ''))`;
/** The signs that mean something to LIKE, taken literally. */
const literal = (search: string): string => search.replaceAll(/[\\%_]/g, '\\$&');

/** Open quotes whose last day is past, to be expired; those another worker holds are left to it. */
export const overdueQuotes = (
  db: Db,
  { today, limit }: { today: string; limit: number },
): Promise<QuoteRow[]> =>
  db
    .selectFrom('sales.quotes')
    .selectAll()
    .where('status', 'in', ['draft', 'sent'])
    .where('valid_until', '<', today)
    .orderBy('valid_until')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();

export const insertLead = (db: Db, row: Insertable<SalesLeads>): Promise<{ id: string }> =>
  db.insertInto('sales.leads').values(row).returning('id').executeTakeFirstOrThrow();

export const leadsPage = (
  db: Db,
  { limit, after }: { limit: number; after: { at: string; id: string } | undefined },
): Promise<LeadRow[]> =>
  db
    .selectFrom('sales.leads')
    .selectAll()
    .$if(after !== undefined, (q) =>
      q.where(sql<boolean>`(created_at, id) < (${after?.at}::timestamptz, ${after?.id})`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
