import { COLOR, CONTENT_BOTTOM, CONTENT_WIDTH, PAGE, SIZE } from '../look.ts';
import type { Sheet } from './open-sheet.ts';
import { artifact, heightOf, printable, putText, type TextLook } from './text.ts';

/** A column: its heading, width in points, and whether it carries figures (right-aligned, tabular). */
export type Column = { readonly heading: string; readonly width: number; readonly figures?: boolean };

/** A cell: its text, a quieter second line, and whether it stands out. */
export type Cell =
  | string
  | { readonly text: string; readonly note?: string; readonly strong?: boolean; readonly color?: string };

/**
 * Rows of cells from the left; missing cells are empty. A `group` row names the rows after it across the whole
 * table; a `total` row is set apart by a line above, a `grand` one also by its weight.
 */
export type Row = { readonly cells: readonly Cell[]; readonly kind?: 'group' | 'total' | 'grand' };

export type Table = {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Said by screen readers before the table. */
  readonly summary: string;
  /** Left edge; the margin when not given. */
  readonly x?: number;
  /** Without its heading row, when the words of the first column are enough. */
  readonly bare?: boolean;
  /** A hairline under every row; tables with headings always have it. */
  readonly ruled?: boolean;
  readonly size?: number;
};

/** Rows of one document's table: more is a mistake of the caller. */
export const ROW_LIMIT = 5_000;

/** A cell higher than this is cut into rows that follow each other, so that any text finds room on a page. */
const CELL_HEIGHT_LIMIT = 240;

const GUTTER = 10;

type Pen = { readonly sheet: Sheet; readonly table: Table; readonly root: PDFKit.PDFStructureElement };

/** Draws a table at the pen, over as many pages as it needs, its headings repeated on each. */
export function drawTable(sheet: Sheet, table: Table): void {
  if (table.rows.length > ROW_LIMIT) throw new RangeError(`a table has at most ${ROW_LIMIT} rows`);
  const root = sheet.doc.struct('Table', { alt: printable(sheet, table.summary) });
  sheet.body.add(root);
  const pen = { sheet, table, root };
  if (table.bare !== true) drawHeadings(pen, 'first');
  for (const row of table.rows.flatMap((whole) => cutRow(pen, whole))) {
    if (row.kind === 'group') drawGroup(pen, row);
    else drawRow(pen, row);
  }
  root.end();
}

function drawHeadings(pen: Pen, turn: 'first' | 'again'): void {
  const { sheet, table, root } = pen;
  const { doc } = sheet;
  const top = doc.y;
  const look = { size: SIZE.fine, font: 'medium', color: COLOR.muted } as const;
  const height = Math.max(
    ...table.columns.map((column) => heightOf(sheet, column.heading, { ...look, width: inner(column) })),
  );
  if (top + height + 40 > CONTENT_BOTTOM && turn === 'first') {
    doc.addPage();
    drawHeadings(pen, turn);
    return;
  }
  const put = (column: Column, x: number): void => {
    const y = top + height - heightOf(sheet, column.heading, { ...look, width: inner(column) });
    putText(sheet, column.heading, { ...look, ...columnLook(column), x, y });
  };
  if (turn === 'first') {
    const row = doc.struct('TR');
    root.add(row);
    eachColumn(table, (column, x) => {
      // `scope` is understood by the library and missing from its types.
      const options = { scope: 'Column' } as PDFKit.Mixins.StructureElementOptions;
      row.add(doc.struct('TH', options, () => put(column, x)));
    });
    row.end();
  } else {
    artifact(sheet, () => eachColumn(table, put));
  }
  rule(pen, top + height + 2, COLOR.ink);
  doc.y = top + height + 7;
}

function drawGroup(pen: Pen, row: Row): void {
  const { sheet, table, root } = pen;
  const { doc } = sheet;
  // With room for the first of its rows, so that it never ends a page.
  if (doc.y + 56 > CONTENT_BOTTOM) nextPage(pen);
  const top = doc.y + 3;
  const width = table.columns.reduce((sum, column) => sum + column.width, 0);
  const element = doc.struct('TR');
  root.add(element);
  const look = { size: SIZE.small, font: 'semibold', color: COLOR.accent, width } as const;
  const { text } = parts(row.cells[0] ?? '');
  element.add(doc.struct('TH', {}, () => putText(sheet, text, { ...look, x: table.x ?? PAGE.left, y: top })));
  element.end();
  doc.y = top + heightOf(sheet, text, look) + 3;
}

function nextPage(pen: Pen): void {
  pen.sheet.doc.addPage();
  if (pen.table.bare !== true) drawHeadings(pen, 'again');
}

