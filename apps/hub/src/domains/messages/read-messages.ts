import { Refusal } from '@gigafibre/contract';
import type { Reading, Tx } from '../../platform/acting.ts';
import { tellMoved } from './deliver.ts';
import { messageOf, type Message } from './message.ts';
import * as store from './store.ts';

export type MessageQuery = Readonly<{
  limit: number;
  after?: string | undefined;
  customerId?: string | undefined;
  channel?: Message['channel'] | undefined;
  status?: Message['status'] | undefined;
}>;

/** Outgoing messages, newest first, a page at a time. */
export async function listMessages(
  { db }: Reading,
  { after, ...filter }: MessageQuery,
): Promise<{ rows: Message[]; next: string | null }> {
  const rows = await store.messagesPage(db, { ...filter, after: positionOf(after) });
  const last = rows[filter.limit - 1];
  return {
    rows: rows.slice(0, filter.limit).map(messageOf),
    next: rows.length > filter.limit && last ? `${last.created_at}~${last.id}` : null,
  };
}

function positionOf(after: string | undefined): { at: string; id: string } | undefined {
  const [at, id] = after?.split('~') ?? [];
  if (at === undefined || id === undefined || Number.isNaN(Date.parse(at))) return undefined;
  return { at, id };
}

/** One message; refused `not_found`. */
export async function readMessage({ db }: Pick<Reading, 'db'>, id: string): Promise<Message> {
  const row = await store.messageById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return messageOf(row);
}

/** Queues a failed or unknown message again: a person's decision, since an unknown one may already have arrived. */
export async function resendMessage(tx: Tx, { id }: { id: string }): Promise<Message> {
  const moved = await store.moveMessage(tx.db, {
    id,
    from: ['failed', 'unknown'],
    to: { status: 'queued', failure: null, next_attempt_at: null, moved_at: tx.now },
  });
  if (!moved) {
    const { status } = await readMessage(tx, id);
    throw new Refusal('not_in_this_state', { state: status });
  }
  await tellMoved(tx, moved);
  await tx.enqueue('messages.deliver', { id });
  return messageOf(moved);
}

/** What became of a message, in short: for whoever caused it and must know whether it left. */
export async function messageFate(
  { db }: Pick<Reading, 'db'>,
  id: string,
): Promise<{ status: Message['status']; sentAt: string | null }> {
  const row = await store.messageById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  const { status, sentAt } = messageOf(row);
  return { status, sentAt };
}
