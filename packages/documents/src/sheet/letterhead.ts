import { COLOR, CONTENT_WIDTH, PAGE, SIZE } from '../look.ts';
import type { Company } from '../parties.ts';
import type { Sheet } from './open-sheet.ts';
import { artifact, heightOf, printable, putText } from './text.ts';

/** What the top of the first page says: the company, the kind of document, its number. */
export type Letterhead = { readonly company: Company; readonly title: string; readonly number: string };

const TOP = 44;
const TITLE_WIDTH = 330;

/** Draws the letterhead of the first page and leaves the pen below it. */
export function drawLetterhead(sheet: Sheet, { company, title, number }: Letterhead): void {
  const { doc } = sheet;
  artifact(sheet, () => drawMark(doc, PAGE.left, TOP));
  const nameX = PAGE.left + 38;
  const nameWidth = CONTENT_WIDTH - TITLE_WIDTH - 50;
  sheet.body.add(
    doc.struct('P', {}, () => {
      const height = putText(sheet, company.tradeName, {
        size: 17,
        font: 'semibold',
        x: nameX,
        y: TOP + 1,
        width: nameWidth,
      });
      putText(sheet, company.legalName, {
        size: SIZE.small,
        color: COLOR.muted,
        x: nameX,
        y: TOP + height - 1,
        width: nameWidth,
      });
    }),
  );
  const titleX = PAGE.width - PAGE.right - TITLE_WIDTH;
  const look = { size: SIZE.title, font: 'semibold', width: TITLE_WIDTH, align: 'right' } as const;
  const titleHeight = heightOf(sheet, title, look);
  sheet.body.add(doc.struct('H1', {}, () => putText(sheet, title, { ...look, x: titleX, y: TOP - 3 })));
  const numberLook = { size: SIZE.body, color: COLOR.muted, width: TITLE_WIDTH, align: 'right' } as const;
  const numberHeight = heightOf(sheet, number, numberLook);
  sheet.body.add(
    doc.struct('P', {}, () => putText(sheet, number, { ...numberLook, x: titleX, y: TOP - 3 + titleHeight })),
  );
  doc.y = Math.max(TOP + 40, TOP + titleHeight + numberHeight) + 18;
}

/** What stands at the foot of every page, and at the head of those after the first. */
export type RunningText = { readonly company: Company; readonly label: string };

const PAGE_OF = {
  fr: (page: number, count: number) => `Page ${page} de ${count}`,
  en: (page: number, count: number) => `Page ${page} of ${count}`,
} as const;

/** Draws head and foot of all pages; called once, last, when the number of pages is known. */
export function drawRunningText(sheet: Sheet, { company, label }: RunningText): void {
  const { doc } = sheet;
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(page);
    // Below the bottom margin the library would start a new page.
    doc.page.margins.bottom = 0;
    doc.markContent('Artifact', { type: 'Pagination' });
    if (page > 0) drawHead(sheet, { company, label });
    drawFoot(sheet, company, PAGE_OF[sheet.language](page + 1, count));
    doc.endMarkedContent();
  }
}

function drawHead(sheet: Sheet, { company, label }: RunningText): void {
  const look = { size: SIZE.small, color: COLOR.muted, width: CONTENT_WIDTH, y: 44 } as const;
  putText(sheet, oneLine(sheet, company.tradeName, 40), {
    ...look,
    font: 'semibold',
    color: COLOR.ink,
    x: PAGE.left,
  });
  putText(sheet, oneLine(sheet, label, 80), { ...look, align: 'right', x: PAGE.left });
  line(sheet, 60);
}

function drawFoot(sheet: Sheet, company: Company, pageLabel: string): void {
  const top = PAGE.height - 50;
  line(sheet, top - 7);
  const look = { size: SIZE.fine, color: COLOR.muted } as const;
  const address = [company.legalName, ...company.addressLines].join(' · ');
  const reach = [company.phone, company.email, company.website].join(' · ');
  const textWidth = CONTENT_WIDTH - 90;
  putText(sheet, oneLine(sheet, address, 110), { ...look, x: PAGE.left, y: top, width: textWidth });
  putText(sheet, oneLine(sheet, reach, 110), { ...look, x: PAGE.left, y: top + 11, width: textWidth });
  putText(sheet, pageLabel, {
    ...look,
    x: PAGE.width - PAGE.right - 90,
    y: top,
    width: 90,
    align: 'right',
    tabular: true,
  });
}

function line(sheet: Sheet, y: number): void {
  const { doc } = sheet;
  doc
    .lineWidth(0.5)
    .strokeColor(COLOR.hairline)
    .moveTo(PAGE.left, y)
    .lineTo(PAGE.width - PAGE.right, y)
    .stroke();
}

function oneLine(sheet: Sheet, text: string, limit: number): string {
  const flat = printable(sheet, text).replaceAll('\n', ' ');
  return flat.length > limit ? `${flat.slice(0, limit - 1)}…` : flat;
}

/** The house mark: a strand of light leaving a rounded square. */
function drawMark(doc: PDFKit.PDFDocument, x: number, y: number): void {
  doc.roundedRect(x, y, 28, 28, 7).fill(COLOR.accent);
  doc.lineCap('round').lineWidth(2.6);
  doc.path(`M ${x + 8} ${y + 20} A 9 9 0 0 1 ${x + 8 + 9} ${y + 11}`).stroke(COLOR.white);
  doc
    .path(`M ${x + 8} ${y + 20} m 6.4 0 A 3.4 3.4 0 0 1 ${x + 8 + 9} ${y + 17.4}`)
    .strokeOpacity(0.55)
    .stroke(COLOR.white);
  doc.strokeOpacity(1);
  doc.circle(x + 20.4, y + 10.6, 2.6).fill(COLOR.spark);
}
