import { Readable } from 'node:stream';
import cookie from '@fastify/cookie';
import { refusals, Refusal, refusalWords, type Language, type Operation } from '@gigafibre/contract';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { randomUUID } from 'node:crypto';
import { NOBODY, type Actor } from '../acting.ts';
import type { Log } from '../log.ts';
import type { Ground } from '../transact.ts';
import { answersDirectly, carryOut } from './call.ts';
import { securityHeaders } from './security-headers.ts';
import type { Route, Surface, Visit } from './route.ts';

/** A request larger than this is refused before it is read. Photographs have their own limit. */
const BODY_BYTES_MAX = 256 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
const COMMAND_ID_CHARS_MAX = 200;
const URL_PARAM_CHARS_MAX = 4_000;

/** What tells who calls: given the credentials of a request, an actor (or nobody). */
export type Identify = (credentials: Credentials) => Promise<Actor>;
export type Credentials = Readonly<{
  surface: Surface;
  authorization: string | undefined;
  sessionToken: string | null;
  address: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}>;

export type ServerParts = Readonly<{
  ground: Ground;
  log: Log;
  identify: Identify;
  routes: readonly Route[];
  publicUrl: () => string;
}>;

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor;
    visit: Visit;
  }
}

/** Builds the HTTP server: every operation of the contract as a typed route, errors in one shape. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: URL_PARAM_CHARS_MAX },
    forceCloseConnections: true,
  });
  await app.register(cookie);
  app.decorateRequest('actor');
  app.decorateRequest('visit');
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(securityHeaders(request.url)).header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const fields = {
      requestId: request.id,
      method: request.method,
      path: request.routeOptions.url,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime),
    };
    parts.log[reply.statusCode >= 500 ? 'error' : 'info'](fields, 'request');
  });
  app.setErrorHandler((error: FastifyError, request, reply) => refuse(parts.log, error, { request, reply }));
  app.setNotFoundHandler((request, reply) =>
    refuse(parts.log, new Refusal('not_found', { what: request.url.slice(0, 200) }), { request, reply }),
  );
  for (const route of parts.routes) register(app, parts, route);
  return app;
}

function register(app: FastifyInstance, parts: ServerParts, route: Route): void {
  const { operation } = route;
  app.route({
    method: operation.method,
    url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    bodyLimit: operation.bodyBytesMax ?? BODY_BYTES_MAX,
    handler: async (request, reply) => {
      const visit = visitOf(request, reply, { operation, publicUrl: parts.publicUrl() });
      const by = await identifyCaller(parts, request, visit);
      const answer = await carryOut(parts.ground, route, {
        input: inputOf(operation, request),
        by,
        visit,
        commandId: commandIdOf(request),
      });
      return send(reply, operation, answer);
    },
  });
}

/** Who calls, with the cross-site guard: a cookie alone changes nothing when another site sent the request. */
export async function identifyCaller(
  parts: Pick<ServerParts, 'identify'>,
  request: FastifyRequest,
  visit: Visit,
): Promise<Actor> {
  const site = request.headers['sec-fetch-site'];
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
  const safe = request.method === 'GET' || request.method === 'HEAD';
  const by = await parts.identify({
    surface: visit.surface,
    authorization: request.headers.authorization,
    sessionToken: foreign && !safe ? null : visit.sessionToken,
    address: visit.address,
    headers: foreign && !safe ? {} : request.headers,
  });
  return by.kind === 'nobody' ? { ...NOBODY, language: languageOf(request) } : by;
}

/** The circumstances of a request. */
export function visitOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { operation, publicUrl }: { operation?: Operation; publicUrl: string },
): Visit {
  const surface = surfaceOf(request, operation);
  const name = `gf_${surface}`;
  return {
    surface,
    address: request.ip,
    device: request.headers['user-agent']?.slice(0, 300) ?? null,
    requestId: request.id,
    baseUrl: publicUrl,
    sessionToken: request.cookies[name] ?? null,
    keepSession: (token, expiresAt) => {
      const options = {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: publicUrl.startsWith('https:'),
      } as const;
      void (token === null
        ? reply.clearCookie(name, options)
        : reply.setCookie(name, token, { ...options, ...(expiresAt ? { expires: expiresAt } : {}) }));
    },
  };
}

