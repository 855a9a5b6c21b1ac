import { portalEvents, Refusal, type OutputOf, type portalOperations } from '@gigafibre/contract';
import { readCustomer, type Customer } from '../../domains/customers/index.ts';
import { sessionOf } from '../../domains/staff/index.ts';
import type { Env } from '../../env.ts';
import type { Actor, Reading, Tx } from '../../platform/acting.ts';
import { countRequest } from '../../platform/auth/rate-limit.ts';
import { openSession } from '../../platform/auth/sessions.ts';
import type { Visit } from '../../platform/http/route.ts';

const SESSION_HOURS = 12;
const OPENINGS_PER_ADDRESS = { hits: 60, windowSeconds: 15 * 60 };

type Opened = OutputOf<typeof portalOperations.openPortalLink>;

/** Opens a customer session with a link. Several customers behind one link: gives the choice, opens nothing. */
export async function openPortalLink(
  tx: Tx,
  env: Env,
  { token, customerId, visit }: { token: string; customerId: string | undefined; visit: Visit },
): Promise<Opened> {
  await countRequest(tx.db, `portal-open:${visit.address}`, OPENINGS_PER_ADDRESS, tx.now);
  const link = await env.links.read('portal', token, tx.now);
  const allowed = (link?.claims['customers'] ?? '').split(' ').filter(Boolean);
  const chosen = customerId ?? (allowed.length === 1 ? allowed[0] : undefined);
  if (!link || allowed.length === 0 || (chosen !== undefined && !allowed.includes(chosen)))
    throw new Refusal('link_not_valid');
  if (chosen === undefined) {
    const customers = await Promise.all(allowed.map((id) => readCustomer(tx, id)));
    return {
      session: null,
      choices: customers.map((customer) => ({ customerId: customer.id, name: customer.name })),
    };
  }
  const expiresAt = new Date(tx.now.getTime() + SESSION_HOURS * 3_600_000);
  const onBehalfOf = link.claims['onBehalfOf'] ?? null;
  const session = await openSession(tx, {
    kind: 'customer',
    actorId: chosen,
    openedBy: onBehalfOf ? 'staff' : 'link',
    expiresAt,
    onBehalfOf,
    address: visit.address,
    device: visit.device,
  });
  visit.keepSession(session, expiresAt);
  await tx.tell(portalEvents.portalOpened, {
    subject: chosen,
    customerId: chosen,
    data: { by: onBehalfOf ?? 'link' },
  });
  return {
    session: sessionOf(env, customerAsActor(await readCustomer(tx, chosen), onBehalfOf), expiresAt),
    choices: [],
  };
}

/** The customer of a session as an actor; null when the customer is gone. */
export async function customerActor(
  reading: Pick<Reading, 'db'>,
  { id, onBehalfOf }: { id: string; onBehalfOf: string | null },
): Promise<Actor | null> {
  try {
    return customerAsActor(await readCustomer(reading, id), onBehalfOf);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return null;
    throw error;
  }
}

const customerAsActor = (customer: Customer, onBehalfOf: string | null): Actor => ({
  kind: 'customer',
  id: customer.id,
  name: customer.name,
  capabilities: new Set(['portal.self']),
  language: customer.language,
  onBehalfOf,
});
