import type { Cents } from '@gigafibre/money';
import type { AccountNumber } from './chart.ts';
import { ACCOUNTS } from './chart.ts';
import type { Entry } from './entry.ts';
import type { DocumentOf } from './entry-of-movements.ts';
import { assertPart, assertPositive, entryOfMovements, movedEntry } from './entry-of-movements.ts';

/** Where money is before it is in the bank, by the way it came; cash, cheques and transfers go to the bank. */
export type MoneyAccount = Extract<AccountNumber, '1010' | '1050' | '1055'>;

/** A payment received. */
export type Received = DocumentOf & {
  readonly customerId: string;
  readonly into: MoneyAccount;
  readonly amountCents: Cents;
  /** How much of it settles invoices at once; the rest is a credit of the customer. */
  readonly appliedCents: Cents;
  /** Cash only: what rounding to five cents added to (or, negative, took from) the debt. See `roundCash`. */
  readonly roundingCents?: Cents;
};

/**
 * A payment: money comes in, the customer owes less, and what is left over waits as a credit of theirs. Throws
 * when the amount is not positive or more is applied than came. A payment that is returned is undone by
 * `reverse`, dated on the day of the return.
 */
export function paymentEntry(payment: Received): Entry {
  const roundingCents = payment.roundingCents ?? 0n;
  const creditedCents = payment.amountCents - roundingCents;
  assertPositive(payment.amountCents, payment);
  assertPart({ partCents: payment.appliedCents, ofCents: creditedCents }, payment);
  return movedEntry({ ...payment, kind: 'payment' }, [
    { account: payment.into, cents: payment.amountCents },
    { account: ACCOUNTS.receivables, cents: -payment.appliedCents },
    { account: ACCOUNTS.unappliedCredits, cents: payment.appliedCents - creditedCents },
    { account: ACCOUNTS.rounding, cents: -roundingCents },
  ]);
}

/** An amount of one customer. */
export type CustomerAmount = DocumentOf & { readonly customerId: string; readonly amountCents: Cents };

/**
 * A credit of the customer put against an invoice, later than it came. To take it back, `reverse`. Throws when
 * the amount is not positive.
 */
export function allocationEntry(allocation: CustomerAmount): Entry {
  assertPositive(allocation.amountCents, allocation);
  return movedEntry({ ...allocation, kind: 'allocation' }, [
    { account: ACCOUNTS.unappliedCredits, cents: allocation.amountCents },
    { account: ACCOUNTS.receivables, cents: -allocation.amountCents },
  ]);
}

/** Money given back. */
export type Refunded = CustomerAmount & {
  readonly from: MoneyAccount;
  /** How much of it was a credit of the customer; the rest was applied, and is owed again. */
  readonly fromCreditCents: Cents;
  /** Cash only: what rounding to five cents added to (or, negative, took from) what is handed out. */
  readonly roundingCents?: Cents;
};

/** A refund: money goes out, and with it the customer's credit, or the settlement of what it had paid. */
export function refundEntry(refund: Refunded): Entry {
  return withdrawn(refund, 'refund');
}

/** A payment that the bank took back: returned by the payer's bank, or disputed. Dated on the day it went. */
export function returnEntry(returned: Refunded): Entry {
  return withdrawn(returned, 'payment_reversal');
}

function withdrawn(refund: Refunded, kind: 'refund' | 'payment_reversal'): Entry {
  const roundingCents = refund.roundingCents ?? 0n;
  assertPositive(refund.amountCents, refund);
  assertPart({ partCents: refund.fromCreditCents, ofCents: refund.amountCents }, refund);
  return movedEntry({ ...refund, kind }, [
    { account: ACCOUNTS.unappliedCredits, cents: refund.fromCreditCents },
    { account: ACCOUNTS.receivables, cents: refund.amountCents - refund.fromCreditCents },
    { account: refund.from, cents: -refund.amountCents - roundingCents },
    { account: ACCOUNTS.rounding, cents: roundingCents },
  ]);
}

/** Money that had left and is here again: a refund the bank refused, a dispute that was won. A credit at first. */
export function reinstatementEntry(back: CustomerAmount & { readonly into: MoneyAccount }): Entry {
  assertPositive(back.amountCents, back);
  return movedEntry({ ...back, kind: 'payment_reversal' }, [
    { account: back.into, cents: back.amountCents },
    { account: ACCOUNTS.unappliedCredits, cents: -back.amountCents },
  ]);
}

/** A refund to the customer's account: what a payment had settled is owed again, the money is a credit. */
export function releaseEntry(released: CustomerAmount): Entry {
  assertPositive(released.amountCents, released);
  return movedEntry({ ...released, kind: 'refund' }, [
    { account: ACCOUNTS.receivables, cents: released.amountCents },
    { account: ACCOUNTS.unappliedCredits, cents: -released.amountCents },
  ]);
}

/** A provider's transfer to the bank of what it collected, less its fees. */
export type PaidOut = DocumentOf & {
  readonly clearing: Extract<MoneyAccount, '1050' | '1055'>;
  readonly grossCents: Cents;
  readonly feeCents: Cents;
};

/** A payout: the clearing account is emptied into the bank and the provider's fees. */
export function payoutEntry(payout: PaidOut): Entry {
  assertPositive(payout.grossCents, payout);
  assertPart({ partCents: payout.feeCents, ofCents: payout.grossCents }, payout);
  return movedEntry({ ...payout, kind: 'payout' }, [
    { account: ACCOUNTS.bank, cents: payout.grossCents - payout.feeCents },
    { account: ACCOUNTS.providerFees, cents: payout.feeCents },
    { account: payout.clearing, cents: -payout.grossCents },
  ]);
}

/** A transfer of what came by several ways; a part may be negative when more was given back than came. */
export type PaidOutParts = DocumentOf & {
  readonly parts: readonly {
    readonly clearing: Extract<MoneyAccount, '1050' | '1055'>;
    readonly grossCents: Cents;
  }[];
  readonly feeCents: Cents;
};

/** A provider's transfer to the bank, or from it when it took more than it brought; undefined when nothing moved. */
export function payoutOfPartsEntry(payout: PaidOutParts): Entry | undefined {
  const grossCents = payout.parts.reduce((sum, part) => sum + part.grossCents, 0n);
  return entryOfMovements({ ...payout, kind: 'payout' }, [
    { account: ACCOUNTS.bank, cents: grossCents - payout.feeCents },
    { account: ACCOUNTS.providerFees, cents: payout.feeCents },
    ...payout.parts.map(({ clearing, grossCents: cents }) => ({ account: clearing, cents: -cents })),
  ]);
}

/** Deferred revenue that has been earned by the passing of its days, by revenue account. */
export type Recognised = DocumentOf & {
  readonly parts: readonly { readonly account: AccountNumber; readonly amountCents: Cents }[];
};

/**
 * Recognition: what was billed in advance becomes revenue. A negative amount takes it back after a credit.
 * Undefined when nothing moves.
 */
export function recognitionEntry(recognised: Recognised): Entry | undefined {
  return entryOfMovements(
    { ...recognised, kind: 'recognition' },
    recognised.parts.flatMap(({ account, amountCents }) => [
      { account: ACCOUNTS.deferredRevenue, cents: amountCents },
      { account, cents: -amountCents },
    ]),
  );
}
