import { X509Certificate } from 'node:crypto';
import { signCms } from './cms.ts';
import { readPdfObjects, type PdfObjects } from './pdf-objects.ts';

/** Who seals, why, and when (the moment is an input: sealing the same bytes twice gives the same bytes). */
export type SealOptions = {
  readonly certificate: string;
  readonly key: string;
  /** In the language of the document. */
  readonly reason: string;
  readonly at: Date;
};

/** Room for the signature, in bytes: RSA 2048 with one certificate takes about 1,600. */
const SIGNATURE_BYTES = 4_096;

/** Digits kept for each place of the byte range; documents are far below ten gigabytes. */
const RANGE_DIGITS = 10;

/**
 * Seals a document made by this package: adds, after its last byte, an invisible signature field and a detached
 * PKCS#7 signature over everything else, so that any reader of PDF can verify it. Throws for a document that is
 * sealed already or was not made here.
 */
export async function sealPdf(bytes: Uint8Array, options: SealOptions): Promise<Uint8Array> {
  const objects = readPdfObjects(bytes);
  const { pdf, gap } = withPlaceholder(bytes, objects, options);
  const range = `[0 ${pad(gap.start)} ${pad(gap.end)} ${pad(pdf.length - gap.end)}]`;
  pdf.write(range, pdf.lastIndexOf('/ByteRange ') + '/ByteRange '.length, 'latin1');
  const content = Buffer.concat([pdf.subarray(0, gap.start), pdf.subarray(gap.end)]);
  const der = signCms({ content, certificate: options.certificate, key: options.key, at: options.at });
  if (der.length > SIGNATURE_BYTES)
    throw new RangeError(`signature of ${der.length} bytes, room for ${SIGNATURE_BYTES}`);
  pdf.write(Buffer.from(der).toString('hex'), gap.start + 1, 'latin1');
  return new Uint8Array(pdf);
}

type Placed = { readonly pdf: Buffer; readonly gap: { readonly start: number; readonly end: number } };

/** The document with an update after its end: signature, field, form, and the page and catalog that name them. */
function withPlaceholder(bytes: Uint8Array, objects: PdfObjects, options: SealOptions): Placed {
  const signature = objects.size;
  const field = signature + 1;
  const page = objects.firstPage;
  const offsets = new Map<number, number>();
  let update = '\n';
  const add = (id: number, body: string): void => {
    offsets.set(id, bytes.length + update.length);
    update += `${id} 0 obj\n${body}\nendobj\n`;
  };
  const contents = `<${'0'.repeat(SIGNATURE_BYTES * 2)}>`;
  const unknown = `[0 ${pad(0)} ${pad(0)} ${pad(0)}]`;
  const words = `/Name ${hexText(commonName(options.certificate))} /Reason ${hexText(options.reason)} /M (${pdfDate(options.at)})`;
  add(
    signature,
    `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached ${words} /ByteRange ${unknown} /Contents ${contents} >>`,
  );
  // Invisible and locked (flags 2 and 128): it has no place on paper nor in the reading order.
  add(
    field,
    `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Seal) /F 130 /Rect [0 0 0 0] /P ${page.id} 0 R /V ${signature} 0 R >>`,
  );
  add(page.id, withAnnotation(page.body, field));
  add(objects.root.id, withEntry(objects.root.body, `/AcroForm << /Fields [${field} 0 R] /SigFlags 3 >>`));
  const start = bytes.length + update.indexOf(contents);
  update += crossReference(offsets, { ...objects, size: field + 1, at: bytes.length + update.length });
  return {
    pdf: Buffer.concat([bytes, Buffer.from(update, 'latin1')]),
    gap: { start, end: start + contents.length },
  };
}

function withEntry(dictionary: string, entry: string): string {
  const end = dictionary.lastIndexOf('>>');
  return `${dictionary.slice(0, end)}${entry}\n>>`;
}

function withAnnotation(page: string, field: number): string {
  const present = /\/Annots \[([^\]]*)\]/.exec(page);
  if (present === null) return withEntry(page, `/Annots [${field} 0 R]`);
  return page.replace(present[0], `/Annots [${present[1]} ${field} 0 R]`);
}

type Tail = PdfObjects & { readonly at: number };

function crossReference(offsets: ReadonlyMap<number, number>, tail: Tail): string {
  const entries = [...offsets]
    .sort(([one], [other]) => one - other)
    .map(([id, offset]) => `${id} 1\n${pad(offset)} 00000 n \n`);
  const trailer = `<< /Size ${tail.size} /Root ${tail.root.id} 0 R /Prev ${tail.previous} ${tail.trailerExtras} >>`;
  return `xref\n${entries.join('')}trailer\n${trailer}\nstartxref\n${tail.at}\n%%EOF\n`;
}

function commonName(certificate: string): string {
  return /^CN=(.*)$/m.exec(new X509Certificate(certificate).subject)?.[1] ?? '';
}

/** A text string in UTF-16, as digits: no character of it can end the string or be mangled. */
function hexText(text: string): string {
  const utf16 = Buffer.from(text.toWellFormed().slice(0, 500), 'utf16le').swap16();
  return `<feff${utf16.toString('hex')}>`;
}

function pdfDate(at: Date): string {
  return `D:${at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
}

function pad(value: number): string {
  return String(value).padStart(RANGE_DIGITS, '0');
}
