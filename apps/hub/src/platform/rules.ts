import { ruleValues, type RuleName, type RuleValue } from '@gigafibre/contract';
import { addDays } from '@gigafibre/calendar';
import type { TaxRate } from '@gigafibre/money';
import type { Tx } from './acting.ts';
import type { Db } from './db/connect.ts';
import { json } from './transact.ts';

/** What a rule of law says from a day on, until its next edition. */
export type Edition<Name extends RuleName = RuleName> = Readonly<{
  rule: Name;
  from: string;
  value: RuleValue<Name>;
  law: string;
  addedAt: string;
  addedBy: string;
}>;

/** The editions of a rule, oldest first; throws when one was written wrongly, rather than bill by it. */
export async function editionsOf<Name extends RuleName>(db: Db, rule: Name): Promise<Edition<Name>[]> {
  const rows = await db
    .selectFrom('app.rules')
    .selectAll()
    .where('rule', '=', rule)
    .orderBy('from_on')
    .execute();
  return rows.map((row) => ({
    rule,
    from: row.from_on,
    value: ruleValues[rule].parse(row.value) as RuleValue<Name>, // parsed by the rule's own schema
    law: row.law,
    addedAt: row.added_at,
    addedBy: row.added_by,
  }));
}

/** What a rule says of a day; throws when nothing is known of it. */
export async function ruleOn<Name extends RuleName>(
  db: Db,
  rule: Name,
  on: string,
): Promise<RuleValue<Name>> {
  const edition = (await editionsOf(db, rule)).findLast(({ from }) => from <= on);
  if (!edition) throw new RangeError(`${rule}: nothing is known of ${on}`);
  return edition.value;
}

/** Adds an edition; false when the rule has one from that day. */
export async function insertEdition(
  tx: Tx,
  { rule, from, value, law }: Omit<Edition, 'addedAt' | 'addedBy'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('app.rules')
    .values({ rule, from_on: from, value: json(value), law, added_at: tx.now, added_by: nameOf(tx) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

const nameOf = ({ by }: Tx): string => by.name ?? by.id ?? by.kind;

/** The sales taxes of every day, as the computation of taxes takes them. */
export async function taxRates(db: Db): Promise<readonly TaxRate[]> {
  const editions = await editionsOf(db, 'tax_rates');
  return editions.flatMap(({ from, value }, index) => {
    const next = editions[index + 1];
    return value.map(({ tax, provinces, thousandths }) => ({
      tax,
      provinces,
      rate: { num: BigInt(thousandths), den: 100_000n },
      from,
      ...(next && { to: addDays(next.from, -1) }),
    }));
  });
}
