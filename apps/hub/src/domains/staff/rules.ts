import { addDays, civilDateOf } from '@gigafibre/calendar';
import {
  Refusal,
  ruleName,
  rulesEvents,
  ruleValues,
  type OutputOf,
  type ParsedOf,
} from '@gigafibre/contract';
import type { rulesOperations } from '@gigafibre/contract';
import type { Reading, Tx } from '../../platform/acting.ts';
import { editionsOf, insertEdition } from '../../platform/rules.ts';

type Rules = OutputOf<typeof rulesOperations.listRules>;

/** Every edition of every rule, oldest first. */
export async function listRules({ db }: Pick<Reading, 'db'>): Promise<Rules> {
  const rows: Rules['rows'] = [];
  for (const rule of ruleName.options) rows.push(...(await editionsOf(db, rule)));
  return { rows };
}

/**
 * Says what a rule is from a day to come: today's documents may be issued already. Refused `rule_value`, `rule_day`,
 * `rule_day_taken`.
 */
export async function addRule(
  tx: Tx,
  { rule, from, value, law }: ParsedOf<typeof rulesOperations.addRule>,
): Promise<Rules['rows'][number]> {
  const parsed = ruleValues[rule].safeParse(value);
  if (!parsed.success) throw new Refusal('rule_value', { rule });
  const tomorrow = addDays(civilDateOf(tx.now), 1);
  if (from < tomorrow) throw new Refusal('rule_day', { from: tomorrow });
  if (!(await insertEdition(tx, { rule, from, value: parsed.data, law })))
    throw new Refusal('rule_day_taken', { from });
  await tx.tell(rulesEvents.ruleAdded, { subject: rule, data: { from, law } });
  const added = (await editionsOf(tx.db, rule)).find((edition) => edition.from === from);
  if (!added) throw new Error(`${rule}: an edition was not kept`);
  return added;
}
