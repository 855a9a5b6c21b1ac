import { addDays, instantOf } from '@gigafibre/calendar';
import { defineFlow, type Flow, type Json } from '@gigafibre/flow';
import { z } from 'zod';
import { readInvoice } from '../domains/billing/index.ts';
import type { Tx } from '../platform/acting.ts';
import { watch, type Look, type Looked } from './watch.ts';

const REMIND_DAYS_AFTER = 3;
const REMIND_TIME = '09:00';

const issued = z.object({ invoiceId: z.string() });

/**
 * Followed each invoice until its reminder, before there was a ladder (domain `collections`). No run is started any
 * more; those that wait end on their day and leave the reminder to the ladder.
 */
export const slowPayment = (): Flow<Tx> =>
  defineFlow({
    name: 'slow-payment',
    version: 1,
    input: (stored: Json) => issued.parse(stored),
    run: (f, { invoiceId }) =>
      watch<null>(f, {
        event: 'invoice.paid',
        key: invoiceId,
        first: null,
        look: (tx, look) => lookAtInvoice(tx, { invoiceId, look }),
      }),
  });

async function lookAtInvoice(
  tx: Tx,
  { invoiceId, look }: { invoiceId: string; look: Look<null> },
): Promise<Looked<null>> {
  const invoice = await readInvoice(tx, invoiceId);
  if (invoice.outstandingCents <= 0n) return { over: 'paid' };
  const remindAt = instantOf({ date: addDays(invoice.dueOn, REMIND_DAYS_AFTER), time: REMIND_TIME });
  return look.now < remindAt ? { state: null, next: remindAt.toISOString() } : { over: 'left to the ladder' };
}
