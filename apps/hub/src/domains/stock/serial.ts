/** `SN:`, `S/N `, `GPON SN=`, `N° de série :` … as labels put before a serial. */
const PREFIX =
  /^(?:(?:X?G?PON|EPON|ONT|ONU|D)[\s_-]*)?(?:S\s?\/\s?N|SN|SERIAL(?:\s*(?:NUMBER|NUM|NO))?|N\s?[°ºO]?\s*(?:DE\s+)?S[EÉ]RIE)(?:\s*[.:#=]+\s*|\s+)/i;
const NORMAL = /^[0-9A-Z]{4,40}$/;
/** Four letters of the maker and eight hex digits; O and I cannot be hex digits, so they were 0 and 1. */
const GPON_MISREAD = /^[A-Z]{4}[0-9A-FOIQ]{8}$/;
const HEX_MISREAD = /^[0-9A-FOIQ]{16}$/;

/**
 * A serial as typed, scanned or shown by an OLT → its normal form, or undefined when it cannot be one.
 * Upper case, without separators; a GPON serial always as `HWTC1A2B3C4D`, also when it came as 16 hex digits.
 */
export function parseSerial(typed: string): string | undefined {
  const bare = typed.trim().replace(PREFIX, '').toUpperCase();
  const joined = bare.replaceAll(/[\s:._/-]/g, '');
  if (!NORMAL.test(joined)) return undefined;
  if (GPON_MISREAD.test(joined)) return joined.slice(0, 4) + asHex(joined.slice(4));
  return HEX_MISREAD.test(joined) ? fromHexForm(asHex(joined)) : joined;
}

const asHex = (text: string): string => text.replaceAll(/[OQ]/g, '0').replaceAll('I', '1');

/** `485754431A2B3C4D` → `HWTC1A2B3C4D` when the first four bytes are letters and digits, one letter at least. */
function fromHexForm(hex: string): string {
  const maker = Buffer.from(hex.slice(0, 8), 'hex').toString('latin1');
  return /^[A-Z0-9]{4}$/.test(maker) && /[A-Z]/.test(maker) ? maker + hex.slice(8) : hex;
}

/** The 16-hex form that some OLTs show for a GPON serial; undefined for other serials. */
export function hexFormOf(serial: string): string | undefined {
  if (!/^[A-Z0-9]{4}[0-9A-F]{8}$/.test(serial) || !/^[A-Z0-9]*[A-Z]/.test(serial.slice(0, 4)))
    return undefined;
  return Buffer.from(serial.slice(0, 4), 'latin1').toString('hex').toUpperCase() + serial.slice(4);
}

const FOLDS: Record<string, string> = { O: '0', Q: '0', I: '1', L: '1', S: '5', Z: '2', G: '6' };

/**
 * A serial with the characters that eyes and cameras confuse folded together. B and 8 stay apart: both are
 * hex digits, and neighbours of one carton differ by exactly that.
 */
export const lookAlikeOf = (serial: string): string =>
  serial.replaceAll(/[OQILSZG]/g, (letter) => FOLDS[letter] ?? letter);

/** A MAC address in any writing → `00:1E:C9:47:D4:9B`, or undefined. */
export function parseMac(typed: string): string | undefined {
  const digits = typed
    .trim()
    .replace(/^MAC(?:\s*ADDR(?:ESS)?)?\s*[.:#=]*\s*/i, '')
    .toUpperCase()
    .replaceAll(/[\s:._-]/g, '');
  if (!/^[0-9A-FO]{12}$/.test(digits)) return undefined;
  return digits.replaceAll('O', '0').match(/../g)?.join(':');
}
