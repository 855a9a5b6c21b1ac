import { foldText, isGeneric, weighWords, wordsOf } from './address-words.ts';

/** What somebody typed into an address field, taken apart. */
export type AddressQuery = Readonly<{
  civicNumber: number | null;
  /** A glued letter or a fraction, in capitals; empty when there is none. */
  civicSuffix: string;
  unit: string | null;
  /** `J0L 1W0` */
  postalCode: string | null;
  /** Words that must be found, and those that only rank. */
  hard: readonly string[];
  soft: readonly string[];
  /** Whether the last hard word may still be in the middle of being typed. */
  lastIsPartial: boolean;
}>;

/** More words than any address has; what follows them is ignored. */
const WORDS_MAX = 8;
const WORD_CHARS_MAX = 40;

const POSTAL_CODE = /\b([a-z]\d[a-z])[ -]?(\d[a-z]\d)\b/i;
const UNIT =
  /(?:#|\b(?:app(?:artement)?|apt|unit[eé]?|bureau|bur|local|suite|porte)\b\.?)\s*#?\s*([0-9]{1,5}[a-z]?|[a-z])(?![a-z0-9])/i;
const LEADING_UNIT = /^\s*(\d{1,5}[a-z]?)\s*-\s*(?=\d)/i;
const LEADING_NUMBER = /^\s*(\d{1,6})(?:-?([a-z])(?![a-z])|\s(1\/4|1\/2|3\/4)(?!\d))?(?![0-9a-z])/i;
const LEADING_ORDINAL = /^\s*\d{1,3}\s?(?:e|er|re|ere|eme|ieme)\s+(\p{L}+)/iu;
const TRAILING_NUMBER = /(\p{L}+)[\s,]+(\d{1,6})([a-z]?)\s*$/iu;
/** After these words a number is a name: route 138, rang 5. */
const NUMBERED = /^(?:rang|rg|route|rte|autoroute|aut|highway|hwy)$/i;

/** Takes apart `3-1020 boul. St-Jean, Napierville J0J 1L0` in any order and case people type it. */
export function parseAddressQuery(typed: string): AddressQuery {
  const postal = POSTAL_CODE.exec(typed);
  const withoutPostal = postal ? typed.replace(postal[0], ' ') : typed;
  const unit = UNIT.exec(withoutPostal);
  const numbered = takeNumber(unit ? withoutPostal.replace(unit[0], ' ') : withoutPostal);
  const words = wordsOf(numbered.rest)
    .slice(0, WORDS_MAX)
    .map((word) => word.slice(0, WORD_CHARS_MAX));
  const { hard, soft } = weighWords(words);
  const lastTyped = words.at(-1);
  return {
    civicNumber: numbered.number,
    civicSuffix: numbered.suffix.toUpperCase(),
    unit: (unit?.[1] ?? numbered.unit)?.toUpperCase() ?? null,
    postalCode: postal ? `${postal[1]} ${postal[2]}`.toUpperCase() : null,
    hard,
    soft,
    lastIsPartial: lastTyped !== undefined && lastTyped === hard.at(-1) && !/[\s,]$/.test(typed),
  };
}

type Numbered = { number: number | null; suffix: string; unit: string | undefined; rest: string };

/** The civic number in front, or else at the end; a street that begins with a number (1re Avenue) has none in front. */
function takeNumber(text: string): Numbered {
  const none = { number: null, suffix: '', unit: undefined, rest: text };
  const ordinal = LEADING_ORDINAL.exec(foldOrdinal(text))?.[1];
  if (ordinal !== undefined && isGeneric(foldText(ordinal))) return none;
  const unit = LEADING_UNIT.exec(text)?.[1];
  const body = unit === undefined ? text : text.replace(LEADING_UNIT, '');
  const leading = LEADING_NUMBER.exec(body);
  if (leading)
    return {
      number: Number(leading[1]),
      suffix: leading[2] ?? leading[3] ?? '',
      unit,
      rest: body.slice(leading[0].length),
    };
  const trailing = TRAILING_NUMBER.exec(text);
  if (!trailing || NUMBERED.test(trailing[1] ?? '')) return none;
  return {
    number: Number(trailing[2]),
    suffix: trailing[3] ?? '',
    unit: undefined,
    rest: text.slice(0, trailing.index) + (trailing[1] ?? ''),
  };
}

/** `1ère` reads as `1ere`. */
const foldOrdinal = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '');
