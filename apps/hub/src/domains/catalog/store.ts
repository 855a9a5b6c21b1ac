import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { CatalogItems, CatalogPriceVersions } from '../../platform/db/types.ts';

/** An item with the price in force on the day asked for and the options it allows. */
export type ItemRow = Selectable<CatalogItems> & {
  price_version_id: string | null;
  price_cents: bigint | null;
  price_from: string | null;
  options: string[];
  /** Of a bundle, the items of each part. */
  parts: string[][];
};
export type PriceRow = Selectable<CatalogPriceVersions>;

const partsOf = sql`coalesce((
    select jsonb_agg(part.skus order by part.part) from (
      select part, jsonb_agg(sku order by sku) as skus from catalog.bundle_parts
       where price_version_id = price.id group by part) part), '[]') as parts`;

const itemsOn = (on: string) => sql`
  select item.*, price.id as price_version_id, price.price_cents, price.valid_from as price_from,
         array(select option_sku from catalog.item_options where plan_sku = item.sku order by option_sku) as options,
         ${partsOf}
    from catalog.items item
    left join lateral (
      select id, price_cents, valid_from from catalog.price_versions
       where sku = item.sku and valid_from <= ${on}::date
       order by valid_from desc limit 1) price on true`;

export async function itemBySku(
  db: Db,
  { sku, on }: { sku: string; on: string },
): Promise<ItemRow | undefined> {
  const { rows } = await sql<ItemRow>`${itemsOn(on)} where item.sku = ${sku}`.execute(db);
  return rows[0];
}

export async function itemsBySku(
  db: Db,
  { skus, on }: { skus: readonly string[]; on: string },
): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`${itemsOn(on)} where item.sku = any(${skus}::text[])`.execute(db);
  return rows;
}

/** Items as they were sold: each price version with its item. */
export async function itemsByPriceVersion(db: Db, ids: readonly string[]): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    select item.*, price.id as price_version_id, price.price_cents, price.valid_from as price_from,
           array(select option_sku from catalog.item_options where plan_sku = item.sku order by option_sku) as options,
         ${partsOf}
      from catalog.price_versions price join catalog.items item using (sku)
     where price.id = any(${ids}::text[])`.execute(db);
  return rows;
}

export type ItemFilter = Readonly<{
  on: string;
  kind?: string | undefined;
  search?: string | undefined;
  onSale?: boolean | undefined;
  limit: number;
  after?: string | undefined;
}>;

/** One row more than the page, to know whether another follows. */
export async function itemsPage(db: Db, filter: ItemFilter): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`${itemsOn(filter.on)}
    where (${filter.kind ?? null}::text is null or item.kind = ${filter.kind ?? null})
      and (${filter.onSale ?? null}::boolean is null or item.on_sale = ${filter.onSale ?? null})
      and (${filter.search ?? null}::text is null
           or app.fold(item.sku || ' ' || item.name_fr || ' ' || item.name_en) like '%' || ${likeText(filter.search)} || '%')
      and item.sku > ${filter.after ?? ''}
    order by item.sku limit ${filter.limit + 1}`.execute(db);
  return rows;
}

/** What is searched for, folded, with the signs that mean something to LIKE taken literally. */
const likeText = (search: string | undefined) =>
  sql`app.fold(${(search ?? '').replaceAll(/[\\%_]/g, '\\$&')})`;

export const itemForUpdate = (db: Db, sku: string): Promise<Selectable<CatalogItems> | undefined> =>
  db.selectFrom('catalog.items').selectAll().where('sku', '=', sku).forUpdate().executeTakeFirst();

/** Adds an item; false when the SKU exists. */
export const insertItem = async (db: Db, row: Insertable<CatalogItems>): Promise<boolean> =>
  (await db
    .insertInto('catalog.items')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('sku')
    .executeTakeFirst()) !== undefined;

export const updateItem = (
  db: Db,
  { sku, fields }: { sku: string; fields: Updateable<CatalogItems> },
): Promise<unknown> =>
  db
    .updateTable('catalog.items')
    .set(fields)
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('sku', '=', sku)
    .execute();

/** Adds a price version; undefined when one begins that day. */
export const insertPrice = (db: Db, row: Insertable<CatalogPriceVersions>): Promise<PriceRow | undefined> =>
  db
    .insertInto('catalog.price_versions')
    .values(row)
    .onConflict((c) => c.columns(['sku', 'valid_from']).doNothing())
    .returningAll()
    .executeTakeFirst();

/** A price of an item that has parts: it is a bundle. */
export const partsEver = (db: Db, sku: string): Promise<{ id: string }[]> =>
  db
    .selectFrom('catalog.price_versions as price')
    .innerJoin('catalog.bundle_parts as part', 'part.price_version_id', 'price.id')
    .select('price.id')
    .where('price.sku', '=', sku)
    .limit(1)
    .execute();

/** Says what a bundle is made of at a price; SKUs that are not monthly items of the catalog come back. */
export async function insertParts(
  db: Db,
  { priceVersionId, parts }: { priceVersionId: string; parts: readonly (readonly string[])[] },
): Promise<string[]> {
  const rows = parts.flatMap((skus, index) => [...new Set(skus)].map((sku) => ({ part: index + 1, sku })));
  const { rows: written } = await sql<{ sku: string }>`
    insert into catalog.bundle_parts (price_version_id, part, sku)
    select ${priceVersionId}, given.part, item.sku
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (part int, sku text)
      join catalog.items item on item.sku = given.sku and item.frequency = 'monthly'
    returning sku`.execute(db);
  const known = new Set(written.map(({ sku }) => sku));
  return rows.map(({ sku }) => sku).filter((sku) => !known.has(sku));
}

export const pricesOf = (db: Db, sku: string): Promise<PriceRow[]> =>
  db
    .selectFrom('catalog.price_versions')
    .selectAll()
    .where('sku', '=', sku)
    .orderBy('valid_from', 'desc')
    .execute();

/** Replaces the options a plan allows; those that are not options of the catalog come back. */
export async function replaceOptions(
  db: Db,
  { sku, options }: { sku: string; options: readonly string[] },
): Promise<string[]> {
  await db.deleteFrom('catalog.item_options').where('plan_sku', '=', sku).execute();
  if (options.length === 0) return [];
  const { rows } = await sql<{ sku: string }>`
    insert into catalog.item_options (plan_sku, option_sku)
    select ${sku}, sku from catalog.items where sku = any(${options}::text[]) and kind = 'option'
    returning option_sku as sku`.execute(db);
  const known = new Set(rows.map((row) => row.sku));
  return options.filter((option) => !known.has(option));
}
