import { NO_BREAK_SPACE } from './no-break.ts';

/**
 * A phone as people here read it: `+14505550123` gives `(450) 555-0123`; with an extension `, poste 12`
 * kept as written. What is not a North American number is shown as it was given.
 */
export function formatPhone(phone: string): string {
  const match = /^\+?1?[\s.(-]*([2-9]\d{2})[\s.)-]*(\d{3})[\s.-]*(\d{4})$/.exec(phone.trim());
  if (!match) return phone;
  return `(${match[1]})${NO_BREAK_SPACE}${match[2]}-${match[3]}`;
}

/** The address a phone dials: digits and the leading plus only. */
export function dialablePhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '');
  if (phone.trim().startsWith('+')) return `+${digits}`;
  return digits.length === 10 ? `+1${digits}` : `+${digits}`;
}
