import { formatDate } from '@gigafibre/documents';
import type { Env } from '../../env.ts';
import type { Tx } from '../../platform/acting.ts';
import { sendMessage } from '../messages/index.ts';
import * as acceptances from './acceptance-store.ts';
import { contractNumber } from './quote-documents.ts';
import type { Slot } from './quote.ts';
import { readOffer } from './read-quotes.ts';

const CONTRACT = { fr: 'Contrat', en: 'Contract' } as const;

/**
 * Sends the customer a copy of the sealed contract, which the law wants within fifteen days; called by the
 * reaction to `contract.sealed`. Where there is no e-mail, the text message says that it is in the portal.
 */
export async function mailContract(tx: Tx, env: Env, { quoteId }: { quoteId: string }): Promise<void> {
  const accepted = await acceptances.acceptanceOf(tx.db, quoteId);
  if (!accepted) return;
  const offer = await readOffer(tx, { id: quoteId, version: accepted.version });
  const language = accepted.language === 'en' ? 'en' : 'fr';
  await sendMessage(tx, env, {
    template: 'quote_accepted',
    to: { customerId: accepted.customer_id },
    variables: {
      name: accepted.signer_name,
      quote: quoteId,
      visit: offer.slot === null ? null : slotText(offer.slot, language),
      url: `${env.publicUrl()}/portal/#/me`,
    },
    channels: offer.contact.emailId === null ? ['sms'] : ['email'],
    attachments: [
      {
        name: `${CONTRACT[language]} ${contractNumber(quoteId)}.pdf`,
        path: `/api/quotes/${quoteId}/contract`,
      },
    ],
    idempotencyKey: `contract:${quoteId}`,
  });
}

/** `le 5 décembre 2026, de 8 h à 12 h`; `December 5, 2026, 8:00 to 12:00`. */
export function slotText({ date, from, to }: Slot, language: 'fr' | 'en'): string {
  return language === 'fr'
    ? `le ${formatDate(date, 'fr')}, de ${hourFr(from)} à ${hourFr(to)}`
    : `${formatDate(date, 'en')}, ${hourEn(from)} to ${hourEn(to)}`;
}

/** `08:00` → `8 h`, `14:30` → `14 h 30`, with no-break spaces. */
function hourFr(time: string): string {
  const [hour, minute] = time.split(':');
  return `${Number(hour)}\u00A0h${minute === '00' ? '' : `\u00A0${minute}`}`;
}

/** `08:00` → `8:00`: on the clock of twenty-four hours, as Canada writes windows of time. */
const hourEn = (time: string): string => time.replace(/^0/, '');
