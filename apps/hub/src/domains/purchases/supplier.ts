import type { OutputOf, purchasesOperations } from '@gigafibre/contract';
import type { SupplierRow } from './supplier-store.ts';

export type Supplier = OutputOf<typeof purchasesOperations.readSupplier>;

/** A supplier as the contract shows it. */
export const supplierOf = (row: SupplierRow): Supplier => ({
  id: row.id,
  name: row.name,
  gstNumber: row.gst_number,
  qstNumber: row.qst_number,
  termsDays: row.terms_days,
  expenseAccount: row.expense_account,
  note: row.note,
  version: row.version,
  owedCents: row.owed_cents,
});
