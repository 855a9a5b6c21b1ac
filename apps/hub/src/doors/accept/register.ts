import { Refusal, type Language } from '@gigafibre/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { noteShown, openLink, readQuote, type Offer, type OpenedLink } from '../../domains/sales/index.ts';
import type { Env } from '../../env.ts';
import { NOBODY, type Reading } from '../../platform/acting.ts';
import { countRequest } from '../../platform/auth/rate-limit.ts';
import { readCompany } from '../../platform/company.ts';
import { transact } from '../../platform/transact.ts';
import { readAssets } from './assets.ts';
import { offerPage } from './offer-page.ts';
import { donePage, refusedPage } from './state-page.ts';

const OPENINGS = { hits: 120, windowSeconds: 15 * 60 };
const ASSET_SECONDS = 3_600;
/** Nothing inline, nothing from elsewhere, nothing in a frame. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** `/accept/{token}`: the contract to read and sign, or what became of it. */
export function registerAcceptPage(app: FastifyInstance, env: Env): void {
  const assets = readAssets();
  app.get<{ Params: { name: string } }>('/accept/assets/:name', async (request, reply) => {
    const asset = assets.get(request.params.name);
    if (!asset) throw new Refusal('not_found', { what: request.params.name });
    return reply
      .type(asset.type)
      .header('cache-control', `public, max-age=${ASSET_SECONDS}`)
      .send(asset.body);
  });
  app.get<{ Params: { token: string } }>('/accept/:token', async (request, reply) => {
    const reading = { db: env.db, by: NOBODY, now: env.clock.now() };
    await countRequest(env.db, `accept-page:${request.ip}`, OPENINGS, reading.now);
    void reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-security-policy', POLICY)
      .header('permissions-policy', 'camera=(), geolocation=(), microphone=()');
    return showLink(env, reading, { request, reply, token: request.params.token });
  });
}

type Asked = Readonly<{ request: FastifyRequest; reply: FastifyReply; token: string }>;

async function showLink(env: Env, reading: Reading, { request, reply, token }: Asked): Promise<FastifyReply> {
  const company = await readCompany(env.db);
  const wished = wishedLanguage(request);
  const base = `/accept/${encodeURIComponent(token)}`;
  const opened = await openLink(reading, { env, token }).catch(onlyInvalid);
  if (!opened) {
    const page = { language: wished ?? 'fr', company, base } as const;
    return reply.status(404).send(refusedPage({ ...page, code: 'link_not_valid', offer: null }));
  }
  const { offer, refusal } = opened;
  if (refusal) return reply.send(await closedPage(reading, opened, { wished, company, base }));
  const language = await noteVisit(env, { offer, wished, request });
  return reply.send(offerPage({ offer, language, company, base }));
}

/** A foreign or too old token is answered with a page; anything else is a bug and stays one. */
function onlyInvalid(error: unknown): null {
  if (error instanceof Refusal && error.code === 'link_not_valid') return null;
  throw error;
}

type Around = {
  wished: Language | undefined;
  company: Awaited<ReturnType<typeof readCompany>>;
  base: string;
};

async function closedPage(
  reading: Reading,
  { offer, refusal }: OpenedLink,
  { wished, company, base }: Around,
): Promise<string> {
  const page = { language: wished ?? offer.language, company, base };
  const code = refusal?.code ?? 'link_not_valid';
  if (code !== 'quote_already_accepted') return refusedPage({ ...page, code, offer });
  const { order } = await readQuote(reading, { id: offer.quoteId });
  return donePage({ ...page, offer, contractReady: order?.contractReady ?? false });
}

/** Writes down what this visit is shown, and says in which language: English only once French has been shown. */
async function noteVisit(
  env: Env,
  { offer, wished, request }: { offer: Offer; wished: Language | undefined; request: FastifyRequest },
): Promise<Language> {
  const whence = { address: request.ip, device: request.headers['user-agent']?.slice(0, 300) ?? null };
  return transact(env.ground, { by: NOBODY, requestId: request.id }, (tx) =>
    noteShown(tx, { offer, wished: wished ?? 'fr', whence }),
  );
}

function wishedLanguage(request: FastifyRequest): Language | undefined {
  const query = request.query as Record<string, unknown>; // fastify parses every query string into a record
  return query['lang'] === 'en' ? 'en' : query['lang'] === 'fr' ? 'fr' : undefined;
}
