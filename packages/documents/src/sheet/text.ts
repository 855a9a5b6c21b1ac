import { COLOR, CONTENT_BOTTOM, CONTENT_WIDTH, LEADING, PAGE, SIZE } from '../look.ts';
import { typeset } from '../typeset.ts';
import { substituteMissing, type FontName } from './fonts.ts';
import type { Sheet } from './open-sheet.ts';

/** How a piece of text looks. Widths in points; what is not given is body text in ink. */
export type TextLook = {
  readonly size?: number;
  readonly font?: FontName;
  readonly color?: string;
  readonly align?: 'left' | 'right' | 'center';
  readonly width?: number;
  /** Figures of one width, for columns. */
  readonly tabular?: boolean;
};

/** Where a piece of text goes, from the top left corner of the page. */
export type Place = { readonly x: number; readonly y: number };

/** Height the text takes in this look, and the last line's leading. */
export function heightOf(sheet: Sheet, text: string, look: TextLook): number {
  const options = dress(sheet, look);
  return sheet.doc.heightOfString(printable(sheet, text), options);
}

/** Draws text at a place and says how high it is. It must fit on the page: call `ensureRoom` before. */
export function putText(sheet: Sheet, text: string, look: TextLook & Place): number {
  const options = dress(sheet, look);
  const words = printable(sheet, text);
  sheet.doc.fillColor(look.color ?? COLOR.ink).text(words, look.x, look.y, options);
  return sheet.doc.heightOfString(words, options);
}

/** A paragraph at the pen, over as many pages as it needs, with `after` points below it. */
export function paragraph(
  sheet: Sheet,
  text: string,
  look: TextLook & { after?: number; tag?: string } = {},
): void {
  const options = dress(sheet, look);
  const words = printable(sheet, text);
  sheet.body.add(
    sheet.doc.struct(look.tag ?? 'P', {}, () => {
      sheet.doc.fillColor(look.color ?? COLOR.ink).text(words, PAGE.left, sheet.doc.y, options);
    }),
  );
  sheet.doc.y += look.after ?? SIZE.body * 0.6;
}

/** A heading of a part of the document, kept with what follows it. */
export function heading(sheet: Sheet, text: string, level: 'H1' | 'H2' | 'H3' = 'H2'): void {
  ensureRoom(sheet, 96);
  paragraph(sheet, text, { tag: level, font: 'semibold', size: SIZE.heading, color: COLOR.accent, after: 5 });
}

/** A list with a dot before each item. */
export function bulletList(sheet: Sheet, items: readonly string[], look: TextLook = {}): void {
  const { doc } = sheet;
  const list = doc.struct('L');
  sheet.body.add(list);
  const indent = 12;
  for (const item of items) {
    ensureRoom(sheet, 26);
    const words = printable(sheet, item);
    const row = doc.struct('LI');
    list.add(row);
    const top = doc.y;
    row.add(
      doc.struct('Lbl', {}, () =>
        putText(sheet, '•', { ...look, color: COLOR.spark, x: PAGE.left + 1, y: top }),
      ),
    );
    row.add(
      doc.struct('LBody', {}, () => {
        const options = dress(sheet, { ...look, width: CONTENT_WIDTH - indent });
        doc.fillColor(look.color ?? COLOR.ink).text(words, PAGE.left + indent, top, options);
      }),
    );
    row.end();
    doc.y += 2.5;
  }
  list.end();
  doc.y += 4;
}

/** Starts a new page when less than `height` points are left on this one. */
export function ensureRoom(sheet: Sheet, height: number): void {
  if (sheet.doc.y + height > CONTENT_BOTTOM) sheet.doc.addPage();
}

/** Draws what has no meaning of its own (lines, tints, marks): screen readers pass over it. */
export function artifact(sheet: Sheet, draw: () => void): void {
  sheet.doc.markContent('Artifact', { type: 'Layout' });
  sheet.doc.save();
  draw();
  sheet.doc.restore();
  sheet.doc.endMarkedContent();
}

/** The text as this document can print it. */
export function printable(sheet: Sheet, text: string): string {
  return substituteMissing(typeset(text, sheet.language));
}

function dress(sheet: Sheet, look: TextLook): PDFKit.Mixins.TextOptions {
  const size = look.size ?? SIZE.body;
  sheet.doc.font(look.font ?? 'regular').fontSize(size);
  return {
    width: look.width ?? CONTENT_WIDTH,
    align: look.align ?? 'left',
    lineGap: size * LEADING,
    ...(look.tabular === true ? { features: ['tnum' as const] } : {}),
  };
}
