import fc from 'fast-check';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { EXAMPLE_CONTRACT, EXAMPLE_EVIDENCE, EXAMPLE_SIGNATURE } from './examples/contract.ts';
import { EXAMPLE_INVOICE } from './examples/invoice.ts';
import { EXAMPLE_QUOTE } from './examples/quote.ts';
import { readPdf } from './examples/read-pdf.ts';
import { EXAMPLE_RECEIPT } from './examples/receipt.ts';
import { EXAMPLE_WORK_ORDER } from './examples/work-order.ts';
import {
  contractPdf,
  invoicePdf,
  quotePdf,
  receiptPdf,
  workOrderPdf,
  type InvoiceValues,
  type Signature,
} from './index.ts';

const HOSTILE = [
  '<script>alert(1)</script><b>&amp;"\'',
  '\u202Eمرحبا بالعالم שלום\u202C',
  '👩‍👩‍👧‍👦🏳️‍🌈🇨🇦 Z̷̡̛a̸l̶g̵o̷',
  'x'.repeat(5_000),
  'mot '.repeat(1_250),
  '\u0000\u0007\u001B[2J\u009F\uFFFE\uD800',
  '%PDF-1.7 endobj trailer (\\) startxref /ByteRange [0 1 2 3]',
  "'; DROP TABLE invoices; --",
  '\n'.repeat(300),
  '',
] as const;

function filled(text: string): InvoiceValues {
  const party = { ...EXAMPLE_INVOICE.customer, name: text, addressLines: [text, text], accountNumber: text };
  return {
    ...EXAMPLE_INVOICE,
    customer: party,
    number: `INV-${text.slice(0, 20)}`,
    serviceAddressLines: [text],
    lines: EXAMPLE_INVOICE.lines.map((line) => ({ ...line, description: text, detail: text })),
    notes: [text, text],
    creditsSince: EXAMPLE_INVOICE.creditsSince.map((credit) => ({ ...credit, label: text })),
    company: { ...EXAMPLE_INVOICE.company, tradeName: text, legalName: text },
  };
}

test.each(HOSTILE.map((text) => [JSON.stringify(text).slice(0, 30), text]))(
  'an invoice full of %s is still a document',
  async (_, text) => {
    const { pages, text: printed } = await readPdf(await invoicePdf(filled(text), 'fr'));
    expect(pages.length).toBeGreaterThan(0);
    expect(printed).toContain('Total de la facture');
    expect(printed).toContain('174,30 $');
  },
  30_000,
);

test('any text anywhere in a quote, a report and a contract is printed without failing', async () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom(...HOSTILE.filter((text) => text.length < 400)),
  );
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const lines = EXAMPLE_QUOTE.recurring.lines.map((line) => ({
        ...line,
        description: text,
        detail: text,
      }));
      const recurring = { ...EXAMPLE_QUOTE.recurring, lines };
      const customer = { ...EXAMPLE_QUOTE.customer, name: text, organization: text };
      await quotePdf({ ...EXAMPLE_QUOTE, customer, recurring, notes: [text], preparedBy: text }, 'fr');
      const signature: Signature = {
        name: text,
        mark: { is: 'typed' },
        signedAt: EXAMPLE_SIGNATURE.signedAt,
        consents: [text],
      };
      await workOrderPdf({ ...EXAMPLE_WORK_ORDER, customer, notes: text, technician: text, signature }, 'en');
      const evidence = { ...EXAMPLE_EVIDENCE, device: text, signerName: text };
      await contractPdf({ ...EXAMPLE_CONTRACT, customer, recurring, signed: { signature, evidence } }, 'fr');
    }),
    { numRuns: 15 },
  );
}, 120_000);

test('long content flows over pages, with headings repeated and nothing lost', async () => {
  const lines = Array.from({ length: 120 }, (_, index) => ({
    kind: 'oneTime' as const,
    description: `Intervention numéro ${index + 1}`,
    quantity: 1,
    unitPriceCents: 1000n,
    amountCents: 1000n,
  }));
  const totals = { subtotalCents: 120_000n, taxes: [], totalCents: 120_000n, amountDueCents: 120_000n };
  const values = { ...EXAMPLE_INVOICE, ...totals, lines, previousBalanceCents: 0n, creditsSince: [] };
  const { pages, text } = await readPdf(await invoicePdf(values, 'fr'));
  expect(pages.length).toBeGreaterThan(3);
  for (const line of lines) expect(text).toContain(line.description);
  for (const page of pages.slice(0, -1)) expect(page).toContain('Description Qté Prix Montant');
});

