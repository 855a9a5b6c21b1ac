import type { collectionsOperations, OutputOf, Rung } from '@gigafibre/contract';
import { civilDateOf } from '@gigafibre/calendar';
import type { Reading } from '../../platform/acting.ts';
import * as agreed from './agreed-store.ts';
import * as cases from './case-store.ts';
import { possiblePayments } from './debts-store.ts';
import { forecast } from './ladder/forecast.ts';
import { collectibleCents, decide } from './ladder/next-rung.ts';
import { readSituation, takenOf, type Found } from './ladder/situation.ts';

export type CollectionAccount = OutputOf<typeof collectionsOperations.readAccount>;
type Arrangement = CollectionAccount['arrangements'][number];

/** One customer on the ladder, decided anew at this moment. Refused `not_found` for an unknown customer. */
export async function readAccount(reading: Reading, customerId: string): Promise<CollectionAccount> {
  const found = await readSituation(reading, customerId);
  const { db } = reading;
  const { row, situation, steps, invoices, customer, debits } = found;
  const { next, suspendedOn } = decide(situation);
  const promises = await agreed.promisesOf(db, customerId);
  const arrangements = await agreed.arrangementsOf(db, customerId);
  const instalments = await agreed.instalmentsOf(
    db,
    arrangements.map(({ id }) => id),
  );
  const proposal = row ? await cases.openProposal(db, row.id) : undefined;
  const handOff = row ? await cases.handOffOf(db, row.id) : undefined;
  const holds = await agreed.holdsInForce(db, { customerId, today: civilDateOf(reading.now) });
  const last = steps.at(-1);
  return {
    customerId,
    customerName: customer.name,
    segment: customer.kind,
    overdueCents: situation.overdueCents,
    collectibleCents: collectibleCents(situation),
    oldestDueOn: invoices[0]?.due_on ?? null,
    rung: (last?.rung ?? null) as Rung | null, // held by a check constraint
    rungOn: last?.on_date ?? null,
    next: next && { ...next, why: proposal ? 'proposed' : next.why },
    holds: situation.holds.map(({ kind }) => kind),
    promise: promises[0] ? promiseOf(promises[0]) : null,
    arrangement: (arrangements[0]?.state ?? null) as Arrangement['state'] | null, // held by a check constraint
    returnedDebit: debits.returned,
    proposed: (proposal?.rung ?? null) as Rung | null, // written from a rung
    suspendedOn,
    openedOn: row?.opened_on ?? null,
    thresholdCents: situation.terms.thresholdCents,
    invoices: invoices.map((one) => ({
      id: one.id,
      dueOn: one.due_on,
      outstandingCents: one.outstanding_cents,
      disputedCents: one.disputed_cents,
      inArrangement: one.in_arrangement,
    })),
    rungs: forecast(situation),
    steps: shownSteps(found),
    proposal: proposal ? proposalOf(proposal) : null,
    promises: promises.map(promiseOf),
    arrangements: arrangements.map((one) => arrangementOf(one, instalments)),
    manualHolds: holds.map(holdOf),
    notes: (await agreed.notesOf(db, customerId)).map(noteOf),
    handOff: handOff
      ? {
          agency: handOff.agency,
          reference: handOff.reference,
          amountCents: handOff.amount_cents,
          writtenOffCents: handOff.written_off_cents,
          at: handOff.at,
          by: handOff.by,
        }
      : null,
    possiblePayments: (await possiblePayments(db, customerId)).map((line) => ({
      lineId: line.id,
      on: line.on_date,
      amountCents: line.amount_cents,
      description: line.description,
    })),
  };
}

const shownSteps = ({ steps }: Found): CollectionAccount['steps'] =>
  steps.toReversed().map((one) => ({
    id: one.id,
    rung: one.rung as Rung, // held by a check constraint
    on: one.on_date,
    at: one.at,
    by: one.by,
    amountCents: one.amount_cents,
    announcedOn: one.announced_on,
    provenAt: takenOf(one).provenAt?.toISOString() ?? null,
    proof: one.proof,
    failed: one.failed,
    messageIds: one.message_ids,
  }));

const promiseOf = (row: agreed.PromiseRow): CollectionAccount['promises'][number] => ({
  id: row.id,
  amountCents: row.amount_cents,
  on: row.on_date,
  state: row.state as CollectionAccount['promises'][number]['state'], // held by a check constraint
  note: row.note,
  madeAt: row.made_at,
  by: row.by,
  movedAt: row.moved_at,
});

const proposalOf = (row: cases.ProposalRow): CollectionAccount['proposal'] => ({
  id: row.id,
  rung: row.rung as Rung, // written from a rung
  amountCents: row.amount_cents,
  madeAt: row.made_at,
  state: 'open',
  reason: row.reason,
  decidedBy: row.decided_by,
});

const holdOf = (row: agreed.HoldRow): CollectionAccount['manualHolds'][number] => ({
  id: row.id,
  kind: row.kind as CollectionAccount['manualHolds'][number]['kind'], // held by a check constraint
  reason: row.reason,
  until: row.until_date,
  placedAt: row.placed_at,
  by: row.placed_by,
});

const noteOf = (row: agreed.NoteRow): CollectionAccount['notes'][number] => ({
  id: String(row.id),
  // Held by check constraints.
  kind: row.kind as CollectionAccount['notes'][number]['kind'],
  outcome: row.outcome as CollectionAccount['notes'][number]['outcome'],
  text: row.note,
  at: row.at,
  by: row.by,
});

/** An instalment is met once what was paid of the debts reaches it and all before it. */
function arrangementOf(
  row: agreed.ArrangementRow,
  instalments: Awaited<ReturnType<typeof agreed.instalmentsOf>>,
): Arrangement {
  const paid = row.total_cents - row.left_cents;
  let asked = 0n;
  return {
    id: row.id,
    state: row.state as Arrangement['state'], // held by a check constraint
    totalCents: row.total_cents,
    leftCents: row.left_cents,
    invoiceIds: row.invoice_ids,
    instalments: instalments
      .filter(({ arrangement_id }) => arrangement_id === row.id)
      .map(({ due_on, amount_cents }) => {
        asked += amount_cents;
        return { dueOn: due_on, amountCents: amount_cents, met: paid >= asked };
      }),
    note: row.note,
    madeAt: row.made_at,
    by: row.by,
  };
}
