import { interestEvents, interestTerm, Refusal } from '@gigafibre/contract';
import { civilDateOf } from '@gigafibre/calendar';
import { z } from 'zod';
import type { Reading, Tx } from '../../platform/acting.ts';
import { readSetting, writeSetting } from '../../platform/settings.ts';
import { LIMITS_SETTING, type ApprovalLimits } from '../charges/index.ts';

export type InterestTerm = z.output<typeof interestTerm>;

const INTEREST_SETTING = 'billing.interest';
/** Criminal Code s. 347 since 2025-01-01: 35 % a year. A rate is kept to four decimals. */
const YEARLY_PERCENT_MAX = 35;
const TERMS_MAX = 200;

/** Sets the limits; the earlier ones stay as history. Refused when one is negative. */
export async function changeApprovalLimits(tx: Tx, limits: ApprovalLimits): Promise<ApprovalLimits> {
  if (Object.values(limits).some((limitCents) => limitCents < 0n)) throw new Refusal('amount_not_positive');
  await writeSetting(tx, LIMITS_SETTING, limits);
  await tx.tell(interestEvents.billingRulesChanged, {
    subject: LIMITS_SETTING,
    data: { setting: LIMITS_SETTING },
  });
  return limits;
}

/** Interest by the day from which it holds, oldest first; none until somebody sets it. */
export async function readInterestTerms({ db }: Pick<Reading, 'db'>): Promise<InterestTerm[]> {
  const set = await readSetting(db, INTEREST_SETTING);
  return set === undefined ? [] : z.array(interestTerm).max(TERMS_MAX).parse(set);
}

/**
 * Sets the interest from a day on; a term of the same day is replaced. Refused above what the law allows, and
 * for a day that is past: what has run stays what it was.
 */
export async function changeInterest(tx: Tx, term: InterestTerm): Promise<{ interest: InterestTerm[] }> {
  for (const percent of [term.residentialPercent, term.businessPercent])
    if (percent !== null && Number(percent) > YEARLY_PERCENT_MAX)
      throw new Refusal('interest_above_law', { maxPercent: YEARLY_PERCENT_MAX });
  if (term.from < civilDateOf(tx.now)) throw new Refusal('interest_in_the_past', { date: term.from });
  const others = (await readInterestTerms(tx)).filter(({ from }) => from !== term.from);
  const interest = [...others, term].toSorted((one, other) => (one.from < other.from ? -1 : 1));
  await writeSetting(tx, INTEREST_SETTING, interest);
  await tx.tell(interestEvents.billingRulesChanged, {
    subject: INTEREST_SETTING,
    data: { setting: INTEREST_SETTING },
  });
  return { interest };
}
