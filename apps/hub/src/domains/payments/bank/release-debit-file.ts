import { civilDateOf } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import { sumCents } from '@gigafibre/money';
import { writeDebitFile, type DebitItem } from '@gigafibre/outside/bank-file';
import { openSealer, type Sealer } from '../../../platform/auth/sealing.ts';
import type { Tx } from '../../../platform/acting.ts';
import { hashOf } from '../../../platform/chance.ts';
import type { Db } from '../../../platform/db/connect.ts';
import { requireNotPaused } from '../../billing/index.ts';
import { lockAccounts } from '../../ledger/index.ts';
import * as store from '../bank-store.ts';
import { mayPresentAgain } from '../debits/bank-codes.ts';
import { collectable } from '../debits/collectable.ts';
import { moveDebit } from '../debits/debit.ts';
import { updateDebit } from '../debit-store.ts';
import { accountSealer, sealedFor } from './bank-account.ts';
import { bankRail, companyAccount } from './bank-rail.ts';
import { moveDebitFile, type DebitFile } from './debit-file.ts';
import { daysOfFile, lockFiles } from './make-debit-file.ts';

const FILE_NUMBER_MAX = 9_999n;
const CHARGE_CENTS_MIN = 50n;

/** Seals files, each for its own row. */
export const fileSealer = (db: Db): Promise<Sealer> => openSealer(db, 'payments.debit-files');

/**
 * Releases a file: what was paid or ended since leaves it, it gets the next number, is written and sealed. Refused to
 * its maker when two people are asked for, and when nothing of it is owed any more.
 */
export async function releaseDebitFile(tx: Tx, { id }: { id: string }): Promise<DebitFile> {
  await requireNotPaused(tx);
  await lockFiles(tx);
  const row = await fileIn(tx, id, ['made']);
  const rail = await bankRail(tx);
  if (rail.twoPeople && row.made_by_id !== null && row.made_by_id === tx.by.id)
    throw new Refusal('own_debit_file');
  const days = daysOfFile(tx, rail);
  const going = await stillOwed(tx, id, days.debit_on);
  if (going.length === 0) throw new Refusal('nothing_to_collect');
  const sequence = (await store.lastSequence(tx.db)) + 1n;
  const fileNumber = Number(((sequence - 1n) % FILE_NUMBER_MAX) + 1n);
  const text = writeDebitFile({
    originatorId: rail.originatorId,
    fileNumber,
    createdOn: civilDateOf(tx.now),
    dataCentre: rail.dataCentre,
    shortName: rail.shortName,
    longName: rail.longName,
    type: rail.transactionType,
    returnsTo: await companyAccount(tx, rail),
    items: await itemsOf(tx, going, days.debit_on),
  });
  return moveDebitFile(tx, id, {
    ...days,
    state: 'released',
    sequence,
    file_number: fileNumber,
    content_sealed: (await fileSealer(tx.db)).seal(text, id),
    digest: hashOf(text),
    debits: going.length,
    amount_cents: sumCents(going.map(({ amount_cents }) => amount_cents)),
    released_at: tx.now,
    released_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
}

/** A file in one of some states, locked; refused otherwise. */
export async function fileIn(
  tx: Tx,
  id: string,
  states: readonly DebitFile['state'][],
): Promise<store.DebitFileRow> {
  const row = await store.debitFileForUpdate(tx.db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  if (!states.some((state) => state === row.state))
    throw new Refusal('not_in_this_state', { state: row.state });
  return row;
}

/** The debits of a file that still go, with what is left to take; the others are cancelled and leave it. */
async function stillOwed(tx: Tx, fileId: string, on: string): Promise<store.FiledDebit[]> {
  const file = { fileId, today: civilDateOf(tx.now) };
  const before = await store.debitsInFile(tx.db, file);
  await lockAccounts(tx, [...new Set(before.map(({ customer_id }) => customer_id))]);
  const going: store.FiledDebit[] = [];
  for (const debit of await store.debitsInFile(tx.db, file)) {
    const amountCents = await amountOf(tx, debit, on);
    if (amountCents === 0n) {
      await moveDebit(tx, debit.id, { state: 'cancelled', file_id: null });
      continue;
    }
    if (amountCents !== debit.amount_cents)
      await updateDebit(tx.db, { id: debit.id, fields: { amount_cents: amountCents } });
    going.push({ ...debit, amount_cents: amountCents });
  }
  return going;
}

/**
 * Never more than is owed, not contested and not on its way before it; presented again, the same amount within its
 * days, or nothing.
 */
async function amountOf(tx: Tx, debit: store.FiledDebit, on: string): Promise<bigint> {
  if (!debit.method_usable || debit.not_agreed || debit.is_held) return 0n;
  if (debit.represents !== null && !mayPresentAgain(debit.returned_on, on)) return 0n;
  const { customer_id: customerId, invoice_id: invoiceId } = debit;
  const owedCents = debit.is_alone
    ? (debit.open_cents ?? 0n)
    : await collectable(tx, { customerId, invoiceId, besides: { before: debit.id } });
  if (owedCents >= debit.amount_cents) return debit.amount_cents;
  return debit.represents === null && owedCents >= CHARGE_CENTS_MIN ? owedCents : 0n;
}

async function itemsOf(tx: Tx, going: readonly store.FiledDebit[], on: string): Promise<DebitItem[]> {
  const sealer = await accountSealer(tx.db);
  return going.map((debit) => ({
    amountCents: debit.amount_cents,
    on,
    institution: debit.institution,
    transit: debit.transit,
    account: sealer.open(debit.account_sealed, sealedFor({ providerRef: debit.provider_ref })),
    payerName: debit.payer_name,
    reference: debit.id,
  }));
}
