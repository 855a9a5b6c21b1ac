import {
  matchCandidate,
  paymentsEvents,
  Refusal,
  type OutputOf,
  type paymentsOperations,
} from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading, Tx } from '../../../platform/acting.ts';
import { cursorOf, keys, pageOf, readCursor } from '../../../platform/db/cursor.ts';
import * as store from '../statement-store.ts';

export type StatementLine = OutputOf<typeof paymentsOperations.acceptStatementLine>;
export type BankStatement = OutputOf<typeof paymentsOperations.listBankStatements>['rows'][number];
type Paging = Readonly<{ limit: number; after?: string | undefined }>;

const candidates = z.array(matchCandidate);

/** A row as the noun; states and kinds are held by check constraints. */
export const lineOf = (row: store.LineRow): StatementLine => ({
  id: row.id,
  statementId: row.statement_id,
  on: row.on_date,
  description: row.description,
  reference: row.reference,
  amountCents: row.amount_cents,
  state: row.state as StatementLine['state'],
  kind: row.kind as StatementLine['kind'],
  candidates: candidates.parse(row.candidates),
  paymentId: row.payment_id,
  customerId: row.customer_id,
  fileId: row.file_id,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  reason: row.reason,
});

/** Lines of the bank's statements, newest first, a page at a time. */
export async function listStatementLines(
  { db }: Pick<Reading, 'db'>,
  { after, ...asked }: Paging & { state?: string | undefined; statementId?: string | undefined },
): Promise<{ rows: StatementLine[]; next: string | null }> {
  const before = readCursor(after, z.tuple([keys.date, keys.id]));
  const page = pageOf(await store.linesPage(db, { ...asked, before }), asked.limit, (last) =>
    cursorOf(last.on_date, last.id),
  );
  return { next: page.next, rows: page.rows.map(lineOf) };
}

export const statementOf = (row: store.CountedStatement): BankStatement => ({
  id: row.id,
  name: row.name,
  from: row.from_date,
  to: row.to_date,
  readAt: row.read_at,
  readBy: row.read_by,
  lines: row.lines,
  known: row.known,
  matched: row.matched,
  waiting: row.waiting,
  receivedCents: row.received_cents,
});

/** Statements that were read, newest first, a page at a time. */
export async function listBankStatements(
  { db }: Pick<Reading, 'db'>,
  { limit, after }: Paging,
): Promise<{ rows: BankStatement[]; next: string | null }> {
  const before = readCursor(after, z.tuple([keys.instant, keys.id]));
  const page = pageOf(await store.statementsPage(db, { before, limit }), limit, (last) =>
    cursorOf(last.read_at, last.id),
  );
  return { next: page.next, rows: page.rows.map(statementOf) };
}

/** Writes what a line turned out to be, and tells it. */
export async function decideLine(
  tx: Tx,
  row: store.LineRow,
  fields: Parameters<typeof store.updateLine>[1]['fields'] & { state: StatementLine['state'] },
): Promise<StatementLine> {
  await store.updateLine(tx.db, {
    id: row.id,
    fields: {
      looked_at: tx.now,
      decided_at: tx.now,
      decided_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
      ...fields,
    },
  });
  const decided = await store.lineById(tx.db, row.id);
  if (!decided) throw new Refusal('not_found', { what: row.id });
  await tx.tell(paymentsEvents.statementLineDecided, {
    subject: row.id,
    customerId: decided.customer_id,
    data: {
      state: fields.state,
      amountCents: Number(row.amount_cents),
      paymentId: decided.payment_id,
      reason: decided.reason,
    },
  });
  return lineOf(decided);
}
