import { RECORD_BYTES } from '@gigafibre/outside/bank-file';

const SEGMENT_BYTES = 240;
const PREFIX_BYTES = 24;

/** What a bank gives back of a file of debits: those named, with their codes, in records that add up. */
export function returnedFile(sent: string, codes: Readonly<Record<string, string>>): string {
  const records = sent.match(new RegExp(`.{${RECORD_BYTES}}`, 'g')) ?? [];
  const segments = records
    .filter((record) => record.startsWith('D'))
    .flatMap((record) => record.slice(PREFIX_BYTES).match(new RegExp(`.{${SEGMENT_BYTES}}`, 'g')) ?? [])
    .flatMap((segment) => {
      const code = codes[segment.slice(150, 169).trim()];
      return code === undefined ? [] : [`${code}${segment.slice(3)}`];
    });
  const header = records[0] ?? '';
  const owner = header.slice(10, PREFIX_BYTES);
  const returns = segments.map(
    (segment, index) => `J${String(index + 2).padStart(9, '0')}${owner}${segment}`,
  );
  const cents = segments.reduce((sum, segment) => sum + BigInt(segment.slice(3, 13)), 0n);
  const sums = `${String(cents).padStart(14, '0')}${String(segments.length).padStart(8, '0')}${'0'.repeat(66)}`;
  const trailer = `Z${String(returns.length + 2).padStart(9, '0')}${owner}${sums}`;
  return [header, ...returns, trailer].map((record) => record.padEnd(RECORD_BYTES)).join('\r\n');
}
