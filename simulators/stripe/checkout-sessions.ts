import type { StripeBooks } from './books.ts';
import { formAt, formList, formText, type Form } from './form.ts';
import type { Session } from './objects.ts';
import {
  chargeable,
  currencyOf,
  metadataOf,
  onlyKnown,
  required,
  requiredInteger,
  requiredUrl,
} from './parameters.ts';
import { futureUsage } from './payment-intents.ts';
import { invalid, missing } from './stripe-refusal.ts';

const PARAMETERS = [
  'mode',
  'ui_mode',
  'allowed_payment_method_types',
  'line_items',
  'success_url',
  'cancel_url',
  'locale',
  'metadata',
  'payment_intent_data',
  'customer',
  'customer_email',
  'client_reference_id',
  'expires_at',
  'expand',
] as const;
const DAY_SECONDS = 86_400;
const HALF_HOUR_SECONDS = 1_800;

/** `POST /v1/checkout/sessions`, payment mode with inline prices. */
export function createSession(books: StripeBooks, form: Form): Session {
  onlyKnown(form, PARAMETERS);
  const mode = required(form, 'mode');
  if (mode !== 'payment') throw invalid(`Mode ${mode} is not simulated.`, { param: 'mode' });
  const total = totalOf(form);
  const customer = formText(form, 'customer') ?? null;
  if (customer !== null && !books.customers.has(customer)) {
    throw invalid(`No such customer: '${customer}'`, { code: 'resource_missing', param: 'customer' });
  }
  const id = books.newId('cs_test', 60);
  const session: Session = {
    id,
    object: 'checkout.session',
    created: books.nowSeconds(),
    expires_at: expiryOf(books, form),
    mode: 'payment',
    ui_mode: 'hosted_page',
    status: 'open',
    payment_status: 'unpaid',
    amount_subtotal: total.amount,
    amount_total: total.amount,
    currency: total.currency,
    customer,
    customer_email: formText(form, 'customer_email') ?? null,
    client_reference_id: formText(form, 'client_reference_id') ?? null,
    metadata: metadataOf(form, 'metadata'),
    payment_intent: null,
    payment_method_types: allowedTypes(form),
    locale: formText(form, 'locale') ?? null,
    success_url: requiredUrl(form, 'success_url'),
    cancel_url: formText(form, 'cancel_url') ?? null,
    url: `${books.baseUrl}/c/pay/${id}`,
    livemode: false,
  };
  books.sessions.set(id, session);
  books.intentData.set(id, {
    metadata: metadataOf(form, 'payment_intent_data', 'metadata'),
    description: formText(form, 'payment_intent_data', 'description') ?? firstName(form),
    setupFutureUsage: futureUsage(formText(form, 'payment_intent_data', 'setup_future_usage')),
  });
  return session;
}

/** The session as it stands by the world's clock, or 404. */
export function foundSession(books: StripeBooks, id: string): Session {
  const session = books.sessions.get(id);
  if (session === undefined) throw missing('checkout.session', id, 'session');
  if (session.status === 'open' && books.nowSeconds() >= session.expires_at) close(books, session);
  return session;
}

/** `POST /v1/checkout/sessions/:id/expire` */
export function expireSession(books: StripeBooks, id: string): Session {
  const session = foundSession(books, id);
  if (session.status !== 'open') {
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    );
  }
  close(books, session);
  return session;
}

function close(books: StripeBooks, session: Session): void {
  session.status = 'expired';
  session.url = null;
  books.tell('checkout.session.expired', session);
}

function totalOf(form: Form): { amount: number; currency: string } {
  const items = Object.keys(formAt(form, 'line_items'));
  if (items.length === 0) {
    throw invalid('Missing required param: line_items.', { code: 'parameter_missing', param: 'line_items' });
  }
  const currency = currencyOf(form, 'line_items', items[0] ?? '0', 'price_data', 'currency');
  let amount = 0;
  for (const item of items) {
    required(form, 'line_items', item, 'price_data', 'product_data', 'name');
    const unit = requiredInteger(form, 'line_items', item, 'price_data', 'unit_amount');
    amount += unit * requiredInteger(form, 'line_items', item, 'quantity');
  }
  return { amount: chargeable(amount, currency, 'line_items'), currency };
}

function allowedTypes(form: Form): string[] {
  const allowed = formList(form, 'allowed_payment_method_types');
  return allowed.length === 0 ? ['card'] : allowed;
}

function firstName(form: Form): string | null {
  return formText(form, 'line_items', '0', 'price_data', 'product_data', 'name') ?? null;
}

function expiryOf(books: StripeBooks, form: Form): number {
  const now = books.nowSeconds();
  if (formText(form, 'expires_at') === undefined) return now + DAY_SECONDS;
  const expiry = requiredInteger(form, 'expires_at');
  if (expiry < now + HALF_HOUR_SECONDS || expiry > now + DAY_SECONDS) {
    const message =
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.';
    throw invalid(message, { param: 'expires_at' });
  }
  return expiry;
}
