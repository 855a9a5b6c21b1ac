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
const PAGE = 200;
/**
 * Pages of one job: less than a second, so that what else is waiting has its turn, and far from the minute after which
 * a job is thought lost, on a machine fifty times slower too.
 */
const PAGES = 6;
/** Pages under way at once: the bills of one are computed while the database writes those of the other. */
const LANES = 2;

type Issuing = Readonly<{ runId: string; after?: string | undefined }>;

/**
 * Issues the invoices of the next pages of an approved run, and asks for those after them in `tx`. Each page is one
 * transaction of its own: a crash loses those under way, whole, and the job comes again for them. What was approved
 * is what is issued: a customer whose bill has changed since is left out and said so.
 */
export async function issueRun(tx: Tx, ground: Ground, { runId, after = '' }: Issuing): Promise<void> {
  const occasion = { by: tx.by, cause: tx.cause };
  const customerIds = await transact(ground, occasion, (own) => nextCustomers(own, { runId, after }));
  if (!customerIds) return;
  const last = customerIds.at(-1);
  if (last === undefined) return finish(tx, runId);
  const pages = pagesOf(customerIds);
  const goesOn = await inLanes(pages, (page) =>
    transact(ground, occasion, (own) => issuePage(own, { runId, customerIds: page })),
  );
  if (goesOn) await tx.enqueue(ISSUE_JOB, { runId, after: last });
}

/** Whom the next pages are about; none when all are dealt with, undefined when the run does not go on. */
async function nextCustomers(tx: Tx, { runId, after }: Required<Issuing>): Promise<string[] | undefined> {
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
  return store.customersToDo(tx.db, { runId, after, limit: PAGES * PAGE });
}

const pagesOf = (customerIds: readonly string[]): (readonly string[])[] =>
  Array.from({ length: Math.ceil(customerIds.length / PAGE) }, (_, page) =>
    customerIds.slice(page * PAGE, (page + 1) * PAGE),
  );

/**
 * Does the pages, as many at once as there are lanes. False when one was left, which leaves those after it too; one that
 * fails fails all of it, once the others have ended.
 */
async function inLanes(
  pages: readonly (readonly string[])[],
  issue: (page: readonly string[]) => Promise<boolean>,
): Promise<boolean> {
  const waiting = pages.values();
  let goesOn = true;
  const lane = async (): Promise<void> => {
    // One iterator for all lanes: whoever is free takes the next page.
    for (const page of waiting) {
      if (!goesOn) return;
      const isDone = await issue(page).catch((error: unknown) => {
        goesOn = false;
        throw error;
      });
      if (!isDone) goesOn = false;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return goesOn;
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
