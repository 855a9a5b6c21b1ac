import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import { readSetting } from '../../platform/settings.ts';

/** Rule H1: the written confirmation comes this many days before the first debit of a bank account. */
export const CONFIRMATION_DAYS = 10;

/**
 * Whether a message that stayed in the house counts as sent. Only while nothing at all leaves it, in sandbox mode: the
 * message is read there, as the customer would read theirs, and the rules of notices can be tried out. Once messages
 * leave, for everybody or for those allowed, a held one was never sent, whenever it was held.
 */
export async function heldCounts(db: Db): Promise<boolean> {
  const mode = await readSetting(db, 'messages.mode');
  return mode !== 'live' && mode !== 'allowlist';
}

/** The first day on which a message of a cause left by any channel; null when none did. */
export const sentOn = (cause: RawBuilder<unknown>, held: boolean) => sql<string | null>`(
  select min((case when w.status = 'held' then w.created_at else coalesce(w.sent_at, w.moved_at) end)
             at time zone 'America/Toronto')::date
    from messages.messages w where w.idempotency_key in (${cause} || ':email', ${cause} || ':sms')
     and (w.status in ('sent', 'delivered') or ${held}::boolean and w.status = 'held'))`;

/** The day the written confirmation of an agreement left; null when it did not. */
export async function confirmedOn(db: Db, agreementId: string): Promise<string | null> {
  const { rows } = await sql<{ on: string | null }>`
    select ${sentOn(sql`${`ppa:${agreementId}:confirmed`}::text`, await heldCounts(db))} as on`.execute(db);
  return rows[0]?.on ?? null;
}

/** The day the confirmation of one authorised debit left; null when it did not. */
export async function authorizationConfirmedOn(db: Db, debitId: string): Promise<string | null> {
  const { rows } = await sql<{ on: string | null }>`
    select ${sentOn(sql`${`debit:${debitId}:confirmed`}::text`, await heldCounts(db))} as on`.execute(db);
  return rows[0]?.on ?? null;
}

/** The days on which some invoices were sent to their customer, by their numbers. */
export async function noticesOf(
  db: Db,
  invoiceIds: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (invoiceIds.length === 0) return new Map();
  const held = await heldCounts(db);
  const { rows } = await sql<{ id: string; on: string | null }>`
    select i.id, ${sentOn(sql`'invoice:' || i.id`, held)} as on
      from billing.invoices i where i.id = any(${[...invoiceIds]})`.execute(db);
  return new Map(rows.map(({ id, on }) => [id, on]));
}
