/**
 * Serial numbers of GPON equipment: eight octets, four letters of the maker and four binary, printed as
 * `TPLG46E80F93`. Equipment also shows them as sixteen hexadecimal digits, `54504C4746E80F93`, and labels
 * with dashes or in small letters. Here they are all one thing: four letters and eight digits, in capitals.
 */
const PRINTED = /^([A-Z0-9]{4})([0-9A-F]{8})$/;
const IN_HEX = /^[0-9A-F]{16}$/;
const OCTETS = 8;

/** The serial as printed, from any way of writing it; null when it is none. */
export function ponSerialOf(text: string): string | null {
  const bare = text.toUpperCase().replaceAll(/[\s:.-]/g, '');
  if (IN_HEX.test(bare)) return ponSerialOfBytes(Buffer.from(bare, 'hex'));
  return PRINTED.test(bare) && /^[A-Z]/.test(bare) ? bare : null;
}

/** The serial as printed, from its eight octets; null when the first four are not letters. */
export function ponSerialOfBytes(bytes: Buffer): string | null {
  if (bytes.length !== OCTETS) return null;
  const maker = bytes.toString('latin1', 0, 4);
  return /^[A-Z][A-Z0-9]{3}$/.test(maker) ? maker + bytes.toString('hex', 4).toUpperCase() : null;
}

/** The eight octets of a serial as printed. Only for one that `ponSerialOf` gave. */
export function ponSerialBytes(serial: string): Buffer {
  return Buffer.concat([Buffer.from(serial.slice(0, 4), 'latin1'), Buffer.from(serial.slice(4), 'hex')]);
}
