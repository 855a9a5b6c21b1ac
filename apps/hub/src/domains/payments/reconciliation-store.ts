import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { PaymentsMovements, PaymentsPayouts } from '../../platform/db/types.ts';

export type KeptPayout = Selectable<PaymentsPayouts>;
type Key = Readonly<{ provider: string; ref: string }>;

/** Keeps a payout as the provider tells it now; what was read of it stays. */
export const keepPayout = (db: Db, row: Insertable<PaymentsPayouts>): Promise<unknown> =>
  db
    .insertInto('payments.payouts')
    .values(row)
    .onConflict((c) =>
      c.columns(['provider', 'provider_ref']).doUpdateSet({ state: row.state, arrives_on: row.arrives_on }),
    )
    .execute();

export const payoutForUpdate = (
  db: Db,
  { provider, ref }: Key,
): Promise<Selectable<PaymentsPayouts> | undefined> =>
  db
    .selectFrom('payments.payouts')
    .selectAll()
    .where('provider', '=', provider)
    .where('provider_ref', '=', ref)
    .forUpdate()
    .executeTakeFirst();

export const updatePayout = (
  db: Db,
  { provider, ref, fields }: Key & { fields: Updateable<PaymentsPayouts> },
): Promise<unknown> =>
  db
    .updateTable('payments.payouts')
    .set(fields)
    .where('provider', '=', provider)
    .where('provider_ref', '=', ref)
    .execute();

export const insertMovements = (db: Db, rows: Insertable<PaymentsMovements>[]): Promise<unknown> =>
  db
    .insertInto('payments.movements')
    .values(rows)
    .onConflict((c) => c.columns(['provider', 'provider_ref']).doNothing())
    .execute();

/** Finds what each movement of a payout is in the books: same thing, same cents; the others stay unexplained. */
export const matchMovements = (db: Db, { provider, ref }: Key): Promise<unknown> =>
  sql`
    update payments.movements m set matched_kind = found.kind, matched_id = found.id
      from (
        select m.provider_ref, 'payment' as kind, p.id
          from payments.movements m join payments.payments p on p.provider = m.provider
               and p.provider_ref = m.payment_ref and p.amount_cents = m.amount_cents
         where m.type in ('charge', 'payment')
        union all
        select m.provider_ref, case when m.amount_cents < 0 then 'refund' else 'refund_failed' end, r.id
          from payments.movements m join payments.refunds r on r.provider = m.provider
               and r.provider_ref = m.source_ref and r.amount_cents = abs(m.amount_cents)
               and (m.amount_cents < 0 or r.state = 'failed')
         where m.type in ('refund', 'payment_refund', 'refund_failure', 'payment_failure_refund')
        union all
        select m.provider_ref, 'chargeback', c.id
          from payments.movements m join payments.chargebacks c on c.provider = m.provider
               and c.provider_ref = m.source_ref and c.amount_cents = abs(m.amount_cents)
         where m.type = 'adjustment'
        union all
        select m.provider_ref, 'fee', m.provider_ref from payments.movements m where m.type = 'stripe_fee'
        union all
        select m.provider_ref, 'payout', m.source_ref from payments.movements m where m.type in ('payout', 'payout_failure') and m.source_ref is not null
      ) found
     where found.provider_ref = m.provider_ref and m.provider = ${provider} and m.payout_ref = ${ref}
       and m.matched_kind is null and m.currency = 'cad'`.execute(db);

export type Sums = Readonly<{
  cards_cents: bigint;
  debits_cents: bigint;
  fee_cents: bigint;
  unexplained: number;
}>;

