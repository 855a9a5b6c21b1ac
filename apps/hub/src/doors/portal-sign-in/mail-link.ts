import { customersByIdentifier } from '../../domains/customers/index.ts';
import { sendMessage } from '../../domains/messages/index.ts';
import type { Env } from '../../env.ts';
import type { Tx } from '../../platform/acting.ts';
import { secretToken } from '../../platform/chance.ts';

const LINK_HOURS = 24;

/**
 * Sends the link by e-mail and SMS to the addresses on file. One link for all customers the identifier
 * matches: the choice is offered after it is opened. Nobody matched: nothing is written.
 */
export async function mailPortalLink(
  tx: Tx,
  env: Env,
  { identifier }: { identifier: string },
): Promise<void> {
  const matches = await customersByIdentifier(tx, identifier);
  const [first] = matches;
  if (!first) return;
  const id = secretToken();
  const url = await portalLink(env, { customerIds: matches.map((customer) => customer.id), now: tx.now, id });
  await sendMessage(tx, env, {
    template: 'portal_link',
    to: { customerId: first.id },
    variables: { name: first.name, url },
    idempotencyKey: `portal-link:${id}`,
    channels: ['email', 'sms'],
  });
}

/** A link that opens the portal for these customers (or offers the choice among them) for 24 hours. */
export async function portalLink(
  env: Env,
  {
    customerIds,
    now,
    id,
    onBehalfOf,
  }: { customerIds: readonly string[]; now: Date; id: string; onBehalfOf?: string },
): Promise<string> {
  const [subject = ''] = customerIds;
  const claims = { customers: customerIds.join(' '), ...(onBehalfOf ? { onBehalfOf } : {}) };
  const token = await env.links.sign('portal', {
    subject,
    claims,
    now,
    expiresAt: new Date(now.getTime() + LINK_HOURS * 3_600_000),
    id,
  });
  return `${env.publicUrl()}/portal/#/login?token=${token}`;
}
