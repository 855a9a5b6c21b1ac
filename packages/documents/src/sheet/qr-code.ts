import QRCode from 'qrcode';
import { COLOR } from '../look.ts';
import { printable } from './text.ts';
import type { Sheet } from './open-sheet.ts';

/** Longest address put in a code: beyond it a phone at arm's length no longer reads the print. */
export const QR_TEXT_LIMIT = 600;

/** Where the code goes, how wide it is, and what it says to those who do not see it. */
export type QrPlace = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly alt: string;
};

/** Draws a QR code of `text` as vectors, dark on white with its quiet zone. Throws over `QR_TEXT_LIMIT` characters. */
export function drawQrCode(sheet: Sheet, text: string, place: QrPlace): void {
  if (text.length > QR_TEXT_LIMIT)
    throw new RangeError(`a QR code carries at most ${QR_TEXT_LIMIT} characters`);
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const quiet = 2;
  const side = place.width / (modules.size + 2 * quiet);
  const options = { alt: printable(sheet, place.alt), ...placement(place) };
  sheet.body.add(
    sheet.doc.struct('Figure', options, () => {
      const { doc } = sheet;
      doc.save();
      doc.roundedRect(place.x, place.y, place.width, place.width, 3).fill(COLOR.white);
      for (let row = 0; row < modules.size; row += 1) {
        drawRuns({ doc, place, side, quiet, row }, (column) => modules.get(row, column) === 1);
      }
      doc.fill(COLOR.ink).restore();
    }),
  );
}

type RowPen = { doc: PDFKit.PDFDocument; place: QrPlace; side: number; quiet: number; row: number };

/** Neighbouring dark modules of one row are one rectangle: smaller, and without hairlines between them. */
function drawRuns({ doc, place, side, quiet, row }: RowPen, dark: (column: number) => boolean): void {
  const size = Math.round(place.width / side) - 2 * quiet;
  let start = -1;
  for (let column = 0; column <= size; column += 1) {
    const isDark = column < size && dark(column);
    if (isDark && start < 0) start = column;
    if (!isDark && start >= 0) {
      const x = place.x + (start + quiet) * side;
      doc.rect(x, place.y + (row + quiet) * side, (column - start) * side, side + 0.02);
      start = -1;
    }
  }
}

/** Screen readers and reflow want to know where a figure stands; the library's types do not know the options. */
export function placement(place: { x: number; y: number; width: number; height?: number }): object {
  const height = place.height ?? place.width;
  return { bbox: [place.x, place.y, place.x + place.width, place.y + height], placement: 'Block' };
}
