import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  readReturns,
  readReturnsFile,
  RECORD_BYTES,
  ReturnsFault,
  writeDebitFile,
  type DebitFile,
  type DebitItem,
} from './index.ts';

const item: DebitItem = {
  amountCents: 8_043n,
  on: '2026-11-23',
  institution: '815',
  transit: '30000',
  account: '1234567',
  payerName: 'Zoé Tremblay',
  reference: 'DEB-10001',
};
const file = (items: readonly DebitItem[], over: Partial<DebitFile> = {}): DebitFile => ({
  originatorId: 'GIGAF00001',
  fileNumber: 12,
  createdOn: '2026-11-20',
  dataCentre: '81510',
  shortName: 'GIGAFIBRE',
  longName: 'Gigafibre inc.',
  type: '430',
  returnsTo: { institution: '815', transit: '30000', account: '7654321' },
  items,
  ...over,
});
const recordsOf = (text: string): string[] => text.match(new RegExp(`.{${RECORD_BYTES}}`, 'g')) ?? [];

test('a file is a header, debits by six, and a trailer that adds them up; every record is 1464 bytes', () => {
  const amounts = fc.array(fc.bigInt({ min: 1n, max: 9_999_999n }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(amounts, (cents) => {
      const text = writeDebitFile(file(cents.map((amountCents) => ({ ...item, amountCents }))));
      expect(text.length % RECORD_BYTES).toBe(0);
      const records = recordsOf(text);
      const debits = Math.ceil(cents.length / 6);
      expect(records.map(([type]) => type).join('')).toBe(`A${'D'.repeat(debits)}Z`);
      expect(records.map((record) => Number(record.slice(1, 10)))).toEqual(
        records.map((_, index) => index + 1),
      );
      const trailer = records.at(-1) ?? '';
      expect(BigInt(trailer.slice(24, 38))).toBe(cents.reduce((sum, one) => sum + one, 0n));
      expect(Number(trailer.slice(38, 46))).toBe(cents.length);
    }),
  );
});

test('each field stands where the standard puts it', () => {
  const [header = '', debit = ''] = recordsOf(writeDebitFile(file([item])));
  expect(header.slice(0, 58)).toBe(`A000000001GIGAF000010012026324${'81510'}${' '.repeat(20)}CAD`);
  const segment = debit.slice(24, 264);
  expect(segment.slice(0, 40)).toBe('43000000080430263270815300001234567     ');
  expect(segment.slice(80, 110).trim()).toBe('ZOE TREMBLAY');
  expect(segment.slice(150, 169).trim()).toBe('DEB-10001');
});

test('a returned debit is read back by its reference, with its code', () => {
  const sent =
    recordsOf(writeDebitFile(file([item, { ...item, reference: 'DEB-10002', amountCents: 99n }])))[1] ?? '';
  const back = `J${sent.slice(1, 24)}901${sent.slice(27, 264)}905${sent.slice(267)}`;
  expect(readReturns(back)).toEqual([
    { code: '901', amountCents: 8_043n, reference: 'DEB-10001', originatorId: 'GIGAF00001' },
    { code: '905', amountCents: 99n, reference: 'DEB-10002', originatorId: 'GIGAF00001' },
  ]);
  expect(() => readReturns(back.slice(1))).toThrow(RangeError);
  expect(() => readReturns(`J${sent.slice(1)}`)).toThrow(RangeError);
});

test('what no bank can take is refused', () => {
  const wrong: readonly Partial<DebitItem>[] = [
    { amountCents: 0n },
    { amountCents: 10_000_000_000n },
    { institution: '81' },
    { transit: 'ABCDE' },
    { account: '123456' },
    { on: '2026-02-31x' },
  ];
  for (const over of wrong) expect(() => writeDebitFile(file([{ ...item, ...over }]))).toThrow(RangeError);
});

test('a file without number or items is none', () => {
  expect(() => writeDebitFile(file([item], { fileNumber: 0 }))).toThrow(RangeError);
  expect(() => writeDebitFile(file([item], { fileNumber: 10_000 }))).toThrow(RangeError);
  expect(() => writeDebitFile(file([]))).toThrow(RangeError);
});

/** What a bank gives back of a file: its records, the debits turned into returns. */
const returned = (cents: readonly bigint[]): string =>
  recordsOf(writeDebitFile(file(cents.map((amountCents) => ({ ...item, amountCents })))))
    .map((record) =>
      record.startsWith('D')
        ? `J${record.slice(1, 24)}${record
            .slice(24)
            .replaceAll(/.{240}/g, (one) => (one.trim() === '' ? one : `901${one.slice(3)}`))}`
        : record,
    )
    .join('');

test('a returns file is taken whole or not at all: one character less, one record less, one cent more', () => {
  const whole = returned([8_043n, 99n, 1n, 2n, 3n, 4n, 5n]);
  const read = readReturnsFile(whole.replaceAll(/.{1464}/g, '$&\r\n'));
  expect(read).toMatchObject({ originatorId: 'GIGAF00001', fileNumber: 12, records: whole });
  expect(read.items.map(({ amountCents }) => amountCents)).toEqual([8_043n, 99n, 1n, 2n, 3n, 4n, 5n]);
  const kindOf = (text: string): string => {
    try {
      readReturnsFile(text);
      return 'taken';
    } catch (error) {
      return error instanceof ReturnsFault ? error.kind : String(error);
    }
  };
  const records = recordsOf(whole);
  expect(kindOf('')).toBe('cut');
  expect(kindOf(whole.slice(1))).toBe('cut');
  expect(kindOf(whole.slice(0, -RECORD_BYTES))).toBe('cut');
  expect(kindOf([records[0], ...records.slice(2)].join(''))).toBe('cut');
  expect(kindOf(whole.replace('9010000008043', '9010000008044'))).toBe('altered');
  expect(kindOf(whole.replace('9010000008043', 'ABC0000008043'))).toBe('altered');
  const foreign = records.map((record, at) =>
    at === 1 ? record.replace('GIGAF00001', 'OTHER00001') : record,
  );
  expect(kindOf(foreign.join(''))).toBe('altered');
});
