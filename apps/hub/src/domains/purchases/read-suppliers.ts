import { Refusal, type OutputOf, type ParsedOf, type purchasesOperations } from '@gigafibre/contract';
import { CHART, PURCHASE_ACCOUNTS } from '@gigafibre/ledger';
import { z } from 'zod';
import type { Reading } from '../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import * as store from './supplier-store.ts';
import { supplierOf, type Supplier } from './supplier.ts';

type Db = Pick<Reading, 'db'>;

/** One supplier; refused `not_found`. */
export async function readSupplier({ db }: Db, id: string): Promise<Supplier> {
  const row = await store.supplierById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return supplierOf(row);
}

/** Suppliers by name, a page at a time; those whose name holds what is searched. */
export async function listSuppliers(
  { db }: Db,
  { limit, after, search = '' }: ParsedOf<typeof purchasesOperations.listSuppliers>,
): Promise<OutputOf<typeof purchasesOperations.listSuppliers>> {
  // A name is too long for a cursor: where a page ended is said by the supplier.
  const [last] = readCursor(after, z.tuple([keys.id])) ?? [];
  const rows = await store.suppliersPage(db, { limit, search, after: last });
  const page = pageOf(rows, limit, ({ id }) => cursorOf(id));
  return { next: page.next, rows: page.rows.map(supplierOf) };
}

/** The accounts a bill may stand on, in the order of the chart. */
export const listPurchaseAccounts = (): OutputOf<typeof purchasesOperations.listPurchaseAccounts> => ({
  accounts: PURCHASE_ACCOUNTS.map((number) => ({
    number,
    nameFr: CHART[number].fr,
    nameEn: CHART[number].en,
  })),
});
