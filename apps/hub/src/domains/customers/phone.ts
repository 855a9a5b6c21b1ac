import { Refusal } from '@gigafibre/contract';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A phone number as typed → E.164 (`+14505550123`), or undefined when it is not one. Canada when no country is given. */
export function parsePhone(typed: string): string | undefined {
  const parsed = parsePhoneNumberFromString(typed, 'CA');
  return parsed?.isPossible() ? parsed.number : undefined;
}

/** The same for an optional field; refuses `phone_not_valid`. */
export function requirePhone(typed: string | null): string | null {
  if (typed === null) return null;
  const parsed = parsePhone(typed);
  if (!parsed) throw new Refusal('phone_not_valid', { phone: typed });
  return parsed;
}
