import type { OutputOf, subscriptionsOperations } from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading } from '../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../platform/db/cursor.ts';
import { readCustomer } from '../customers/index.ts';
import * as troubles from './activation-troubles-store.ts';
import { readSubscription, shown } from './read-subscription.ts';

type Troubles = OutputOf<typeof subscriptionsOperations.listActivationTroubles>;

/** Services whose work is done but that could not start, the longest so first, a page at a time. */
export async function listActivationTroubles(
  reading: Reading,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<Troubles> {
  const rows = await troubles.troublesPage(reading.db, {
    limit,
    after: readCursor(after, z.tuple([keys.instant, keys.id])),
  });
  const page = pageOf(rows, limit, (last) => cursorOf(last.since, last.subscription_id));
  const shownRows: Troubles['rows'] = [];
  // A handful at most: each is somebody's work.
  for (const row of page.rows) {
    const service = await shown(reading, await readSubscription(reading, row.subscription_id));
    const { customerId, address, nameFr, nameEn } = service;
    shownRows.push({
      subscriptionId: row.subscription_id,
      customerId,
      customerName: (await readCustomer(reading, customerId)).name,
      address,
      nameFr,
      nameEn,
      jobId: row.job_id,
      on: row.on_date,
      refusal: row.refusal,
      // Written from a refusal by startAfterJob.
      data: row.data as Troubles['rows'][number]['data'],
      since: row.since,
    });
  }
  return { rows: shownRows, next: page.next };
}
