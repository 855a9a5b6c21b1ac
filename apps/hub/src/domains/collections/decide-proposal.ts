import {
  collectionsEvents,
  Refusal,
  type collectionsOperations,
  type ParsedOf,
  type Rung,
} from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { lockAccount } from '../ledger/index.ts';
import { writeHold } from './agreed/holds.ts';
import * as store from './case-store.ts';
import { decide } from './ladder/next-rung.ts';
import { readSituation } from './ladder/situation.ts';
import { readAccount, type CollectionAccount } from './read-account.ts';
import { reviewAccount } from './review-account.ts';
import { handOff } from './hand-off.ts';
import { takeRung } from './take-rung.ts';
import { notNow } from './not-now.ts';
import { refreshFates, type MessageFate } from './walk-ladders.ts';

type Deciding = ParsedOf<typeof collectionsOperations.decideProposal>;

/**
 * Approves or declines what the ladder proposes. Approved, its conditions are read anew: at the wrong hour, or when
 * something holds it since, it is refused `ladder_not_now`. Declined, nothing is proposed until a day.
 */
export async function decideProposal(
  tx: Tx,
  { fateOf, ...input }: Deciding & { fateOf: MessageFate },
): Promise<CollectionAccount> {
  const known = await store.proposalById(tx.db, input.id);
  if (!known) throw new Refusal('not_found', { what: input.id });
  const customerId = known.customer_id;
  await lockAccount(tx, customerId);
  const open = await store.openProposal(tx.db, known.case_id);
  if (open?.id !== input.id) throw new Refusal('not_in_this_state', { what: input.id, state: known.state });
  const rung = open.rung as Rung; // held by a check constraint of the steps
  const { decision, reason } = input;
  const state = decision === 'approve' ? 'approved' : 'declined';
  const decided_by = tx.by.name ?? tx.by.id ?? tx.by.kind;
  await store.closeProposal(tx.db, { id: input.id, state, decided_at: tx.now, decided_by, reason });
  await tx.tell(collectionsEvents.stepDecided, {
    subject: input.id,
    customerId,
    data: { rung, state, reason },
  });
  // A notice that bounced since the walk of the day proves nothing any more.
  if (decision === 'approve') await refreshFates(tx, { customerId, fateOf });
  if (decision === 'approve') await carryOut(tx, { customerId, rung, input });
  else await writeHold(tx, { customerId, kind: 'other', reason, until: input.until });
  await reviewAccount(tx, { customerId, mayAct: false });
  return readAccount(tx, customerId);
}

async function carryOut(
  tx: Tx,
  { customerId, rung, input }: { customerId: string; rung: Rung; input: Deciding },
): Promise<void> {
  const found = await readSituation(tx, customerId);
  const { act, next, round } = decide(found.situation);
  const { row } = found;
  if (!row || act?.rung !== rung || round !== row.round) throw new Refusal('ladder_not_now', notNow(next));
  await takeRung(tx, { found, row, rung, announcedOn: act.announcedOn });
  if (rung === 'hand_off') await handOff(tx, { found, row, input });
}
