import { Refusal } from '@gigafibre/contract';
import type { Outcome } from '@gigafibre/outside/outcome';
import type { SavedKind } from '@gigafibre/outside/payments';
import type { Env } from '../../../env.ts';
import { linkId } from '../../../platform/chance.ts';
import type { Acting } from '../../../platform/http/route.ts';
import { readCustomer } from '../../customers/index.ts';
import { payerOf } from '../start-checkout.ts';

type Parts = Pick<Env, 'outside' | 'publicUrl' | 'log'>;
type Asking = Pick<Acting, 'reading' | 'transact'>;

/** When debits happen, as the mandate says it to the payer. */
const INTERVAL = {
  fr: 'Chaque mois, à la date d’échéance de la facture, montant variable',
  en: 'Every month, on the due date of the invoice, variable amount',
} as const;

/** Opens a page on which a customer saves a card or a bank account. Nothing is paid and nothing is kept until they do. */
export async function openSetup(
  env: Parts,
  acting: Asking,
  { customerId, kind }: { customerId: string; kind: SavedKind },
): Promise<{ url: string }> {
  const customer = await readCustomer(acting.reading, customerId);
  const customerRef = await known(env, acting, customerId);
  const back = `${env.publicUrl()}/portal/#/payment-methods`;
  const outcome = await env.outside.payments.createSetup({
    customerRef,
    kind,
    category: customer.kind === 'business' ? 'business' : 'personal',
    intervalDescription: INTERVAL[customer.language],
    metadata: { customerId },
    successUrl: `${back}?saved=1`,
    cancelUrl: back,
    idempotencyKey: `setup-${customerId}-${linkId()}`,
    locale: customer.language === 'fr' ? 'fr-CA' : 'en',
  });
  return { url: valueOr(env, outcome).url };
}

/** Opens the provider's own page on which a customer looks after their methods. */
export async function openPortal(
  env: Parts,
  acting: Asking,
  { customerId }: { customerId: string },
): Promise<{ url: string }> {
  const { language } = await readCustomer(acting.reading, customerId);
  const outcome = await env.outside.payments.openPortal({
    customerRef: await known(env, acting, customerId),
    returnUrl: `${env.publicUrl()}/portal/#/payment-methods`,
    locale: language === 'fr' ? 'fr-CA' : 'en',
  });
  return { url: valueOr(env, outcome).url };
}

async function known(env: Parts, acting: Asking, customerId: string): Promise<string> {
  const ref = await payerOf(env, acting, customerId);
  if (ref === null) throw new Refusal('payment_refused', { reason: 'customer' });
  return ref;
}

function valueOr<T>(env: Parts, outcome: Outcome<T>): T {
  if (outcome.is === 'done') return outcome.value;
  if (outcome.is === 'declined') throw new Refusal('payment_refused', { reason: outcome.code });
  const { vendor } = env.outside.payments;
  env.log.warn({ vendor, outcome: outcome.is, reason: outcome.reason }, 'provider page not opened');
  throw new Refusal('outside_unavailable', { system: vendor });
}
