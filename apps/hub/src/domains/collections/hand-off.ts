import { Refusal, type collectionsOperations, type ParsedOf } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { writeOffInvoice } from '../billing/index.ts';
import { requireApproval } from '../charges/index.ts';
import * as store from './case-store.ts';
import { collectibleOf } from './debts-store.ts';
import { collectibleCents } from './ladder/next-rung.ts';
import { isCutForDebt, type Found } from './ladder/situation.ts';

type HandingOff = Readonly<{
  found: Found;
  row: store.CaseRow;
  input: Pick<ParsedOf<typeof collectionsOperations.decideProposal>, 'agency' | 'reference' | 'writeOff'>;
}>;

/**
 * Hands what may be asked for to an agency, and gives it up in the books when asked: the taxes in it are claimed back,
 * for collecting was tried. Money that comes after all makes it owed again first. Refused without an agency; to give up, while a service waits suspended (it would come back with the debt gone), while
 * the customer has a credit, and above the limit of write-offs for who may not approve, all together.
 */
export async function handOff(tx: Tx, { found, row, input }: HandingOff): Promise<void> {
  const { agency, reference, writeOff } = input;
  if (agency === null) throw new Refusal('agency_needed');
  const amountCents = collectibleCents(found.situation);
  await store.insertHandOff(tx.db, {
    case_id: row.id,
    customer_id: row.customer_id,
    agency,
    reference,
    amount_cents: amountCents,
    written_off_cents: writeOff ? await giveUp(tx, { found, agency, amountCents }) : 0n,
    at: tx.now,
    by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
}

/** Writes off each invoice that may be asked for; gives the sum. */
async function giveUp(
  tx: Tx,
  { found, agency, amountCents }: { found: Found; agency: string; amountCents: bigint },
): Promise<bigint> {
  if (found.services.some(isCutForDebt)) throw new Refusal('write_off_suspended');
  // One decision, weighed as one: many small invoices are not below the limit for being many.
  await requireApproval(tx, { what: 'writeOffCents', amountCents });
  let givenUpCents = 0n;
  for (const invoice of found.invoices) {
    const cents = collectibleOf(invoice);
    if (cents === 0n) continue;
    await writeOffInvoice(tx, { id: invoice.id, amountCents: cents, reason: `remis à ${agency}` });
    givenUpCents += cents;
  }
  return givenUpCents;
}
