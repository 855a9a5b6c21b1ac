/**
 * A mail server that keeps what it receives, with an inbox to read.
 *
 * Sentinels, by the recipient's domain: `@bounce.test` refused 550 · `@greylist.test` 451 the first time a
 * sender writes there, taken after · `@full.test` 452 always · `@data554.test` refused 554 after the letter ·
 * `@hang.test` never answers after the letter · `@drop.test` takes the letter and cuts the connection.
 */
import { recordOf } from '@gigafibre/outside/wire';
import { createHttpSimulator, listenOnLoopback } from '../kit/http-simulator.ts';
import { controlPage, html, recordTable, sentinelList } from '../kit/page.ts';
import type { SimEnv } from '../kit/sim-env.ts';
import { MailBox, type ReceivedMail } from './mail-box.ts';
import { createMailServer, MAIL_SENTINELS } from './mail-server.ts';

/** A running mail server. */
export type SmtpSimulator = {
  /** Where letters go: `127.0.0.1` and a port, no TLS, no credentials needed. */
  readonly host: string;
  readonly port: number;
  /** `http://127.0.0.1:<port>`: the inbox as a page at `/`, as JSON at `/mail?to=`. */
  readonly address: string;
  /** Letters received so far, oldest first; to one address when given. */
  mail(to?: string): readonly ReceivedMail[];
  state(): Record<string, unknown>;
  stop(): Promise<void>;
};

/** Starts it on loopback ports, 0 for any. */
export async function startSmtp(options: {
  env: SimEnv;
  port?: number;
  httpPort?: number;
}): Promise<SmtpSimulator> {
  const box = new MailBox(options.env);
  const server = await createMailServer(box, options.port ?? 0);
  const app = createHttpSimulator();
  app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(inboxPage(box)));
  app.get('/state', async () => ({ mail: box.all }));
  app.get('/mail', async (request) => box.to(textOf(recordOf(request.query)['to'])));
  app.get('/mail/:id/html', async (request, reply) => {
    const letter = box.all.find(({ id }) => id === recordOf(request.params)['id']);
    if (letter === undefined) return reply.code(404).send('no such letter');
    // A letter is shown but may not run anything.
    reply.header('content-security-policy', 'sandbox allow-popups allow-top-navigation-by-user-activation');
    return reply.type('text/html; charset=utf-8').send(letter.html ?? html`<pre>${letter.text}</pre>`.html);
  });
  const address = await listenOnLoopback(app, options.httpPort ?? 0);
  return {
    host: server.host,
    port: server.port,
    address,
    mail: (to) => box.to(to),
    state: () => ({ mail: box.all }),
    stop: async () => {
      await server.stop();
      await app.close();
    },
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function inboxPage(box: MailBox): string {
  const rows = box.all.map(({ id, receivedAt, to, subject, text, attachments }) => ({
    receivedAt,
    to,
    subject,
    text: text.slice(0, 400),
    attachments: attachments.map(({ filename, bytes }) => `${filename} (${bytes})`).join(', '),
    letter: `/mail/${id}/html`,
  }));
  return controlPage(
    'Mail, simulated',
    html`${sentinelList(MAIL_SENTINELS)}
      <h2>Inbox</h2>
      ${recordTable(rows)}`,
  );
}
