import { formatInstant } from '../format-date.ts';
import { COLOR, CONTENT_WIDTH, PAGE, SIZE } from '../look.ts';
import type { Signature, SignatureMark } from '../signature.ts';
import type { Sheet } from './open-sheet.ts';
import { placement } from './qr-code.ts';
import { artifact, ensureRoom, printable, putText } from './text.ts';

/** A PNG signature larger than this is refused: a signature pad makes 5 to 50 kB. */
export const SIGNATURE_PNG_LIMIT_BYTES = 400_000;
/** Sides of a PNG signature, in pixels. */
export const SIGNATURE_PNG_LIMIT_PIXELS = 4_000;
/** Points drawn at most over all strokes. */
export const SIGNATURE_POINT_LIMIT = 20_000;

const BOX = { width: 230, height: 74 } as const;

const PNG_HEADER = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

/** The words around a signature. */
export type SignatureWords = { readonly label: string; readonly unsigned: string; readonly alt: string };

/**
 * Draws a signature line at the pen: the mark, the name and the moment, or an empty line when there is none.
 * Throws for a picture that is not a PNG of reasonable size.
 */
export function drawSignature(sheet: Sheet, signature: Signature | undefined, words: SignatureWords): void {
  const { doc } = sheet;
  ensureRoom(sheet, BOX.height + 60);
  const top = doc.y;
  const x = PAGE.left;
  if (signature !== undefined) drawMark(sheet, signature, { x, y: top, alt: words.alt });
  const line = top + BOX.height + 4;
  artifact(sheet, () => {
    doc
      .lineWidth(0.7)
      .strokeColor(COLOR.ink)
      .moveTo(x, line)
      .lineTo(x + BOX.width, line)
      .stroke();
    doc
      .moveTo(x + BOX.width + 30, line)
      .lineTo(x + CONTENT_WIDTH, line)
      .stroke();
  });
  const small = { size: SIZE.fine, color: COLOR.muted, y: line + 4 } as const;
  const who = signature === undefined ? words.unsigned : signature.name.slice(0, 160);
  sheet.body.add(
    doc.struct('P', {}, () => {
      const when = signature === undefined ? '' : formatInstant(signature.signedAt, sheet.language);
      const height = putText(sheet, `${words.label} · ${who}`, { ...small, x, width: BOX.width });
      if (when !== '')
        putText(sheet, when, { size: SIZE.body, x: x + BOX.width + 30, y: line - 16, width: 240 });
      putText(sheet, 'Date', { ...small, x: x + BOX.width + 30, width: 120 });
      doc.y = line + 4 + height;
    }),
  );
  doc.y += 14;
}

type MarkPlace = { x: number; y: number; alt: string };

function drawMark(sheet: Sheet, signature: Signature, { x, y, alt }: MarkPlace): void {
  const { doc } = sheet;
  const options = {
    alt: printable(sheet, `${alt} ${signature.name.slice(0, 160)}`),
    ...placement({ x, y, ...BOX }),
  };
  const { mark } = signature;
  sheet.body.add(
    doc.struct('Figure', options, () => {
      if (mark.is === 'typed') {
        const name = signature.name.slice(0, 60);
        putText(sheet, name, {
          font: 'italic',
          size: 17,
          x,
          y: y + BOX.height - (name.length > 24 ? 56 : 28),
          width: BOX.width,
        });
      } else if (mark.is === 'png') {
        doc.image(Buffer.from(checkedPng(mark.bytes)), x, y, {
          fit: [BOX.width, BOX.height],
          valign: 'bottom',
        });
      } else {
        drawStrokes(doc, mark, { x, y });
      }
    }),
  );
}

function drawStrokes(
  doc: PDFKit.PDFDocument,
  mark: Extract<SignatureMark, { is: 'strokes' }>,
  at: { x: number; y: number },
): void {
  if (!(mark.width > 0 && mark.height > 0)) throw new RangeError('a signature pad has a width and a height');
  const count = mark.strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  if (count > SIGNATURE_POINT_LIMIT)
    throw new RangeError(`a signature has at most ${SIGNATURE_POINT_LIMIT} points`);
  const scale = Math.min(BOX.width / mark.width, BOX.height / mark.height);
  doc.save().lineWidth(1.3).lineCap('round').lineJoin('round').strokeColor(COLOR.ink);
  for (const stroke of mark.strokes) {
    for (const [index, point] of stroke.entries()) {
      // A point off the pad is drawn on its edge: nothing reaches the words around.
      const x = at.x + within(point.x, mark.width) * scale;
      const y = at.y + within(point.y, mark.height) * scale;
      if (index === 0) doc.moveTo(x, y);
      if (index > 0 || stroke.length === 1) doc.lineTo(x + (stroke.length === 1 ? 0.1 : 0), y);
    }
    if (stroke.length > 0) doc.stroke();
  }
  doc.restore();
}

function within(value: number, limit: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(value, 0), limit) : 0;
}

function checkedPng(bytes: Uint8Array): Uint8Array {
  if (bytes.length > SIGNATURE_PNG_LIMIT_BYTES)
    throw new RangeError('a signature picture has at most 400 kB');
  if (bytes.length < 33 || !PNG_HEADER.every((byte, index) => bytes[index] === byte)) {
    throw new RangeError('a signature picture is a PNG');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (
    width === 0 ||
    height === 0 ||
    width > SIGNATURE_PNG_LIMIT_PIXELS ||
    height > SIGNATURE_PNG_LIMIT_PIXELS
  ) {
    throw new RangeError(`a signature picture has sides of 1 to ${SIGNATURE_PNG_LIMIT_PIXELS} pixels`);
  }
  return bytes;
}
