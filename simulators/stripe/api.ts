import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { recordOf } from '@gigafibre/outside/wire';
import type { StripeBooks } from './books.ts';
import { createSession, expireSession, foundSession } from './checkout-sessions.ts';
import { createCustomer, foundCustomer, updateCustomer } from './customers.ts';
import { decodeForm, formList, formText, type Form } from './form.ts';
import { pageOf } from './lists.ts';
import { cancelIntent, confirmExisting, createIntent, foundIntent } from './payment-intents.ts';
import { detachMethod } from './payment-methods.ts';
import { createRefund, foundRefund } from './refunds.ts';
import { missing, StripeRefusal } from './stripe-refusal.ts';

type Query = Readonly<Record<string, unknown>>;
type Call = { readonly id: string; readonly form: Form; readonly query: Query };
type Route = readonly [
  method: 'GET' | 'POST',
  path: string,
  answer: (books: StripeBooks, call: Call) => object,
];

/** The API, one line per endpoint. */
const ROUTES: readonly Route[] = [
  ['POST', '/v1/customers', (books, { form }) => createCustomer(books, form)],
  [
    'GET',
    '/v1/customers',
    (books, { query }) => pageOf(matching(books.customers, query, ['email']), query, '/v1/customers'),
  ],
  ['GET', '/v1/customers/:id', (books, { id }) => foundCustomer(books, id)],
  ['POST', '/v1/customers/:id', (books, { id, form }) => updateCustomer(books, id, form)],
  [
    'GET',
    '/v1/payment_methods',
    (books, { query }) =>
      pageOf(matching(books.paymentMethods, query, ['customer']), query, '/v1/payment_methods'),
  ],
  ['GET', '/v1/payment_methods/:id', (books, { id }) => found(books.paymentMethods, 'PaymentMethod', id)],
  ['POST', '/v1/payment_methods/:id/detach', (books, { id }) => detachMethod(books, id)],
  ['GET', '/v1/setup_intents/:id', (books, { id }) => found(books.setupIntents, 'setupintent', id)],
  ['GET', '/v1/mandates/:id', (books, { id }) => found(books.mandates, 'mandate', id)],
  ['POST', '/v1/billing_portal/sessions', (books, { form }) => openPortal(books, form)],
  ['GET', '/v1/disputes/:id', (books, { id }) => found(books.disputes, 'dispute', id)],
  [
    'GET',
    '/v1/payouts',
    (books, { query }) => pageOf(matching(books.payouts, query, ['status']), query, '/v1/payouts'),
  ],
  ['GET', '/v1/balance_transactions', (books, { query }) => movements(books, query)],
  ['POST', '/v1/checkout/sessions', (books, { form }) => createSession(books, form)],
  [
    'GET',
    '/v1/checkout/sessions',
    (books, { query }) =>
      pageOf(
        matching(books.sessions, query, ['payment_intent', 'customer', 'status']),
        query,
        '/v1/checkout/sessions',
      ),
  ],
  ['GET', '/v1/checkout/sessions/:id', (books, { id }) => foundSession(books, id)],
  ['POST', '/v1/checkout/sessions/:id/expire', (books, { id }) => expireSession(books, id)],
  ['POST', '/v1/payment_intents', (books, { form }) => createIntent(books, form)],
  [
    'GET',
    '/v1/payment_intents',
    (books, { query }) => pageOf(matching(books.intents, query, ['customer']), query, '/v1/payment_intents'),
  ],
  ['GET', '/v1/payment_intents/:id', (books, { id }) => foundIntent(books, id)],
  ['POST', '/v1/payment_intents/:id/confirm', (books, { id, form }) => confirmExisting(books, id, form)],
  ['POST', '/v1/payment_intents/:id/cancel', (books, { id, form }) => cancelIntent(books, id, form)],
  ['POST', '/v1/refunds', (books, { form }) => createRefund(books, form)],
  [
    'GET',
    '/v1/refunds',
    (books, { query }) =>
      pageOf(matching(books.refunds, query, ['payment_intent', 'charge']), query, '/v1/refunds'),
  ],
  ['GET', '/v1/refunds/:id', (books, { id }) => foundRefund(books, id)],
  [
    'GET',
    '/v1/charges',
    (books, { query }) =>
      pageOf(matching(books.charges, query, ['payment_intent', 'customer']), query, '/v1/charges'),
  ],
  ['GET', '/v1/charges/:id', (books, { id }) => found(books.charges, 'charge', id)],
  [
    'GET',
    '/v1/events',
    (books, { query }) =>
      pageOf(
        books.events.filter((event) => matches(event, query, ['type'])),
        query,
        '/v1/events',
      ),
  ],
  ['GET', '/v1/events/:id', (books, { id }) => foundEvent(books, id)],
  ['GET', '/v1/balance', (books) => balance(books)],
];

/** Serves the API under `/v1`. */
export function serveApi(app: FastifyInstance, books: StripeBooks): void {
  for (const [method, url, answer] of ROUTES) {
    app.route({
      method,
      url,
      handler: async (request, reply) => {
        reply.header('request-id', books.newId('req', 14)).type('application/json');
        reply.header('stripe-version', request.headers['stripe-version'] ?? '');
        return respond(reply, () => answerOnce(books, { request, answer }));
      },
    });
  }
}

