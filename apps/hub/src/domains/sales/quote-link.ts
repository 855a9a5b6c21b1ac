import { addDays, civilDateOf, endOfDay } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import type { Env } from '../../env.ts';
import type { Reading } from '../../platform/acting.ts';
import { sameSecret } from '../../platform/chance.ts';
import { fingerprintOf, whyNotAcceptable, type Offer } from './quote.ts';
import { readOffer } from './read-quotes.ts';
import * as store from './store.ts';

/** After its last day a link still opens, to say in words that it has expired. */
const EXPLAINS_DAYS = 90;

/**
 * The address of the signing page of a version. It names the version and the fingerprint of its content, and is
 * the same each time it is made: the one in the e-mail, in the SMS and in the PDF's code are one link.
 */
export async function quoteUrl(env: Pick<Env, 'links' | 'publicUrl'>, offer: Offer): Promise<string> {
  const token = await env.links.sign('quote', {
    subject: offer.quoteId,
    claims: { version: String(offer.version), fingerprint: fingerprintOf(offer) },
    now: new Date(offer.createdAt),
    expiresAt: endOfDay(addDays(offer.validUntil, EXPLAINS_DAYS)),
  });
  return `${env.publicUrl()}/accept/${token}`;
}

/** What stands behind a link: the offer, and why it cannot be accepted when it cannot. */
export type OpenedLink = Readonly<{ offer: Offer; refusal: Refusal | null; status: string }>;

/**
 * Reads a link. Refused `link_not_valid` when it is not ours or too old; an offer that is expired, superseded,
 * declined, accepted or not what was sent comes with its refusal.
 */
export async function openLink(
  reading: Pick<Reading, 'db' | 'now'>,
  { env, token }: { env: Pick<Env, 'links'>; token: string },
): Promise<OpenedLink> {
  const link = await env.links.read('quote', token, reading.now);
  const version = Number(link?.claims['version']);
  const quote = link ? await store.quoteById(reading.db, link.subject) : undefined;
  if (!link || !quote || !Number.isInteger(version)) throw new Refusal('link_not_valid');
  const offer = await readOffer(reading, { id: quote.id, version });
  const today = civilDateOf(reading.now);
  const same = sameSecret(link.claims['fingerprint'] ?? '', fingerprintOf(offer));
  const refusal =
    whyNotAcceptable(quote, { version, validUntil: offer.validUntil, today }) ??
    (same ? null : new Refusal('quote_altered', { quote: quote.id }));
  return { offer, refusal, status: quote.status };
}

/** The offer behind a link that can be accepted today; refused otherwise. */
export async function acceptableOffer(
  reading: Pick<Reading, 'db' | 'now'>,
  link: { env: Pick<Env, 'links'>; token: string },
): Promise<Offer> {
  const { offer, refusal } = await openLink(reading, link);
  if (refusal) throw refusal;
  return offer;
}
