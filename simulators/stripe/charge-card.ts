import type { StripeBooks } from './books.ts';
import { bankAnswer, refusalWords, type BankAnswer, type CardRefusal } from './cards.ts';
import { moveCharge } from './balance.ts';
import { debitAnswer } from './bank-accounts.ts';
import { openDispute } from './disputes.ts';
import { attachMethod, factsOf } from './payment-methods.ts';
import type { Charge, PaymentIntent, PaymentMethod } from './objects.ts';

/** How a confirmation ended. */
export type Confirmation =
  | { readonly is: 'succeeded' }
  | { readonly is: 'requires_action' }
  /** A debit: the bank answers in days. */
  | { readonly is: 'processing' }
  | { readonly is: 'refused'; readonly refusal: CardRefusal };

/** Asks the bank for an intent's amount with a payment method, records and tells what it answered. */
export function confirmIntent(
  books: StripeBooks,
  intent: PaymentIntent,
  attempt: { method: PaymentMethod; payerPresent: boolean },
): Confirmation {
  intent.payment_method = attempt.method.id;
  switch (attempt.method.type) {
    case 'acss_debit':
      return send(books, intent);
    case 'klarna':
      return take(books, intent);
    case 'card':
      return settle(
        books,
        intent,
        bankAnswer(books.cardNumbers.get(attempt.method.id) ?? '', attempt.payerPresent),
      );
  }
}

function send(books: StripeBooks, intent: PaymentIntent): Confirmation {
  const charge = writeCharge(books, intent, { status: 'pending' });
  Object.assign(intent, { status: 'processing', latest_charge: charge.id } satisfies Partial<PaymentIntent>);
  books.tell('payment_intent.processing', intent);
  return { is: 'processing' };
}

/** The banks answer every debit under way, by the number of its account. */
export function clearDebits(books: StripeBooks): void {
  for (const intent of books.intents.values()) {
    if (intent.status !== 'processing') continue;
    // The charge that was pending becomes the one that is told below.
    books.charges.delete(intent.latest_charge ?? '');
    const answer = debitAnswer(books.cardNumbers.get(intent.payment_method ?? '') ?? '');
    if (answer.is === 'returned') {
      refuse(books, intent, answer.refusal);
      continue;
    }
    take(books, intent);
    const taken = books.charges.get(intent.latest_charge ?? '');
    if (answer.is === 'contested' && taken !== undefined) openDispute(books, taken, 'debit_not_authorized');
  }
}

/** Goes on after the payer was asked by the bank: `accepted` or not. */
export function answerAuthentication(
  books: StripeBooks,
  intent: PaymentIntent,
  accepted: boolean,
): Confirmation {
  const number = books.cardNumbers.get(intent.payment_method ?? '') ?? '';
  const answer = bankAnswer(number, true);
  intent.next_action = null;
  if (!accepted) {
    const refusal = { code: 'payment_intent_authentication_failure', declineCode: 'authentication_failed' };
    return settle(books, intent, { is: 'refuses', refusal });
  }
  return settle(books, intent, answer.is === 'asks' ? answer.afterwards : answer);
}

function settle(books: StripeBooks, intent: PaymentIntent, answer: BankAnswer): Confirmation {
  if (answer.is === 'asks') {
    intent.status = 'requires_action';
    const url = `${books.baseUrl}/3ds/${intent.id}`;
    intent.next_action = { type: 'redirect_to_url', redirect_to_url: { url, return_url: null } };
    books.tell('payment_intent.requires_action', intent);
    return { is: 'requires_action' };
  }
  return answer.is === 'takes' ? take(books, intent) : refuse(books, intent, answer.refusal);
}

function take(books: StripeBooks, intent: PaymentIntent): Confirmation {
  const charge = writeCharge(books, intent, { status: 'succeeded' });
  moveCharge(books, charge);
  Object.assign(intent, {
    status: 'succeeded',
    amount_received: intent.amount,
    latest_charge: charge.id,
    last_payment_error: null,
  } satisfies Partial<PaymentIntent>);
  keepMethod(books, intent);
  books.tell('charge.succeeded', charge);
  books.tell('payment_intent.succeeded', intent);
  return { is: 'succeeded' };
}

function refuse(books: StripeBooks, intent: PaymentIntent, refusal: CardRefusal): Confirmation {
  const charge = writeCharge(books, intent, { status: 'failed', refusal });
  Object.assign(intent, {
    status: 'requires_payment_method',
    latest_charge: charge.id,
    payment_method: null,
    last_payment_error: {
      type: 'card_error',
      code: refusal.code,
      ...(refusal.declineCode === undefined ? {} : { decline_code: refusal.declineCode }),
      message: refusalWords(refusal, 'en'),
    },
  } satisfies Partial<PaymentIntent>);
  books.tell('charge.failed', charge);
  books.tell('payment_intent.payment_failed', intent);
  return { is: 'refused', refusal };
}

function keepMethod(books: StripeBooks, intent: PaymentIntent): void {
  const method = books.paymentMethods.get(intent.payment_method ?? '');
  if (method !== undefined && intent.setup_future_usage !== null)
    attachMethod(books, method, intent.customer);
}

type Ended = { readonly status: Charge['status']; readonly refusal?: CardRefusal };

function writeCharge(books: StripeBooks, intent: PaymentIntent, { status, refusal }: Ended): Charge {
  const method = books.paymentMethods.get(intent.payment_method ?? '');
  if (method === undefined) throw new Error(`intent ${intent.id} charged without a payment method`);
  const succeeded = status === 'succeeded';
  const charge: Charge = {
    id: books.newId('ch'),
    object: 'charge',
    created: books.nowSeconds(),
    amount: intent.amount,
    amount_captured: succeeded ? intent.amount : 0,
    amount_refunded: 0,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    metadata: { ...intent.metadata },
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: factsOf(method),
    status,
    paid: succeeded,
    captured: succeeded,
    refunded: false,
    disputed: false,
    failure_code: refusal?.code ?? null,
    failure_message: refusal === undefined ? null : refusalWords(refusal, 'en'),
    livemode: false,
  };
  books.charges.set(charge.id, charge);
  return charge;
}
