import { sumCents } from '@gigafibre/money';
import type { Cents, TaxCode } from '@gigafibre/money';
import type { AccountNumber } from './chart.ts';
import { ACCOUNTS, TAX_ACCOUNTS } from './chart.ts';
import type { Entry } from './entry.ts';
import type { DocumentOf, Movement } from './entry-of-movements.ts';
import { assertPart, assertPositive, entryOfMovements, movedEntry } from './entry-of-movements.ts';

/**
 * A line as the books see it: net of taxes, the revenue account it belongs to, and whether it is billed in
 * advance, in which case it waits in deferred revenue. Negative for a discount.
 */
export type BilledLine = {
  readonly account: AccountNumber;
  readonly netCents: Cents;
  readonly inAdvance: boolean;
};

/** A tax of the document, as `taxesFor` of money gives it. */
export type BilledTax = { readonly tax: TaxCode; readonly taxCents: Cents };

/** What a customer is billed, or credited. */
export type Billed = DocumentOf & {
  readonly customerId: string;
  readonly lines: readonly BilledLine[];
  readonly taxes: readonly BilledTax[];
};

/**
 * An invoice: the customer owes the total; what is billed in advance is deferred, the rest is revenue; the
 * taxes are owed in full at once, never deferred. Undefined when nothing is billed: a free service.
 */
export function invoiceEntry(invoice: Billed): Entry | undefined {
  const movements = billedMovements(invoice);
  const owed = { account: ACCOUNTS.receivables, cents: -total(movements) };
  return entryOfMovements({ ...invoice, kind: 'invoice' }, [owed, ...movements]);
}

/** A credit note: its amounts positive, as printed, and how much of it settles invoices that are open. */
export type Credited = Billed & { readonly appliedCents: Cents };

/**
 * A credit note: the mirror of the invoice of the same lines. What settles open invoices lowers what the
 * customer owes, the rest waits as a credit of theirs. Undefined when nothing is credited.
 */
export function creditNoteEntry(note: Credited): Entry | undefined {
  const movements = billedMovements(note).map(({ account, cents }) => ({ account, cents: -cents }));
  const creditedCents = total(movements);
  assertPart({ partCents: note.appliedCents, ofCents: creditedCents }, note);
  return entryOfMovements({ ...note, kind: 'credit_note' }, [
    { account: ACCOUNTS.receivables, cents: -note.appliedCents },
    { account: ACCOUNTS.unappliedCredits, cents: note.appliedCents - creditedCents },
    ...movements,
  ]);
}

/** A debt given up: its net part is a loss, its taxes are claimed back, the customer owes it no more. */
export type WrittenOff = DocumentOf & {
  readonly customerId: string;
  readonly netCents: Cents;
  readonly taxes: readonly BilledTax[];
};

/**
 * A write-off. Throws when nothing is given up. Of a few cents the taxes can be more than the whole: the loss is
 * then negative by a cent.
 */
export function writeOffEntry(writeOff: WrittenOff): Entry {
  const { net, owed } = givenUp(writeOff);
  return movedEntry({ ...writeOff, kind: 'write_off' }, [
    { account: ACCOUNTS.receivables, cents: -owed },
    ...net.map(({ account, cents }) => ({ account, cents: -cents })),
  ]);
}

/** What had been given up is owed again: the mirror of its write-off, for all or a part of it. */
export function writeOffRecoveryEntry(recovery: WrittenOff): Entry {
  const { net, owed } = givenUp(recovery);
  return movedEntry({ ...recovery, kind: 'write_off_recovery' }, [
    { account: ACCOUNTS.receivables, cents: owed },
    ...net,
  ]);
}

function givenUp(document: WrittenOff): { net: Movement[]; owed: Cents } {
  const loss: BilledLine = { account: ACCOUNTS.badDebts, netCents: document.netCents, inAdvance: false };
  const net = billedMovements({ ...document, lines: [loss] });
  const owed = -total(net);
  assertPositive(owed, document);
  return { net, owed };
}

/** Revenue or deferred revenue and taxes, credited. */
function billedMovements({ lines, taxes }: Pick<Billed, 'lines' | 'taxes'>): Movement[] {
  return [
    ...lines.map(({ account, netCents, inAdvance }) => ({
      account: inAdvance ? ACCOUNTS.deferredRevenue : account,
      cents: -netCents,
    })),
    ...taxes.map(({ tax, taxCents }) => ({ account: TAX_ACCOUNTS[tax], cents: -taxCents })),
  ];
}

function total(movements: readonly Movement[]): Cents {
  return sumCents(movements.map(({ cents }) => cents));
}
