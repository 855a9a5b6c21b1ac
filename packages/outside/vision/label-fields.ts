import { ponSerialOf } from '../pon-serial/index.ts';
import type { CodeFormat, ReadCode } from './port.ts';

/** What the label of a device says of it. Fields that are not on it are absent. */
export type LabelFields = {
  /** Serial number on the optical network: four letters of the vendor and eight hexadecimal digits. */
  readonly serial?: string;
  /** `AA:BB:CC:DD:EE:FF`. */
  readonly mac?: string;
  /** The maker, from the serial's vendor letters or from the words on the label. */
  readonly maker?: string;
  readonly model?: string;
  /** The first other text that names the thing: the maker's own serial or article number. Never a Wi-Fi key. */
  readonly barcode?: string;
};

/** Vendor letters of optical network terminals met in the field. */
const VENDORS: Readonly<Record<string, string>> = {
  HWTC: 'Huawei',
  ALCL: 'Nokia',
  ZTEG: 'ZTE',
  TPLG: 'TP-Link',
  FHTT: 'FiberHome',
  UBNT: 'Ubiquiti',
  ADTN: 'Adtran',
  CXNK: 'Calix',
  DSNW: 'DZS',
  SMBS: 'Sagemcom',
};

const MAKER_WORDS =
  /\b(HUAWEI|NOKIA|ALCATEL|ZTE|TP-?LINK|FIBERHOME|UBIQUITI|ADTRAN|CALIX|DASAN|DZS|SAGEMCOM)\b/;
const MAKERS_BY_WORD: Readonly<Record<string, string>> = {
  HUAWEI: 'Huawei',
  NOKIA: 'Nokia',
  ALCATEL: 'Nokia',
  ZTE: 'ZTE',
  'TP-LINK': 'TP-Link',
  TPLINK: 'TP-Link',
  FIBERHOME: 'FiberHome',
  UBIQUITI: 'Ubiquiti',
  ADTRAN: 'Adtran',
  CALIX: 'Calix',
  DASAN: 'DZS',
  DZS: 'DZS',
  SAGEMCOM: 'Sagemcom',
};

/** Texts looked at, and characters of each: a label carries at most a handful of short ones. */
const CODE_LIMIT = 32;
const TEXT_LIMIT = 2_000;
const PIECE_LIMIT = 100;

type Code = Pick<ReadCode, 'text' | 'format'>;

/** A piece of a text with the key written before it, when there is one. */
type Piece = { readonly key: Key; readonly value: string; readonly format: CodeFormat };
type Key = 'serial' | 'productSerial' | 'mac' | 'model' | 'none';

/**
 * The fields of a device label from the texts of its codes, whatever surrounds them: `S/N:`, `SN `, `MAC:`,
 * several lines or pairs in one QR code, an address with parameters. Pure; any texts are accepted.
 */
export function labelFields(codes: readonly Code[]): LabelFields {
  const pieces = codes.slice(0, CODE_LIMIT).flatMap(piecesOf);
  const serial = best(pieces, serialRank, (piece) => ponSerialOf(repaired(piece)) ?? undefined);
  const mac = best(pieces, macRank, macOf);
  const model = pieces.find((piece) => piece.key === 'model')?.value;
  const maker = makerOf(serial, codes);
  const barcode = best(
    pieces.filter((piece) => piece.key !== 'mac' && piece.key !== 'model'),
    (piece) => (piece.key === 'productSerial' ? 2 : 1),
    (piece) => (isOther(piece, { serial, mac }) ? piece.value : undefined),
  );
  return {
    ...(serial === undefined ? {} : { serial }),
    ...(mac === undefined ? {} : { mac }),
    ...(maker === undefined ? {} : { maker }),
    ...(model === undefined ? {} : { model }),
    ...(barcode === undefined ? {} : { barcode }),
  };
}

/** Codes with those that carry a serial number first, then those with a MAC address, in their order otherwise. */
export function rankCodes<T extends Code>(codes: readonly T[]): readonly T[] {
  const rank = (code: T): number => {
    const { serial, mac } = labelFields([code]);
    return (serial === undefined ? 0 : 2) + (mac === undefined ? 0 : 1);
  };
  return [...codes].sort((one, other) => rank(other) - rank(one));
}

function best<T>(
  pieces: readonly Piece[],
  rank: (piece: Piece) => number,
  read: (piece: Piece) => T | undefined,
): T | undefined {
  let found: { value: T; rank: number } | undefined;
  for (const piece of pieces) {
    const [value, own] = [read(piece), rank(piece)];
    if (value !== undefined && own > (found?.rank ?? 0)) found = { value, rank: own };
  }
  return found?.value;
}

/** A known vendor under its own key is surest; letters nobody knows under no key are no serial at all. */
function serialRank({ key, value }: Piece): number {
  if (key === 'mac' || key === 'model') return 0;
  const serial = ponSerialOf(repaired({ value }));
  const isKnown = serial !== null && Object.hasOwn(VENDORS, serial.slice(0, 4));
  const hint = key === 'serial' ? 2 : key === 'productSerial' ? 1 : 0;
  if (isKnown) return 4 + hint;
  // Twelve hexadecimal digits are a MAC address sooner than a serial of a vendor named in A to F.
  const letters = serial !== null && /^[A-Z]{4}/.test(serial) && !/^[A-F]{4}/.test(serial);
  return letters || key === 'serial' ? 1 + hint : 0;
}

/** Labels print O beside 0 and I beside 1; behind a known vendor's letters only digits make sense. */
function repaired({ value }: { readonly value: string }): string {
  const bare = value.toUpperCase().replaceAll(/[\s:.-]/g, '');
  if (bare.length !== 12 || !Object.hasOwn(VENDORS, bare.slice(0, 4))) return bare;
  return bare.slice(0, 4) + bare.slice(4).replaceAll('O', '0').replaceAll('I', '1');
}

