import type { StripeBooks } from './books.ts';
import { confirmIntent, type Confirmation } from './charge-card.ts';
import { refusalWords } from './cards.ts';
import { formList, formText, type Form } from './form.ts';
import type { PaymentIntent } from './objects.ts';
import { chargeable, currencyOf, metadataOf, onlyKnown, requiredInteger } from './parameters.ts';
import { namedPaymentMethod } from './payment-methods.ts';
import { invalid, missing, StripeRefusal } from './stripe-refusal.ts';

const CREATE_PARAMETERS = [
  'amount',
  'currency',
  'customer',
  'payment_method',
  'allowed_payment_method_types',
  'mandate',
  'automatic_payment_methods',
  'off_session',
  'confirm',
  'description',
  'metadata',
  'receipt_email',
  'setup_future_usage',
  'statement_descriptor_suffix',
  'return_url',
  'expand',
] as const;
const CONFIRM_PARAMETERS = ['payment_method', 'off_session', 'return_url', 'expand'] as const;

/** What an intent is made of, wherever it comes from. */
export type NewIntent = Pick<
  PaymentIntent,
  'amount' | 'currency' | 'customer' | 'description' | 'metadata' | 'setup_future_usage'
>;

/** Writes an intent waiting for a payment method, and tells of it. */
export function writeIntent(books: StripeBooks, facts: NewIntent): PaymentIntent {
  const id = books.newId('pi');
  const intent: PaymentIntent = {
    ...facts,
    id,
    object: 'payment_intent',
    created: books.nowSeconds(),
    amount_received: 0,
    amount_capturable: 0,
    status: 'requires_payment_method',
    payment_method: null,
    payment_method_types: ['card'],
    latest_charge: null,
    last_payment_error: null,
    next_action: null,
    client_secret: `${id}_secret_${books.newId('s').slice(2)}`,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic',
    confirmation_method: 'automatic',
    livemode: false,
  };
  books.intents.set(id, intent);
  books.tell('payment_intent.created', intent);
  return intent;
}

/** `POST /v1/payment_intents` */
export function createIntent(books: StripeBooks, form: Form): PaymentIntent {
  onlyKnown(form, CREATE_PARAMETERS);
  const currency = currencyOf(form, 'currency');
  const customer = formText(form, 'customer') ?? null;
  if (customer !== null && !books.customers.has(customer)) {
    throw invalid(`No such customer: '${customer}'`, { code: 'resource_missing', param: 'customer' });
  }
  const method = formText(form, 'payment_method');
  const confirm = formText(form, 'confirm') === 'true';
  if (formText(form, 'off_session') === 'true' && !confirm) {
    const message = 'You cannot set `off_session` without setting `confirm` to `true`.';
    throw invalid(message, { param: 'off_session' });
  }
  const intent = writeIntent(books, {
    amount: chargeable(requiredInteger(form, 'amount'), currency, 'amount'),
    currency,
    customer,
    description: formText(form, 'description') ?? null,
    metadata: metadataOf(form, 'metadata'),
    setup_future_usage: futureUsage(formText(form, 'setup_future_usage')),
  });
  const types = formList(form, 'allowed_payment_method_types');
  if (types.length > 0) intent.payment_method_types = types;
  if (method !== undefined) {
    intent.payment_method = namedPaymentMethod(books, method).id;
    intent.status = 'requires_confirmation';
  }
  return confirm ? confirmed(books, intent, form) : intent;
}

/** `POST /v1/payment_intents/:id/confirm` */
export function confirmExisting(books: StripeBooks, id: string, form: Form): PaymentIntent {
  onlyKnown(form, CONFIRM_PARAMETERS);
  return confirmed(books, foundIntent(books, id), form);
}

/** `POST /v1/payment_intents/:id/cancel` */
export function cancelIntent(books: StripeBooks, id: string, form: Form): PaymentIntent {
  onlyKnown(form, ['cancellation_reason', 'expand']);
  const intent = foundIntent(books, id);
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    throw unexpectedState(
      intent,
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
    );
  }
  intent.status = 'canceled';
  intent.canceled_at = books.nowSeconds();
  intent.cancellation_reason = formText(form, 'cancellation_reason') ?? null;
  books.tell('payment_intent.canceled', intent);
  return intent;
}

/** The intent, or 404. */
export function foundIntent(books: StripeBooks, id: string): PaymentIntent {
  const intent = books.intents.get(id);
  if (intent === undefined) throw missing('payment_intent', id, 'intent');
  return intent;
}

/** The setting of `setup_future_usage`, when it is one. */
export function futureUsage(text: string | undefined): 'off_session' | 'on_session' | null {
  return text === 'off_session' || text === 'on_session' ? text : null;
}

function confirmed(books: StripeBooks, intent: PaymentIntent, form: Form): PaymentIntent {
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    throw unexpectedState(
      intent,
      `You cannot confirm this PaymentIntent because it has a status of ${intent.status}.`,
    );
  }
  const methodId = formText(form, 'payment_method') ?? intent.payment_method;
  if (methodId === null) {
    const message = 'You cannot confirm this PaymentIntent because it’s missing a payment method.';
    throw unexpectedState(intent, message);
  }
  const method = namedPaymentMethod(books, methodId);
  const payerPresent = formText(form, 'off_session') !== 'true';
  refuseWhenRefused(intent, confirmIntent(books, intent, { method, payerPresent }));
  return intent;
}

function refuseWhenRefused(intent: PaymentIntent, confirmation: Confirmation): void {
  if (confirmation.is !== 'refused') return;
  const { code, declineCode } = confirmation.refusal;
  throw new StripeRefusal(402, {
    type: 'card_error',
    code,
    ...(declineCode === undefined ? {} : { decline_code: declineCode }),
    message: refusalWords(confirmation.refusal, 'en'),
    charge: intent.latest_charge,
    doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
    payment_intent: structuredClone(intent),
  });
}

function unexpectedState(intent: PaymentIntent, message: string): StripeRefusal {
  return new StripeRefusal(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message,
    payment_intent: structuredClone(intent),
  });
}
