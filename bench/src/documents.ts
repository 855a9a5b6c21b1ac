import { createHash } from 'node:crypto';
// Values with known figures, which the package keeps for its own tests and does not export.
import { EXAMPLE_AGREEMENT } from '../../packages/documents/src/examples/agreement.ts';
import { EXAMPLE_INVOICE } from '../../packages/documents/src/examples/invoice.ts';
import { EXAMPLE_RECEIPT } from '../../packages/documents/src/examples/receipt.ts';
import { EXAMPLE_STATEMENT } from '../../packages/documents/src/examples/statement.ts';
import { agreementPdf, invoicePdf, receiptPdf, statementPdf } from '../../packages/documents/src/index.ts';

type Language = 'fr' | 'en';
type Maker = (language: Language) => Promise<Uint8Array>;

const MAKERS: Readonly<Record<string, Maker>> = {
  invoice: (language) => invoicePdf(EXAMPLE_INVOICE, language),
  receipt: (language) => receiptPdf(EXAMPLE_RECEIPT, language),
  statement: (language) => statementPdf(EXAMPLE_STATEMENT, language),
  agreement: (language) => agreementPdf(EXAMPLE_AGREEMENT, language),
};
/** Fonts are read and code is compiled by the first ones. */
const WARM_UP = 20;
const COUNT = 300;
/** The invoices of one run. */
const RUN_INVOICES = 7_000;
const MEGABYTE = 1024 * 1024;

/**
 * How many PDFs one core makes in a second: by the clock, and by the time the processor gave, which is what counts on a
 * machine that does something else too. A table in Markdown.
 */
export async function documentsReport(): Promise<string> {
  const heading = [
    'document',
    'PDFs/s by the clock',
    'PDFs per CPU second',
    'KB each',
    '7,000 on one core',
    'memory MB',
    'same bytes',
  ];
  const lines: (string | number)[][] = [heading, heading.map(() => '---')];
  for (const [name, make] of Object.entries(MAKERS)) lines.push([name, ...(await measured(make))]);
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

async function measured(make: Maker): Promise<(string | number)[]> {
  const digests = { fr: new Set<string>(), en: new Set<string>() };
  for (let index = 0; index < WARM_UP; index += 1) await make('fr');
  let bytes = 0;
  let peak = 0;
  const startedAt = performance.now();
  const before = process.cpuUsage();
  for (let index = 0; index < COUNT; index += 1) {
    const language = index % 2 === 0 ? 'fr' : 'en';
    const pdf = await make(language);
    bytes += pdf.length;
    digests[language].add(createHash('sha256').update(pdf).digest('hex'));
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const used = process.cpuUsage(before);
  const cpuSeconds = (used.user + used.system) / 1_000_000;
  return [
    (COUNT / seconds).toFixed(1),
    (COUNT / cpuSeconds).toFixed(1),
    (bytes / COUNT / 1_024).toFixed(1),
    `${Math.round((RUN_INVOICES * cpuSeconds) / COUNT)} s`,
    Math.round(peak / MEGABYTE),
    digests.fr.size === 1 && digests.en.size === 1 ? 'yes' : 'no',
  ];
}
