import { sumCents } from '@gigafibre/money';
import type { Cents } from '@gigafibre/money';
import type { AccountNumber } from './chart.ts';
import { ACCOUNTS, TAX_PAID_ACCOUNTS } from './chart.ts';
import type { Entry } from './entry.ts';
import type { DocumentOf, Movement } from './entry-of-movements.ts';
import { entryOfMovements, movedEntry } from './entry-of-movements.ts';

/** A line of a supplier's bill: what was bought, before taxes; negative for a discount, or on a credit. */
export type BoughtLine = { readonly account: AccountNumber; readonly netCents: Cents };

/** A supplier's bill: its lines, and its taxes as printed on it. */
export type Bought = Omit<DocumentOf, 'customerId'> & {
  readonly lines: readonly BoughtLine[];
  readonly taxes: readonly { readonly tax: keyof typeof TAX_PAID_ACCOUNTS; readonly taxCents: Cents }[];
};

/**
 * A bill: what was bought is an expense or a thing kept, its taxes are claimed back, the whole is owed to the
 * supplier. A credit of the supplier has negative amounts and moves everything the other way. Throws when the
 * bill asks for nothing.
 */
export function supplierBillEntry(bill: Bought): Entry {
  return movedEntry({ ...bill, kind: 'supplier_bill' }, movementsOf(bill));
}

/** A bill taken back: the opposite entry, on its own day. */
export function supplierBillReversalEntry(bill: Bought): Entry {
  const movements = movementsOf(bill).map(({ account, cents }) => ({ account, cents: -cents }));
  return movedEntry({ ...bill, kind: 'supplier_bill_reversal' }, movements);
}

/** What left the bank for bills of one supplier, its credits taken off; negative when the supplier gave back. */
export type PaidToSupplier = Omit<DocumentOf, 'customerId'> & { readonly amountCents: Cents };

/** A payment: the company owes its supplier less, and has less in the bank. Undefined when credits cover the bills. */
export function supplierPaymentEntry(payment: PaidToSupplier): Entry | undefined {
  return entryOfMovements({ ...payment, kind: 'supplier_payment' }, [
    { account: ACCOUNTS.payables, cents: payment.amountCents },
    { account: ACCOUNTS.bank, cents: -payment.amountCents },
  ]);
}

/** A payment taken back: a cheque that was not cashed, a transfer returned. Undefined when it had moved nothing. */
export function supplierPaymentReversalEntry(payment: PaidToSupplier): Entry | undefined {
  return entryOfMovements({ ...payment, kind: 'supplier_payment_reversal' }, [
    { account: ACCOUNTS.payables, cents: -payment.amountCents },
    { account: ACCOUNTS.bank, cents: payment.amountCents },
  ]);
}

function movementsOf({ lines, taxes }: Pick<Bought, 'lines' | 'taxes'>): Movement[] {
  const bought = [
    ...lines.map(({ account, netCents }) => ({ account, cents: netCents })),
    ...taxes.map(({ tax, taxCents }) => ({ account: TAX_PAID_ACCOUNTS[tax], cents: taxCents })),
  ];
  return [...bought, { account: ACCOUNTS.payables, cents: -sumCents(bought.map(({ cents }) => cents)) }];
}
