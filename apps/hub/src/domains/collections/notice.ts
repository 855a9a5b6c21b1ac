import { Refusal, type Rung } from '@gigafibre/contract';
import { civilDateOf } from '@gigafibre/calendar';
import type { Reading } from '../../platform/acting.ts';
import { accountBalance } from '../billing/index.ts';
import { readCustomer } from '../customers/index.ts';
import * as store from './case-store.ts';
import { collectibleOf, INVOICES_MAX, lateInvoices, type LateInvoice } from './debts-store.ts';
import { ladderOn, rungOf } from './ladder/terms.ts';

/** What a notice says, for whoever writes it. */
export type Notice = Readonly<{
  rung: Rung;
  customerId: string;
  amountCents: bigint;
  announcedOn: string | null;
  /** The oldest late invoice of which something may be asked for. */
  invoice: Readonly<{ id: string; dueOn: string }> | null;
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
  const late = await lateInvoices(db, { customerId, today: civilDateOf(now), limit: INVOICES_MAX });
  const { creditCents } = await accountBalance({ db, now }, customerId);
  const oldest = oldestAsked(late, creditCents);
  return {
    rung,
    customerId,
    amountCents: step.amount_cents,
    announcedOn: step.announced_on,
    invoice: oldest ? { id: oldest.id, dueOn: oldest.due_on } : null,
    channels,
    text: { fr: textFr, en: textEn },
  };
}

/** The oldest invoice that is neither contested, nor arranged, nor covered by money held: the one a notice names. */
export function oldestAsked(invoices: readonly LateInvoice[], creditCents: bigint): LateInvoice | undefined {
  let left = creditCents;
  return invoices.find((one) => {
    const cents = collectibleOf(one);
    if (cents > left) return true;
    left -= cents;
    return false;
  });
}
