import { addDays, civilDateOf, instantOf } from '@gigafibre/calendar';
import { formatDate } from '@gigafibre/documents';
import { defineFlow, type Flow, type Json } from '@gigafibre/flow';
import { formatCents } from '@gigafibre/money';
import { z } from 'zod';
import { readInvoice, type Invoice } from '../domains/billing/index.ts';
import { readCustomer } from '../domains/customers/index.ts';
import { sendMessage } from '../domains/messages/index.ts';
import type { Env } from '../env.ts';
import type { Tx } from '../platform/acting.ts';
import { watch, type Look, type Looked } from './watch.ts';

/** How long after the due date a payment is called to mind, and at what time, company time. */
const REMIND_DAYS_AFTER = 3;
const REMIND_TIME = '09:00';

const issued = z.object({ invoiceId: z.string() });

/**
 * Follows an invoice from when it is issued. Three days after its due date the customer is reminded, once, of what is
 * left to pay. Over when it is paid, or with the reminder: what comes after that is decided by people.
 */
export const slowPayment = (env: Env): Flow<Tx> =>
  defineFlow({
    name: 'slow-payment',
    version: 1,
    input: (stored: Json) => issued.parse(stored),
    run: (f, { invoiceId }) =>
      watch<null>(f, {
        event: 'invoice.paid',
        key: invoiceId,
        first: null,
        look: (tx, look) => lookAtInvoice(tx, env, { invoiceId, look }),
      }),
  });

/**
 * Starts following an invoice. One that was due before it was issued comes from other books: its customer was not
 * given the time to pay, and is not written to by a machine.
 */
export async function followInvoice(
  tx: Tx,
  env: Env,
  { invoiceId, dueOn, issuedAt }: { invoiceId: string; dueOn: string; issuedAt: string },
): Promise<void> {
  if (dueOn < civilDateOf(new Date(issuedAt))) return;
  await env.flows.start(tx, 'slow-payment', { key: invoiceId, input: { invoiceId } });
}

/** Tells the flow that nothing is left to pay. */
export const invoicePaid = (tx: Tx, env: Env, invoiceId: string) =>
  env.flows.signal(tx, { event: 'invoice.paid', key: invoiceId, data: null });

async function lookAtInvoice(
  tx: Tx,
  env: Env,
  { invoiceId, look }: { invoiceId: string; look: Look<null> },
): Promise<Looked<null>> {
  const invoice = await readInvoice(tx, invoiceId);
  if (invoice.outstandingCents <= 0n) return { over: 'paid' };
  const remindAt = instantOf({ date: addDays(invoice.dueOn, REMIND_DAYS_AFTER), time: REMIND_TIME });
  if (look.now < remindAt) return { state: null, next: remindAt.toISOString() };
  await remind(tx, env, { invoice, key: look.key });
  return { over: 'reminded' };
}

async function remind(tx: Tx, env: Env, { invoice, key }: { invoice: Invoice; key: string }): Promise<void> {
  const { name, language } = await readCustomer(tx, invoice.customerId);
  await sendMessage(tx, env, {
    template: 'payment_reminder',
    to: { customerId: invoice.customerId },
    variables: {
      name,
      invoice: invoice.id,
      amount: formatCents(invoice.outstandingCents, language === 'fr' ? 'fr-CA' : 'en-CA'),
      dueDate: formatDate(invoice.dueOn, language),
      url: `${env.publicUrl()}/portal/`,
    },
    idempotencyKey: key,
  });
}
