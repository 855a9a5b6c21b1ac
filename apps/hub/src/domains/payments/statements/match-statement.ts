import { addDays } from '@gigafibre/calendar';
import { paymentsEvents } from '@gigafibre/contract';
import { payoutOfPartsEntry, type Entry } from '@gigafibre/ledger';
import type { Tx } from '../../../platform/acting.ts';
import { json } from '../../../platform/transact.ts';
import { accountsOf, lockAccounts, post } from '../../ledger/index.ts';
import { applyCredits } from '../apply-credits.ts';
import { receivePayment } from '../receive-payment.ts';
import * as store from '../statement-store.ts';
import {
  candidatesFor,
  certainOf,
  isNumberedBy,
  numbersIn,
  type Candidate,
  type Payer,
} from './match-line.ts';
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
  const rows = await store.unlooked(tx.db, { statementId, limit: LINES_MAX });
  // Accounts first, then lines, as everybody who decides a line takes them.
  const locked = await lockNamed(tx, rows);
  for (const { id } of rows) {
    const row = await store.lineForUpdate(tx.db, id);
    // A person was quicker.
    if (row?.looked_at === null) await matchOne(tx, row, locked);
  }
  if (rows.length === LINES_MAX) return tx.enqueue('payments.match-statement', { statementId });
  const statement = await store.statementById(tx.db, statementId);
  if (!statement) return;
  const { lines, matched, waiting } = statement;
  await tx.tell(paymentsEvents.bankStatementRead, {
    subject: statementId,
    data: { lines, matched, waiting },
  });
}

/** What the line before it paid is not owed any more: who a line may be of is read when it is its turn. */
async function matchOne(tx: Tx, row: store.LineRow, locked: ReadonlySet<string>): Promise<void> {
  const line = { description: row.description, reference: row.reference, amountCents: row.amount_cents };
  const payers = await payersOf(tx, [row]);
  const ours = isNumberedBy(line, payers)
    ? []
    : await store.ourMovements(tx.db, { on: row.on_date, days: NEAR_DAYS, amountCents: row.amount_cents });
  const [mine] = ours;
  const candidates = row.amount_cents > 0n ? candidatesFor(line, payers) : [];
  if (mine && isOneOfOurs(ours, candidates)) return void (await keepOurs(tx, row, mine));
  if (row.amount_cents < 0n) return looked(tx, row, { state: mine ? 'waiting' : 'other', candidates });
  const certain = certainOf(candidates);
  if (certain && locked.has(certain.customerId)) await recordLine(tx, row, certain);
  else await looked(tx, row, { state: 'waiting', candidates });
}

/** Nothing of another kind brought the same amount, and no customer who owes it is named: else a person looks. */
const isOneOfOurs = (ours: readonly store.OurMovement[], candidates: readonly Candidate[]): boolean =>
  new Set(ours.map(({ kind }) => kind)).size === 1 &&
  !candidates.some(({ reasons }) => reasons.includes('name'));

/** Records a line as a payment of a customer, in the bank already; once, for the line is locked and then decided. */
export async function recordLine(
  tx: Tx,
  row: store.LineRow,
  { customerId, invoiceId }: Pick<Candidate, 'customerId' | 'invoiceId'>,
): Promise<Awaited<ReturnType<typeof decideLine>>> {
  const times = await store.timesRecorded(tx.db, { customerId, lineId: row.id });
  const payment = await receivePayment(tx, {
    customerId,
    method: 'transfer',
    amountCents: row.amount_cents,
    receivedOn: row.on_date,
    invoiceId,
    // Taken back and given again, it is another payment.
    reference: times === 0 ? row.id : `${row.id}/${times + 1}`,
    note: [row.description, row.reference].filter(Boolean).join(' · '),
  });
  if (!payment) throw new Error(`${row.id} is recorded already`);
  // What the invoice named did not need goes to the others that are open.
  await applyCredits(tx, { customerId });
  const kept = { kind: 'payment', customer_id: customerId, payment_id: payment.id, reason: null } as const;
  return decideLine(tx, row, { state: 'matched', ...kept });
}

/** What our own files and the provider's transfers move: in the books it goes from transit to the bank. */
export async function keepOurs(
  tx: Tx,
  row: store.LineRow,
  { kind, id }: Pick<store.OurMovement, 'kind' | 'id'>,
): ReturnType<typeof decideLine> {
  const lineId = inThisRound(row);
  const entry = oursEntry({ kind, id, lineId, on: row.on_date, amountCents: row.amount_cents });
  if (entry) await post(tx, entry);
  return decideLine(tx, row, { state: 'matched', kind, file_id: id, reason: null });
}

/** A line taken back and decided again makes another entry, under another name. */
export const inThisRound = ({ id, rounds }: Pick<store.LineRow, 'id' | 'rounds'>): string =>
  rounds === 0 ? id : `${id}/${rounds + 1}`;

type Ours = Readonly<{ kind: string; id: string; lineId: string; on: string; amountCents: bigint }>;

/** The entry of a file's money; undefined for a provider's transfer, which is posted when it is read at the provider. */
export const oursEntry = ({ kind, id, lineId, on, amountCents }: Ours): Entry | undefined =>
  kind === 'payout'
    ? undefined
    : payoutOfPartsEntry({
        id: `${id}/${lineId}`,
        date: on,
        memo: `Relevé ${lineId}`,
        parts: [{ clearing: '1055', grossCents: amountCents }],
        feeCents: 0n,
      });

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

/** Locks the accounts of those the lines name: only they can be recorded at once, nobody else's has to wait. */
async function lockNamed(tx: Tx, rows: readonly store.LineRow[]): Promise<ReadonlySet<string>> {
  const numbers = new Set(rows.flatMap(numbersIn));
  const named = (await payersOf(tx, rows)).filter(
    ({ id, legacy, open }) =>
      numbers.has(id) ||
      (legacy !== null && numbers.has(legacy)) ||
      open.some((invoice) => numbers.has(invoice.id)),
  );
  const ids = named.map(({ id }) => id);
  await lockAccounts(tx, ids);
  return new Set(ids);
}

/** Everybody the lines may be of, with what they owe and what was recorded of them by hand. */
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
