import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { LOOPBACK } from '../kit/sim-env.ts';
import type { MailBox } from './mail-box.ts';

/** What each domain does, for the list on the page. */
export const MAIL_SENTINELS = [
  ['…@bounce.test', 'refused 550, no such mailbox'],
  ['…@greylist.test', 'refused 451 the first time, taken after'],
  ['…@full.test', 'refused 452, mailbox full'],
  ['…@data554.test', 'refused 554 after the letter was given'],
  ['…@hang.test', 'takes the letter and never answers'],
  ['…@drop.test', 'takes the letter and cuts the connection'],
] as const;

const MAX_LETTER_BYTES = 30_000_000;
const CLOSE_TIMEOUT_MS = 100;

type Answer = (error?: Error | null) => void;

/** Starts the SMTP side of the simulator. */
export async function createMailServer(
  box: MailBox,
  port: number,
): Promise<{ host: string; port: number; stop(): Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    size: MAX_LETTER_BYTES,
    closeTimeout: CLOSE_TIMEOUT_MS,
    disableReverseLookup: true,
    onAuth: (auth, _session, answer) => answer(null, { user: auth.username ?? '' }),
    onRcptTo: ({ address }, session, answer) => answer(recipientRefusal(box, senderOf(session), address)),
    onData: (stream, session, answer) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const cut = () => connectionOf(server, session)?.close();
        void take(box, Buffer.concat(chunks), { session, answer, cut });
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => resolve());
  });
  // From now on a client that goes away in the middle is its own affair.
  server.on('error', () => {});
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('mail server without a port');
  return { host: LOOPBACK, port: address.port, stop: () => new Promise((resolve) => server.close(resolve)) };
}

function recipientRefusal(box: MailBox, from: string, to: string): Error | null {
  switch (domainOf(to)) {
    case 'bounce.test':
      return refusal(550, `5.1.1 <${to}>: no such mailbox`);
    case 'full.test':
      return refusal(452, `4.2.2 <${to}>: mailbox full`);
    case 'greylist.test':
      return box.isNewPair(from, to) ? refusal(451, '4.7.1 greylisted, try again later') : null;
    default:
      return null;
  }
}

type Taking = { readonly session: SMTPServerSession; readonly answer: Answer; readonly cut: () => void };

async function take(box: MailBox, raw: Buffer, { session, answer, cut }: Taking): Promise<void> {
  const to = session.envelope.rcptTo.map(({ address }) => address);
  const domain = domainOf(to[0] ?? '');
  if (domain === 'data554.test') return answer(refusal(554, '5.7.1 message rejected as spam'));
  await box.keep(raw, { from: senderOf(session), to });
  if (domain === 'hang.test') return undefined;
  if (domain === 'drop.test') return cut();
  return answer(null);
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function senderOf(session: SMTPServerSession): string {
  const { mailFrom } = session.envelope;
  return mailFrom === false ? '' : mailFrom.address;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

function connectionOf(server: SMTPServer, session: SMTPServerSession) {
  return [...server.connections].find((connection) => connection.session === session);
}
