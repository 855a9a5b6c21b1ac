/** One movement of the company's account, as its bank's statement tells it. */
export type StatementMovement = {
  /** Civil day. */
  readonly on: string;
  readonly description: string;
  readonly reference: string | null;
  /** Positive when it came in; never zero. */
  readonly amountCents: bigint;
};

/** Why a statement is not taken, and at which of its lines, from 1. */
export class StatementFault extends Error {
  readonly line: number;
  readonly reason: { readonly fr: string; readonly en: string };
  constructor(line: number, reason: { readonly fr: string; readonly en: string }) {
    super(`line ${line}: ${reason.en}`);
    this.name = 'StatementFault';
    this.line = line;
    this.reason = reason;
  }
}

/** Movements of one file; a longer one is an export gone wrong. */
export const MOVEMENTS_MAX = 20_000;
/** Banks put their name and the period above the table, this many lines at most. */
const HEADER_WITHIN = 30;
const CELLS_MAX = 60;
const CELL_CHARS_MAX = 300;
const AMOUNT_CENTS_MAX = 99_999_999_999n;

const FAULTS = {
  noTable: {
    fr: 'aucune ligne de titres avec une date et un montant',
    en: 'no header row with a date and an amount',
  },
  quotes: { fr: 'un guillemet n’est pas fermé', en: 'a quotation mark is not closed' },
  cells: { fr: 'il manque des colonnes', en: 'columns are missing' },
  date: { fr: 'cette date n’en est pas une', en: 'this is not a date' },
  dates: {
    fr: 'jour et mois ne se distinguent pas : exportez les dates en AAAA-MM-JJ',
    en: 'days and months cannot be told apart: export dates as YYYY-MM-DD',
  },
  amount: { fr: 'ce montant n’en est pas un', en: 'this is not an amount' },
  currency: { fr: 'seuls les dollars canadiens sont lus', en: 'only Canadian dollars are read' },
  long: { fr: `plus de ${MOVEMENTS_MAX} mouvements`, en: `more than ${MOVEMENTS_MAX} movements` },
} as const;

/** What banks call their columns, in both languages, without accents. */
const COLUMNS = {
  date: [
    'date',
    'date de transaction',
    'transaction date',
    'date de comptabilisation',
    'posting date',
    'posted date',
  ],
  description: [
    'description',
    'libelle',
    'details',
    'detail',
    'memo',
    'payeur',
    'payer',
    'nom',
    'name',
    'type',
  ],
  reference: [
    'reference',
    'no de reference',
    'numero de reference',
    'reference number',
    'numero de compte client',
    'no de compte client',
    'customer account number',
    'numero de client',
    'customer number',
  ],
  amount: ['montant', 'amount'],
  credit: ['credit', 'credits', 'depot', 'depots', 'deposit', 'deposits'],
  debit: ['debit', 'debits', 'retrait', 'retraits', 'withdrawal', 'withdrawals'],
  currency: ['devise', 'currency'],
} as const;
type Column = keyof typeof COLUMNS;
type Table = { readonly at: Readonly<Record<Column, readonly number[]>>; readonly header: number };
type Row = { readonly line: number; readonly cells: readonly string[] };

/**
 * The movements of a bank's statement in CSV: commas, semicolons or tabs; titles in French or English; one signed
 * column of amounts, or one of debits and one of credits. Throws `StatementFault` for what cannot be read for
 * certain: nothing is guessed, and nothing of such a file is taken.
 */
export function readStatement(text: string): StatementMovement[] {
  const { rows, table } = tableOf(text.replace(/^\ufeff/, ''));
  const body = rows.slice(table.header + 1).filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (body.length > MOVEMENTS_MAX) throw new StatementFault(MOVEMENTS_MAX, FAULTS.long);
  const order = dateOrder(body.map(({ cells }) => cell(cells, table.at.date)));
  return body.flatMap((row) => movementOf(row, table, order) ?? []);
}

function tableOf(text: string): { rows: Row[]; table: Table } {
  for (const separator of [';', '\t', ',']) {
    const rows = rowsOf(text, separator);
    for (let header = 0; header < Math.min(rows.length, HEADER_WITHIN); header += 1) {
      const at = columnsOf(rows[header]?.cells ?? []);
      if (at.date.length > 0 && at.amount.length + at.credit.length > 0)
        return { rows, table: { at, header } };
    }
  }
  throw new StatementFault(1, FAULTS.noTable);
}

function columnsOf(cells: readonly string[]): Table['at'] {
  const titles = cells.map(fold);
  const find = (column: Column) =>
    COLUMNS[column].flatMap((name) => titles.flatMap((title, index) => (title === name ? [index] : [])));
  return {
    date: find('date').slice(0, 1),
    description: find('description'),
    reference: find('reference'),
    amount: find('amount').slice(0, 1),
    credit: find('credit').slice(0, 1),
    debit: find('debit').slice(0, 1),
    currency: find('currency').slice(0, 1),
  };
}

