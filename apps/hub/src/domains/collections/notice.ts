import { Refusal, type Rung } from '@gigafibre/contract';
import { civilDateOf } from '@gigafibre/calendar';
import type { Reading } from '../../platform/acting.ts';
import { readCustomer } from '../customers/index.ts';
import * as store from './case-store.ts';
import { lateInvoices } from './debts-store.ts';
import { ladderOn, rungOf } from './ladder/terms.ts';

/** What a notice says, for whoever writes it. */
export type Notice = Readonly<{
  rung: Rung;
  customerId: string;
  amountCents: bigint;
  announcedOn: string | null;
  /** The oldest invoice that is late, with what is left of it. */
  invoice: Readonly<{ id: string; dueOn: string; outstandingCents: bigint }> | null;
  channels: readonly ('email' | 'sms')[];
  text: Readonly<{ fr: string; en: string }>;
}>;

/** A notice by the number of its step; refused `not_found`. */
export async function noticeOf({ db, now }: Reading, stepId: string): Promise<Notice> {
  const step = await store.stepById(db, stepId);
  if (!step) throw new Refusal('not_found', { what: stepId });
  const customerId = step.customer_id;
  const { kind } = await readCustomer({ db }, customerId);
  const terms = await ladderOn({ db }, { segment: kind, on: step.on_date });
  const rung = step.rung as Rung; // held by a check constraint
  const { channels, textFr, textEn } = rungOf(terms, rung);
  const late = await lateInvoices(db, { customerId, today: civilDateOf(now), limit: 1 });
  const oldest = late[0];
  return {
    rung,
    customerId,
    amountCents: step.amount_cents,
    announcedOn: step.announced_on,
    invoice: oldest
      ? { id: oldest.id, dueOn: oldest.due_on, outstandingCents: oldest.outstanding_cents }
      : null,
    channels,
    text: { fr: textFr, en: textEn },
  };
}
