import type { Language } from '@gigafibre/contract';
import { NO_BREAK_SPACE as NBSP } from './no-break.ts';

/** What an address is made of; the street already holds its type and name, `rue Principale`. */
export type AddressParts = Readonly<{
  civicNumber: string;
  street: string;
  unit?: string | null;
  municipality: string;
  postalCode?: string | null;
}>;

/** An address in its two customary lines; Quebec street names stay French in English. */
export function addressLines(address: AddressParts, language: Language): readonly [string, string] {
  const { civicNumber, street, municipality } = address;
  const unit = address.unit ? `, ${language === 'fr' ? 'app.' : 'apt.'}${NBSP}${address.unit}` : '';
  const first = language === 'fr' ? `${civicNumber}, ${street}${unit}` : `${civicNumber} ${street}${unit}`;
  const province = language === 'fr' ? '(Québec)' : 'QC';
  const postalCode = address.postalCode ? `${NBSP}${NBSP}${address.postalCode.replace(' ', NBSP)}` : '';
  return [first, `${municipality} ${province}${postalCode}`];
}

/** An address on one line. */
export function formatAddress(address: AddressParts, language: Language): string {
  return addressLines(address, language).join(', ');
}
