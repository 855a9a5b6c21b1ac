import type { TypedCard } from './payment-methods.ts';

/** A card read from a form, or which sentence to show. */
export type CardReading =
  | { readonly ok: true; readonly card: TypedCard }
  | { readonly ok: false; readonly problem: keyof typeof PROBLEMS };

const PROBLEMS = {
  number: { fr: 'Le numéro de carte est invalide.', en: 'Your card number is invalid.' },
  expiry: { fr: 'La date d’expiration est incomplète.', en: 'Your card’s expiration date is incomplete.' },
  past: { fr: 'La date d’expiration est passée.', en: 'Your card’s expiration date is in the past.' },
  cvc: { fr: 'Le code de sécurité est incomplet.', en: 'Your card’s security code is incomplete.' },
} as const;

/** Reads what was typed on the payment page, as of `now`. */
export function readTypedCard(fields: URLSearchParams, now: Date): CardReading {
  const number = (fields.get('cardNumber') ?? '').replaceAll(/[\s-]/g, '');
  if (!/^\d{13,19}$/.test(number) || !passesLuhn(number)) return { ok: false, problem: 'number' };
  const expiry = /^\s*(\d{1,2})\s*\/?\s*(\d{2}|\d{4})\s*$/.exec(fields.get('cardExpiry') ?? '');
  const expMonth = Number(expiry?.[1]);
  const expYear = (Number(expiry?.[2]) % 100) + 2000;
  if (expiry === null || expMonth < 1 || expMonth > 12) return { ok: false, problem: 'expiry' };
  if (Date.UTC(expYear, expMonth) <= now.getTime()) return { ok: false, problem: 'past' };
  if (!/^\d{3,4}$/.test(fields.get('cardCvc') ?? '')) return { ok: false, problem: 'cvc' };
  return { ok: true, card: { number, expMonth, expYear } };
}

/** The sentence for a problem in a language. */
export function cardProblem(problem: keyof typeof PROBLEMS, language: 'fr' | 'en'): string {
  return PROBLEMS[problem][language];
}

function passesLuhn(number: string): boolean {
  let sum = 0;
  for (const [index, digit] of [...number].toReversed().entries()) {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
