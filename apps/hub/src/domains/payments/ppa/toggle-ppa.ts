import { addDays, civilDateOf } from '@gigafibre/calendar';
import { paymentsEvents, Refusal, type OutputOf, type paymentsOperations } from '@gigafibre/contract';
import type { Reading, Tx } from '../../../platform/acting.ts';
import { json } from '../../../platform/transact.ts';
import { readInvoiceOf } from '../../billing/index.ts';
import { readCustomer } from '../../customers/index.ts';
import { lockAccount } from '../../ledger/index.ts';
import * as store from '../method-store.ts';
import { CONFIRMATION_DAYS, confirmedOn } from '../notice-store.ts';
import { isUsable, methodOf } from '../methods/method.ts';
import { printedAgreement } from './agreement-document.ts';
import { AGREEMENT_TEXT, AGREEMENT_VERSION } from './agreement-text.ts';
import { endAgreement } from './end-agreement.ts';
import { firstDebitDay } from './in-force.ts';

export type Ppa = OutputOf<typeof paymentsOperations.readPpa>;
export type Toggling = Readonly<{
  customerId: string;
  enabled: boolean;
  methodId: string | null;
  textVersion: string | null;
  /** What is late already and is debited too. */
  overdueInvoices?: readonly string[];
  /** How the acceptance is known: where from and on what, or a record of it. */
  proof: Readonly<Record<string, string | null>>;
  by: 'customer' | 'staff';
}>;

/**
 * Switches pre-authorised payment on, with the words accepted and the proof, or off. Again with another method, the
 * new agreement replaces the old, and so does one that names other late invoices. Refused without a usable method, when
 * other words than today's were read, and for invoices of somebody else.
 */
export async function togglePpa(tx: Tx, asked: Toggling): Promise<Ppa> {
  const { customerId } = asked;
  const customer = await readCustomer(tx, customerId);
  await lockAccount(tx, customerId);
  if (!asked.enabled) {
    await endAgreement(tx, { customerId, reason: asked.by });
    return readPpa(tx, { customerId });
  }
  if (asked.textVersion !== AGREEMENT_VERSION) throw new Refusal('agreement_text_changed');
  const method = await methodFor(tx, asked);
  const named = [...new Set(asked.overdueInvoices ?? [])];
  for (const id of named) await readInvoiceOf(tx, { id, customerId });
  const current = await store.activeAgreement(tx.db, customerId);
  const names = new Set(current?.overdue_invoices);
  if (
    current?.method_id === method.id &&
    current.text_version === AGREEMENT_VERSION &&
    named.every((id) => names.has(id))
  )
    return readPpa(tx, { customerId });
  if (current) await endAgreement(tx, { customerId, reason: 'replaced' });
  const today = civilDateOf(tx.now);
  const { id } = await store.insertAgreement(tx.db, {
    customer_id: customerId,
    method_id: method.id,
    category: customer.kind === 'business' ? 'business' : 'personal',
    text_version: AGREEMENT_VERSION,
    language: customer.language,
    proof: json(asked.proof),
    overdue_invoices: named,
    printed: json(await printedAgreement(tx, { customerId, method })),
    accepted_at: tx.now,
    accepted_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
    usable_from: method.kind === 'card' ? today : addDays(today, CONFIRMATION_DAYS),
  });
  await tx.tell(paymentsEvents.ppaSwitched, {
    subject: id,
    customerId,
    data: { enabled: true, reason: null },
  });
  return readPpa(tx, { customerId });
}

/** The method named, or the default, of this customer; refused when there is none that can be charged. */
export async function methodFor(
  tx: Tx,
  { customerId, methodId }: { customerId: string; methodId: string | null },
): Promise<store.MethodRow> {
  const mine = await store.methodsOf(tx.db, customerId);
  const row =
    methodId === null ? mine.find(({ is_default }) => is_default) : mine.find(({ id }) => id === methodId);
  if (!row)
    throw methodId === null ? new Refusal('method_needed') : new Refusal('not_found', { what: methodId });
  if (!isUsable(row, tx.now)) throw new Refusal('method_not_usable');
  return row;
}

/** The agreement of a customer, and the words there are to accept; refused `not_found`. */
export async function readPpa(
  reading: Pick<Reading, 'db' | 'now'>,
  { customerId }: { customerId: string },
): Promise<Ppa> {
  await readCustomer(reading, customerId);
  const last = await store.lastAgreement(reading.db, customerId);
  const active = await store.activeAgreement(reading.db, customerId);
  const method = active && (await store.methodById(reading.db, active.method_id));
  return {
    enabled: active !== undefined,
    agreement:
      active && method
        ? {
            id: active.id,
            method: methodOf(method, reading.now),
            category: active.category as 'personal' | 'business', // both held by check constraints
            textVersion: active.text_version,
            language: active.language as 'fr' | 'en',
            acceptedAt: active.accepted_at,
            acceptedBy: active.accepted_by,
            usableFrom: (await firstDebitDay(reading, active, method.kind)) ?? active.usable_from,
            confirmedOn: await confirmedOn(reading.db, active.id),
            overdueInvoices: active.overdue_invoices,
          }
        : null,
    endReason: active ? null : ((last?.end_reason ?? null) as Ppa['endReason']),
    textVersion: AGREEMENT_VERSION,
    textFr: AGREEMENT_TEXT.fr,
    textEn: AGREEMENT_TEXT.en,
  };
}
