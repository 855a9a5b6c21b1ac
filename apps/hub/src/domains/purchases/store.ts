import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { insertMany } from '../../platform/db/insert-many.ts';
import type { PurchasesBillFiles, PurchasesBillLines, PurchasesBills } from '../../platform/db/types.ts';

export type BillRow = Selectable<PurchasesBills> & { supplier_name: string };
export type LockedBill = Selectable<PurchasesBills>;
export type BillLineRow = Selectable<PurchasesBillLines>;
export type NewBillLine = Omit<Insertable<PurchasesBillLines>, 'bill_id' | 'line'>;

const bills = (db: Db) =>
  db
    .selectFrom('purchases.bills as b')
    .innerJoin('purchases.suppliers as s', 's.id', 'b.supplier_id')
    .selectAll('b')
    .select('s.name as supplier_name');

export const billById = (db: Db, id: string): Promise<BillRow | undefined> =>
  bills(db).where('b.id', '=', id).executeTakeFirst();

export const billForUpdate = (db: Db, id: string): Promise<LockedBill | undefined> =>
  db.selectFrom('purchases.bills').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** Several at once, always in the same order. */
export const billsForUpdate = (db: Db, ids: readonly string[]): Promise<LockedBill[]> =>
  db.selectFrom('purchases.bills').selectAll().where('id', 'in', ids).orderBy('id').forUpdate().execute();

/** The live bill of a supplier with a number, however its case and spaces are typed. */
export const liveBillNumbered = (
  db: Db,
  { supplierId, number }: { supplierId: string; number: string },
): Promise<{ id: string } | undefined> =>
  db
    .selectFrom('purchases.bills')
    .select('id')
    .where('supplier_id', '=', supplierId)
    .where('number_key', '=', sql<string>`upper(regexp_replace(${number}, '\\s', '', 'g'))`)
    .where('state', '<>', 'reversed')
    .executeTakeFirst();

export const insertBill = (db: Db, row: Insertable<PurchasesBills>): Promise<{ id: string }> =>
  db.insertInto('purchases.bills').values(row).returning('id').executeTakeFirstOrThrow();

export const updateBill = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<PurchasesBills> },
): Promise<unknown> => db.updateTable('purchases.bills').set(fields).where('id', '=', id).execute();

/** The lines of a draft in place of those it had. */
export async function putLines(db: Db, billId: string, lines: readonly NewBillLine[]): Promise<void> {
  await db.deleteFrom('purchases.bill_lines').where('bill_id', '=', billId).execute();
  await insertMany(db, 'purchases.bill_lines', {
    rows: lines.map((line, index) => ({ bill_id: billId, line: index + 1, ...line })),
  });
}

export const linesOf = (db: Db, billId: string): Promise<BillLineRow[]> =>
  db.selectFrom('purchases.bill_lines').selectAll().where('bill_id', '=', billId).orderBy('line').execute();

export type BillPage = Readonly<{
  limit: number;
  state?: string | undefined;
  supplierId?: string | undefined;
  search: string;
  before: readonly [enteredAt: string, id: string] | undefined;
}>;

/** The newest first, one more than the page. */
export const billsPage = (db: Db, page: BillPage): Promise<BillRow[]> =>
  bills(db)
    .$if(page.state !== undefined, (q) => q.where('b.state', '=', page.state ?? ''))
    .$if(page.supplierId !== undefined, (q) => q.where('b.supplier_id', '=', page.supplierId ?? ''))
    .$if(page.search !== '', (q) => {
      const start = `${page.search
        .replaceAll(/\s/g, '')
        .toUpperCase()
        .replaceAll(/[\\%_]/g, '\\$&')}%`;
      return q.where((eb) => eb.or([eb('b.number_key', 'like', start), eb('b.id', 'like', start)]));
    })
    .$if(page.before !== undefined, (q) =>
      q.where((eb) =>
        eb(
          eb.refTuple('b.entered_at', 'b.id'),
          '<',
          eb.tuple(page.before?.[0] ?? '', page.before?.[1] ?? ''),
        ),
      ),
    )
    .orderBy('b.entered_at', 'desc')
    .orderBy('b.id', 'desc')
    .limit(page.limit + 1)
    .execute();

export type FileRow = Pick<Selectable<PurchasesBillFiles>, 'id' | 'name' | 'type'> & { size_bytes: number };

/** The papers of a bill without their bytes, in the order they came. */
export const filesOf = (db: Db, billId: string): Promise<FileRow[]> =>
  db
    .selectFrom('purchases.bill_files')
    .select(['id', 'name', 'type', sql<number>`octet_length(bytes)`.as('size_bytes')])
    .where('bill_id', '=', billId)
    .orderBy('added_at')
    .orderBy('id')
    .execute();

export const insertFile = (db: Db, row: Insertable<PurchasesBillFiles>): Promise<unknown> =>
  db.insertInto('purchases.bill_files').values(row).execute();

export const fileOf = (
  db: Db,
  { billId, fileId }: { billId: string; fileId: string },
): Promise<Pick<Selectable<PurchasesBillFiles>, 'name' | 'type' | 'bytes'> | undefined> =>
  db
    .selectFrom('purchases.bill_files')
    .select(['name', 'type', 'bytes'])
    .where('bill_id', '=', billId)
    .where('id', '=', fileId)
    .executeTakeFirst();