function drawRow(pen: Pen, row: Row): void {
  const { sheet, table, root } = pen;
  const { doc } = sheet;
  const height = rowHeight(pen, row);
  if (doc.y + height + 4 > CONTENT_BOTTOM) nextPage(pen);
  if (row.kind !== undefined) {
    // The hairline of the row above gives its place to this stronger line.
    if (isRuled(table)) doc.y -= 4.5;
    rule(pen, doc.y, row.kind === 'grand' ? COLOR.ink : COLOR.hairline);
    doc.y += 5;
  }
  const top = doc.y;
  const element = doc.struct('TR');
  root.add(element);
  let index = 0;
  eachColumn(table, (column, x) => {
    const cell = row.cells[index] ?? '';
    const isHeader = index === 0 && table.bare === true;
    index += 1;
    const options = (isHeader ? { scope: 'Row' } : {}) as PDFKit.Mixins.StructureElementOptions;
    element.add(
      doc.struct(isHeader ? 'TH' : 'TD', options, () => drawCell(pen, { cell, column, row, x, top })),
    );
  });
  element.end();
  doc.y = top + height + 3.5;
  if (row.kind === undefined && isRuled(table)) {
    rule(pen, doc.y, COLOR.hairline);
    doc.y += 4.5;
  }
}

function isRuled(table: Table): boolean {
  return table.bare !== true || table.ruled === true;
}

type CellPlace = { cell: Cell; column: Column; row: Row; x: number; top: number };

function drawCell(pen: Pen, { cell, column, row, x, top }: CellPlace): void {
  const { text, note } = parts(cell);
  const look = cellLook(pen.table, cell, row);
  const height = text === '' ? 0 : putText(pen.sheet, text, { ...look, ...columnLook(column), x, y: top });
  if (note !== undefined) {
    putText(pen.sheet, note, { ...NOTE_LOOK, ...columnLook(column), x, y: top + height });
  }
}

const NOTE_LOOK = { size: SIZE.small - 0.5, color: COLOR.muted } as const;

function rowHeight(pen: Pen, row: Row): number {
  const heights = pen.table.columns.map((column, index) => {
    const cell = row.cells[index] ?? '';
    const { text, note } = parts(cell);
    const width = inner(column);
    const main = text === '' ? 0 : heightOf(pen.sheet, text, { ...cellLook(pen.table, cell, row), width });
    return main + (note === undefined ? 0 : heightOf(pen.sheet, note, { ...NOTE_LOOK, width }));
  });
  return Math.max(...heights);
}

/** A row whose cells are too high becomes several, each with the next piece of every text. */
function cutRow(pen: Pen, row: Row): readonly Row[] {
  if (row.kind === 'group' || rowHeight(pen, row) <= CELL_HEIGHT_LIMIT) return [row];
  const pieces = row.cells.map((cell, index) => {
    const { text, note } = parts(cell);
    const width = inner(pen.table.columns[index] ?? { heading: '', width: 100 });
    const whole = note === undefined ? text : `${text}\n${note}`;
    return cutText(pen.sheet, printable(pen.sheet, whole), { ...cellLook(pen.table, cell, row), width });
  });
  const count = Math.max(...pieces.map((list) => list.length));
  return Array.from({ length: count }, (_, index) => ({ cells: pieces.map((list) => list[index] ?? '') }));
}

function cutText(sheet: Sheet, text: string, look: TextLook): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest !== '' && pieces.length < ROW_LIMIT) {
    const length = longestThatFits(sheet, rest, look);
    pieces.push(rest.slice(0, length).trimEnd());
    rest = rest.slice(length).trimStart();
  }
  return pieces;
}

function longestThatFits(sheet: Sheet, text: string, look: TextLook): number {
  let low = 1;
  let high = text.length;
  if (heightOf(sheet, text, look) <= CELL_HEIGHT_LIMIT) return high;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (heightOf(sheet, text.slice(0, middle), look) <= CELL_HEIGHT_LIMIT) low = middle;
    else high = middle - 1;
  }
  const space = text.lastIndexOf(' ', low);
  return space > low / 2 ? space : low;
}

function parts(cell: Cell): { text: string; note?: string } {
  return typeof cell === 'string' ? { text: cell } : cell;
}

function cellLook(table: Table, cell: Cell, row: Row): TextLook {
  const strong = row.kind === 'grand' || (typeof cell !== 'string' && cell.strong === true);
  const color = typeof cell === 'string' ? undefined : cell.color;
  const size = table.size ?? SIZE.body;
  return {
    size: row.kind === 'grand' ? size + 1 : size,
    font: strong ? 'semibold' : 'regular',
    ...(color === undefined ? {} : { color }),
  };
}

function columnLook(column: Column): TextLook {
  return { width: inner(column), ...(column.figures === true ? { align: 'right', tabular: true } : {}) };
}

function inner(column: Column): number {
  return column.figures === true ? column.width : column.width - GUTTER;
}

function eachColumn(table: Table, visit: (column: Column, x: number) => void): void {
  let x = table.x ?? PAGE.left;
  for (const column of table.columns) {
    visit(column, x);
    x += column.width;
  }
}

function rule(pen: Pen, y: number, color: string): void {
  const x = pen.table.x ?? PAGE.left;
  const width = pen.table.columns.reduce((sum, column) => sum + column.width, 0);
  artifact(pen.sheet, () => {
    pen.sheet.doc
      .lineWidth(0.6)
      .strokeColor(color)
      .moveTo(x, y)
      .lineTo(x + Math.min(width, CONTENT_WIDTH), y)
      .stroke();
  });
}
