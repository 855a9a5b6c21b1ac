import { formatDate, formatInstant } from './format-date.ts';
import { fill, wordsIn, type Language, type Words } from './language.ts';
import { COLOR } from './look.ts';
import type { Company, Party } from './parties.ts';
import { drawFacts, partyLines } from './sheet/facts.ts';
import { drawLetterhead, drawRunningText } from './sheet/letterhead.ts';
import { closeSheet, openSheet } from './sheet/open-sheet.ts';
import { heading, paragraph } from './sheet/text.ts';

/** Everything on a pre-authorised payment agreement (Rule H1 of Payments Canada asks what it says). */
export type AgreementValues = {
  readonly company: Company;
  readonly number: string;
  readonly customer: Party;
  readonly category: 'personal' | 'business';
  /** In the language of the document: « Compte 815-30001 •••• 4567 ». */
  readonly method: string;
  readonly isBankAccount: boolean;
  readonly acceptedAt: Date;
  readonly acceptedBy: string;
  /** How the acceptance is known: « dans l’espace client, depuis 203.0.113.7 ». */
  readonly proof: string;
  /** Civil day from which it may be used. */
  readonly usableFrom: string;
  readonly textVersion: string;
  /** The words that were accepted, paragraph by paragraph. */
  readonly paragraphs: readonly string[];
};

const AGREEMENT_WORDS = {
  title: { fr: 'Accord de paiement préautorisé', en: 'Pre-authorized payment agreement' },
  payer: { fr: 'Payeur', en: 'Payor' },
  agreement: { fr: 'Accord', en: 'Agreement' },
  account: { fr: 'Compte client', en: 'Customer account' },
  method: { fr: 'Prélevé sur', en: 'Charged to' },
  category: { fr: 'Catégorie', en: 'Category' },
  personal: { fr: 'DPA personnel', en: 'Personal PAD' },
  business: { fr: 'DPA d’entreprise', en: 'Business PAD' },
  card: { fr: 'Carte', en: 'Card' },
  from: { fr: 'Premier prélèvement à partir du', en: 'First charge from' },
  text: { fr: 'Ce qui est accepté', en: 'What is accepted' },
  notices: { fr: 'Avis', en: 'Notices' },
  amount: {
    fr: 'Le montant varie : chaque facture sert de préavis de son prélèvement.',
    en: 'The amount varies: each invoice is the notice of its charge.',
  },
  proof: { fr: 'Acceptation', en: 'Acceptance' },
  accepted: {
    fr: 'Accepté le {at} par {by} ({proof}). Texte {version}.',
    en: 'Accepted on {at} by {by} ({proof}). Text {version}.',
  },
  payee: { fr: 'Bénéficiaire', en: 'Payee' },
} as const satisfies Words<string>;

/** The agreement as PDF, to keep: the same values give the same bytes. */
export async function agreementPdf(values: AgreementValues, language: Language): Promise<Uint8Array> {
  const words = wordsIn(AGREEMENT_WORDS, language);
  const { company, customer, number, acceptedAt } = values;
  const title = `${words.title} ${number}`;
  const sheet = openSheet({ language, title, author: company.tradeName, createdAt: acceptedAt });
  drawLetterhead(sheet, { company, title: words.title, number });
  const category = values.isBankAccount ? words[values.category] : words.card;
  drawFacts(sheet, [
    { label: words.payer, lines: partyLines(customer), strongFirst: true },
    {
      label: words.agreement,
      lines: [
        ...(customer.accountNumber === undefined
          ? []
          : [{ name: words.account, value: customer.accountNumber }]),
        { name: words.method, value: values.method },
        { name: words.category, value: category },
        { name: words.from, value: formatDate(values.usableFrom, language) },
      ],
    },
  ]);
  heading(sheet, words.text);
  for (const said of values.paragraphs) paragraph(sheet, said);
  heading(sheet, words.notices);
  paragraph(sheet, words.amount);
  heading(sheet, words.proof);
  const at = formatInstant(acceptedAt, language);
  const { acceptedBy: by, proof, textVersion: version } = values;
  paragraph(sheet, fill(words.accepted, { at, by, proof, version }));
  heading(sheet, words.payee);
  const reach = [company.legalName, ...company.addressLines, company.phone, company.email];
  paragraph(sheet, reach.join(' · '), { color: COLOR.muted });
  drawRunningText(sheet, { company, label: title });
  return closeSheet(sheet);
}
