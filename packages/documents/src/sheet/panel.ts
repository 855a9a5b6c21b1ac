import { COLOR, CONTENT_WIDTH, PAGE, SIZE } from '../look.ts';
import type { Sheet } from './open-sheet.ts';
import { drawQrCode } from './qr-code.ts';
import { artifact, ensureRoom, heightOf, printable, putText } from './text.ts';

/** The tinted band with the one thing the reader looks for, and a code that leads to the next step. */
export type Panel = {
  readonly label: string;
  /** The large figure or word. */
  readonly lead: string;
  readonly detail: string;
  readonly action?: { readonly text: string; readonly url: string; readonly alt: string } | undefined;
};

const PADDING = 13;
const QR_WIDTH = 82;

/** Draws the band at the pen, across the page. */
export function drawPanel(sheet: Sheet, panel: Panel): void {
  const { doc } = sheet;
  const textWidth = CONTENT_WIDTH - 2 * PADDING - (panel.action === undefined ? 0 : QR_WIDTH + 150);
  const detailLook = { size: SIZE.body, color: COLOR.muted, width: textWidth } as const;
  const text = 46 + SIZE.lead * 0.3 + heightOf(sheet, panel.detail, detailLook);
  const height = Math.max(text, panel.action === undefined ? 0 : QR_WIDTH) + 2 * PADDING - 8;
  ensureRoom(sheet, height + 10);
  const top = doc.y;
  artifact(sheet, () => {
    doc.roundedRect(PAGE.left, top, CONTENT_WIDTH, height, 6).fill(COLOR.panel);
  });
  const x = PAGE.left + PADDING;
  sheet.body.add(
    doc.struct('P', {}, () => {
      let y = top + PADDING;
      y += putText(sheet, panel.label, {
        size: SIZE.small,
        font: 'medium',
        color: COLOR.accent,
        x,
        y,
        width: textWidth,
      });
      y += putText(sheet, panel.lead, {
        size: SIZE.lead,
        font: 'semibold',
        x,
        y,
        width: textWidth,
        tabular: true,
      });
      putText(sheet, panel.detail, { ...detailLook, x, y });
    }),
  );
  if (panel.action !== undefined) drawAction(sheet, panel.action, { top, height });
  doc.y = top + height + 16;
}

function drawAction(
  sheet: Sheet,
  action: NonNullable<Panel['action']>,
  band: { top: number; height: number },
): void {
  const { doc } = sheet;
  const qrX = PAGE.width - PAGE.right - PADDING - QR_WIDTH;
  const qrY = band.top + (band.height - QR_WIDTH) / 2;
  drawQrCode(sheet, action.url, { x: qrX, y: qrY, width: QR_WIDTH, alt: action.alt });
  const width = 130;
  const look = { size: SIZE.small, width, align: 'right' } as const;
  const [first = '', ...rest] = action.text.split('\n');
  const restText = rest.join('\n');
  const firstHeight = heightOf(sheet, first, { ...look, font: 'semibold' });
  const total = firstHeight + (restText === '' ? 0 : heightOf(sheet, restText, look));
  const x = qrX - width - 14;
  const y = band.top + (band.height - total) / 2;
  const link = doc.struct('Link', { alt: printable(sheet, action.alt) });
  sheet.body.add(link);
  link.add(() => {
    putText(sheet, first, { ...look, font: 'semibold', color: COLOR.accent, x, y });
    if (restText !== '') putText(sheet, restText, { ...look, color: COLOR.muted, x, y: y + firstHeight });
  });
  // The library ties a link to its element through `structParent`, which its types do not list.
  const options = {
    structParent: link,
    Contents: new String(printable(sheet, action.alt)),
  } as object as PDFKit.Mixins.AnnotationOption;
  doc.link(x, y, width, total, webAddress(action.url), options);
  link.end();
}

/** The address in plain letters. Only the web: a document never opens anything else. */
function webAddress(text: string): string {
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new RangeError(`a document links to web addresses only, not ${url.protocol}`);
  }
  return url.href;
}
