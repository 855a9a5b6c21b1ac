import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { recordOf } from '@gigafibre/outside/wire';
import type { StripeBooks } from './books.ts';
import { refusalWords } from './cards.ts';
import { answerAuthentication, confirmIntent, type Confirmation } from './charge-card.ts';
import { authenticationPage, closedPage, payPage, type CheckoutView } from './checkout-page.ts';
import { foundSession } from './checkout-sessions.ts';
import type { PaymentIntent, Session } from './objects.ts';
import { writeIntent } from './payment-intents.ts';
import { writePaymentMethod } from './payment-methods.ts';
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
      Object.assign(session, {
        status: 'complete',
        payment_status: 'paid',
        url: null,
      } satisfies Partial<Session>);
      books.tell('checkout.session.completed', session);
      return reply.redirect(session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id), 303);
    case 'requires_action':
      return page(reply, authenticationPage(view, `/c/pay/${session.id}/authenticate`));
    case 'refused':
      return show(reply, { ...view, problem: refusalWords(confirmation.refusal, view.language) });
  }
}

function intentOf(books: StripeBooks, session: Session): PaymentIntent {
  const known = books.intents.get(session.payment_intent ?? '');
  if (known !== undefined) return known;
  const asked = books.intentData.get(session.id);
  const intent = writeIntent(books, {
    amount: session.amount_total,
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
  return page(reply.code(view.problem === undefined ? 200 : 402), payPage(view));
}

function page(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(text);
}

function fieldsOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(typeof request.body === 'string' ? request.body : '');
}
