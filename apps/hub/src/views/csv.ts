/** What a spreadsheet would take for a formula when a cell begins with it, half and full width. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;
/** A negative amount begins like a formula and is none. */
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/**
 * Rows as a CSV file (RFC 4180, UTF-8 with a mark so that spreadsheets read the accents). Every cell is quoted; one
 * that a spreadsheet would calculate gets an apostrophe in front, since its text may come from anybody.
 */
export function csvOf(rows: readonly (readonly string[])[]): Uint8Array<ArrayBuffer> {
  const lines = rows.map((cells) => `${cells.map(cellOf).join(',')}\r\n`);
  return new TextEncoder().encode(`\ufeff${lines.join('')}`);
}

const cellOf = (text: string): string =>
  `"${(FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
