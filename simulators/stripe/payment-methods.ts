import type { StripeBooks } from './books.ts';
import { cardBrand, TEST_TOKENS } from './cards.ts';
import type { MethodFacts, PaymentMethod } from './objects.ts';
import { BANK_TOKENS } from './bank-accounts.ts';
import { invalid, missing } from './stripe-refusal.ts';

/** A card as somebody typed it. */
export type TypedCard = { readonly number: string; readonly expMonth: number; readonly expYear: number };

/** Makes a payment method of a card. */
export function writePaymentMethod(books: StripeBooks, card: TypedCard): PaymentMethod {
  const facts = {
    brand: cardBrand(card.number),
    last4: card.number.slice(-4),
    exp_month: card.expMonth,
    exp_year: card.expYear,
    funding: 'credit',
  } as const;
  return writeMethod(books, { type: 'card', card: facts }, card.number);
}

/** A bank account as somebody typed it. */
export type TypedAccount = {
  readonly institution: string;
  readonly transit: string;
  readonly account: string;
};

/** Makes a payment method of a bank account. */
export function writeBankAccount(books: StripeBooks, typed: TypedAccount): PaymentMethod {
  const facts = {
    bank_name: 'STRIPE TEST BANK',
    institution_number: typed.institution,
    transit_number: typed.transit,
    last4: typed.account.slice(-4),
    fingerprint: books.newId('fp', 16).slice(3),
  };
  return writeMethod(books, { type: 'acss_debit', acss_debit: facts }, typed.account);
}

/** Makes a method of any kind; `number` is what its bank knows it by. */
export function writeMethod(books: StripeBooks, facts: MethodFacts, number: string): PaymentMethod {
  const method: PaymentMethod = {
    ...facts,
    id: books.newId('pm'),
    object: 'payment_method',
    created: books.nowSeconds(),
    customer: null,
    livemode: false,
    metadata: {},
  };
  books.paymentMethods.set(method.id, method);
  books.cardNumbers.set(method.id, number);
  return method;
}

/** Makes a method a customer's. */
export function attachMethod(books: StripeBooks, method: PaymentMethod, customer: string | null): void {
  if (customer === null || method.customer === customer) return;
  method.customer = customer;
  books.tell('payment_method.attached', method);
}

/** `POST /v1/payment_methods/:id/detach` */
export function detachMethod(books: StripeBooks, id: string): PaymentMethod {
  const method = books.paymentMethods.get(id);
  if (method === undefined) throw missing('PaymentMethod', id, 'payment_method');
  if (method.customer === null) {
    throw invalid(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
    );
  }
  method.customer = null;
  for (const mandate of books.mandates.values()) {
    if (mandate.payment_method !== id || mandate.status !== 'active') continue;
    mandate.status = 'inactive';
    books.tell('mandate.updated', mandate);
  }
  books.tell('payment_method.detached', method);
  return method;
}

/** The facts of a method alone, as a charge repeats them. */
export function factsOf(method: PaymentMethod): MethodFacts {
  switch (method.type) {
    case 'card':
      return { type: 'card', card: { ...method.card } };
    case 'acss_debit':
      return { type: 'acss_debit', acss_debit: { ...method.acss_debit } };
    case 'klarna':
      return { type: 'klarna', klarna: {} };
  }
}

/** The payment method a parameter names: one that exists, or a fresh one for a test token. */
export function namedPaymentMethod(books: StripeBooks, id: string): PaymentMethod {
  const known = books.paymentMethods.get(id);
  if (known !== undefined) return known;
  const account = BANK_TOKENS.get(id);
  if (account !== undefined)
    return writeBankAccount(books, { institution: '000', transit: '11000', account });
  const number = TEST_TOKENS.get(id);
  if (number === undefined) {
    const message = `No such PaymentMethod: '${id}'`;
    throw invalid(message, { code: 'resource_missing', param: 'payment_method' });
  }
  const expYear = books.env.clock().getUTCFullYear() + 1;
  return writePaymentMethod(books, { number, expMonth: 12, expYear });
}
