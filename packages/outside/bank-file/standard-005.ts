/**
 * The Canadian bank file (Standard 005 of Payments Canada): a header A, debits D of six segments each, a trailer Z,
 * every record 1464 bytes. Banks differ in details: the layout is confirmed with the bank before the first file.
 */

/** Bytes of every record. */
export const RECORD_BYTES = 1_464;
const SEGMENT_BYTES = 240;
const SEGMENTS = 6;
/** Bytes of a record before its segments. */
const PREFIX_BYTES = 24;
const FILE_NUMBER_MAX = 9_999;
/** A file for ten digits of cents each and eight of items; far above what is sent in a day. */
const ITEMS_MAX = 100_000;
const AMOUNT_CENTS_MAX = 9_999_999_999n;

/** One debit of an account. */
export type DebitItem = {
  readonly amountCents: bigint;
  /** Civil day the payer's account is debited. */
  readonly on: string;
  /** Three digits, five digits, seven to twelve digits. */
  readonly institution: string;
  readonly transit: string;
  readonly account: string;
  readonly payerName: string;
  /** Ours, up to 19 characters: comes back with a return. */
  readonly reference: string;
};
/** A file to send. `fileNumber` is raised by one for each, 1 to 9999, then 1 again. */
export type DebitFile = {
  readonly originatorId: string;
  readonly fileNumber: number;
  readonly createdOn: string;
  readonly dataCentre: string;
  readonly shortName: string;
  readonly longName: string;
  /** Transaction type of the standard, for example 430, a bill payment. */
  readonly type: string;
  readonly returnsTo: { readonly institution: string; readonly transit: string; readonly account: string };
  readonly items: readonly DebitItem[];
};
/** A debit that came back: the code says why, the reference which. */
export type ReturnedItem = {
  readonly code: string;
  readonly amountCents: bigint;
  readonly reference: string;
  /** Whose debit it was. */
  readonly originatorId: string;
};

/** The file as text, one record after the other, without line ends. Throws for what no file can say. */
export function writeDebitFile(file: DebitFile): string {
  if (!Number.isInteger(file.fileNumber) || file.fileNumber < 1 || file.fileNumber > FILE_NUMBER_MAX)
    throw new RangeError(`not a file number: ${file.fileNumber}`);
  if (file.items.length === 0 || file.items.length > ITEMS_MAX)
    throw new RangeError(`a file has 1 to ${ITEMS_MAX} items, not ${file.items.length}`);
  const owner = `${text(file.originatorId, 10)}${digits(file.fileNumber, 4)}`;
  const created = `${julian(file.createdOn)}${digits(file.dataCentre, 5)}${' '.repeat(20)}CAD`;
  const records = [`A${digits(1, 9)}${owner}${created}`];
  for (let from = 0; from < file.items.length; from += SEGMENTS) {
    const segments = file.items.slice(from, from + SEGMENTS).map((item) => segmentOf(file, item));
    records.push(`D${digits(records.length + 1, 9)}${owner}${segments.join('')}`);
  }
  const total = file.items.reduce((sum, { amountCents }) => sum + amountCents, 0n);
  const sums = `${digits(total, 14)}${digits(file.items.length, 8)}${'0'.repeat(66)}`;
  records.push(`Z${digits(records.length + 1, 9)}${owner}${sums}`);
  return records.map((record) => text(record, RECORD_BYTES)).join('');
}

function segmentOf(file: DebitFile, item: DebitItem): string {
  if (item.amountCents <= 0n || item.amountCents > AMOUNT_CENTS_MAX)
    throw new RangeError(`${item.reference}: ${item.amountCents} cents cannot be debited`);
  const { returnsTo } = file;
  return [
    digits(file.type, 3),
    digits(item.amountCents, 10),
    julian(item.on),
    bank(item),
    text(accountNumber(item.account), 12),
    '0'.repeat(22),
    '000',
    text(file.shortName, 15),
    text(item.payerName, 30),
    text(file.longName, 30),
    text(file.originatorId, 10),
    text(item.reference, 19),
    bank(returnsTo),
    text(accountNumber(returnsTo.account), 12),
    ' '.repeat(37),
    ' '.repeat(2),
    '0'.repeat(11),
  ].join('');
}

/**
 * The debits a returns file brings back (records J), in its order. Throws when it is not whole records, so that half
 * a file is never taken for a file.
 */
export function readReturns(file: string): ReturnedItem[] {
  const records = file.replaceAll(/[\r\n]/g, '');
  if (records.length % RECORD_BYTES !== 0)
    throw new RangeError('a returns file is whole records of 1464 bytes');
  const returned: ReturnedItem[] = [];
  for (let at = 0; at < records.length; at += RECORD_BYTES) {
    if (records[at] !== 'J') continue;
    for (let index = 0; index < SEGMENTS; index += 1) {
      const from = at + PREFIX_BYTES + index * SEGMENT_BYTES;
      const segment = records.slice(from, from + SEGMENT_BYTES);
      if (segment.trim() !== '') returned.push(returnedIn(segment));
    }
  }
  return returned;
}

function returnedIn(segment: string): ReturnedItem {
  const code = segment.slice(0, 3);
  const cents = segment.slice(3, 13);
  if (!/^9\d\d$/.test(code) || !/^\d{10}$/.test(cents))
    throw new RangeError(`not a returned debit: ${segment.slice(0, 19)}`);
  const originatorId = segment.slice(140, 150).trim();
  return { code, amountCents: BigInt(cents), reference: segment.slice(150, 169).trim(), originatorId };
}

/** `0`, the institution, the transit. */
function bank({ institution, transit }: { institution: string; transit: string }): string {
  if (!/^\d{3}$/.test(institution) || !/^\d{5}$/.test(transit))
    throw new RangeError(`not a bank: ${institution}-${transit}`);
  return `0${institution}${transit}`;
}

function accountNumber(account: string): string {
  if (!/^\d{7,12}$/.test(account)) throw new RangeError('an account number is 7 to 12 digits');
  return account;
}

/** A civil day as `0YYDDD`, the day counted in its year. */
function julian(date: string): string {
  const year = Number(date.slice(0, 4));
  const day = (Date.parse(`${date}T00:00:00Z`) - Date.UTC(year, 0, 1)) / 86_400_000 + 1;
  if (!Number.isInteger(day) || day < 1 || day > 366) throw new RangeError(`not a day: ${date}`);
  return `0${digits(year % 100, 2)}${digits(day, 3)}`;
}

function digits(value: number | bigint | string, width: number): string {
  const written = String(value);
  if (!/^\d+$/.test(written) || written.length > width)
    throw new RangeError(`${written} is not ${width} digits`);
  return written.padStart(width, '0');
}

/** Letters banks take: capitals without accents; what is longer is cut, what is not a letter of theirs is a space. */
function text(value: string, width: number): string {
  const plain = value
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll(/[^ -~]/g, ' ');
  return plain.slice(0, width).padEnd(width);
}
