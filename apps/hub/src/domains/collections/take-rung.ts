import { civilDateOf } from '@gigafibre/calendar';
import { collectionsEvents, type Rung } from '@gigafibre/contract';
import type { Tx } from '../../platform/acting.ts';
import { endSubscription, reconnectSubscription, suspendSubscription } from '../subscriptions/index.ts';
import * as store from './case-store.ts';
import { collectibleCents, collectibleDebts } from './ladder/next-rung.ts';
import { isCutForDebt, type Found } from './ladder/situation.ts';

const NOTICES: readonly Rung[] = [
  'reminder',
  'second_notice',
  'formal_notice',
  'suspension_notice',
  'final_notice',
  'demand_letter',
];

/**
 * Takes a rung: a notice is told (a reaction writes it), a suspension and the end of services are done here. Once per
 * round, whoever asks: taken already, it does nothing and gives false.
 */
export async function takeRung(
  tx: Tx,
  {
    found,
    row,
    rung,
    announcedOn,
  }: { found: Found; row: store.CaseRow; rung: Rung; announcedOn: string | null },
): Promise<boolean> {
  const { situation, customer, services } = found;
  const amountCents = collectibleCents(situation);
  const today = civilDateOf(tx.now);
  const step = await store.insertStep(tx.db, {
    case_id: row.id,
    customer_id: customer.id,
    rung,
    round: row.round,
    anchor_due_on: collectibleDebts(situation)[0]?.dueOn ?? today,
    on_date: today,
    amount_cents: amountCents,
    announced_on: announcedOn,
    at: tx.now,
    by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });
  if (!step) return false;
  if (NOTICES.includes(rung)) {
    await tx.tell(collectionsEvents.noticeGiven, {
      subject: step.id,
      customerId: customer.id,
      data: { rung, amountCents: Number(amountCents), announcedOn },
    });
    return true;
  }
  const cut = services.filter(
    (one) => one.status === 'active' || (rung === 'termination' && isCutForDebt(one)),
  );
  const touched = rung === 'hand_off' ? [] : cut.map(({ id }) => id);
  for (const id of touched) {
    if (rung === 'suspension') await suspendSubscription(tx, { id, reason: 'non_payment' });
    else await endSubscription(tx, { id, endedBy: 'default', reason: `compte en souffrance, ${row.id}` });
  }
  if (rung === 'suspension' && touched.length > 0)
    await store.updateCase(tx.db, { id: row.id, fields: { suspended_on: today } });
  await tx.tell(collectionsEvents.stepTaken, {
    subject: step.id,
    customerId: customer.id,
    data: { rung, amountCents: Number(amountCents), subscriptionIds: touched },
  });
  return true;
}

/** Gives back what was cut for the debt; no fee. Gives how many services. */
export async function reconnectServices(tx: Tx, { services }: Pick<Found, 'services'>): Promise<number> {
  const cut = services.filter(isCutForDebt);
  for (const { id } of cut) await reconnectSubscription(tx, { id });
  return cut.length;
}
