import type { FastifyInstance } from 'fastify';
import { parsedJson, recordOf } from '@gigafibre/outside/wire';
import { DELIVERY_MODES, type DeliveryMode } from '../kit/delivery-queue.ts';
import { FAULT_SENTINELS, FAULTS, isFault, type FaultPlan } from '../kit/faults.ts';
import { controlPage, html, recordTable, sentinelList } from '../kit/page.ts';
import type { StripeBooks } from './books.ts';
import { payOut } from './balance.ts';
import { TEST_ACCOUNTS } from './bank-accounts.ts';
import { clearDebits } from './charge-card.ts';
import { settleRefunds } from './refunds.ts';
import { TEST_CARDS, TEST_TOKENS } from './cards.ts';
import type { StripeWebhooks } from './webhooks.ts';

type Parts = { readonly books: StripeBooks; readonly webhooks: StripeWebhooks; readonly faults: FaultPlan };

/** Serves the control page at `/`, the state at `/state` and the switches under `/_control`. */
export function serveControl(app: FastifyInstance, parts: Parts): void {
  const { books, webhooks, faults } = parts;
  app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(stripePage(parts)));
  app.get('/state', async () => stripeState(parts));
  app.post('/_control/webhooks', async (request, reply) => {
    const { mode, delayMs } = bodyOf(request.body);
    if (!isMode(mode)) return reply.code(400).send({ error: `mode is one of ${DELIVERY_MODES.join(', ')}` });
    webhooks.queue.setMode(mode, typeof delayMs === 'number' ? Math.min(Math.max(delayMs, 0), 60_000) : 0);
    return { mode };
  });
  app.post('/_control/release', async () => ({ released: webhooks.queue.release() }));
  app.post('/_control/replay/:id', async (request, reply) => {
    const event = books.events.find(({ id }) => id === recordOf(request.params)['id']);
    if (event === undefined) return reply.code(404).send({ error: 'no such event' });
    webhooks.deliver(event);
    return { replayed: event.id };
  });
  app.post('/_control/clear-banks', async () => {
    clearDebits(books);
    settleRefunds(books);
    return { cleared: true };
  });
  app.post('/_control/pay-out', async () => ({ payout: payOut(books)?.id ?? null }));
  app.post('/_control/faults', async (request, reply) => {
    const { fault, count } = bodyOf(request.body);
    if (!isFault(fault))
      return reply.code(400).send({ error: `fault is one of ${Object.keys(FAULTS).join(', ')}` });
    faults.order(fault, typeof count === 'number' ? count : 1);
    return { pending: faults.pending };
  });
}

/** Everything this Stripe knows, as JSON. */
export function stripeState({ books, webhooks, faults }: Parts): Record<string, unknown> {
  return {
    webhooks: {
      endpoint: webhooks.endpoint?.url ?? null,
      mode: webhooks.queue.mode,
      held: webhooks.queue.heldCount,
      deliveries: webhooks.queue.records,
    },
    faults: faults.pending,
    customers: [...books.customers.values()],
    sessions: [...books.sessions.values()],
    paymentIntents: [...books.intents.values()],
    charges: [...books.charges.values()],
    refunds: [...books.refunds.values()],
    paymentMethods: [...books.paymentMethods.values()],
    setupIntents: [...books.setupIntents.values()],
    disputes: [...books.disputes.values()],
    payouts: [...books.payouts.values()],
    events: books.events.map(({ id, type, created }) => ({ id, type, created })),
  };
}

function stripePage({ books, webhooks }: Parts): string {
  const sentinels = [
    ...[...TEST_CARDS].map(([number, { note }]) => [`card ${number}`, note] as const),
    ...[...TEST_TOKENS].map(([token, number]) => [token, `card ${number}`] as const),
    ...[...TEST_ACCOUNTS].map(([number, { is }]) => [`account 000-11000-${number}`, `debit ${is}`] as const),
    ['API key containing “invalid”', 'refused, 401'] as const,
    ...FAULT_SENTINELS,
  ];
  const events = books.events.map(({ id, type, created }) => ({ at: new Date(created * 1000), type, id }));
  const sessions = [...books.sessions.values()].map((session) => ({
    id: session.id,
    status: session.status,
    amount: session.amount_total,
    page: session.url,
  }));
  return controlPage(
    'Stripe, simulated',
    html`${sentinelList(sentinels)}
      <h2>Webhooks</h2>
      <p>
        To <code>${webhooks.endpoint?.url ?? 'nowhere yet'}</code>, mode ${webhooks.queue.mode},
        ${webhooks.queue.heldCount} held. <code>POST /_control/webhooks {"mode":"hold"}</code>,
        <code>POST /_control/release</code>, <code>POST /_control/replay/:eventId</code>.
      </p>
      ${recordTable(webhooks.queue.records)}
      <h2>Checkout sessions</h2>
      ${recordTable(sessions)}
      <h2>Events</h2>
      ${recordTable(events)}`,
  );
}

function isMode(mode: unknown): mode is DeliveryMode {
  return DELIVERY_MODES.some((known) => known === mode);
}

function bodyOf(body: unknown): Readonly<Record<string, unknown>> {
  return recordOf(typeof body === 'string' ? parsedJson(body) : undefined);
}
