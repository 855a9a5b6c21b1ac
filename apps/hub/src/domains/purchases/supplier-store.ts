import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { PurchasesSuppliers } from '../../platform/db/types.ts';

export type SupplierRow = Selectable<PurchasesSuppliers> & { owed_cents: bigint };

const suppliers = (db: Db) =>
  db
    .selectFrom('purchases.suppliers as s')
    .selectAll('s')
    .select(
      sql<bigint>`(select coalesce(sum(b.total_cents), 0)::bigint from purchases.bills b
                    where b.supplier_id = s.id and b.state = 'approved')`.as('owed_cents'),
    );

export const supplierById = (db: Db, id: string): Promise<SupplierRow | undefined> =>
  suppliers(db).where('s.id', '=', id).executeTakeFirst();

/** By name, from after a supplier on; one more than the page. */
export const suppliersPage = (
  db: Db,
  page: { limit: number; search: string; after: string | undefined },
): Promise<SupplierRow[]> =>
  suppliers(db)
    .$if(page.search !== '', (q) =>
      q.where(sql<boolean>`position(app.fold(${page.search}) in s.name_key) > 0`),
    )
    .$if(page.after !== undefined, (q) =>
      q.where(
        sql<boolean>`(s.name_key, s.id) > (select name_key, id from purchases.suppliers where id = ${page.after})`,
      ),
    )
    .orderBy('s.name_key')
    .orderBy('s.id')
    .limit(page.limit + 1)
    .execute();

/** Adds a supplier; undefined when one is called the same. */
export const insertSupplier = (
  db: Db,
  row: Insertable<PurchasesSuppliers>,
): Promise<{ id: string } | undefined> =>
  db
    .insertInto('purchases.suppliers')
    .values(row)
    .onConflict((c) => c.column('name_key').doNothing())
    .returning('id')
    .executeTakeFirst();

/** The one whose name is spelled like this, but for case, accents and spaces. */
export const supplierNamed = (db: Db, name: string): Promise<{ id: string } | undefined> =>
  db
    .selectFrom('purchases.suppliers')
    .select('id')
    .where('name_key', '=', sql<string>`app.fold(regexp_replace(${name}, '\\s+', ' ', 'g'))`)
    .executeTakeFirst();

export const supplierForUpdate = (db: Db, id: string): Promise<Selectable<PurchasesSuppliers> | undefined> =>
  db.selectFrom('purchases.suppliers').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

export const updateSupplier = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<PurchasesSuppliers> },
): Promise<unknown> => db.updateTable('purchases.suppliers').set(fields).where('id', '=', id).execute();
