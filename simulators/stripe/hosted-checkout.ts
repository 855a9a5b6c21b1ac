import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { recordOf } from '@gigafibre/outside/wire';
import type { StripeBooks } from './books.ts';
import { bankAnswer, refusalWords } from './cards.ts';
import { answerAuthentication, confirmIntent, type Confirmation } from './charge-card.ts';
import {
  authenticationPage,
  closedPage,
  klarnaPage,
  payPage,
  setupPage,
  type CheckoutView,
} from './checkout-page.ts';
import { foundSession } from './checkout-sessions.ts';
import type { PaymentIntent, PaymentMethod, Session } from './objects.ts';
import { writeIntent } from './payment-intents.ts';
import { attachMethod, writeBankAccount, writeMethod, writePaymentMethod } from './payment-methods.ts';
import { StripeRefusal } from './stripe-refusal.ts';
import { cardProblem, readTypedCard } from './typed-card.ts';

/** Serves the hosted payment page at the address every session carries. */
export function serveHostedCheckout(app: FastifyInstance, books: StripeBooks): void {
  app.get('/c/pay/:id', async (request, reply) =>
    onSession(books, { request, reply }, (session) => show(reply, viewOf(books, session, request))),
  );
  app.post('/c/pay/:id', async (request, reply) =>
    onSession(books, { request, reply }, (session) => pay(books, session, { request, reply })),
  );
  app.post('/c/pay/:id/authenticate', async (request, reply) =>
    onSession(books, { request, reply }, (session) => authenticate(books, session, { request, reply })),
  );
}

type Visit = { readonly request: FastifyRequest; readonly reply: FastifyReply };

function onSession(books: StripeBooks, visit: Visit, then: (session: Session) => FastifyReply): FastifyReply {
  const { request, reply } = visit;
  try {
    return then(foundSession(books, String(recordOf(request.params)['id'])));
  } catch (error) {
    if (error instanceof StripeRefusal)
      return reply.code(error.status).type('text/plain').send(error.message);
    throw error;
  }
}

function pay(books: StripeBooks, session: Session, { request, reply }: Visit): FastifyReply {
  const view = viewOf(books, session, request);
  // Paid twice, from two windows or a double tap: the second finds the page closed and nothing moves.
  if (session.status !== 'open') return show(reply, view);
  const fields = fieldsOf(request);
  if (session.mode === 'setup') return save(books, session, { view, reply, fields });
  if (session.payment_method_types[0] === 'klarna')
    return payByKlarna(books, session, { view, reply, fields });
  const reading = readTypedCard(fields, books.env.clock());
  if (!reading.ok) return show(reply, { ...view, problem: cardProblem(reading.problem, view.language) });
  const intent = intentOf(books, session);
  const method = writePaymentMethod(books, reading.card);
  return after(books, session, {
    view,
    reply,
    confirmation: confirmIntent(books, intent, { method, payerPresent: true }),
  });
}

type Filled = { readonly view: CheckoutView; readonly reply: FastifyReply; readonly fields: URLSearchParams };

/** Saves what was typed as the customer's, with the mandate to debit it when it is an account. */
function save(books: StripeBooks, session: Session, { view, reply, fields }: Filled): FastifyReply {
  const setup = books.setupIntents.get(session.setup_intent ?? '');
  if (setup === undefined) throw new Error(`session ${session.id} has no setup`);
  const typed = typedMethod(books, session, fields);
  if (!typed.ok) return show(reply, { ...view, problem: typed.problem[view.language] });
  const { method } = typed;
  attachMethod(books, method, session.customer);
  setup.payment_method = method.id;
  setup.status = 'succeeded';
  if (method.type === 'acss_debit') setup.mandate = writeMandate(books, method.id);
  books.tell('setup_intent.succeeded', setup);
  return completed(books, session, reply);
}

type Typed =
  | { readonly ok: true; readonly method: PaymentMethod }
  | { readonly ok: false; readonly problem: { readonly fr: string; readonly en: string } };

