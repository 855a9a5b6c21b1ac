import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { MessagesMessages } from '../../platform/db/types.ts';

export type MessageRow = Selectable<MessagesMessages>;

/** Adds a message unless one with this idempotency key exists; undefined then. */
export const insertMessage = (db: Db, row: Insertable<MessagesMessages>): Promise<MessageRow | undefined> =>
  db
    .insertInto('messages.messages')
    .values(row)
    .onConflict((c) => c.column('idempotency_key').doNothing())
    .returningAll()
    .executeTakeFirst();

export const messageById = (db: Db, id: string): Promise<MessageRow | undefined> =>
  db.selectFrom('messages.messages').selectAll().where('id', '=', id).executeTakeFirst();

export type MessageFilter = Readonly<{
  customerId?: string | undefined;
  channel?: string | undefined;
  status?: string | undefined;
  limit: number;
  after: { at: string; id: string } | undefined;
}>;

export const messagesPage = (db: Db, filter: MessageFilter): Promise<MessageRow[]> =>
  db
    .selectFrom('messages.messages')
    .selectAll()
    .$if(filter.customerId !== undefined, (q) => q.where('customer_id', '=', filter.customerId ?? ''))
    .$if(filter.channel !== undefined, (q) => q.where('channel', '=', filter.channel ?? ''))
    .$if(filter.status !== undefined, (q) => q.where('status', '=', filter.status ?? ''))
    .$if(filter.after !== undefined, (q) =>
      q.where(sql<boolean>`(created_at, id) < (${filter.after?.at}::timestamptz, ${filter.after?.id})`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();

/** Takes a queued message to send it; undefined when somebody else has it or it is not queued any more. */
export const takeToSend = (db: Db, { id, now }: { id: string; now: Date }): Promise<MessageRow | undefined> =>
  db
    .updateTable('messages.messages')
    .set({ status: 'sending', moved_at: now })
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .returningAll()
    .executeTakeFirst();

export type Movement = Readonly<{
  status: string;
  provider_ref?: string | null;
  failure?: string | null;
  next_attempt_at?: Date | null;
  sent_at?: Date | null;
  body_text?: string;
  body_html?: string | null;
  moved_at: Date;
}>;

/** Moves a message on, if it stands in one of `from`; undefined otherwise. */
export const moveMessage = (
  db: Db,
  { id, from, to }: { id: string; from: readonly string[]; to: Movement },
): Promise<MessageRow | undefined> =>
  db
    .updateTable('messages.messages')
    .set(to)
    .where('id', '=', id)
    .where('status', 'in', from)
    .returningAll()
    .executeTakeFirst();

export const dueMessages = (db: Db, { now, limit }: { now: Date; limit: number }) =>
  db
    .selectFrom('messages.messages')
    .select('id')
    .where('status', '=', 'queued')
    .where('next_attempt_at', '<=', now.toISOString())
    .orderBy('next_attempt_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();

export const clearDue = (db: Db, ids: readonly string[]): Promise<unknown> =>
  db.updateTable('messages.messages').set({ next_attempt_at: null }).where('id', 'in', ids).execute();

/** Messages a worker took and never reported on. */
export const abandoned = (db: Db, { before, limit }: { before: Date; limit: number }) =>
  db
    .selectFrom('messages.messages')
    .select('id')
    .where('status', '=', 'sending')
    .where('moved_at', '<', before.toISOString())
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();

export const messageByProviderRef = (db: Db, ref: string): Promise<MessageRow | undefined> =>
  db.selectFrom('messages.messages').selectAll().where('provider_ref', '=', ref).executeTakeFirst();

export const isSuppressed = async (
  db: Db,
  { channel, address }: { channel: string; address: string },
): Promise<boolean> =>
  (await db
    .selectFrom('messages.suppressions')
    .select('reason')
    .where('channel', '=', channel)
    .where('address', '=', address)
    .executeTakeFirst()) !== undefined;

export const suppress = (
  db: Db,
  row: { channel: string; address: string; reason: string; at: Date },
): Promise<unknown> =>
  db
    .insertInto('messages.suppressions')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute();
