/** An object of a document: its number and its text. */
export type PdfObject = { readonly id: number; readonly body: string };

/** What an update of a document must know of it. */
export type PdfObjects = {
  readonly root: PdfObject;
  readonly firstPage: PdfObject;
  /** One more than the highest object number. */
  readonly size: number;
  /** Where the last cross-reference table starts. */
  readonly previous: number;
  /** `/Info` and `/ID` of the trailer, to be repeated. */
  readonly trailerExtras: string;
};

/** Objects looked at most; a contract has about a thousand. */
const OBJECT_LIMIT = 100_000;

/**
 * Reads the few objects that sealing touches, in documents made by this package: a plain cross-reference table
 * and plain dictionaries. Throws for anything else, and for a document that already has a form or a seal.
 */
export function readPdfObjects(bytes: Uint8Array): PdfObjects {
  const text = Buffer.from(bytes).toString('latin1');
  if (!text.startsWith('%PDF-1.')) throw new RangeError('not a PDF document');
  if (text.includes('/ByteRange')) throw new RangeError('the document is sealed already');
  const previous = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1] ?? Number.NaN);
  if (!(previous > 0 && previous < text.length))
    throw new RangeError('no cross-reference table at the end of the document');
  const trailer = /trailer\s*<<([\s\S]*?)>>\s*startxref/.exec(text.slice(previous))?.[1] ?? '';
  const offsets = readOffsets(text, previous);
  const read = (id: number): PdfObject => readObject(text, id, offsets);
  const root = read(reference(trailer, 'Root'));
  const pages = read(reference(root.body, 'Pages'));
  const kids = /\/Kids \[\s*(\d+) 0 R/.exec(pages.body);
  if (kids === null) throw new RangeError('a document without pages cannot be sealed');
  const extras = [/\/Info \d+ 0 R/, /\/ID \[[^\]]*\]/].map((pattern) => pattern.exec(trailer)?.[0] ?? '');
  return {
    root,
    firstPage: read(Number(kids[1])),
    size: offsets.length,
    previous,
    trailerExtras: extras.join(' ').trim(),
  };
}

function readOffsets(text: string, at: number): readonly number[] {
  const header = /^xref\s+0 (\d+)\s+/.exec(text.slice(at, at + 40));
  const count = Number(header?.[1] ?? Number.NaN);
  if (header === null || !(count > 0 && count <= OBJECT_LIMIT))
    throw new RangeError('a cross-reference table of another kind');
  const rows = text.slice(at + header[0].length, at + header[0].length + count * 20);
  return Array.from({ length: count }, (_, index) => Number(rows.slice(index * 20, index * 20 + 10)));
}

function readObject(text: string, id: number, offsets: readonly number[]): PdfObject {
  const at = offsets[id] ?? 0;
  const start = `${id} 0 obj`;
  const end = text.indexOf('endobj', at);
  if (at === 0 || !text.startsWith(start, at) || end < 0)
    throw new RangeError(`object ${id} is not where the table says`);
  return { id, body: text.slice(at + start.length, end).trim() };
}

function reference(dictionary: string, key: string): number {
  const found = new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary);
  if (found === null) throw new RangeError(`no ${key} in the document`);
  return Number(found[1]);
}
