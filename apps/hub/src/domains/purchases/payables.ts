import { civilDateOf } from '@gigafibre/calendar';
import { PAYABLES_ROWS_MAX, type OutputOf, type purchasesOperations } from '@gigafibre/contract';
import type { Reading } from '../../platform/acting.ts';
import * as store from './payment-store.ts';

type Payables = OutputOf<typeof purchasesOperations.readPayables>;

/** What is owed to suppliers today by how late it is, with the same sum from the ledger, of one instant. */
export async function readPayables(reading: Pick<Reading, 'db' | 'now'>): Promise<Payables> {
  const on = civilDateOf(reading.now);
  return reading.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (db) => {
      const { rows, totals } = await store.ageing(db, { on, limit: PAYABLES_ROWS_MAX });
      return {
        on,
        rows: rows.map((row) => ({
          supplierId: row.supplier_id,
          supplierName: row.supplier_name,
          bills: row.bills,
          ...partsOf(row),
        })),
        totals: partsOf(totals),
        ledgerCents: await store.payableInLedger(db),
      };
    });
}

const partsOf = (row: store.AgeingRow | undefined): Payables['totals'] => ({
  currentCents: row?.current_cents ?? 0n,
  to30Cents: row?.to30_cents ?? 0n,
  to60Cents: row?.to60_cents ?? 0n,
  to90Cents: row?.to90_cents ?? 0n,
  over90Cents: row?.over90_cents ?? 0n,
  totalCents: row?.total_cents ?? 0n,
});