/** What a payout is made of: gross by where the books have it, fees, and how much of it nothing explains. */
export async function sumsOf(db: Db, { provider, ref }: Key): Promise<Sums> {
  const { rows } = await sql<Sums>`
    with lines as (
      select m.*, coalesce(p.method, rp.method, cp.method) as method
        from payments.movements m
        left join payments.payments p on m.matched_kind = 'payment' and p.id = m.matched_id
        left join payments.refunds r on m.matched_kind in ('refund', 'refund_failed') and r.id = m.matched_id
        left join payments.payments rp on rp.id = r.payment_id
        left join payments.chargebacks c on m.matched_kind = 'chargeback' and c.id = m.matched_id
        left join payments.payments cp on cp.id = c.payment_id
       where m.provider = ${provider} and m.payout_ref = ${ref} and m.type <> 'payout')
    select coalesce(sum(amount_cents) filter (where method is distinct from 'bank_debit' and type <> 'stripe_fee'), 0)::bigint as cards_cents,
           coalesce(sum(amount_cents) filter (where method = 'bank_debit'), 0)::bigint as debits_cents,
           coalesce(sum(case when type = 'stripe_fee' then -net_cents else fee_cents end), 0)::bigint as fee_cents,
           (count(*) filter (where matched_kind is null))::int as unexplained
      from lines`.execute(db);
  return rows[0] ?? { cards_cents: 0n, debits_cents: 0n, fee_cents: 0n, unexplained: 0 };
}

export type PayoutRow = Selectable<PaymentsPayouts> & Sums;

/** Payouts between days, newest first. */
export async function payoutsBetween(
  db: Db,
  { from, to, limit }: { from: string; to: string; limit: number },
): Promise<PayoutRow[]> {
  const rows = await db
    .selectFrom('payments.payouts')
    .selectAll()
    .where('arrives_on', '>=', from)
    .where('arrives_on', '<=', to)
    .orderBy('arrives_on', 'desc')
    .orderBy('provider_ref', 'desc')
    .limit(limit)
    .execute();
  const shown: PayoutRow[] = [];
  for (const row of rows)
    shown.push({ ...row, ...(await sumsOf(db, { provider: row.provider, ref: row.provider_ref })) });
  return shown;
}

export const unexplained = (db: Db, limit: number): Promise<Selectable<PaymentsMovements>[]> =>
  db
    .selectFrom('payments.movements')
    .selectAll()
    .where('matched_kind', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('provider_ref')
    .limit(limit)
    .execute();

/** Payments a provider took before a day, within a while, that no movement brought. */
export const awaited = (
  db: Db,
  { after, before, limit }: { after: string; before: string; limit: number },
): Promise<{ id: string; amount_cents: bigint; received_on: string }[]> =>
  db
    .selectFrom('payments.payments as p')
    .select(['p.id', 'p.amount_cents', 'p.received_on'])
    .where('p.provider', 'is not', null)
    // What the company's own bank collected comes with its statement.
    .where('p.provider', '<>', 'bank_file')
    .where('p.received_on', '>', after)
    .where('p.received_on', '<', before)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('payments.movements as m')
            .select('m.provider_ref')
            .where('m.matched_kind', '=', 'payment')
            .whereRef('m.matched_id', '=', 'p.id'),
        ),
      ),
    )
    .orderBy('p.received_on')
    .orderBy('p.id')
    .limit(limit)
    .execute();

/** Debits less credits of the two clearing accounts. */
export async function clearing(db: Db): Promise<{ cards: bigint; debits: bigint }> {
  const { rows } = await sql<{ account: string; cents: bigint }>`
    select account, sum(debit_cents - credit_cents)::bigint as cents from ledger.account_balances
     where account in ('1050', '1055') group by account`.execute(db);
  const of = (account: string) => rows.find((row) => row.account === account)?.cents ?? 0n;
  return { cards: of('1050'), debits: of('1055') };
}

/** Whether the provider's transfers were looked at on a day. */
export const hasLooked = async (db: Db, on: string): Promise<boolean> =>
  (await db
    .selectFrom('payments.payout_looks')
    .select('on_date')
    .where('on_date', '=', on)
    .executeTakeFirst()) !== undefined;

/** Says that they are; false when somebody did. */
export const keepLook = async (db: Db, { on, at }: { on: string; at: Date }): Promise<boolean> =>
  (await db
    .insertInto('payments.payout_looks')
    .values({ on_date: on, at })
    .onConflict((c) => c.doNothing())
    .returning('on_date')
    .executeTakeFirst()) !== undefined;
