import { beforeAll, describe, expect, test } from 'vitest';
import { EXAMPLE_AGREEMENT } from './examples/agreement.ts';
import { EXAMPLE_CONTRACT, EXAMPLE_EVIDENCE, EXAMPLE_SIGNATURE } from './examples/contract.ts';
import { EXAMPLE_CREDIT_NOTE } from './examples/credit-note.ts';
import { EXAMPLE_INVOICE } from './examples/invoice.ts';
import { EXAMPLE_QUOTE } from './examples/quote.ts';
import { readPdf, type PdfReading } from './examples/read-pdf.ts';
import { EXAMPLE_RECEIPT } from './examples/receipt.ts';
import { EXAMPLE_REFUND_RECEIPT } from './examples/refund-receipt.ts';
import { EXAMPLE_STATEMENT } from './examples/statement.ts';
import { EXAMPLE_WORK_ORDER } from './examples/work-order.ts';
import {
  agreementPdf,
  contractPdf,
  creditNotePdf,
  invoicePdf,
  quotePdf,
  receiptPdf,
  refundReceiptPdf,
  statementPdf,
  workOrderPdf,
  type Language,
} from './index.ts';

const SIGNED = { ...EXAMPLE_CONTRACT, signed: { signature: EXAMPLE_SIGNATURE, evidence: EXAMPLE_EVIDENCE } };

const DOCUMENTS = {
  quote: (language: Language) => quotePdf(EXAMPLE_QUOTE, language),
  invoice: (language: Language) => invoicePdf(EXAMPLE_INVOICE, language),
  creditNote: (language: Language) => creditNotePdf(EXAMPLE_CREDIT_NOTE, language),
  statement: (language: Language) => statementPdf(EXAMPLE_STATEMENT, language),
  receipt: (language: Language) => receiptPdf(EXAMPLE_RECEIPT, language),
  agreement: (language: Language) => agreementPdf(EXAMPLE_AGREEMENT, language),
  refundReceipt: (language: Language) => refundReceiptPdf(EXAMPLE_REFUND_RECEIPT, language),
  workOrder: (language: Language) => workOrderPdf(EXAMPLE_WORK_ORDER, language),
  contract: (language: Language) => contractPdf(SIGNED, language),
} as const;

type Kind = keyof typeof DOCUMENTS;

