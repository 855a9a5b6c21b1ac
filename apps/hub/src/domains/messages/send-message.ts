import { messagesEvents, type Language } from '@gigafibre/contract';
import type { Env } from '../../env.ts';
import type { Tx } from '../../platform/acting.ts';
import { keepShortLink, shorten, type ShortLink } from '../../platform/auth/short-links.ts';
import { json } from '../../platform/transact.ts';
import { billingEmail, readCustomer } from '../customers/index.ts';
import { mayLeave } from './mode.ts';
import * as store from './store.ts';
import { render, type Rendered } from './template.ts';
import { templates, type TemplateName } from './templates/index.ts';

type Channel = 'email' | 'sms';
export type Recipient = Readonly<
  | { customerId: string }
  | { email?: string | null; phone?: string | null; language: Language; customerId?: never }
>;
export type Sending = Readonly<{
  template: TemplateName;
  to: Recipient;
  variables: Readonly<Record<string, unknown>>;
  /** The same key never writes twice: derive it from what causes the message. */
  idempotencyKey: string;
  /** Channels to use, each when there is an address for it. E-mail by default. */
  channels?: readonly Channel[];
  /** Documents to enclose in the e-mail, by the path of the operation that gives them; an SMS encloses nothing. */
  attachments?: readonly { name: string; path: string }[];
}>;

/**
 * Writes a message into the outbox, one row per channel, in the transaction that causes it. Whether it leaves
 * is decided here by the mode and the suppression list. In a text message our own signed links stand shortened.
 * Returns the ids written now (none when repeated).
 */
export async function sendMessage(
  tx: Tx,
  env: Pick<Env, 'messageMode' | 'publicUrl'>,
  sending: Sending,
): Promise<string[]> {
  const declared = templates.get(sending.template);
  if (!declared) throw new Error(`no template is called ${sending.template}`);
  const { addresses, language, customerId } = await addressesOf(tx, sending.to);
  const rendered = render(declared, language, sending.variables);
  const short = shortened(env.publicUrl(), rendered);
  const written: string[] = [];
  for (const channel of sending.channels ?? ['email']) {
    const address = addresses[channel];
    if (!address) continue;
    const status = await statusFor(tx, env, { channel, address });
    const row = await store.insertMessage(tx.db, {
      channel,
      purpose: declared.purpose,
      customer_id: customerId,
      to_address: address,
      language,
      template: declared.name,
      subject: channel === 'email' ? rendered.subject : null,
      body_text: channel === 'email' ? rendered.text : short.text,
      body_html: channel === 'email' ? rendered.html : null,
      attachments: json(channel === 'email' ? (sending.attachments ?? []) : []),
      status,
      secret: declared.secret,
      idempotency_key: `${sending.idempotencyKey}:${channel}`,
      created_at: tx.now,
      moved_at: tx.now,
    });
    if (!row) continue;
    written.push(row.id);
    if (channel === 'sms') for (const link of short.links) await keepShortLink(tx, link);
    await tx.tell(messagesEvents.messageWritten, {
      subject: row.id,
      customerId,
      data: { template: declared.name, channel },
    });
    if (status === 'queued') await tx.enqueue('messages.deliver', { id: row.id });
  }
  return written;
}

/** The text message with short links in the place of long ones. */
function shortened(baseUrl: string, { sms }: Rendered): { text: string; links: readonly ShortLink[] } {
  const links: ShortLink[] = [];
  const text = sms.replaceAll(/https?:\/\/\S+/g, (url) => {
    const link = shorten(baseUrl, url);
    if (link) links.push(link);
    return link?.url ?? url;
  });
  return { text, links };
}

async function addressesOf(
  tx: Tx,
  to: Recipient,
): Promise<{ addresses: Record<Channel, string | null>; language: Language; customerId: string | null }> {
  if (to.customerId === undefined)
    return {
      addresses: { email: to.email ?? null, sms: to.phone ?? null },
      language: to.language,
      customerId: null,
    };
  const customer = await readCustomer(tx, to.customerId);
  return {
    addresses: { email: billingEmail(customer), sms: customer.cellPhone ?? customer.telHome },
    language: customer.language,
    customerId: customer.id,
  };
}

async function statusFor(
  tx: Tx,
  env: Pick<Env, 'messageMode'>,
  target: { channel: Channel; address: string },
): Promise<'held' | 'queued' | 'suppressed'> {
  if (await store.isSuppressed(tx.db, target)) return 'suppressed';
  return (await mayLeave(tx.db, env.messageMode(), target.address)) ? 'queued' : 'held';
}
