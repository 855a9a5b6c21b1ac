/**
 * Twilio's messages as they behave on the wire: create, list, fetch, signed status callbacks.
 *
 * Sentinels, by the last two digits of the recipient: 99 sent but never delivered · 98 refused 21610 opted
 * out · 97 HTTP 500 · 96 never answers · 95 sends and never answers · 94 undelivered 30003 · 93 undelivered
 * 30007 · 92 refused 21614. A token containing `invalid` is refused. And `sim:<fault>` anywhere in a request (`kit/faults.ts`).
 */
import { parsedJson, recordOf } from '@gigafibre/outside/wire';
import type { FastifyInstance } from 'fastify';
import { DELIVERY_MODES, type DeliveryMode } from '../kit/delivery-queue.ts';
import { FAULT_SENTINELS, FaultPlan, installFaults, type Fault } from '../kit/faults.ts';
import { createHttpSimulator, listenOnLoopback } from '../kit/http-simulator.ts';
import { controlPage, html, recordTable, sentinelList } from '../kit/page.ts';
import type { SimEnv } from '../kit/sim-env.ts';
import { TwilioBooks, type TwilioCredentials } from './books.ts';
import { serveMessages } from './api.ts';
import { createCallbacks } from './callbacks.ts';
import type { TwilioMessage } from './messages.ts';
import { NUMBER_FATES } from './sentinels.ts';

/** A running Twilio. */
export type TwilioSimulator = {
  readonly address: string;
  readonly credentials: TwilioCredentials;
  /** Messages accepted so far, oldest first; to one number when given. */
  messages(to?: string): readonly TwilioMessage[];
  setCallbackMode(mode: DeliveryMode, delayMs?: number): void;
  releaseCallbacks(): number;
  /** Resolves when every callback on its way has been answered. */
  settled(): Promise<void>;
  orderFault(fault: Fault, count?: number): void;
  state(): Record<string, unknown>;
  stop(): Promise<void>;
};

/** An account for whoever has none; any other is taken as well. */
const CREDENTIALS: TwilioCredentials = {
  accountSid: 'AC00000000000000000000000000000001',
  authToken: 'simulated-twilio-token',
};

/** Starts it on a loopback port, 0 for any. */
export async function startTwilio({
  env,
  port = 0,
}: {
  env: SimEnv;
  port?: number;
}): Promise<TwilioSimulator> {
  const callbacks = createCallbacks(env);
  const books = new TwilioBooks(env, callbacks);
  const faults = new FaultPlan();
  const app = createHttpSimulator();
  installFaults(app, {
    plan: faults,
    applies: (url) => url.startsWith('/2010-04-01/'),
    errorBody: (status) => ({ code: status === 429 ? 20429 : 20500, message: 'Simulated fault', status }),
  });
  serveMessages(app, books);
  serveControl(app, books);
  const address = await listenOnLoopback(app, port);
  return {
    address,
    credentials: CREDENTIALS,
    messages: (to) => books.messages.filter((message) => to === undefined || message.to === to),
    setCallbackMode: (mode, delayMs) => callbacks.setMode(mode, delayMs),
    releaseCallbacks: () => callbacks.release(),
    settled: () => callbacks.settled(),
    orderFault: (fault, count = 1) => faults.order(fault, count),
    state: () => stateOf(books),
    stop: async () => {
      await callbacks.stop();
      await app.close();
    },
  };
}

function serveControl(app: FastifyInstance, books: TwilioBooks): void {
  app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(pageOf(books)));
  app.get('/state', async () => stateOf(books));
  app.get('/messages', async (request) => {
    const to = recordOf(request.query)['to'];
    return books.messages.filter((message) => to === undefined || message.to === to);
  });
  app.post('/_control/callbacks', async (request, reply) => {
    const { mode } = recordOf(parsedJson(String(request.body)));
    const known = DELIVERY_MODES.find((one) => one === mode);
    if (known === undefined)
      return reply.code(400).send({ error: `mode is one of ${DELIVERY_MODES.join(', ')}` });
    books.callbacks.setMode(known);
    return { mode: known };
  });
  app.post('/_control/release', async () => ({ released: books.callbacks.release() }));
}

function stateOf(books: TwilioBooks): Record<string, unknown> {
  const { callbacks, messages } = books;
  return {
    messages,
    callbacks: { mode: callbacks.mode, held: callbacks.heldCount, deliveries: callbacks.records },
  };
}

function pageOf(books: TwilioBooks): string {
  const sentinels = [...NUMBER_FATES].map(([end, { note }]) => [`a number ending ${end}`, note] as const);
  const rows = books.messages.map(({ created, to, body, status, sid }) => ({
    created,
    to,
    body,
    status,
    sid,
  }));
  return controlPage(
    'Twilio, simulated',
    html`${sentinelList([...sentinels, ['a token containing “invalid”', 'refused, 401'], ...FAULT_SENTINELS])}
      <h2>Messages</h2>
      ${recordTable(rows)}
      <h2>Callbacks</h2>
      ${recordTable(books.callbacks.records)}`,
  );
}
