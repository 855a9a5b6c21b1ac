import { foldText, isGeneric, matchKey } from './address-words.ts';

/** The parts of an address that are written. */
export type WrittenAddress = Readonly<{
  civicNumber: string;
  unit: string | null;
  street: string;
  municipality: string;
  postalCode: string | null;
}>;

/**
 * An address on one line as the Commission de toponymie wants it:
 * `1020, boulevard René-Lévesque Est, app. 3, Napierville (Québec)  J0J 1L0` (two spaces before the code).
 */
export function addressLine(address: WrittenAddress): string {
  const place = `${address.municipality} (Québec)`;
  const parts = [civicAndStreet(address), place];
  return parts.join(', ') + (address.postalCode ? `  ${address.postalCode}` : '');
}

/** The same on the lines of an envelope. */
export function addressLines(address: WrittenAddress): string[] {
  const code = address.postalCode ? `  ${address.postalCode}` : '';
  return [civicAndStreet(address), `${address.municipality} (Québec)${code}`];
}

/** `1020, rue Principale, app. 3`, for lists in which the town is clear. */
export function civicAndStreet({ civicNumber, street, unit }: WrittenAddress): string {
  return `${civicNumber}, ${street}${unit ? `, app. ${unit}` : ''}`;
}

/** `10`, `10A`, `10 1/2`. */
export const civicText = (number: number, suffix: string): string =>
  suffix.includes('/') ? `${number} ${suffix}` : `${number}${suffix}`;

const GENERIC_SHOWN: Readonly<Record<string, string>> = {
  montee: 'montée',
  cote: 'côte',
  allee: 'allée',
  carre: 'carré',
  chaussee: 'chaussée',
};
const POINT_SHOWN: Readonly<Record<string, string>> = {
  nord: 'Nord',
  sud: 'Sud',
  est: 'Est',
  ouest: 'Ouest',
};

/** A street as lists abbreviate it (`Boul Parent E`) written out: `boulevard Parent Est`. */
export function streetName(given: string): string {
  const words = given.trim().replaceAll(/\s+/g, ' ').split(' ');
  const first = words[0] ?? '';
  const last = words.at(-1) ?? '';
  const point = words.length > 2 ? POINT_SHOWN[matchKey(last)] : undefined;
  const middle = words.slice(1, point === undefined ? undefined : -1);
  if (middle.length === 0) return words.join(' ');
  const generic = matchKey(first);
  const begins = isGeneric(foldText(first)) ? (GENERIC_SHOWN[generic] ?? generic) : first;
  return [begins, ...middle, ...(point === undefined ? [] : [point])].join(' ');
}
