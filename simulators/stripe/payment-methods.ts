import type { StripeBooks } from './books.ts';
import { cardBrand, TEST_TOKENS } from './cards.ts';
import type { PaymentMethod } from './objects.ts';
import { invalid } from './stripe-refusal.ts';

/** A card as somebody typed it. */
export type TypedCard = { readonly number: string; readonly expMonth: number; readonly expYear: number };

/** Makes a payment method of a card. */
export function writePaymentMethod(books: StripeBooks, card: TypedCard): PaymentMethod {
  const method: PaymentMethod = {
    id: books.newId('pm'),
    object: 'payment_method',
    created: books.nowSeconds(),
    type: 'card',
    customer: null,
    card: {
      brand: cardBrand(card.number),
      last4: card.number.slice(-4),
      exp_month: card.expMonth,
      exp_year: card.expYear,
      funding: 'credit',
    },
    livemode: false,
    metadata: {},
  };
  books.paymentMethods.set(method.id, method);
  books.cardNumbers.set(method.id, card.number);
  return method;
}

/** The payment method a parameter names: one that exists, or a fresh one for a test token. */
export function namedPaymentMethod(books: StripeBooks, id: string): PaymentMethod {
  const known = books.paymentMethods.get(id);
  if (known !== undefined) return known;
  const number = TEST_TOKENS.get(id);
  if (number === undefined) {
    const message = `No such PaymentMethod: '${id}'`;
    throw invalid(message, { code: 'resource_missing', param: 'payment_method' });
  }
  const expYear = books.env.clock().getUTCFullYear() + 1;
  return writePaymentMethod(books, { number, expMonth: 12, expYear });
}