const SAYS: Record<Kind, Record<Language, readonly string[]>> = {
  quote: {
    fr: [
      'Soumission',
      'QTN-00042',
      'Valide jusqu’au 21 décembre 2026',
      'Chaque mois',
      'TPS (5 %) 3,75 $',
      'TVQ (9,975 %) 7,48 $',
      'Total par mois 86,18 $',
      'Total une seule fois 57,49 $',
      '−10,00 $',
    ],
    en: [
      'Quote',
      'QTN-00042',
      'Valid until December 21, 2026',
      'Every month',
      'GST (5%) $3.75',
      'QST (9.975%) $7.48',
      'Total per month $86.18',
      'One-time total $57.49',
      '−$10.00',
    ],
  },
  invoice: {
    fr: [
      'Facture',
      'INV-004217',
      'Montant dû 174,30 $',
      'Du 21 au 30 novembre 2026',
      'TPS (5 %) 123456782 RT0001 7,58 $',
      'TVQ (9,975 %) 1234567890 TQ0001 15,12 $',
      'Solde antérieur 80,43 $',
      '−80,43 $',
      'Intérêts de 1,5 % par mois (18 % par année) sur tout solde en souffrance.',
      'Payer en ligne',
      'Marie-Ève Côté-Lefebvre',
    ],
    en: [
      'Invoice',
      'INV-004217',
      'Amount due $174.30',
      'November 21, 2026 to November 30, 2026',
      'GST (5%) 123456782 RT0001 $7.58',
      'Interest of 1.5% per month (18% per year)',
      'Previous balance $80.43',
      'Pay online',
    ],
  },
  creditNote: {
    fr: [
      'Note de crédit',
      'CN-00042',
      'Sur la facture',
      'INV-004217',
      'Montant crédité 80,43 $',
      '30,00 $ déduits de ce qui restait à payer sur la facture INV-004217; 50,43 $ portés au crédit de votre compte.',
      'Du 1er au 31 décembre 2026',
      '−10,00 $',
      'TPS (5 %) 123456782 RT0001 3,50 $',
      'TVQ (9,975 %) 1234567890 TQ0001 6,98 $',
      'Total crédité 80,43 $',
      'Panne du 3 au 20 novembre',
      'Marie-Ève Côté-Lefebvre',
      'TARGO Internet inc.',
    ],
    en: [
      'Credit note',
      'Amount credited $80.43',
      '$30.00 taken off what was left to pay on invoice INV-004217; $50.43 put to the credit of your account.',
      'GST (5%) 123456782 RT0001 $3.50',
      'Taxes adjusted',
    ],
  },
  statement: {
    fr: [
      'État de compte',
      'Solde créditeur 106,13 $',
      'Solde au début 80,43 $',
      'Paiement PAY-002870 80,43 $ 0,00 $',
      'Facture INV-004217 174,30 $ 174,30 $',
      'Note de crédit CN-00042 80,43 $ 93,87 $',
      'Solde à la fin −106,13 $',
    ],
    en: [
      'Statement of account',
      'Credit balance $106.13',
      'Opening balance $80.43',
      'Closing balance −$106.13',
    ],
  },
  receipt: {
    fr: [
      'Reçu',
      'Montant reçu 200,00 $',
      '27 novembre 2026, 21 h 14',
      'INV-004217',
      'Crédit au compte après ce paiement : 25,70 $.',
    ],
    en: [
      'Receipt',
      'Amount received $200.00',
      'November 27, 2026, 9:14 p.m.',
      'Account credit after this payment: $25.70.',
    ],
  },
  agreement: {
    fr: [
      'Accord de paiement préautorisé',
      'PPA-1042',
      '815-30001 •••• 4567',
      'DPA personnel',
      '1er décembre 2026',
      'paiements.ca',
      'Accepté le 21 novembre 2026, 10 h 00 par Marie-Ève Côté-Lefebvre',
    ],
    en: ['Pre-authorized payment agreement', 'Personal PAD', 'December 1, 2026', 'Text 2026-11'],
  },
  refundReceipt: {
    fr: [
      'Reçu de remboursement',
      'REF-10042',
      'Montant remboursé 25,70 $',
      'Sur le paiement PAY-002871 de 200,00 $',
    ],
    en: ['Refund receipt', 'Amount refunded $25.70', 'within 5 to 10 business days'],
  },
  workOrder: {
    fr: [
      'Rapport d’intervention',
      'TPLG1A2B3C4D',
      '−18,6 dBm',
      '✓ Bon',
      '! À surveiller',
      '✗ Non fait',
      '62,5 m',
      'Simon Gagné',
      '8 h 12 – 11 h 35',
    ],
    en: ['Completion report', 'TPLG1A2B3C4D', '✓ Good', '✗ Not done', '62.5 m', '8:12 a.m. – 11:35 a.m.'],
  },
  contract: {
    fr: [
      'Résumé des renseignements essentiels',
      'Indemnité de résiliation : aucune.',
      'art. 214.6',
      'CPRST',
      'Page de preuve',
      '203.0.113.24',
      '••• •••-0187',
      '2026-11-21 10:02:41 UTC-05:00',
      'La version française de ce contrat vous est remise en premier',
    ],
    en: [
      'Critical information summary',
      'Cancellation indemnity: none.',
      's. 214.6',
      'CCTS',
      'Evidence page',
      'favourable',
    ],
  },
};

