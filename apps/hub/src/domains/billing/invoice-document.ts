import { Refusal, type FileAnswer, type Language } from '@gigafibre/contract';
import { invoicePdf, type InvoiceValues } from '@gigafibre/documents';
import { TAX_NAMES } from '@gigafibre/money';
import type { Env } from '../../env.ts';
import type { Reading } from '../../platform/acting.ts';
import { bothRates } from './agreed-interest.ts';
import { companyIn } from './kept-company.ts';
import { accountSince, billTo } from './invoice.ts';
import { payUrl, printedParts, type Printed } from './printed.ts';
import { differenceNotes, shownDifference, type ShownDifference } from './shown-difference.ts';
import * as store from './store.ts';

type Asked = Readonly<{ id: string; language?: Language | undefined }>;

/**
 * The invoice as PDF, in the language it was issued in unless another is asked. Made from what was kept at
 * issue alone: the same bytes today and in years. Refused `not_found`.
 */
export async function invoiceDocument(
  { db }: Pick<Reading, 'db'>,
  env: Pick<Env, 'publicUrl'>,
  { id, language }: Asked,
): Promise<FileAnswer> {
  const row = await store.invoiceById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  const spoken = language ?? (row.language === 'en' ? 'en' : 'fr');
  const values = valuesOf(row, {
    language: spoken,
    lines: await store.linesOf(db, id),
    taxes: await store.taxesOf(db, id),
    reliefs: await store.reliefsOf(db, id),
    printed:
      row.printed === null
        ? { payUrl: payUrl(env.publicUrl(), id), debit: null, interestPercent: null }
        : printedParts.parse(row.printed),
    difference: await shownDifference({ db }, id),
  });
  return {
    type: 'application/pdf',
    name: `${id}.pdf`,
    bytes: new Uint8Array(await invoicePdf(values, spoken)),
  };
}

type Kept = Readonly<{
  language: Language;
  lines: readonly store.LineRow[];
  taxes: readonly store.TaxRow[];
  reliefs: readonly store.ReliefRow[];
  printed: Printed;
  difference: ShownDifference;
}>;

function valuesOf(row: store.InvoiceRow, kept: Kept): InvoiceValues {
  const { language, lines, taxes, reliefs, printed } = kept;
  const { name, addressLines } = billTo.parse(row.bill_to);
  return {
    company: companyIn(row.company),
    number: row.id,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    createdAt: new Date(row.issued_at),
    customer: { name, addressLines, accountNumber: row.customer_id },
    serviceAddressLines: row.service_address,
    lines: lines.map((line) => lineValues(line, language)),
    subtotalCents: row.subtotal_cents,
    taxes: taxes.map((tax) => ({
      tax: tax.tax as 'GST' | 'QST' | 'HST', // held by a check constraint
      rate: { num: tax.rate_num, den: tax.rate_den },
      baseCents: tax.base_cents,
      taxCents: tax.tax_cents,
    })),
    totalCents: row.total_cents,
    previousBalanceCents: row.previous_balance_cents,
    creditsSince: accountSince.parse(row.account_since).map(({ kind, id, on, cents }) => ({
      on,
      label: `${MOVEMENTS[kind]?.[language] ?? OTHER_MOVEMENT[language]} ${id}`,
      amountCents: -cents,
    })),
    amountDueCents: row.amount_due_cents,
    ...(row.amount_due_cents > 0n && printed.payUrl !== null ? { payUrl: printed.payUrl } : {}),
    ...(printed.debit
      ? { automaticPayment: { ...printed.debit, method: printed.debit.method[language] } }
      : {}),
    ...(printed.interestPercent === null ? {} : { interest: bothRates(printed.interestPercent) }),
    ...differenceNotes(kept.difference, { totalCents: row.total_cents, language }),
    ...(reliefs.length > 0 ? { exemption: exemptionText(reliefs, language) } : {}),
  };
}

/** `TPS, TVQ – certificat 0123456789 (TXE-10001)`: the law wants the registration number on the invoice. */
function exemptionText(reliefs: readonly store.ReliefRow[], language: Language): string {
  const certificate = language === 'fr' ? 'certificat' : 'certificate';
  return [...Map.groupBy(reliefs, (relief) => relief.exemption_id)]
    .map(([id, own]) => {
      const names = new Set(own.map(({ tax }) => TAX_NAMES[tax as keyof typeof TAX_NAMES][language])); // held by a check constraint
      return `${[...names].join(', ')} – ${certificate} ${own[0]?.certificate ?? ''} (${id})`;
    })
    .join('; ');
}

function lineValues(line: store.LineRow, language: Language): InvoiceValues['lines'][number] {
  const french = language === 'fr';
  return {
    kind: line.kind === 'recurring' ? 'recurring' : 'oneTime',
    description: french ? line.description_fr : line.description_en,
    detail: (french ? line.detail_fr : line.detail_en) ?? undefined,
    period:
      line.period_from === null || line.period_to === null
        ? undefined
        : { from: line.period_from, to: line.period_to },
    quantity: line.quantity,
    unitPriceCents: line.unit_price_cents,
    amountCents: line.net_cents,
  };
}

/** How the printed account calls what moved it. */
const MOVEMENTS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  payment: { fr: 'Paiement', en: 'Payment' },
  payment_reversal: { fr: 'Paiement retourné', en: 'Returned payment' },
  credit_note: { fr: 'Note de crédit', en: 'Credit note' },
  refund: { fr: 'Remboursement', en: 'Refund' },
  write_off: { fr: 'Radiation', en: 'Write-off' },
};
const OTHER_MOVEMENT: Readonly<Record<Language, string>> = { fr: 'Ajustement', en: 'Adjustment' };