type Exchange = { readonly request: FastifyRequest; readonly answer: Route[2] };

function answerOnce(
  books: StripeBooks,
  { request, answer }: Exchange,
): { status: number; body: unknown; replayed?: boolean } {
  authenticate(request);
  const key = request.headers['idempotency-key'];
  const body = typeof request.body === 'string' ? request.body : '';
  const query = recordOf(request.query);
  const id = recordOf(request.params)['id'];
  const call: Call = { id: String(id), form: decodeForm(body), query };
  const expand = Object.entries(query)
    .filter(([name]) => name.startsWith('expand'))
    .map(([, path]) => String(path));
  const run = () => expanded(books, answer(books, call), [...expand, ...formList(call.form, 'expand')]);
  if (request.method !== 'POST' || typeof key !== 'string') return { status: 200, body: run() };
  const fingerprint = `${request.url}\n${body}`;
  const kept = books.idempotency.kept(key, fingerprint);
  if (kept !== null) return { ...kept, replayed: true };
  const given = outcomeOf(run);
  // A snapshot: what is replayed is the answer as first given, whatever became of the object since.
  const snapshot = { status: given.status, body: structuredClone(given.body) };
  books.idempotency.keep(key, fingerprint, snapshot);
  return given;
}

function outcomeOf(run: () => object): { status: number; body: unknown } {
  try {
    return { status: 200, body: { ...run() } };
  } catch (error) {
    if (error instanceof StripeRefusal) return { status: error.status, body: error.body };
    throw error;
  }
}

function respond(
  reply: FastifyReply,
  answer: () => { status: number; body: unknown; replayed?: boolean },
): FastifyReply {
  try {
    const { status, body, replayed } = answer();
    if (replayed === true) reply.header('idempotent-replayed', 'true');
    return reply.code(status).send(body);
  } catch (error) {
    if (error instanceof StripeRefusal) return reply.code(error.status).send(error.body);
    throw error;
  }
}

function authenticate(request: FastifyRequest): void {
  const key = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (key?.startsWith('sk_') === true && !key.includes('invalid')) return;
  const message =
    key === undefined
      ? 'You did not provide an API key. You need to provide your API key in the Authorization header.'
      : `Invalid API Key provided: ${key.slice(0, 8)}****`;
  throw new StripeRefusal(401, { type: 'invalid_request_error', message });
}

/** Puts the whole object in the place of its id, for each path asked of the first level. */
function expanded(books: StripeBooks, object: object, paths: readonly string[]): object {
  const shown: Record<string, unknown> = { ...object };
  for (const path of paths) {
    const id = shown[path];
    const whole = typeof id === 'string' ? anything(books, id) : undefined;
    if (whole !== undefined) shown[path] = { ...whole };
  }
  return shown;
}

function anything(books: StripeBooks, id: string): object | undefined {
  const { customers, intents, charges, paymentMethods, sessions, refunds, disputes, payouts, mandates } =
    books;
  return [customers, intents, charges, paymentMethods, sessions, refunds, disputes, payouts, mandates]
    .map((all) => all.get(id))
    .find((object) => object !== undefined);
}

function matching<T extends object>(
  all: ReadonlyMap<string, T>,
  query: Query,
  filters: readonly string[],
): T[] {
  return [...all.values()].filter((object) => matches(object, query, filters));
}

function matches(object: object, query: Query, filters: readonly string[]): boolean {
  return filters.every((filter) => query[filter] === undefined || recordOf(object)[filter] === query[filter]);
}

function found<T>(all: ReadonlyMap<string, T>, name: string, id: string): T {
  const object = all.get(id);
  if (object === undefined) throw missing(name, id);
  return object;
}

/** Movements as the API shows them: of one payout when asked, and their source whole when asked. */
function movements(books: StripeBooks, query: Query): object {
  const all = matching(books.balanceTransactions, query, ['payout', 'source', 'type']);
  const page = pageOf(all, query, '/v1/balance_transactions');
  const whole = Object.values(query).flat().includes('data.source');
  const data = whole
    ? page.data.map((movement) => ({
        ...movement,
        source: anything(books, movement.source) ?? movement.source,
      }))
    : page.data;
  return { ...page, data };
}

/** `POST /v1/billing_portal/sessions`: an address that leads straight back. */
function openPortal(books: StripeBooks, form: Form): object {
  const customer = foundCustomer(books, formText(form, 'customer') ?? '');
  return {
    id: books.newId('bps'),
    object: 'billing_portal.session',
    created: books.nowSeconds(),
    customer: customer.id,
    livemode: false,
    return_url: formText(form, 'return_url') ?? null,
    url: `${books.baseUrl}/p/session/${customer.id}`,
  };
}

function foundEvent(books: StripeBooks, id: string): object {
  const event = books.events.find((event) => event.id === id);
  if (event === undefined) throw missing('event', id);
  return event;
}

function balance(books: StripeBooks): object {
  const taken = [...books.charges.values()].reduce(
    (sum, charge) => sum + charge.amount_captured - charge.amount_refunded,
    0,
  );
  return {
    object: 'balance',
    livemode: false,
    available: [{ amount: taken, currency: 'cad', source_types: { card: taken } }],
    pending: [{ amount: 0, currency: 'cad', source_types: { card: 0 } }],
  };
}
