import { civilDateOf } from '@gigafibre/calendar';
import { billingRunsEvents } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { transact, type Ground } from '../../../platform/transact.ts';
import { refreshCycleStatistics } from '../../charges/index.ts';
import { refreshTermStatistics } from '../../customers/index.ts';
import { refreshLedgerStatistics } from '../../ledger/index.ts';
import { ISSUE_JOB } from './count-run.ts';
import { issuePage } from './issue-page.ts';
import { isPaused } from './pause.ts';
import * as store from '../run-store.ts';

/**
 * Customers dealt with in one transaction: the series of numbers is held while their invoices are written, so that
 * somebody who issues one by hand waits no longer than that.
 */
const PAGE = 300;
/** Pages of one job at most. */
const PAGES = 20;
/**
 * A job takes no further page after this: what else is waiting has its turn, and on the slowest machine it is far from
 * the minute after which a job is thought lost.
 */
const JOB_MS = 1_500;
/** Pages under way at once: the bills of one are computed while the database writes those of the other. */
const LANES = 2;

/** `page`: how many customers make one, fewer in tests. */
type Issuing = Readonly<{ runId: string; after?: string | undefined; page?: number }>;

/**
 * Issues the invoices of the next pages of an approved run, and asks for those after them in `tx`. Each page is one
 * transaction of its own: a crash loses those under way, whole, and the job comes again for them. What was approved
 * is what is issued: a customer whose bill has changed since is left out and said so.
 */
export async function issueRun(
  tx: Tx,
  ground: Ground,
  { runId, after = '', page: size = PAGE }: Issuing,
): Promise<void> {
  const occasion = { by: tx.by, cause: tx.cause };
  const customerIds = await transact(ground, occasion, (own) =>
    nextCustomers(own, { runId, after, limit: PAGES * size }),
  );
  if (!customerIds) return;
  if (customerIds.length === 0) return finish(tx, runId);
  const begunMs = ground.clock.now().getTime();
  const done = await inLanes(pagesOf(customerIds, size), {
    issue: (page) => transact(ground, occasion, (own) => issuePage(own, { runId, customerIds: page })),
    isOver: () => ground.clock.now().getTime() - begunMs > JOB_MS,
  });
  const last = done.at(-1)?.at(-1);
  if (last !== undefined) await tx.enqueue(ISSUE_JOB, { runId, after: last });
}

/** Whom the next pages are about; none when all are dealt with, undefined when the run does not go on. */
async function nextCustomers(
  tx: Tx,
  { runId, after, limit }: { runId: string; after: string; limit: number },
): Promise<string[] | undefined> {
  const run = await store.runForUpdate(tx.db, runId);
  if (run?.state !== 'issuing' || run.issued_on === null || (await isPaused(tx))) return undefined;
  // No invoice is dated before the day it is issued, or falls due that much too soon: a run may have waited.
  const today = civilDateOf(tx.now);
  if (today > run.issued_on) await store.updateRun(tx.db, runId, { issued_on: today });
  // A company's first runs fill empty tables faster than the server looks at them by itself.
  if (run.done > 2 * (await store.invoicesBelieved(tx.db))) {
    await store.refreshStatistics(tx.db);
    await refreshLedgerStatistics(tx.db);
    await refreshCycleStatistics(tx.db);
    await refreshTermStatistics(tx.db);
  }
  return store.customersToDo(tx.db, { runId, after, limit });
}

type Page = readonly string[];
const pagesOf = (customerIds: readonly string[], size: number): Page[] =>
  Array.from({ length: Math.ceil(customerIds.length / size) }, (_, page) =>
    customerIds.slice(page * size, (page + 1) * size),
  );

/**
 * Does pages in their order until it is over, as many at once as there are lanes, and gives back those it did. None when
 * one was left, for then the run does not go on; one that fails fails all of it, once the others have ended.
 */
async function inLanes(
  pages: readonly Page[],
  { issue, isOver }: Readonly<{ issue: (page: Page) => Promise<boolean>; isOver: () => boolean }>,
): Promise<readonly Page[]> {
  let taken = 0;
  let stands = false;
  const lane = async (): Promise<void> => {
    while (!stands && (taken === 0 || !isOver())) {
      const page = pages[taken];
      if (!page) return;
      taken += 1;
      const isDone = await issue(page).catch((error: unknown) => {
        stands = true;
        throw error;
      });
      stands ||= !isDone;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return stands ? [] : pages.slice(0, taken);
}

async function finish(tx: Tx, runId: string): Promise<void> {
  const run = await store.runForUpdate(tx.db, runId);
  if (run?.state !== 'issuing') return;
  const [left] = await store.customersToDo(tx.db, { runId, after: '', limit: 1 });
  if (left !== undefined) throw new Error(`${runId} was to end, and nobody has dealt with ${left}`);
  await store.updateRun(tx.db, runId, { state: 'issued', finished_at: tx.now });
  const { invoices, changed, invoiced } = await store.sumsOf(tx.db, runId);
  await tx.tell(billingRunsEvents.runIssued, {
    subject: runId,
    data: { invoices, changed, totalCents: Number(invoiced) },
  });
}
