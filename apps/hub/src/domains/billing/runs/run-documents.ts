import {
  Refusal,
  runDocumentsEvents,
  runDocumentsOperations as op,
  type OutputOf,
  type StreamAnswer,
} from '@gigafibre/contract';
import { z } from 'zod';
import type { Env } from '../../../env.ts';
import type { Reading, Tx } from '../../../platform/acting.ts';
import { answers, carriesOut, type Route } from '../../../platform/http/route.ts';
import type { JobTable } from '../../../platform/jobs/worker.ts';
import { lockFor } from '../../../platform/transact.ts';
import { invoiceDocument } from '../invoice-document.ts';
import * as store from '../run-documents-store.ts';
import { runById } from '../run-store.ts';
import { zipEnd, zipPart, ZIP_ENTRIES_MAX } from './zip-entries.ts';

export type RunDocuments = OutputOf<typeof op.makeRunDocuments>;
const PRINT_JOB = 'billing.print-run';
/** A file just made may be under way to somebody while that of another run is begun. */
const KEPT_MS = 3_600_000;
/** Documents made in one transaction, and held in memory at once. */
const PART_MAX = 50;

const documentsFrom = (row: store.RunDocumentsRow): RunDocuments => ({
  runId: row.run_id,
  made: row.made,
  total: row.total,
  bytes: Number(row.content_bytes),
  startedAt: row.started_at,
  startedBy: row.started_by,
  finishedAt: row.finished_at,
});

/**
 * Begins the documents of a run: they are made behind it, a part at a time. Asked again, it is how far they are.
 * Refused before the run is issued, and when nobody was invoiced.
 */
export async function makeRunDocuments(tx: Tx, { id }: { id: string }): Promise<RunDocuments> {
  const run = await runById(tx.db, id);
  if (!run) throw new Refusal('not_found', { what: id });
  if (run.issued_on === null || run.state === 'issuing')
    throw new Refusal('not_in_this_state', { state: run.state });
  await lockFor(tx, 'billing.run-documents');
  const total = await store.countInvoices(tx.db, id);
  if (total === 0) throw new Refusal('nothing_to_print');
  if (total > ZIP_ENTRIES_MAX) throw new Error(`${total} documents in one file`);
  const begun = await store.beginDocuments(tx.db, {
    run_id: id,
    total,
    started_at: tx.now,
    started_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  if (begun) {
    await store.dropOthers(tx.db, { runId: id, wholeBefore: new Date(tx.now.getTime() - KEPT_MS) });
    await tx.enqueue(PRINT_JOB, { runId: id });
  }
  const row = await store.documentsOf(tx.db, id);
  if (!row) throw new Error(`no documents of ${id}`);
  return documentsFrom(row);
}

/**
 * Makes the next part and leaves a job for the rest, in one transaction: killed anywhere, it goes on after the last
 * whole part. An invoice's bytes follow from what was kept when it was issued, so a file made again is the same.
 */
export async function printPart(
  tx: Tx,
  env: Pick<Env, 'publicUrl'>,
  { runId }: { runId: string },
): Promise<void> {
  const row = await store.documentsForUpdate(tx.db, runId);
  const run = await runById(tx.db, runId);
  if (!row || row.finished_at !== null || !run?.issued_on) return;
  const invoices = await store.nextInvoices(tx.db, { runId, after: row.after_customer, limit: PART_MAX });
  const files = [];
  for (const { invoice_id: id } of invoices)
    if (id !== null) files.push(await invoiceDocument(tx, env, { id }));
  const part = zipPart(files, { at: Number(row.content_bytes), on: run.issued_on });
  if (files.length > 0) await store.insertPart(tx.db, { run_id: runId, place: row.parts, ...part });
  const made = row.made + files.length;
  const finished = invoices.length < PART_MAX;
  await store.updateDocuments(tx.db, {
    runId,
    fields: {
      made,
      parts: files.length > 0 ? row.parts + 1 : row.parts,
      after_customer: invoices.at(-1)?.customer_id ?? row.after_customer,
      content_bytes: row.content_bytes + BigInt(part.content.length),
      directory_bytes: row.directory_bytes + BigInt(part.directory.length),
      finished_at: finished ? tx.now : null,
    },
  });
  if (!finished) await tx.enqueue(PRINT_JOB, { runId });
  await tx.tell(runDocumentsEvents.runDocumentsMade, {
    subject: runId,
    data: { made, total: row.total, finished },
  });
}

/** The file of a run, read part by part as it is sent. Refused until it is whole. */
export async function downloadRunDocuments(
  { db }: Pick<Reading, 'db'>,
  { id }: { id: string },
): Promise<StreamAnswer> {
  const row = await store.documentsOf(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  if (row.finished_at === null) throw new Refusal('not_in_this_state', { state: `${row.made}/${row.total}` });
  const sizes = { contentBytes: Number(row.content_bytes), directoryBytes: Number(row.directory_bytes) };
  const end = zipEnd({ entries: row.made, ...sizes });
  return {
    type: 'application/zip',
    name: `${id}.zip`,
    sizeBytes: sizes.contentBytes + sizes.directoryBytes + end.length,
    pieces: piecesOf(db, row, end),
  };
}

async function* piecesOf(
  db: Reading['db'],
  { run_id: runId, parts }: store.RunDocumentsRow,
  end: Buffer,
): AsyncGenerator<Uint8Array> {
  for (const what of ['content', 'directory'] as const)
    for (let place = 0; place < parts; place += 1) {
      const piece = await store.readPart(db, { runId, place, what });
      if (!piece) throw new Error(`${runId}: part ${place} is gone`);
      yield piece;
    }
  yield end;
}

export const runDocumentsRoutes = (): Route[] => [
  carriesOut(op.makeRunDocuments, (tx, input) => makeRunDocuments(tx, input)),
  answers(op.readRunDocuments, async ({ db }, { id }) => {
    if (!(await runById(db, id))) throw new Refusal('not_found', { what: id });
    const row = await store.documentsOf(db, id);
    return { documents: row ? documentsFrom(row) : null };
  }),
  answers(op.downloadRunDocuments, (reading, input) => downloadRunDocuments(reading, input)),
];

const printing = z.object({ runId: z.string() });
export const runDocumentsJobs = (env: Pick<Env, 'publicUrl'>): JobTable => ({
  [PRINT_JOB]: { queue: 'inside', run: (tx, payload) => printPart(tx, env, printing.parse(payload)) },
});