test('a text of 5,000 characters in one cell is printed whole', async () => {
  const words = Array.from({ length: 700 }, (_, index) => `mot${index}`);
  const [first, ...rest] = EXAMPLE_INVOICE.lines;
  if (first === undefined) throw new Error('the example has lines');
  const values = { ...EXAMPLE_INVOICE, lines: [{ ...first, description: words.join(' ') }, ...rest] };
  const { text } = await readPdf(await invoicePdf(values, 'fr'));
  for (const word of words) expect(text).toContain(word);
});

test('documents that do not add up are refused', async () => {
  await expect(invoicePdf({ ...EXAMPLE_INVOICE, totalCents: 17_431n }, 'fr')).rejects.toThrow(/total/);
  await expect(invoicePdf({ ...EXAMPLE_INVOICE, subtotalCents: 15_161n }, 'fr')).rejects.toThrow(/subtotal/);
  await expect(invoicePdf({ ...EXAMPLE_INVOICE, amountDueCents: 0n }, 'fr')).rejects.toThrow(/amount due/);
  await expect(receiptPdf({ ...EXAMPLE_RECEIPT, unallocatedCents: 0n }, 'fr')).rejects.toThrow(/cents/);
  const oneTime = { ...EXAMPLE_QUOTE.oneTime, totalCents: 1n };
  await expect(quotePdf({ ...EXAMPLE_QUOTE, oneTime }, 'fr')).rejects.toThrow(/one-time/);
});

test('an invoice without anything to pay shows no way to pay, and a credit says so', async () => {
  const credit = { previousBalanceCents: -30_000n, creditsSince: [], amountDueCents: -12_570n };
  const { text, tags } = await readPdf(await invoicePdf({ ...EXAMPLE_INVOICE, ...credit }, 'fr'));
  expect(text).toContain('Solde créditeur 125,70 $');
  expect(text).not.toContain('Payer en ligne');
  expect(tags).not.toContain('Figure');
});

test('a customer who pays automatically is told not to pay', async () => {
  const automaticPayment = { on: '2026-12-11', method: 'débit préautorisé', amountCents: 8_043n };
  const { text } = await readPdf(await invoicePdf({ ...EXAMPLE_INVOICE, automaticPayment }, 'fr'));
  expect(text).toContain(
    'Ne payez pas cette facture : un prélèvement de 80,43 $ sera fait le 11 décembre 2026 (débit préautorisé).',
  );
  expect(text).not.toContain('Payer en ligne');
});

test('a link that is not to the web is refused', async () => {
  await expect(invoicePdf({ ...EXAMPLE_INVOICE, payUrl: 'javascript:alert(1)' }, 'fr')).rejects.toThrow(
    /web addresses/,
  );
  await expect(
    quotePdf({ ...EXAMPLE_QUOTE, signingUrl: `https://x.example/${'a'.repeat(600)}` }, 'fr'),
  ).rejects.toThrow(/QR/);
});

test('a drawn signature may be strokes of any kind or a PNG, and nothing else', async () => {
  const sign = (mark: Signature['mark']): Promise<Uint8Array> =>
    workOrderPdf({ ...EXAMPLE_WORK_ORDER, signature: { ...EXAMPLE_SIGNATURE, mark } }, 'fr');
  const wild = [
    [],
    [{ x: 5, y: 5 }],
    [
      { x: Number.NaN, y: 1e9 },
      { x: -5, y: Number.POSITIVE_INFINITY },
    ],
  ];
  await expect(sign({ is: 'strokes', width: 10, height: 10, strokes: wild })).resolves.toBeInstanceOf(
    Uint8Array,
  );
  await expect(sign({ is: 'png', bytes: onePixel() })).resolves.toBeInstanceOf(Uint8Array);
  await expect(sign({ is: 'png', bytes: new Uint8Array(50) })).rejects.toThrow(/PNG/);
  await expect(sign({ is: 'png', bytes: new Uint8Array(400_001) })).rejects.toThrow(/400 kB/);
  await expect(sign({ is: 'strokes', width: 0, height: 10, strokes: [] })).rejects.toThrow(/width/);
});

test('evidence without a true fingerprint is refused', async () => {
  const evidence = { ...EXAMPLE_EVIDENCE, documentSha256: 'unknown' };
  const signed = { signature: EXAMPLE_SIGNATURE, evidence };
  await expect(contractPdf({ ...EXAMPLE_CONTRACT, signed }, 'fr')).rejects.toThrow(/documentSha256/);
});

function onePixel(): Uint8Array {
  const chunk = (type: string, data: Uint8Array): Uint8Array => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    // The reader of the library does not look at the check sum.
    return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.from([0, 0]));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array()),
  ]);
}
