import { createHttpSimulator, listenOnLoopback } from './http-simulator.ts';

/** A webhook as it arrived. */
export type CaughtWebhook = { readonly body: string; readonly headers: Readonly<Record<string, unknown>> };

/** A receiver of webhooks for tests: keeps what arrives and answers with `status`. */
export type WebhookCatcher = {
  readonly url: string;
  readonly caught: CaughtWebhook[];
  /** Status answered from now on; 200 at first. */
  answerWith(status: number): void;
  stop(): Promise<void>;
};

/** Starts a receiver on a loopback port. */
export async function catchWebhooks(): Promise<WebhookCatcher> {
  const app = createHttpSimulator();
  const caught: CaughtWebhook[] = [];
  let status = 200;
  app.post('/*', async (request, reply) => {
    caught.push({ body: String(request.body), headers: request.headers });
    return reply.code(status).send('');
  });
  const address = await listenOnLoopback(app, 0);
  return {
    url: `${address}/webhook`,
    caught,
    answerWith: (next) => {
      status = next;
    },
    stop: () => app.close(),
  };
}
