import type { Province } from '@gigafibre/money';

/** First letter of a postal code → province (Canada Post). `X` is shared by two territories with the same tax. */
const BY_LETTER: Readonly<Record<string, Province>> = {
  A: 'NL',
  B: 'NS',
  C: 'PE',
  E: 'NB',
  G: 'QC',
  H: 'QC',
  J: 'QC',
  K: 'ON',
  L: 'ON',
  M: 'ON',
  N: 'ON',
  P: 'ON',
  R: 'MB',
  S: 'SK',
  T: 'AB',
  V: 'BC',
  X: 'NT',
  Y: 'YT',
};

/** Where the company is, and where a place without postal code is taken to be. */
export const HOME_PROVINCE: Province = 'QC';

/** The province of a service address: it decides the taxes, wherever the bill is sent. */
export const provinceOf = ({ postalCode }: { postalCode: string | null }): Province =>
  BY_LETTER[postalCode?.charAt(0).toUpperCase() ?? ''] ?? HOME_PROVINCE;
