import type { StripeBooks } from './books.ts';
import { formAt, formList, formText, type Form } from './form.ts';
import type { Session, SetupIntent } from './objects.ts';
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
  'setup_intent_data',
  'payment_method_options',
  'currency',
  'customer',
  'customer_email',
  'client_reference_id',
  'expires_at',
  'expand',
] as const;
const DAY_SECONDS = 86_400;
const HALF_HOUR_SECONDS = 1_800;

/** `POST /v1/checkout/sessions`: payment mode with inline prices, or setup mode. */
export function createSession(books: StripeBooks, form: Form): Session {
  onlyKnown(form, PARAMETERS);
  const mode = required(form, 'mode');
  if (mode !== 'payment' && mode !== 'setup')
    throw invalid(`Mode ${mode} is not simulated.`, { param: 'mode' });
  const total = mode === 'payment' ? totalOf(form) : nothingToPay(form);
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
    mode,
    ui_mode: 'hosted_page',
    status: 'open',
    payment_status: mode === 'setup' ? 'no_payment_required' : 'unpaid',
    amount_subtotal: total.amount,
    amount_total: total.amount,
    currency: total.currency,
    customer,
    customer_email: formText(form, 'customer_email') ?? null,
    client_reference_id: formText(form, 'client_reference_id') ?? null,
    metadata: metadataOf(form, 'metadata'),
    payment_intent: null,
    setup_intent: mode === 'setup' ? writeSetup(books, form, customer).id : null,
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

/** Setup mode asks for a currency, or what stands for one: the options of a debit. */
function nothingToPay(form: Form): { amount: null; currency: string } {
  const debit = formAt(form, 'payment_method_options', 'acss_debit');
  if (allowedTypes(form).includes('acss_debit')) {
    const schedule = required(
      form,
      'payment_method_options',
      'acss_debit',
      'mandate_options',
      'payment_schedule',
    );
    if (schedule !== 'sporadic')
      required(form, 'payment_method_options', 'acss_debit', 'mandate_options', 'interval_description');
    required(form, 'payment_method_options', 'acss_debit', 'mandate_options', 'transaction_type');
    return { amount: null, currency: formText(debit, 'currency') ?? 'cad' };
  }
  return { amount: null, currency: currencyOf(form, 'currency') };
}

function writeSetup(books: StripeBooks, form: Form, customer: string | null): SetupIntent {
  const setup: SetupIntent = {
    id: books.newId('seti'),
    object: 'setup_intent',
    created: books.nowSeconds(),
    customer,
    payment_method: null,
    payment_method_types: allowedTypes(form),
    mandate: null,
    status: 'requires_payment_method',
    usage: 'off_session',
    metadata: metadataOf(form, 'setup_intent_data', 'metadata'),
    livemode: false,
  };
  books.setupIntents.set(setup.id, setup);
  books.tell('setup_intent.created', setup);
  return setup;
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