/** Without accents, punctuation or capitals. */
const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

/** The text of the columns of a row, in their order. */
const cell = (cells: readonly string[], at: readonly number[]): string =>
  at
    .map((index) => cells[index] ?? '')
    .filter((value) => value !== '')
    .join(' ');

function movementOf({ line, cells }: Row, { at }: Table, order: DateOrder): StatementMovement | undefined {
  const last = Math.max(...at.date, ...at.amount, ...at.credit, ...at.debit);
  if (cells.length <= last) throw new StatementFault(line, FAULTS.cells);
  const currency = cell(cells, at.currency);
  if (currency !== '' && !/^(CAD|\$|CA\$|\$ ?CA)$/i.test(currency))
    throw new StatementFault(line, FAULTS.currency);
  const amountCents = amountOf(line, cells, at);
  if (amountCents === 0n) return undefined;
  const reference = cell(cells, at.reference).slice(0, CELL_CHARS_MAX);
  return {
    on: dateOf(line, cell(cells, at.date), order),
    description: cell(cells, at.description).replaceAll(/\s+/g, ' ').slice(0, CELL_CHARS_MAX),
    reference: reference === '' ? null : reference,
    amountCents,
  };
}

function amountOf(line: number, cells: readonly string[], at: Table['at']): bigint {
  if (at.amount.length > 0) return centsOf(line, cell(cells, at.amount));
  const inward = centsOf(line, cell(cells, at.credit) || '0');
  const outward = centsOf(line, cell(cells, at.debit) || '0');
  if (inward < 0n || (inward !== 0n && outward !== 0n)) throw new StatementFault(line, FAULTS.amount);
  return inward - (outward < 0n ? -outward : outward);
}

/** `1 234,56`, `1,234.56`, `-12.30`, `(12.30)`, `12,30-`, `$12`: two decimals or none, thousands by three. */
function centsOf(line: number, written: string): bigint {
  const plain = written.replaceAll(/[\s\u00a0\u202f$]/g, '').replace(/^\((.*)\)$/, '-$1');
  const found = /^([+-]?)((?:\d{1,3}(?:[.,]\d{3})+)|\d+)(?:[.,](\d\d))?(-?)$/.exec(plain);
  if (!found || (found[1] === '-' && found[4] === '-')) throw new StatementFault(line, FAULTS.amount);
  const cents = BigInt((found[2] ?? '').replaceAll(/[.,]/g, '')) * 100n + BigInt(found[3] ?? '0');
  if (cents > AMOUNT_CENTS_MAX) throw new StatementFault(line, FAULTS.amount);
  return found[1] === '-' || found[4] === '-' ? -cents : cents;
}

type DateOrder = 'day_first' | 'month_first' | 'unknown';

/** Whether days or months come first, from all dates of a file together: one number above twelve tells. */
function dateOrder(dates: readonly string[]): DateOrder {
  const slashed = dates.map((date) => /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}$/.exec(date));
  const above = (part: 1 | 2) => slashed.some((found) => found !== null && Number(found[part]) > 12);
  if (above(1) === above(2)) return 'unknown';
  return above(1) ? 'day_first' : 'month_first';
}

function dateOf(line: number, written: string, order: DateOrder): string {
  const plain = /^(\d{4})[/.-]?(\d{2})[/.-]?(\d{2})$/.exec(written);
  if (plain) return civil(line, [plain[1], plain[2], plain[3]]);
  const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(written);
  if (!slashed) throw new StatementFault(line, FAULTS.date);
  const [, one, two, year] = slashed;
  if (order === 'unknown' && one !== two) throw new StatementFault(line, FAULTS.dates);
  return civil(line, order === 'month_first' ? [year, one, two] : [year, two, one]);
}

function civil(line: number, [year = '', month = '', day = '']: readonly (string | undefined)[]): string {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date)
    throw new StatementFault(line, FAULTS.date);
  return date;
}

/** The cells of each line; a quoted cell may hold separators and line ends. */
function rowsOf(text: string, separator: string): Row[] {
  const rows: Row[] = [];
  let cells: string[] = [];
  let current = '';
  let quoted = false;
  let line = 1;
  let startedAt = 1;
  const endCell = () => {
    if (cells.length < CELLS_MAX) cells.push(current.trim());
    current = '';
  };
  const endRow = () => {
    endCell();
    rows.push({ line: startedAt, cells });
    cells = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '\n') line += 1;
    if (quoted) {
      if (character !== '"') current += character;
      else if (text[at + 1] === '"') {
        current += '"';
        at += 1;
      } else quoted = false;
    } else if (character === '"' && current.trim() === '') quoted = true;
    else if (character === separator) endCell();
    else if (character === '\n') {
      endRow();
      startedAt = line;
    } else if (character !== '\r') current += character;
  }
  if (quoted) throw new StatementFault(startedAt, FAULTS.quotes);
  if (current !== '' || cells.length > 0) endRow();
  return rows;
}