const surfaces: readonly Surface[] = ['ops', 'field', 'portal'];
function surfaceOf(request: FastifyRequest, operation: Operation | undefined): Surface {
  const query = request.query as Record<string, unknown>; // fastify parses every query string into a record
  const named = request.headers['x-gigafibre-app'] ?? query['app'];
  const known = surfaces.find((surface) => surface === named);
  if (known) return known;
  if (operation?.allow === 'portal.self') return 'portal';
  return operation?.allow === 'field.work' ? 'field' : 'ops';
}

function inputOf(operation: Operation, request: FastifyRequest): unknown {
  const body = request.body ?? {};
  if (operation.kind === 'command' && (typeof body !== 'object' || Array.isArray(body)))
    throw new Refusal('malformed_body');
  const rest = operation.method === 'GET' ? request.query : body;
  return { ...(rest as object), ...(request.params as object) };
}

function commandIdOf(request: FastifyRequest): string | null {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return null;
  if (typeof header !== 'string' || header.length === 0 || header.length > COMMAND_ID_CHARS_MAX) {
    throw new Refusal('invalid_input', {
      field: 'Idempotency-Key',
      reason: `1 to ${COMMAND_ID_CHARS_MAX} characters`,
    });
  }
  return header;
}

function send(reply: FastifyReply, operation: Operation, answer: unknown): FastifyReply {
  if (!answersDirectly(operation)) return reply.header('cache-control', 'no-store').send(answer);
  const direct = answer as {
    type?: string;
    name?: string;
    bytes?: Uint8Array;
    pieces?: AsyncIterable<Uint8Array>;
    sizeBytes?: number;
    html?: string;
    status?: number;
    location?: string;
  };
  if (direct.location !== undefined) return reply.redirect(direct.location, 303);
  if (direct.html !== undefined)
    return reply
      .status(direct.status ?? 200)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(direct.html);
  const name = (direct.name ?? 'document').replaceAll(/[^\w.-]/g, '_');
  void reply.type(direct.type ?? 'application/octet-stream').header('cache-control', 'private, no-store');
  if (direct.pieces !== undefined)
    return reply
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('content-length', direct.sizeBytes)
      .send(Readable.from(direct.pieces));
  return reply
    .header('content-disposition', `inline; filename="${name}"`)
    .send(Buffer.from(direct.bytes ?? []));
}

const languageOf = (request: FastifyRequest): Language =>
  /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'fr';

const fastifyRefusals: Record<string, Refusal> = {
  FST_ERR_CTP_BODY_TOO_LARGE: new Refusal('too_large', { limit: '' }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new Refusal('unsupported_type'),
  FST_ERR_CTP_EMPTY_JSON_BODY: new Refusal('malformed_body'),
  FST_ERR_CTP_INVALID_JSON_BODY: new Refusal('malformed_body'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: new Refusal('malformed_body'),
};

/** Everything that goes wrong leaves here in one shape: `{error: {code, message, data, requestId}}`. */
function refuse(
  log: Log,
  error: FastifyError,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): FastifyReply {
  const refusal = error instanceof Refusal ? error : (fastifyRefusals[error.code] ?? clientError(error));
  if (!refusal) {
    log.error(
      { requestId: request.id, path: request.routeOptions.url, err: error.stack ?? error.message },
      'bug: request failed',
    );
  }
  const said = refusal ?? new Refusal('our_fault', { reference: request.id });
  const retryAfter = said.data['retryAfterSeconds'];
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  const message = refusalWords(said.code, said.data, languageOf(request));
  return reply
    .status(refusals[said.code].status)
    .send({ error: { code: said.code, message, data: said.data, requestId: request.id } });
}

const clientError = (error: FastifyError): Refusal | undefined =>
  error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
    ? new Refusal('malformed_body')
    : undefined;
