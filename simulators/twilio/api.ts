import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { recordOf } from '@gigafibre/outside/wire';
import { formFields } from '../kit/http-form.ts';
import type { TwilioBooks, TwilioCredentials } from './books.ts';
import { shownMessage, type TwilioMessage } from './messages.ts';
import { fateOf } from './sentinels.ts';

const MAX_BODY_LENGTH = 1_600;
const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1_000;
const E164 = /^\+[1-9]\d{7,14}$/;

/** Serves `/2010-04-01/Accounts/:account/Messages`. */
export function serveMessages(app: FastifyInstance, books: TwilioBooks): void {
  const base = '/2010-04-01/Accounts/:account/Messages';
  app.addHook('preHandler', async (request, reply) => {
    if (request.url.startsWith('/2010-04-01/') && credentialsOf(request) === null) {
      await refuse(reply, { status: 401, code: 20003, message: 'Authenticate' });
    }
  });
  app.post(`${base}.json`, async (request, reply) => create(books, request, reply));
  app.get(`${base}.json`, async (request) => list(books, request));
  app.get(`${base}/:sid`, async (request, reply) => {
    const sid = String(recordOf(request.params)['sid']).replace(/\.json$/, '');
    const message = books.messages.find((one) => one.sid === sid);
    if (message !== undefined) return shownMessage(message);
    return refuse(reply, {
      status: 404,
      code: 20404,
      message: `The requested resource ${request.url} was not found`,
    });
  });
}

/** Answers with an error in Twilio's shape. */
export function refuse(
  reply: FastifyReply,
  { status, code, message }: { status: number; code: number; message: string },
): FastifyReply {
  const body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  return reply.code(status).send(body);
}

async function create(
  books: TwilioBooks,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const fields = formFields(request.body);
  const { To: to = '', From: from = '', Body: body = '', StatusCallback: statusCallback = null } = fields;
  if (!E164.test(to))
    return refuse(reply, { status: 400, code: 21211, message: `Invalid 'To' Phone Number: ${to}` });
  if (!E164.test(from))
    return refuse(reply, { status: 400, code: 21212, message: `Invalid From Number (caller ID): ${from}` });
  if (body === '') return refuse(reply, { status: 400, code: 21602, message: 'Message body is required.' });
  if (body.length > MAX_BODY_LENGTH) {
    const message = `The concatenated message body exceeds the ${MAX_BODY_LENGTH} character limit`;
    return refuse(reply, { status: 400, code: 21617, message });
  }
  const fate = fateOf(to);
  if (fate.is === 'refused')
    return refuse(reply, { status: 400, code: fate.code, message: `${to}: ${fate.message}` });
  if (fate.is === 'server_error')
    return refuse(reply, { status: 500, code: 20500, message: 'Internal Server Error' });
  if (fate.is === 'hangs' && !fate.accepts) return reply.hijack();
  const credentials = credentialsOf(request);
  if (credentials === null) return reply;
  const message = books.accept({ to, from, body, statusCallback }, fate, credentials);
  if (fate.is === 'hangs') return reply.hijack();
  return reply.code(201).send(shownMessage(message));
}

function list(books: TwilioBooks, request: FastifyRequest): object {
  const query = recordOf(request.query);
  const accountSid = String(recordOf(request.params)['account']);
  const size = Math.min(Number(query['PageSize'] ?? DEFAULT_PAGE_SIZE) || DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
  const page = Number(query['Page'] ?? 0) || 0;
  const found = books.messages
    .filter((one) => one.accountSid === accountSid && matches(one, query))
    .toReversed();
  const shown = found.slice(page * size, (page + 1) * size);
  const base = `/2010-04-01/Accounts/${accountSid}/Messages.json`;
  const more = (page + 1) * size < found.length;
  return {
    messages: shown.map((message) => shownMessage(message)),
    page,
    page_size: size,
    start: page * size,
    end: page * size + shown.length - 1,
    first_page_uri: `${base}?PageSize=${size}&Page=0`,
    previous_page_uri: page === 0 ? null : `${base}?PageSize=${size}&Page=${page - 1}`,
    next_page_uri: more ? nextPage(base, query, { size, page }) : null,
    uri: request.url,
  };
}

function nextPage(
  base: string,
  query: Readonly<Record<string, unknown>>,
  at: { size: number; page: number },
): string {
  const kept = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  const params = new URLSearchParams({
    ...Object.fromEntries(kept),
    PageSize: String(at.size),
    Page: String(at.page + 1),
  });
  return `${base}?${params.toString()}`;
}

/** `DateSent>` means on or after, to the second. */
function matches(message: TwilioMessage, query: Readonly<Record<string, unknown>>): boolean {
  const since = query['DateSent>'];
  if (query['To'] !== undefined && query['To'] !== message.to) return false;
  if (query['From'] !== undefined && query['From'] !== message.from) return false;
  if (since === undefined) return true;
  return (message.sent ?? message.created).getTime() + 999 >= new Date(String(since)).getTime();
}

/** The account and token of a request; null when they are no account's, or not of the account it asks for. */
function credentialsOf(request: FastifyRequest): TwilioCredentials | null {
  const encoded = /^Basic (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [accountSid = '', authToken = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const known = /^AC[0-9a-f]{32}$/.test(accountSid) && authToken !== '' && !authToken.includes('invalid');
  return known && recordOf(request.params)['account'] === accountSid ? { accountSid, authToken } : null;
}
