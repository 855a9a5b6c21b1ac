import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What a document says, read back by another program than the one that wrote it. */
export type PdfReading = {
  readonly pages: readonly string[];
  /** All pages, every kind of white space as one plain space. */
  readonly text: string;
  readonly title: string;
  readonly language: string;
  /** Kinds of structure elements, in order, over all pages. */
  readonly tags: readonly string[];
  /** Alternative texts of figures and links. */
  readonly alts: readonly string[];
};

type Node = { readonly role?: string; readonly alt?: string; readonly children?: readonly Node[] };

/** Reads text, metadata and structure of a document, for tests. */
export async function readPdf(bytes: Uint8Array): Promise<PdfReading> {
  const task = getDocument({ data: bytes.slice(), verbosity: 0 });
  const pdf = await task.promise;
  const pages: string[] = [];
  const nodes: Node[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const content = await page.getTextContent();
    const pieces = content.items.map((item) =>
      'str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '',
    );
    pages.push(flat(pieces.join('')));
    // The library's own type of a structure node leaves out alternative texts.
    const tree = (await page.getStructTree()) as Node | null;
    if (tree !== null) collect(tree, nodes);
  }
  const { info } = await pdf.getMetadata();
  const meta = info as { Title?: string; Language?: string };
  await task.destroy();
  return {
    pages,
    text: pages.join(' '),
    title: meta.Title ?? '',
    language: meta.Language ?? '',
    tags: nodes.flatMap((node) => (node.role === undefined ? [] : [node.role])),
    alts: nodes.flatMap((node) => (node.alt === undefined ? [] : [node.alt])),
  };
}

function collect(node: Node, found: Node[]): void {
  found.push(node);
  for (const child of node.children ?? []) collect(child, found);
}

function flat(text: string): string {
  return text.replaceAll(/[\s\u00A0\u202F]+/g, ' ');
}
