import {
  BILL_CAUSE_WORDS,
  BILL_DIFFERENCE_WORDS,
  type billingRunsOperations,
  type Language,
  type OutputOf,
} from '@gigafibre/contract';
import { formatCents } from '@gigafibre/money';
import type { Reading } from '../../platform/acting.ts';
import { differenceOf } from './printed-store.ts';
import { isUnexplained, type BillCause } from './runs/bill-difference.ts';

export type ShownDifference = OutputOf<typeof billingRunsOperations.readInvoiceDifference>;

/** Causes as countRun() wrote them. */
export const keptCauses = (kept: unknown): BillCause[] =>
  (kept as (Omit<BillCause, 'cents'> & { cents: number })[]).map((cause) => ({
    ...cause,
    cents: BigInt(cause.cents),
  }));

/**
 * Why an invoice is not as the one before, as whoever gets it reads it: where a person had to look, that it was looked
 * at, and their words when they gave them to be shown. Final with the invoice.
 */
export async function shownDifference(
  { db }: Pick<Reading, 'db'>,
  invoiceId: string,
): Promise<ShownDifference> {
  const row = await differenceOf(db, invoiceId);
  if (!row) return { beforeCents: null, causes: [], explanation: null };
  return {
    beforeCents: row.before_cents,
    causes: keptCauses(row.causes).map((cause) =>
      isUnexplained([cause]) ? { ...cause, kind: 'explained' as const } : cause,
    ),
    explanation: row.explanation_shown ? row.explanation : null,
  };
}

/** More causes than a page has room for. */
const CAUSES_MAX = 20;

/** The same as notes of a document, in its language; none when there is nothing to tell. */
export function differenceNotes(
  { beforeCents, causes, explanation }: ShownDifference,
  { totalCents, language }: { totalCents: bigint; language: Language },
): { notesTitle: string; notes: string[] } | undefined {
  if (causes.length === 0 && explanation === null) return undefined;
  const words = (key: keyof typeof BILL_DIFFERENCE_WORDS): string => BILL_DIFFERENCE_WORDS[key][language];
  const money = (cents: bigint): string =>
    formatCents(cents, language === 'fr' ? 'fr-CA' : 'en-CA').replace(/^-/, '\u2212');
  const both =
    beforeCents === null
      ? []
      : [`${words('before')} ${money(beforeCents)} · ${words('now')} ${money(totalCents)}`];
  const lines = causes.slice(0, CAUSES_MAX).map(({ kind, nameFr, nameEn, cents }) => {
    const text = BILL_CAUSE_WORDS[kind][language].replace('{name}', language === 'fr' ? nameFr : nameEn);
    return cents === 0n ? text : `${text} · ${cents > 0n ? '+' : ''}${money(cents)}`;
  });
  return {
    notesTitle: words('title'),
    notes: [
      ...both,
      ...lines,
      ...(causes.length > CAUSES_MAX ? ['…'] : []),
      ...(causes.length > 0 ? [words('beforeTaxes')] : []),
      ...(explanation === null ? [] : [explanation]),
    ],
  };
}
