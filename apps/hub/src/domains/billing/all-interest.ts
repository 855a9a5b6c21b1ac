import { addDays, civilDateOf } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading, Tx } from '../../platform/acting.ts';
import { companyForTaxes } from '../../platform/company.ts';
import { cursorOf, keys, readCursor } from '../../platform/db/cursor.ts';
import type { JobTable } from '../../platform/jobs/worker.ts';
import { ACCRUED_DAYS_MAX } from './accrue-interest.ts';
import { chargeInterest, interestDueOf } from './interest.ts';
import { lateCustomers } from './interest-store.ts';
import { isPaused, requireNotPaused } from './runs/pause.ts';

const CHARGE_JOB = 'billing.charge-interest';
const charging = z.object({ after: z.string() });
/** Customers of one job, which is one transaction. */
const CUSTOMERS_MAX = 50;

type Row = Readonly<{ customerId: string; customerName: string; invoices: number; totalCents: bigint }>;

/** Customers who owe interest, a page at a time; a page of customers who were late may hold fewer who owe. */
export async function listInterestDue(
  reading: Pick<Reading, 'db' | 'now'>,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<{ rows: Row[]; next: string | null }> {
  const from = readCursor(after, z.tuple([keys.id]))?.[0] ?? '';
  const late = await nextLate(reading, { after: from, limit });
  const rows: Row[] = [];
  for (const { id, name } of late) {
    const { lines, totalCents } = await interestDueOf(reading, id);
    if (lines.length > 0)
      rows.push({ customerId: id, customerName: name, invoices: lines.length, totalCents });
  }
  const last = late.at(-1);
  return { rows, next: late.length === limit && last ? cursorOf(last.id) : null };
}

/** Begins to charge everybody; what runs again charges no day twice. Refused while billing is paused. */
export async function chargeAllInterest(tx: Tx): Promise<{ begun: true }> {
  await requireNotPaused(tx);
  await companyForTaxes(tx.db);
  await tx.enqueue(CHARGE_JOB, { after: '' });
  return { begun: true };
}

/** Charges the next customers and leaves a job for those after them, in one transaction; nobody while paused. */
async function chargeNext(tx: Tx, { after }: { after: string }): Promise<void> {
  if (await isPaused(tx)) return;
  const late = await nextLate(tx, { after, limit: CUSTOMERS_MAX });
  for (const { id: customerId } of late)
    await chargeInterest(tx, { customerId }).catch((error: unknown) => {
      // Refused before anything was written: nothing has run since they were last charged.
      if (!(error instanceof Refusal) || error.code !== 'nothing_to_bill') throw error;
    });
  const last = late.at(-1);
  if (late.length === CUSTOMERS_MAX && last) await tx.enqueue(CHARGE_JOB, { after: last.id });
}

function nextLate(
  { db, now }: Pick<Reading, 'db' | 'now'>,
  { after, limit }: { after: string; limit: number },
): Promise<{ id: string; name: string }[]> {
  const today = civilDateOf(now);
  return lateCustomers(db, { after, since: addDays(today, -ACCRUED_DAYS_MAX), today, limit });
}

export const interestJobs = (): JobTable => ({
  [CHARGE_JOB]: { queue: 'inside', run: (tx, payload) => chargeNext(tx, charging.parse(payload)) },
});
