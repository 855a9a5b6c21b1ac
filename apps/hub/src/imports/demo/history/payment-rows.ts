import { addDays } from '@gigafibre/calendar';
import { paymentsEvents } from '@gigafibre/contract';
import { paymentEntry } from '@gigafibre/ledger';
import { roundCash } from '@gigafibre/money';
import type { PaymentMethod } from '../../../domains/payments/index.ts';
import { json } from '../../../platform/transact.ts';
import type { Chance } from '../random.ts';
import { moveAccount, openCents, settle, type Taken } from './account.ts';
import { hours, instantAt } from './calendar.ts';
import type { Habit, Household } from './household.ts';
import { writeTerms } from './household-rows.ts';
import { DUE_DAYS, writeEntry, writeSettlements } from './invoice-rows.ts';
import { CLERK, PRODUCT, type By, type Writing } from './writing.ts';

const VENDOR = 'stripe';
/** Somebody who rounds up pays to the next of these. */
const ROUND_CENTS = 2_000n;
const SHARE_ROUNDING_UP = 0.1;
/** Who stopped paying did so this long before the end. */
const STOPPED_DAYS = 80;

const METHODS: Readonly<Record<Habit, PaymentMethod>> = {
  card: 'card',
  debit: 'bank_debit',
  transfer: 'transfer',
  cheque: 'cheque',
  late: 'transfer',
  every_second: 'card',
  cash: 'cash',
  stopped: 'transfer',
};

/** The day on which an invoice of a day brings a payment; null when it brings none. */
export function payingDay(
  { chance, endsOn }: Pick<Writing, 'chance' | 'endsOn'>,
  { habit, account }: Household,
  issuedOn: string,
): string | null {
  const after = daysAfter(habit, chance);
  if (habit === 'every_second' && account.invoices % 2 === 1) return null;
  const day = addDays(issuedOn, after);
  return day > (habit === 'stopped' ? addDays(endsOn, -STOPPED_DAYS) : endsOn) ? null : day;
}

function daysAfter(habit: Habit, chance: Chance): number {
  switch (habit) {
    case 'card':
      return chance.between(0, 3);
    case 'debit':
      return DUE_DAYS;
    case 'cash':
      return chance.between(3, DUE_DAYS);
    case 'late':
      return DUE_DAYS + chance.between(8, 45);
    default:
      return chance.between(DUE_DAYS - 9, DUE_DAYS);
  }
}

/** Receives what a customer owes, by their habit, exactly as payments does; nothing when they owe nothing. */
export function pay(
  writing: Writing,
  { household, on, second }: { household: Household; on: string; second: number },
): void {
  const { account, id: customerId, person, habit } = household;
  const owedCents = openCents(account);
  if (owedCents === 0n) return;
  const { amountCents, roundingCents } = amountOf(writing, habit, owedCents);
  const method = METHODS[habit];
  const byProvider = method === 'card' || method === 'bank_debit';
  const by = byProvider ? PRODUCT : CLERK;
  const id = writing.numbers.next('payment');
  const at = instantAt(on, hours(20) + second);
  const creditedCents = amountCents - roundingCents;
  const { taken, leftCents } = settle(account, creditedCents);
  moveAccount(account, { kind: 'payment', id, on, cents: -creditedCents });
  if (leftCents > 0n) account.credits.push({ paymentId: id, leftCents });
  const number = id.replace('PAY-', '');
  writing.sheets.add('payments.payments', {
    id,
    customer_id: customerId,
    method,
    amount_cents: amountCents,
    rounding_cents: roundingCents,
    credit_cents: leftCents,
    provider: byProvider ? VENDOR : null,
    provider_ref: byProvider ? `pi_demo_${number}` : null,
    reference: byProvider || method === 'cash' ? null : referenceOf(method, number),
    received_on: on,
    received_at: at,
    balance_after_cents: account.balanceCents,
    receipt: json({
      name: person.name,
      language: person.language,
      company: writing.company,
      allocations: taken.map(({ invoice, cents }) => ({
        invoiceId: invoice.id,
        amountCents: cents,
        issuedOn: invoice.issuedOn,
      })),
    }),
    brand: method === 'card' ? household.card.brand : null,
    last4: byProvider ? household.card.last4 : null,
    by: byProvider ? VENDOR : (CLERK.name ?? ''),
  });
  writeSettlements(writing, { household, paymentId: id, taken, on, at, by });
  const appliedCents = creditedCents - leftCents;
  const into = byProvider ? (method === 'bank_debit' ? '1055' : '1050') : '1010';
  const memo = `Paiement ${id}`;
  writeEntry(writing, {
    entry: paymentEntry({ customerId, id, date: on, memo, into, amountCents, appliedCents, roundingCents }),
    at,
    by,
  });
  writeTerms(writing, { kind: 'payment', sourceId: id, customerId }, [id]);
  tellReceived(writing, { id, household, method, at, by, amountCents, leftCents, taken });
}

type Got = Readonly<{
  id: string;
  household: Household;
  method: PaymentMethod;
  at: string;
  by: By;
  amountCents: bigint;
  leftCents: bigint;
  taken: readonly Taken[];
}>;

function tellReceived({ tell }: Writing, got: Got): void {
  tell(paymentsEvents.paymentReceived, {
    at: got.at,
    by: got.by,
    subject: got.id,
    customerId: got.household.id,
    data: {
      method: got.method,
      amountCents: Number(got.amountCents),
      appliedCents: got.taken.reduce((sum, { cents }) => sum + Number(cents), 0),
      creditCents: Number(got.leftCents),
      invoiceIds: got.taken.map(({ invoice }) => invoice.id),
      checkoutId: null,
      receivedOn: got.at.slice(0, 10),
    },
  });
}

const referenceOf = (method: PaymentMethod, number: string): string =>
  method === 'cheque' ? number.padStart(6, '0') : `VIR-${number}`;

function amountOf(
  { chance }: Writing,
  habit: Habit,
  owedCents: bigint,
): { amountCents: bigint; roundingCents: bigint } {
  if (habit === 'cash') {
    const { payableCents, differenceCents } = roundCash(owedCents);
    return { amountCents: payableCents, roundingCents: differenceCents };
  }
  const roundsUp = METHODS[habit] !== 'card' && habit !== 'debit' && chance.happens(SHARE_ROUNDING_UP);
  const amountCents = roundsUp ? (owedCents / ROUND_CENTS + 1n) * ROUND_CENTS : owedCents;
  return { amountCents, roundingCents: 0n };
}
