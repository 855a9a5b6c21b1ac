import { Refusal, type FileAnswer, type Language } from '@gigafibre/contract';
import { agreementPdf } from '@gigafibre/documents';
import { z } from 'zod';
import type { Reading, Tx } from '../../../platform/acting.ts';
import { readCompany } from '../../../platform/company.ts';
import { companyIn } from '../../billing/index.ts';
import { readCustomer } from '../../customers/index.ts';
import * as store from '../method-store.ts';
import { AGREEMENT_EDITIONS, AGREEMENT_TEXT } from './agreement-text.ts';

const printed = z.object({
  name: z.string(),
  company: z.unknown(),
  /** `815-30001 •••• 4567`, `visa •••• 4242`. */
  method: z.string(),
  isBankAccount: z.boolean(),
  acceptedBy: z.string(),
  /** The words accepted, kept with the agreement; agreements of before have those of their edition. */
  paragraphs: z.object({ fr: z.array(z.string()), en: z.array(z.string()) }).optional(),
});
type Printed = z.infer<typeof printed>;

/** What the document of an agreement says for ever, kept with it when it is made. */
export async function printedAgreement(
  tx: Pick<Tx, 'db' | 'by'>,
  { customerId, method }: { customerId: string; method: store.MethodRow },
): Promise<Printed> {
  const { name } = await readCustomer(tx, customerId);
  const isBankAccount = method.kind !== 'card';
  const account = [method.institution, method.transit].filter(Boolean).join('-');
  return {
    name,
    company: await readCompany(tx.db),
    method: `${(isBankAccount ? account : method.brand) ?? ''} •••• ${method.last4 ?? ''}`.trim(),
    isBankAccount,
    acceptedBy: tx.by.kind === 'customer' ? name : (tx.by.name ?? tx.by.kind),
    paragraphs: paragraphsOf(AGREEMENT_TEXT),
  };
}

const proofKept = z.object({
  means: z.string(),
  address: z.string().nullish(),
  note: z.string().nullish(),
});
const MEANS = {
  portal: { fr: 'dans l’espace client', en: 'in the customer’s account' },
  staff: { fr: 'auprès du service à la clientèle', en: 'with customer service' },
} as const;

/**
 * A pre-authorised payment agreement as PDF, in the language it was accepted in unless another is asked; the same
 * bytes today and in years. Refused `not_found`, also for somebody else's.
 */
export async function agreementDocument(
  reading: Pick<Reading, 'db' | 'by'>,
  { id, language, customerId }: { id: string; language?: Language | undefined; customerId?: string },
): Promise<FileAnswer> {
  const row = await store.agreementById(reading.db, id);
  if (!row || (customerId !== undefined && row.customer_id !== customerId))
    throw new Refusal('not_found', { what: id });
  const spoken = language ?? (row.language === 'en' ? 'en' : 'fr');
  const said = await printedOf(reading, row);
  const bytes = await agreementPdf(
    {
      company: companyIn(said.company),
      number: id,
      customer: { name: said.name, addressLines: [], accountNumber: row.customer_id },
      category: row.category === 'business' ? 'business' : 'personal',
      method: said.method,
      isBankAccount: said.isBankAccount,
      acceptedAt: new Date(row.accepted_at),
      acceptedBy: said.acceptedBy,
      proof: proofText(row.proof, spoken),
      usableFrom: row.usable_from,
      textVersion: row.text_version,
      paragraphs: [...wordsOf(row, said)[spoken], ...overdueText(row.overdue_invoices, spoken)],
    },
    spoken,
  );
  return { type: 'application/pdf', name: `${id}.pdf`, bytes: new Uint8Array(bytes) };
}

const paragraphsOf = (text: Readonly<Record<Language, string>>) => ({
  fr: text.fr.split('\n\n'),
  en: text.en.split('\n\n'),
});

/** The words somebody accepted: kept with the agreement, or of the edition it names. */
function wordsOf({ text_version: edition }: store.AgreementRow, said: Printed) {
  if (said.paragraphs) return said.paragraphs;
  const text = AGREEMENT_EDITIONS.get(edition);
  if (!text) throw new Error(`no words of ${edition}`);
  return paragraphsOf(text);
}

/** What an agreement says of invoices that were late before it; nothing when it names none. */
export const overdueText = (invoiceIds: readonly string[], language: Language): string[] =>
  invoiceIds.length === 0
    ? []
    : [
        language === 'fr'
          ? `J’autorise aussi le débit de ces factures déjà en retard : ${invoiceIds.join(', ')}.`
          : `I also authorize the debit of these invoices, which are already late: ${invoiceIds.join(', ')}.`,
      ];

/** Kept since documents are made; an agreement of before is printed as things stand. */
async function printedOf(reading: Pick<Reading, 'db' | 'by'>, row: store.AgreementRow): Promise<Printed> {
  if (row.printed !== null) return printed.parse(row.printed);
  const method = await store.methodById(reading.db, row.method_id);
  if (!method) throw new Error(`${row.id} is on no method`);
  const now = await printedAgreement(reading, { customerId: row.customer_id, method });
  return { ...now, acceptedBy: row.accepted_by, paragraphs: undefined };
}

function proofText(kept: unknown, language: Language): string {
  const { means, address, note } = proofKept.parse(kept);
  const how = means === 'portal' ? MEANS.portal[language] : MEANS.staff[language];
  return [how, address, note].filter(Boolean).join(', ');
}
