import type { OutputOf } from '@gigafibre/contract';
import type { messagesOperations } from '@gigafibre/contract';
import type { MessageRow } from './store.ts';

export type Message = OutputOf<typeof messagesOperations.readMessage>;

/** The documents a message encloses, as sendMessage wrote them. */
export const attachmentsOf = ({ attachments }: Pick<MessageRow, 'attachments'>): Message['attachments'] =>
  attachments as unknown as Message['attachments'];

/** A row as the noun; unions are held by check constraints. */
export const messageOf = (row: MessageRow): Message => ({
  id: row.id,
  channel: row.channel as Message['channel'],
  to: row.to_address,
  customerId: row.customer_id,
  template: row.template,
  language: row.language as Message['language'],
  subject: row.subject,
  text: row.body_text,
  html: row.body_html,
  status: row.status as Message['status'],
  failure: row.failure,
  attempts: row.attempts,
  createdAt: row.created_at,
  sentAt: row.sent_at,
  attachments: attachmentsOf(row),
});