function typedMethod(books: StripeBooks, session: Session, fields: URLSearchParams): Typed {
  if (session.payment_method_types.includes('acss_debit')) {
    const [institution = '', transit = '', account = ''] = ['institution', 'transit', 'account'].map((name) =>
      (fields.get(name) ?? '').trim(),
    );
    const wrong = { fr: 'Ce compte n’existe pas.', en: 'This account does not exist.' };
    if (!/^\d{3}$/.test(institution) || !/^\d{5}$/.test(transit) || !/^\d{7,12}$/.test(account))
      return { ok: false, problem: wrong };
    return { ok: true, method: writeBankAccount(books, { institution, transit, account }) };
  }
  const reading = readTypedCard(fields, books.env.clock());
  if (!reading.ok) {
    const problem = { fr: cardProblem(reading.problem, 'fr'), en: cardProblem(reading.problem, 'en') };
    return { ok: false, problem };
  }
  const answer = bankAnswer(reading.card.number, true);
  if (answer.is !== 'refuses') return { ok: true, method: writePaymentMethod(books, reading.card) };
  const { refusal } = answer;
  return { ok: false, problem: { fr: refusalWords(refusal, 'fr'), en: refusalWords(refusal, 'en') } };
}

function writeMandate(books: StripeBooks, payment_method: string): string {
  const id = books.newId('mandate');
  const mandate = {
    id,
    object: 'mandate',
    payment_method,
    status: 'active',
    type: 'multi_use',
    livemode: false,
  } as const;
  books.mandates.set(id, { ...mandate });
  books.tell('mandate.updated', mandate);
  return id;
}

function payByKlarna(books: StripeBooks, session: Session, { view, reply, fields }: Filled): FastifyReply {
  if (fields.get('answer') !== 'accept')
    return show(reply, { ...view, problem: refusalWords({ code: 'generic_decline' }, view.language) });
  const intent = intentOf(books, session);
  intent.payment_method_types = ['klarna'];
  const method = writeMethod(books, { type: 'klarna', klarna: {} }, 'klarna');
  const confirmation = confirmIntent(books, intent, { method, payerPresent: true });
  return after(books, session, { view, reply, confirmation });
}

function authenticate(books: StripeBooks, session: Session, { request, reply }: Visit): FastifyReply {
  const view = viewOf(books, session, request);
  const intent = books.intents.get(session.payment_intent ?? '');
  if (session.status !== 'open' || intent?.status !== 'requires_action') return show(reply, view);
  const accepted = fieldsOf(request).get('answer') === 'accept';
  return after(books, session, { view, reply, confirmation: answerAuthentication(books, intent, accepted) });
}

type Attempt = {
  readonly view: CheckoutView;
  readonly reply: FastifyReply;
  readonly confirmation: Confirmation;
};

function after(books: StripeBooks, session: Session, { view, reply, confirmation }: Attempt): FastifyReply {
  switch (confirmation.is) {
    case 'succeeded':
      session.payment_status = 'paid';
      return completed(books, session, reply);
    case 'processing':
      return completed(books, session, reply);
    case 'requires_action':
      return page(reply, authenticationPage(view, `/c/pay/${session.id}/authenticate`));
    case 'refused':
      return show(reply, { ...view, problem: refusalWords(confirmation.refusal, view.language) });
  }
}

function completed(books: StripeBooks, session: Session, reply: FastifyReply): FastifyReply {
  Object.assign(session, { status: 'complete', url: null } satisfies Partial<Session>);
  books.tell('checkout.session.completed', session);
  return reply.redirect(session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id), 303);
}

function intentOf(books: StripeBooks, session: Session): PaymentIntent {
  const known = books.intents.get(session.payment_intent ?? '');
  if (known !== undefined) return known;
  const asked = books.intentData.get(session.id);
  const intent = writeIntent(books, {
    amount: session.amount_total ?? 0,
    currency: session.currency,
    customer: session.customer,
    description: asked?.description ?? null,
    metadata: asked?.metadata ?? {},
    setup_future_usage: asked?.setupFutureUsage ?? null,
  });
  session.payment_intent = intent.id;
  return intent;
}

function viewOf(books: StripeBooks, session: Session, request: FastifyRequest): CheckoutView {
  const wanted =
    session.locale === null || session.locale === 'auto'
      ? request.headers['accept-language']
      : session.locale;
  const description = books.intentData.get(session.id)?.description ?? '';
  return { session, description, language: wanted?.startsWith('fr') === true ? 'fr' : 'en' };
}

function show(reply: FastifyReply, view: CheckoutView): FastifyReply {
  if (view.session.status !== 'open') return page(reply, closedPage(view));
  const { mode, payment_method_types: types } = view.session;
  const shown = mode === 'setup' ? setupPage(view) : types[0] === 'klarna' ? klarnaPage(view) : payPage(view);
  return page(reply.code(view.problem === undefined ? 200 : 402), shown);
}

function page(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(text);
}

function fieldsOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(typeof request.body === 'string' ? request.body : '');
}