const RETAIL_FORMATS: readonly CodeFormat[] = ['ean13', 'ean8', 'upca', 'upce', 'itf'];

function macRank({ key, value, format }: Piece): number {
  if (key === 'mac') return 3;
  if (key !== 'none' || RETAIL_FORMATS.includes(format)) return 0;
  if (/[:-]/.test(value)) return 2;
  // Twelve digits without a letter are an article number until a key says otherwise.
  return /[A-F]/i.test(value) ? 1 : 0;
}

/**
 * A device's own address: six octets, not all alike. The two lowest bits of the first say « of a group » and
 * « given locally »; a factory sets neither, which tells addresses from most serial numbers of twelve digits.
 */
function macOf({ value }: Piece): string | undefined {
  const bare = value.toUpperCase().replaceAll(/[\s:.-]/g, '');
  if (!/^[0-9A-F]{12}$/.test(bare) || /^(.)\1{11}$/.test(bare)) return undefined;
  const isFactory = (Number.parseInt(bare.slice(0, 2), 16) & 3) === 0;
  if (!isFactory || Object.hasOwn(VENDORS, bare.slice(0, 4))) return undefined;
  return bare.replaceAll(/(..)(?=.)/g, '$1:');
}

function makerOf(serial: string | undefined, codes: readonly Code[]): string | undefined {
  const vendor = serial === undefined ? undefined : VENDORS[serial.slice(0, 4)];
  if (vendor !== undefined) return vendor;
  for (const { text } of codes.slice(0, CODE_LIMIT)) {
    const word = MAKER_WORDS.exec(text.slice(0, TEXT_LIMIT).toUpperCase())?.[1];
    if (word !== undefined) return MAKERS_BY_WORD[word];
  }
  return undefined;
}

function isOther(
  piece: Piece,
  { serial, mac }: { serial: string | undefined; mac: string | undefined },
): boolean {
  const { value } = piece;
  const fits = /^[\w./ -]{4,40}$/.test(value) && /\d/.test(value);
  return fits && ponSerialOf(repaired(piece)) !== serial && (mac === undefined || macOf(piece) !== mac);
}

const KEYS: readonly (readonly [Key, RegExp])[] = [
  [
    'productSerial',
    /^(?:D|P|PRODUCT|DEVICE|BOX)[ ._-]?(?:S[/ ._-]?N|SERIAL(?:[ ._-]?(?:NO|NUMBER|NUM))?)\.?$/,
  ],
  [
    'serial',
    /^(?:(?:G?PON|XG?S?-?PON|XPON|EPON|ONT|ONU)[ ._-]?)?(?:S[/ ._-]?N|SERIAL(?:[ ._-]?(?:NO|NUMBER|NUM|N))?)\.?$/,
  ],
  [
    'mac',
    /^(?:(?:WAN|LAN|PON|ONT|ETH|WLAN|BASE)[ ._-]?)?(?:MAC(?:[ ._-]?(?:ADDR|ADDRESS|ID|NO))?|MAC-?48)\.?$/,
  ],
  ['model', /^(?:MODEL(?:[ ._-]?(?:NO|NAME|NUMBER))?|MODELE|MODÈLE|PRODUCT|PROD|TYPE|MDL)\.?$/],
];

function keyOf(word: string): Key {
  const upper = word.trim().toUpperCase();
  return KEYS.find(([, pattern]) => pattern.test(upper))?.[0] ?? 'none';
}

/** The pieces of one text: its lines and pairs, each with its key. Wi-Fi codes carry a secret and nothing of use. */
function piecesOf({ text, format }: Code): readonly Piece[] {
  const clean = text
    .slice(0, TEXT_LIMIT)
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '\n')
    .trim();
  if (/^WIFI:/i.test(clean)) return [];
  const isAddress = /^[a-z][a-z+.-]*:\/\//i.test(clean);
  const body = isAddress ? clean.replace(/^[^?#]*[?#]?/, '') : clean;
  return body
    .split(/[\n,;|&{}"'?#]+/)
    .slice(0, PIECE_LIMIT)
    .flatMap(splitKeys)
    .map((piece) => ({ ...piece, value: piece.value.trim(), format }))
    .filter((piece) => piece.value !== '');
}

type Keyed = { readonly key: Key; readonly value: string };

const INLINE_KEY =
  /(?:^|\s)((?:[A-Z]{1,7}[ ._-]?)?(?:S\/?N|MAC(?:[ ._-]?(?:ADDR|ADDRESS|ID))?|MODEL|SERIAL(?:[ ._-]?(?:NO|NUMBER))?))[ .]*[:=#]?\s+|(?:^|\s)([A-Z][A-Z/ ._-]{0,20}?)\s*[:=#]\s*/gi;

/** `S/N: X MAC: Y` is two pieces; a text without any key is one. */
function splitKeys(part: string): readonly Keyed[] {
  const marks = [...part.matchAll(INLINE_KEY)].filter((mark) => keyOf(mark[1] ?? mark[2] ?? '') !== 'none');
  if (marks.length === 0) return [{ key: 'none', value: part }];
  const before = part.slice(0, marks[0]?.index ?? 0);
  const keyed = marks.map((mark, index): Keyed => {
    const end = marks[index + 1]?.index ?? part.length;
    return { key: keyOf(mark[1] ?? mark[2] ?? ''), value: part.slice(mark.index + mark[0].length, end) };
  });
  return before.trim() === '' ? keyed : [{ key: 'none', value: before }, ...keyed];
}
