import { VALUE_MAX } from './limits.ts';
import type { Tell } from './refusals.ts';

/** Tells of what is not a whole number from 0 on that the search can count with. */
export function wholeNumber(
  value: number | undefined,
  what: string,
  told: Readonly<{ subject: string; tell: Tell }>,
): void {
  if (value === undefined) return;
  if (!Number.isInteger(value))
    told.tell('not-a-number', told.subject, `${what} of “${told.subject}” is ${value}, not a whole number.`);
  else if (value < 0)
    told.tell('negative', told.subject, `${what} of “${told.subject}” is negative: ${value}.`);
  else if (value > VALUE_MAX)
    told.tell('too-large', told.subject, `${what} of “${told.subject}” is beyond ${VALUE_MAX}: ${value}.`);
}

/** Tells of what is not a cost: a finite number from 0 on. */
export function costNumber(
  value: number | undefined,
  what: string,
  told: Readonly<{ subject: string; tell: Tell }>,
): void {
  if (value === undefined) return;
  if (!Number.isFinite(value))
    told.tell('not-a-number', told.subject, `${what} of “${told.subject}” is ${value}, not a number.`);
  else if (value < 0)
    told.tell('negative', told.subject, `${what} of “${told.subject}” is negative: ${value}.`);
}

/** Tells of a place that the travel does not know. */
export function knownPlace(
  place: number,
  places: number,
  told: Readonly<{ subject: string; tell: Tell }>,
): void {
  if (!Number.isInteger(place) || place < 0 || place >= places) {
    told.tell(
      'unknown-place',
      told.subject,
      `The place of “${told.subject}”, ${place}, is not among the ${places} places.`,
    );
  }
}
