import { addDays } from '@gigafibre/calendar';
import { paymentsEvents } from '@gigafibre/contract';
import { payoutOfPartsEntry } from '@gigafibre/ledger';
import type { Tx } from '../../../platform/acting.ts';
import { json } from '../../../platform/transact.ts';
import { accountsOf, lockAccounts, post } from '../../ledger/index.ts';
import { receivePayment } from '../receive-payment.ts';
import * as store from '../statement-store.ts';
import { candidatesFor, certainOf, numbersIn, type Candidate, type Payer } from './match-line.ts';
import { decideLine } from './statement-line.ts';

/** Lines looked at in one transaction; the rest is another job. */
const LINES_MAX = 100;
const PAYERS_MAX = 5_000;
const INVOICES_MAX = 20_000;
const BY_HAND_MAX = 1_000;
/** A transfer recorded by hand, a file or a payout this many days around a line may be the same money. */
const NEAR_DAYS = 7;

/**
 * Looks whose the next lines of a statement are, and leaves a job for the rest: what is certain is recorded, what is
 * ours is said to be, the others wait with whom they may be of. Killed anywhere, it goes on where it was.
 */
export async function matchStatement(tx: Tx, { statementId }: { statementId: string }): Promise<void> {
  const rows = await store.takeUnlooked(tx.db, { statementId, limit: LINES_MAX });
  const payers = await payersOf(tx, rows);
  for (const row of rows) await matchOne(tx, row, payers);
  if (rows.length === LINES_MAX) return tx.enqueue('payments.match-statement', { statementId });
  const statement = await store.statementById(tx.db, statementId);
  if (!statement) return;
  const { lines, matched, waiting } = statement;
  await tx.tell(paymentsEvents.bankStatementRead, {
    subject: statementId,
    data: { lines, matched, waiting },
  });
}

async function matchOne(tx: Tx, row: store.LineRow, payers: readonly Payer[]): Promise<void> {
  if (await isOurs(tx, row)) return;
  if (row.amount_cents < 0n) return looked(tx, row, { state: 'other', candidates: [] });
  const candidates = candidatesFor(
    { description: row.description, reference: row.reference, amountCents: row.amount_cents },
    payers,
  );
  const certain = certainOf(candidates);
  if (certain) await recordLine(tx, row, certain);
  else await looked(tx, row, { state: 'waiting', candidates });
}

/** Records a line as a payment of a customer, in the bank already; once, for the line is locked and then decided. */
export async function recordLine(
  tx: Tx,
  row: store.LineRow,
  { customerId, invoiceId }: Pick<Candidate, 'customerId' | 'invoiceId'>,
): Promise<Awaited<ReturnType<typeof decideLine>>> {
  const payment = await receivePayment(tx, {
    customerId,
    method: 'transfer',
    amountCents: row.amount_cents,
    receivedOn: row.on_date,
    invoiceId,
    reference: row.id,
    note: [row.description, row.reference].filter(Boolean).join(' · '),
  });
  if (!payment) throw new Error(`${row.id} is recorded already`);
  const kept = { kind: 'payment', customer_id: customerId, payment_id: payment.id } as const;
  return decideLine(tx, row, { state: 'matched', ...kept });
}

/** What our own files and the provider's transfers move: in the books it goes from transit to the bank. */
async function isOurs(tx: Tx, row: store.LineRow): Promise<boolean> {
  const near = { from: addDays(row.on_date, -NEAR_DAYS), to: addDays(row.on_date, NEAR_DAYS) };
  const ours = await store.ourMovement(tx.db, { ...near, amountCents: row.amount_cents });
  if (!ours) return false;
  // A provider's transfer is put in the books when it is read at the provider.
  const entry =
    ours.kind === 'payout'
      ? undefined
      : payoutOfPartsEntry({
          id: ours.id,
          date: row.on_date,
          memo: `Relevé ${row.id}`,
          parts: [{ clearing: '1055', grossCents: row.amount_cents }],
          feeCents: 0n,
        });
  if (entry) await post(tx, entry);
  await decideLine(tx, row, { state: 'matched', kind: ours.kind, file_id: ours.id });
  return true;
}

const looked = async (
  tx: Tx,
  row: store.LineRow,
  { state, candidates }: { state: 'waiting' | 'other'; candidates: readonly Candidate[] },
): Promise<void> => {
  const shown = candidates.map((candidate) => ({ ...candidate }));
  const kind = state === 'waiting' ? 'payment' : 'other';
  await store.updateLine(tx.db, {
    id: row.id,
    fields: { state, kind, looked_at: tx.now, candidates: json(shown) },
  });
};

/** Everybody the lines may be of, their accounts locked, with what they owe and what was recorded of them by hand. */
async function payersOf(tx: Tx, rows: readonly store.LineRow[]): Promise<Payer[]> {
  const incoming = rows.filter(({ amount_cents }) => amount_cents > 0n);
  if (incoming.length === 0) return [];
  const days = incoming.map(({ on_date }) => on_date).toSorted();
  const amounts = [...new Set(incoming.map(({ amount_cents }) => amount_cents))];
  const byHand = await store.paidByHand(tx.db, {
    from: addDays(days[0] ?? '', -NEAR_DAYS),
    to: addDays(days.at(-1) ?? '', NEAR_DAYS),
    amounts,
    limit: BY_HAND_MAX,
  });
  const ids = [...new Set([...incoming.flatMap(numbersIn), ...byHand.map(({ customer_id }) => customer_id)])];
  const found = await store.payersFor(tx.db, { ids, amounts, limit: PAYERS_MAX });
  const customerIds = found.map(({ id }) => id);
  const named = new Set(ids);
  // Only those who are named can be recorded at once; nobody else's account has to wait.
  await lockAccounts(
    tx,
    found
      .filter(({ id, legacy }) => named.has(id) || (legacy !== null && named.has(legacy)))
      .map(({ id }) => id),
  );
  const accounts = await accountsOf(tx, customerIds);
  const open = Map.groupBy(
    await store.openInvoicesFor(tx.db, { customerIds, limit: INVOICES_MAX }),
    ({ customer_id }) => customer_id,
  );
  return found.map(({ id, name, legacy }) => ({
    id,
    name,
    legacy,
    balanceCents: accounts.get(id)?.balanceCents ?? 0n,
    open: (open.get(id) ?? []).map((invoice) => ({
      id: invoice.id,
      outstandingCents: invoice.outstanding_cents,
    })),
    byHand: byHand
      .filter(({ customer_id }) => customer_id === id)
      .map((payment) => ({ id: payment.id, amountCents: payment.amount_cents })),
  }));
}
