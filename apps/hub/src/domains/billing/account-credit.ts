import { creditNoteEvents, Refusal } from '@gigafibre/contract';
import { creditNoteEntry, type BilledTax } from '@gigafibre/ledger';
import type { Tx } from '../../platform/acting.ts';
import { companyForTaxes } from '../../platform/company.ts';
import { json } from '../../platform/transact.ts';
import { indexTerms, readCustomer } from '../customers/index.ts';
import { lockAccount, post } from '../ledger/index.ts';
import { addressLines } from '../plant/index.ts';
import { applyNoteCredits } from './apply-note-credits.ts';
import type { CreditNote } from './credit-note.ts';
import * as notes from './credit-note-store.ts';
import type { LineDraft, PricedLine } from './draft-invoice.ts';
import { accountOf, numberText } from './invoice-rows.ts';
import { addressBilled, priceDrafts, type PricedDraft } from './price-drafts.ts';
import { readCreditNote } from './read-credit-notes.ts';
import * as store from './store.ts';

export type AccountCrediting = Readonly<{
  customerId: string;
  /** As an invoice would have them: credits negative, what is charged beside them positive. */
  lines: readonly LineDraft[];
  /** Civil day of issue: of the books and of the taxes. */
  on: string;
  /** Why, as it is printed. */
  reason: string;
}>;

/**
 * Issues a credit note of an account, for lines that come to less than nothing and so make no invoice: numbered,
 * posted, final. Their sum is a credit of the customer, put at once against what is open; the rest waits for the next
 * invoice, or is paid back. The taxes are those of the day, each rounded once, as on an invoice. Refused when the
 * lines come to zero or more.
 */
export async function issueAccountCredit(tx: Tx, input: AccountCrediting): Promise<CreditNote> {
  const { customerId, on, reason } = input;
  await lockAccount(tx, customerId);
  const [draft] = await priceDrafts(tx, { drafts: [input], on });
  if (!draft || draft.priced.totalCents >= 0n) throw new Refusal('nothing_to_credit');
  const note = await insertNote(tx, draft);
  await postNote(tx, draft, note);
  await indexTerms(tx, { kind: 'credit_note', sourceId: note.id, customerId }, [note.id]);
  await tx.tell(creditNoteEvents.creditNoteIssued, {
    subject: note.id,
    customerId,
    data: {
      invoiceId: null,
      kind: 'account',
      reason,
      issuedOn: on,
      totalCents: Number(note.total_cents),
      appliedCents: 0,
      creditCents: Number(note.credit_cents),
    },
  });
  await applyNoteCredits(tx, { customerId });
  return readCreditNote(tx, note.id);
}

type Draft = PricedDraft & AccountCrediting;

async function insertNote(tx: Tx, draft: Draft): Promise<notes.CreditNoteRow> {
  const { customerId, on, reason, priced, places } = draft;
  const { name, language } = await readCustomer(tx, customerId);
  const number = await store.nextNumbers(tx.db, 'CN', 1);
  const addresses = places.map(addressLines);
  return notes.insertAccountNote(tx.db, {
    note: {
      id: numberText('CN', number),
      number,
      invoice_id: null,
      customer_id: customerId,
      kind: 'account',
      reason,
      issued_on: on,
      issued_at: tx.now,
      issued_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
      subtotal_cents: -priced.subtotalCents,
      tax_cents: -priced.taxCents,
      total_cents: -priced.totalCents,
      applied_cents: 0n,
      credit_cents: -priced.totalCents,
      language,
      bill_to: json({ name, addressLines: addressBilled(draft) }),
      service_address: addresses.flat(),
      company: json(await companyForTaxes(tx.db)),
    },
    lines: priced.lines.map((line) => lineRow(line, on)),
    taxes: priced.taxes.map(({ tax, province, taxGroup, rate, baseCents, taxCents }) => ({
      tax,
      province,
      tax_group: taxGroup,
      rate_num: rate.num,
      rate_den: rate.den,
      base_cents: -baseCents,
      tax_cents: -taxCents,
    })),
  });
}

/** A line with its sign turned: what the invoice would have taken off is what the note gives. */
const lineRow = (line: PricedLine, on: string): notes.NewAccountNote['lines'][number] => ({
  kind: line.kind,
  sku: line.sku,
  description_fr: line.description.fr,
  description_en: line.description.en,
  detail_fr: line.detail?.fr ?? null,
  detail_en: line.detail?.en ?? null,
  period_from: line.period?.from ?? null,
  period_to: line.period?.to ?? null,
  quantity: line.quantity,
  unit_price_cents: -line.unitPriceCents,
  amount_cents: -line.amountCents,
  net_cents: -line.netCents,
  tax_treatment: line.taxTreatment,
  revenue_account: line.revenueAccount,
  in_advance: isInAdvance(line, on),
  province: line.province,
  tax_group: line.taxGroup,
  location_id: line.locationId,
  subscription_id: line.subscriptionId ?? null,
  subscription_item_id: line.subscriptionItemId ?? null,
  charge_id: line.chargeId ?? null,
});

/** Days that are not over: what they were billed waits in deferred revenue, and leaves it again. */
const isInAdvance = ({ period }: PricedLine, on: string): boolean => period != null && period.to >= on;

async function postNote(tx: Tx, { priced, on }: Draft, note: notes.CreditNoteRow): Promise<void> {
  const made = creditNoteEntry({
    customerId: note.customer_id,
    id: note.id,
    date: note.issued_on,
    memo: `Note de crédit ${note.id}`,
    appliedCents: 0n,
    lines: priced.lines.map((line) => ({
      account: accountOf(line.revenueAccount),
      netCents: -line.netCents,
      inAdvance: isInAdvance(line, on),
    })),
    taxes: priced.taxes.map(({ tax, taxCents }): BilledTax => ({ tax, taxCents: -taxCents })),
  });
  if (made) await post(tx, made);
}
