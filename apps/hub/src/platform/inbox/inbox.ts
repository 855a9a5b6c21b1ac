import type { Tx } from '../acting.ts';
import { json } from '../transact.ts';

export type Received = Readonly<{ vendor: string; vendorId: string; kind: string; payload: unknown }>;

/**
 * Keeps what an outside system told us and enqueues `job` to act on it, both in this transaction and before
 * it is acknowledged. Told again, nothing happens. Returns whether it was new.
 */
export async function receive(tx: Tx, received: Received, job: string): Promise<boolean> {
  const row = await tx.db
    .insertInto('app.inbox')
    .values({
      vendor: received.vendor,
      vendor_id: received.vendorId,
      kind: received.kind,
      at: tx.now,
      payload: json(received.payload),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('vendor_id')
    .executeTakeFirst();
  if (!row) return false;
  await tx.enqueue(job, { vendor: received.vendor, vendorId: received.vendorId });
  return true;
}

/** Takes one kept message to act on it, locked; undefined when it was handled already. */
export async function takeFromInbox(
  tx: Tx,
  key: { vendor: string; vendorId: string },
): Promise<{ kind: string; payload: unknown } | undefined> {
  return tx.db
    .selectFrom('app.inbox')
    .select(['kind', 'payload'])
    .where('vendor', '=', key.vendor)
    .where('vendor_id', '=', key.vendorId)
    .where('handled_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

/** Records what became of a kept message. */
export async function settleInbox(
  tx: Tx,
  key: { vendor: string; vendorId: string },
  outcome: string,
): Promise<void> {
  await tx.db
    .updateTable('app.inbox')
    .set({ handled_at: tx.now, outcome })
    .where('vendor', '=', key.vendor)
    .where('vendor_id', '=', key.vendorId)
    .execute();
}
