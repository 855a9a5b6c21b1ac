import { drawChargeSection, keepSection, type ChargeSection } from '../charge-section.ts';
import { assertAddsUp } from '../charges.ts';
import { formatDate } from '../format-date.ts';
import { wordsIn, type Language, type Words } from '../language.ts';
import { COLOR, SIZE } from '../look.ts';
import { drawFacts, partyLines } from '../sheet/facts.ts';
import { drawLetterhead, drawRunningText } from '../sheet/letterhead.ts';
import { closeSheet, openSheet, type Sheet } from '../sheet/open-sheet.ts';
import { drawSignature } from '../sheet/signature-block.ts';
import { drawTable } from '../sheet/table.ts';
import { bulletList, ensureRoom, heading, paragraph } from '../sheet/text.ts';
import type { Clause, ClauseBlock, SummaryRow } from './clause.ts';
import { contractText } from './contract-text.ts';
import type { ContractValues } from './contract-values.ts';
import { evidencePage } from './evidence.ts';

const CONTRACT_WORDS = {
  title: { fr: 'Contrat de service résidentiel', en: 'Residential service contract' },
  customer: { fr: 'Client', en: 'Customer' },
  serviceAddress: { fr: 'Adresse de service', en: 'Service address' },
  details: { fr: 'Détails', en: 'Details' },
  madeOn: { fr: 'Conclu le', en: 'Made on' },
  quote: { fr: 'Soumission', en: 'Quote' },
  edition: { fr: 'Édition', en: 'Edition' },
  summary: { fr: 'Résumé des renseignements essentiels', en: 'Critical information summary' },
  summaryIntro: {
    fr: 'Ce résumé présente l’essentiel du contrat qui suit et en fait partie.',
    en: 'This summary gives the essentials of the contract that follows and is part of it.',
  },
  contract: { fr: 'Le contrat', en: 'The contract' },
  recurring: { fr: 'Chaque mois', en: 'Every month' },
  oneTime: { fr: 'Une seule fois', en: 'One time' },
  recurringTotal: { fr: 'Total par mois', en: 'Total per month' },
  oneTimeTotal: { fr: 'Total une seule fois', en: 'One-time total' },
  signature: { fr: 'Signature', en: 'Signature' },
  consents: { fr: 'Avant de signer, le client a déclaré :', en: 'Before signing, the customer stated:' },
  signing: {
    fr: 'En signant, vous acceptez ce contrat et confirmez avoir lu le résumé des renseignements essentiels.',
    en: 'By signing, you accept this contract and confirm that you have read the critical information summary.',
  },
  signatureLabel: { fr: 'Signature du client', en: 'Customer’s signature' },
  unsigned: { fr: 'non signé', en: 'not signed' },
  signatureAlt: { fr: 'Signature de', en: 'Signature of' },
} as const satisfies Words<string>;

type Pen = {
  readonly sheet: Sheet;
  readonly values: ContractValues;
  readonly words: Readonly<Record<keyof typeof CONTRACT_WORDS, string>>;
};

const CLAUSE_LOOK = { size: SIZE.small + 0.4 } as const;

/**
 * The residential contract as PDF: the critical information summary on its own pages, the content Quebec's
 * Consumer Protection Act requires of distance contracts, the signature, and the evidence page once signed.
 * The document without `signed` is what is shown before signing and what the evidence's SHA-256 identifies.
 */
export async function contractPdf(values: ContractValues, language: Language): Promise<Uint8Array> {
  assertAddsUp(`${values.number} recurring`, values.recurring.lines, values.recurring);
  assertAddsUp(`${values.number} one-time`, values.oneTime.lines, values.oneTime);
  const words = wordsIn(CONTRACT_WORDS, language);
  const title = `${words.title} ${values.number}`;
  const sheet = openSheet({ language, title, author: values.company.tradeName, createdAt: values.createdAt });
  const pen = { sheet, values, words };
  const text = contractText(values, language);
  drawLetterhead(sheet, { company: values.company, title: words.title, number: values.number });
  drawParties(pen);
  drawSummary(pen, text.summary);
  sheet.doc.addPage();
  heading(sheet, words.contract);
  for (const [index, clause] of text.clauses.entries()) drawClause(pen, clause, index + 1);
  drawSignatures(pen);
  if (values.signed !== undefined) evidencePage(sheet, values.signed.evidence, language);
  drawRunningText(sheet, { company: values.company, label: title });
  return closeSheet(sheet);
}

function drawParties({ sheet, values, words }: Pen): void {
  drawFacts(sheet, [
    { label: words.customer, lines: partyLines(values.customer), strongFirst: true },
    { label: words.serviceAddress, lines: values.serviceAddressLines },
    {
      label: words.details,
      lines: [
        { name: words.madeOn, value: formatDate(values.madeOn, sheet.language) },
        { name: words.quote, value: values.quoteNumber },
        { name: words.edition, value: values.terms.edition },
      ],
    },
  ]);
}

function drawSummary({ sheet, words }: Pen, rows: readonly SummaryRow[]): void {
  heading(sheet, words.summary);
  paragraph(sheet, words.summaryIntro, { color: COLOR.muted, after: 8 });
  drawTable(sheet, {
    bare: true,
    ruled: true,
    summary: words.summary,
    columns: [
      { heading: '', width: 118 },
      { heading: '', width: 386 },
    ],
    rows: rows.map((row) => ({ cells: [{ text: row.topic, strong: true }, row.lines.join('\n')] })),
  });
}

function drawClause(pen: Pen, clause: Clause, number: number): void {
  const { sheet } = pen;
  ensureRoom(sheet, 44);
  paragraph(sheet, `${number}. ${clause.title}`, { tag: 'H3', font: 'semibold', size: SIZE.body, after: 2 });
  for (const [index, block] of clause.blocks.entries()) {
    const next = clause.blocks[index + 1];
    // The sentence that introduces a table of prices stays with it.
    if (next?.is === 'charges') keepSection(sheet, chargesOf(pen, next.which), 24);
    drawBlock(pen, block);
  }
  sheet.doc.y += 4;
}

function drawBlock(pen: Pen, block: ClauseBlock): void {
  switch (block.is) {
    case 'paragraph':
      paragraph(pen.sheet, block.text, { ...CLAUSE_LOOK, after: 4 });
      break;
    case 'list':
      bulletList(pen.sheet, block.items, CLAUSE_LOOK);
      break;
    case 'charges':
      pen.sheet.doc.y += 2;
      drawChargeSection(pen.sheet, chargesOf(pen, block.which));
      break;
  }
}

function chargesOf({ values, words }: Pen, which: 'recurring' | 'oneTime'): ChargeSection {
  return {
    section: values[which],
    title: words[which],
    totalLabel: which === 'recurring' ? words.recurringTotal : words.oneTimeTotal,
    size: CLAUSE_LOOK.size,
    untitled: true,
  };
}

function drawSignatures({ sheet, values, words }: Pen): void {
  const signature = values.signed?.signature;
  const consents = signature?.consents ?? [];
  ensureRoom(sheet, 190);
  sheet.doc.y += 8;
  heading(sheet, words.signature);
  paragraph(sheet, words.signing, { after: 6 });
  if (consents.length > 0) {
    paragraph(sheet, words.consents, { after: 3 });
    bulletList(sheet, consents, CLAUSE_LOOK);
  }
  drawSignature(sheet, signature, {
    label: words.signatureLabel,
    unsigned: words.unsigned,
    alt: words.signatureAlt,
  });
}
