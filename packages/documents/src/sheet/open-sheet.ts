import PdfDocument from 'pdfkit';
import type { Language } from '../language.ts';
import { PAGE } from '../look.ts';
import { font, FONT_NAMES } from './fonts.ts';

/** Most pages one document may have: beyond this its input is a mistake or an attack. */
export const PAGE_LIMIT = 200;

/** A document being drawn. `doc.y` is the pen: blocks start there and leave it below themselves. */
export type Sheet = {
  readonly doc: PDFKit.PDFDocument;
  /** Root of the structure tree that screen readers follow. */
  readonly body: PDFKit.PDFStructureElement;
  readonly language: Language;
};

/** What a document says about itself. `createdAt` is the only date in it: same input, same bytes. */
export type SheetOptions = {
  readonly language: Language;
  readonly title: string;
  readonly author: string;
  readonly createdAt: Date;
};

/** A new document with its first page: tagged for accessibility (PDF/UA), fonts embedded, language and title declared. */
export function openSheet(options: SheetOptions): Sheet {
  const doc = new PdfDocument({
    size: [PAGE.width, PAGE.height],
    margins: { top: PAGE.top, bottom: PAGE.bottom, left: PAGE.left, right: PAGE.right },
    bufferPages: true,
    pdfVersion: '1.7',
    // The types of the library do not list the accessible profile it offers.
    subset: 'PDF/UA' as PDFKit.Mixins.PDFSubsets,
    tagged: true,
    lang: options.language === 'fr' ? 'fr-CA' : 'en-CA',
    displayTitle: true,
    // No font before the first text: otherwise the library opens its own default.
    font: null as unknown as string,
    info: {
      Title: plain(options.title),
      Author: plain(options.author),
      Producer: 'Gigafibre',
      Creator: 'Gigafibre',
      CreationDate: options.createdAt,
    },
  });
  // The library takes parsed fonts; its types know only bytes and names.
  for (const name of FONT_NAMES) doc.registerFont(name, font(name) as unknown as string);
  doc.on('pageAdded', () => {
    if (doc.bufferedPageRange().count > PAGE_LIMIT)
      throw new RangeError(`a document has at most ${PAGE_LIMIT} pages`);
  });
  const body = doc.struct('Document');
  doc.addStructure(body);
  return { doc, body, language: options.language };
}

/** Ends the document and gives its bytes. */
export function closeSheet(sheet: Sheet): Promise<Uint8Array> {
  const { doc, body } = sheet;
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    doc.on('error', reject);
    body.end();
    doc.end();
  });
}

/** Metadata goes into XML without escaping in the library, so marks that mean something there stay out. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[<>&\p{Cc}]/gu, ' ')
    .slice(0, 200);
}
