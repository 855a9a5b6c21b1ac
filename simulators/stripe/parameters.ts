import type { Form } from './form.ts';
import { formText, formTexts } from './form.ts';
import type { Metadata } from './objects.ts';
import { invalid } from './stripe-refusal.ts';

const MIN_CAD_CENTS = 50;
const MAX_CENTS = 99_999_999;
const MAX_METADATA_KEYS = 50;
const MAX_METADATA_KEY_LENGTH = 40;
const MAX_METADATA_VALUE_LENGTH = 500;

/** Refuses any top-level parameter this endpoint does not know, as Stripe does. */
export function onlyKnown(form: Form, known: readonly string[]): void {
  for (const param of Object.keys(form)) {
    if (!known.includes(param)) {
      throw invalid(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
    }
  }
}

/** Text that must be there. */
export function required(form: Form, ...path: string[]): string {
  const text = formText(form, ...path);
  const param = bracketed(path);
  if (text === undefined) {
    throw invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  }
  if (text === '') {
    const message = `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset.`;
    throw invalid(message, { code: 'parameter_invalid_empty', param });
  }
  return text;
}

/** A whole number that must be there. */
export function requiredInteger(form: Form, ...path: string[]): number {
  const text = required(form, ...path);
  const param = bracketed(path);
  if (!/^-?\d+$/.test(text)) {
    throw invalid(`Invalid integer: ${text}`, { code: 'parameter_invalid_integer', param });
  }
  return Number(text);
}

/** An amount Stripe would charge in this currency, in cents. */
export function chargeable(amount: number, currency: string, param: string): number {
  if (amount < 1) {
    throw invalid('This value must be greater than or equal to 1.', {
      code: 'parameter_invalid_integer',
      param,
    });
  }
  if (amount < MIN_CAD_CENTS) {
    throw invalid(`Amount must be at least $0.50 ${currency}`, { code: 'amount_too_small', param });
  }
  if (amount > MAX_CENTS) {
    throw invalid(`Amount must be no more than $999,999.99 ${currency}`, { code: 'amount_too_large', param });
  }
  return amount;
}

/** A currency this account takes. */
export function currencyOf(form: Form, ...path: string[]): string {
  const currency = required(form, ...path).toLowerCase();
  if (currency !== 'cad' && currency !== 'usd') {
    throw invalid(`Invalid currency: ${currency}`, { param: bracketed(path) });
  }
  return currency;
}

/** Metadata within Stripe's limits; empty values are left out. */
export function metadataOf(form: Form, ...path: string[]): Metadata {
  const metadata = formTexts(form, ...path);
  const param = bracketed(path);
  const entries = Object.entries(metadata).filter(([, value]) => value !== '');
  if (entries.length > MAX_METADATA_KEYS) {
    throw invalid(`Metadata can have up to ${MAX_METADATA_KEYS} keys.`, { param });
  }
  for (const [key, value] of entries) {
    if (key.length > MAX_METADATA_KEY_LENGTH) {
      throw invalid(`Metadata keys can have up to ${MAX_METADATA_KEY_LENGTH} characters.`, { param });
    }
    if (value.length > MAX_METADATA_VALUE_LENGTH) {
      throw invalid(`Metadata values can have up to ${MAX_METADATA_VALUE_LENGTH} characters.`, { param });
    }
  }
  return Object.fromEntries(entries);
}

/** An absolute web address that must be there. */
export function requiredUrl(form: Form, param: string): string {
  const text = required(form, param);
  if (!/^https?:\/\/[^/]/.test(text)) {
    throw invalid('Not a valid URL', { code: 'url_invalid', param });
  }
  return text;
}

function bracketed(path: readonly string[]): string {
  return path.map((step, index) => (index === 0 ? step : `[${step}]`)).join('');
}
