import { collectionsEvents } from '@gigafibre/contract';
import { formatDate } from '@gigafibre/documents';
import { formatCents } from '@gigafibre/money';
import { noteNotice, noticeOf, reviewIfLate, type Notice } from '../domains/collections/index.ts';
import { readCustomer } from '../domains/customers/index.ts';
import { messageFate, sendMessage, type Sending } from '../domains/messages/index.ts';
import type { Env } from '../env.ts';
import { on } from './reaction.ts';

/** The ladder gives a notice: it is written, by the ways the ladder says, and what becomes of it is kept. */
export const onCollectionNoticeGiven = (env: Env) =>
  on(collectionsEvents.noticeGiven, 'write the notice of the ladder', async (tx, { subject }) => {
    const notice = await noticeOf(tx, subject);
    const { name, language } = await readCustomer(tx, notice.customerId);
    const written = await sendMessage(tx, env, {
      ...wordsOf(notice, { name, language, url: `${env.publicUrl()}/portal/#/invoices` }),
      to: { customerId: notice.customerId },
      idempotencyKey: `collections:${subject}`,
      channels: notice.channels,
    });
    for (const messageId of written)
      await noteNotice(tx, { stepId: subject, messageId, fateOf: messageFate });
    await reviewIfLate(tx, notice.customerId);
  });

type Reader = Readonly<{ name: string; language: 'fr' | 'en'; url: string }>;

function wordsOf(notice: Notice, { name, language, url }: Reader): Pick<Sending, 'template' | 'variables'> {
  const { invoice, announcedOn } = notice;
  const money = (cents: bigint) => formatCents(cents, language === 'fr' ? 'fr-CA' : 'en-CA');
  const common = {
    name,
    invoice: invoice?.id ?? notice.customerId,
    dueDate: invoice ? formatDate(invoice.dueOn, language) : '',
    url,
  };
  if (notice.rung === 'reminder' && invoice)
    return {
      template: 'payment_reminder',
      variables: { ...common, amount: money(notice.amountCents) },
    };
  return {
    template: templateOf(notice.rung),
    variables: {
      ...common,
      amount: money(notice.amountCents),
      announced: announcedOn === null ? '' : formatDate(announcedOn, language),
      added: notice.text[language],
    },
  };
}

function templateOf(rung: Notice['rung']): Sending['template'] {
  switch (rung) {
    case 'formal_notice':
    case 'suspension_notice':
    case 'final_notice':
    case 'demand_letter':
      return rung;
    default:
      return 'second_notice';
  }
}
