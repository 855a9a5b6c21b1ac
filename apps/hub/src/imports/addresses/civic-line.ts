/** A civic line taken apart: `974B, route 271, bureau 2`. */
export type CivicLine = Readonly<{ civicNumber: number; civicSuffix: string; unit: string; street: string }>;

const LINE = /^\s*(?:(\d{1,5}[A-Z]?)-)?(\d{1,6})\s*-?([A-Z])?(?:\s(1\/4|1\/2|3\/4))?(?:\s*,\s*|\s+)(\S.*)$/i;
const UNIT =
  /,?\s+(?:app(?:artement|\.)?|apt\.?|bur(?:eau|\.)?|local|unit[eé]|suite|#)\s*#?\s*([\w-]{1,10})\s*$/i;
/** After a number these letters are a cardinal point or begin the street, not a suffix. */
const LONE_LETTER = /^\s*\d+\s+[A-Z]\b/i;

/** Reads a civic line as lists write it; undefined when it has no house number. */
export function readCivicLine(line: string): CivicLine | undefined {
  const tidy = line.replaceAll(/\s+/g, ' ').trim();
  const unit = UNIT.exec(tidy);
  const body = unit ? tidy.slice(0, unit.index) : tidy;
  const found = LINE.exec(LONE_LETTER.test(body) ? body.replace(/^(\d+)\s/, '$1, ') : body);
  if (!found) return undefined;
  const [, leadingUnit, number, letter, fraction, street] = found;
  return {
    civicNumber: Number(number),
    civicSuffix: (letter ?? fraction ?? '').toUpperCase(),
    unit: (unit?.[1] ?? leadingUnit ?? '').toUpperCase(),
    // What follows a comma is a floor or a building: not part of the street's name.
    street: (street ?? '').split(',')[0]?.trim() ?? '',
  };
}

/** `J0L1W0` → `J0L 1W0`; null for what is not a postal code. */
export function readPostalCode(text: string): string | null {
  const compact = text.replaceAll(/\s/g, '').toUpperCase();
  return /^[A-Z]\d[A-Z]\d[A-Z]\d$/.test(compact) ? `${compact.slice(0, 3)} ${compact.slice(3)}` : null;
}

/** A coordinate as text; null when empty or out of range. */
export function readDegrees(text: string, most: 90 | 180): number | null {
  const value = Number(text.replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(value) && Math.abs(value) <= most ? value : null;
}