describe.each(Object.keys(DOCUMENTS) as Kind[])('%s', (kind) => {
  describe.each(['fr', 'en'] as const)('in %s', (language) => {
    let read: PdfReading;
    let bytes: Uint8Array;
    beforeAll(async () => {
      bytes = await DOCUMENTS[kind](language);
      read = await readPdf(bytes);
    });

    test('says what it must, in its language, with amounts to the cent', () => {
      for (const words of SAYS[kind][language]) expect(read.text).toContain(words);
    });

    test('declares title, language and structure, one first heading, and words for every figure', () => {
      expect(read.title).not.toBe('');
      expect(read.language).toBe(language === 'fr' ? 'fr-CA' : 'en-CA');
      expect(read.tags.filter((tag) => tag === 'H1')).toHaveLength(1);
      const figures = read.tags.filter((tag) => tag === 'Figure' || tag === 'Link' || tag === 'Table');
      expect(read.alts).toHaveLength(figures.length);
      if (read.tags.includes('Table')) expect(read.tags).toEqual(expect.arrayContaining(['TR', 'TH', 'TD']));
    });

    test('numbers its pages', () => {
      const count = read.pages.length;
      for (const [index, page] of read.pages.entries()) {
        expect(page).toContain(
          language === 'fr' ? `Page ${index + 1} de ${count}` : `Page ${index + 1} of ${count}`,
        );
      }
    });

    test('is the same bytes every time, whatever was made in between', async () => {
      await workOrderPdf({ ...EXAMPLE_WORK_ORDER, notes: 'ʼ ‑ ⁄ ﬁ Ω Ω µ ˆ \uE000 ①²³' }, 'fr');
      expect(Buffer.from(await DOCUMENTS[kind](language)).equals(bytes)).toBe(true);
    });

    test('embeds its fonts', () => {
      const source = Buffer.from(bytes).toString('latin1');
      expect(source).toContain('/FontFile2');
      expect(source).not.toContain('/Helvetica');
    });
  });
});

test('a credit note or a statement that does not add up is not made', async () => {
  await expect(creditNotePdf({ ...EXAMPLE_CREDIT_NOTE, totalCents: 8_044n }, 'fr')).rejects.toThrow(
    RangeError,
  );
  await expect(creditNotePdf({ ...EXAMPLE_CREDIT_NOTE, appliedCents: 8_044n }, 'fr')).rejects.toThrow(
    RangeError,
  );
  await expect(statementPdf({ ...EXAMPLE_STATEMENT, closingCents: 0n }, 'en')).rejects.toThrow(RangeError);
});

test('where a credit went is said: all of it to the invoice, or all of it to the account', async () => {
  const applied = await readPdf(await creditNotePdf({ ...EXAMPLE_CREDIT_NOTE, appliedCents: 8_043n }, 'fr'));
  expect(applied.text).toContain('Déduit de ce qui restait à payer sur la facture INV-004217.');
  const credit = await readPdf(await creditNotePdf({ ...EXAMPLE_CREDIT_NOTE, appliedCents: 0n }, 'en'));
  expect(credit.text).toContain('invoice INV-004217 was already paid.');
  const ofAccount = { ...EXAMPLE_CREDIT_NOTE, invoice: undefined, appliedCents: 0n };
  const french = await readPdf(await creditNotePdf(ofAccount, 'fr'));
  expect(french.text).toContain('il paie d’abord ce qui y est dû, le reste vous est remboursable.');
  expect(french.text).not.toContain('facture');
  const english = await readPdf(await creditNotePdf(ofAccount, 'en'));
  expect(english.text).toContain('it first pays what is owed there, and the rest can be refunded to you.');
});

test('the critical information summary stands first, on at most two pages, before the contract', async () => {
  for (const language of ['fr', 'en'] as const) {
    const { pages } = await readPdf(await contractPdf(EXAMPLE_CONTRACT, language));
    const start = pages.findIndex((page) =>
      page.includes(language === 'fr' ? 'Le contrat 1. Les parties' : 'The contract 1. The parties'),
    );
    expect(start).toBeGreaterThan(0);
    expect(start).toBeLessThanOrEqual(2);
    expect(pages[0]).toContain(
      language === 'fr' ? 'Résumé des renseignements essentiels' : 'Critical information summary',
    );
  }
});

test('an unsigned contract has neither evidence nor signature', async () => {
  const { text } = await readPdf(await contractPdf(EXAMPLE_CONTRACT, 'fr'));
  expect(text).toContain('non signé');
  expect(text).not.toContain('Page de preuve');
});
