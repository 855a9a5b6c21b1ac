import { civilDateOf } from '@gigafibre/calendar';
import { Refusal, type Rung } from '@gigafibre/contract';
import { lockAccount } from '../ledger/index.ts';
import type { JudgeDebt } from '../subscriptions/index.ts';
import * as store from './case-store.ts';
import { decide, type Next } from './ladder/next-rung.ts';
import { readSituation } from './ladder/situation.ts';
import { notNow } from './not-now.ts';
import { refreshFates, type MessageFate } from './walk-ladders.ts';

/**
 * Judges what a person wants to do for a debt as the ladder would at this moment: a service is cut only when the
 * suspension is the rung to take now, and ended only when its end is. Refused `debt_not_ripe` in words otherwise. A cut
 * counts as the ladder's: what follows is counted from it, and what pays enough of the debt lifts it.
 */
export const judgeDebt =
  (fateOf: MessageFate): JudgeDebt =>
  async (tx, { customerId, what }) => {
    await lockAccount(tx, customerId);
    // A notice that bounced since the walk of the day proves nothing any more.
    await refreshFates(tx, { customerId, fateOf });
    const { situation, row } = await readSituation(tx, customerId);
    const { act, next, round, suspendedOn } = decide(situation);
    const rung: Rung = what === 'suspend' ? 'suspension' : 'termination';
    // Another service of a customer cut already may follow it.
    const isCut = what === 'suspend' && suspendedOn !== null && round === row?.round;
    if (!row || round !== row.round || (act?.rung !== rung && !isCut))
      throw new Refusal('debt_not_ripe', { what, ...missing(next, rung) });
    if (what === 'suspend' && suspendedOn === null)
      await store.updateCase(tx.db, { id: row.id, fields: { suspended_on: civilDateOf(tx.now) } });
  };

const RUNGS: Readonly<Record<Rung, readonly [fr: string, en: string]>> = {
  reminder: ['le premier rappel', 'the first reminder'],
  second_notice: ['le deuxième rappel', 'the second reminder'],
  formal_notice: ['l’avis formel', 'the formal notice'],
  suspension_notice: ['l’avis de suspension', 'the notice of suspension'],
  final_notice: ['le dernier avis', 'the final notice'],
  suspension: ['la suspension', 'the suspension'],
  demand_letter: ['la mise en demeure', 'the demand letter'],
  termination: ['la fin du service', 'the end of the service'],
  hand_off: ['la remise à l’agence', 'the hand-off to the agency'],
};

/** What is missing, in words: nothing late, a notice still to give, a day not come, or what holds the ladder. */
function missing(next: Next | null, rung: Rung): { whyFr: string; whyEn: string } {
  if (next === null)
    return { whyFr: 'rien n’est en souffrance au compte', whyEn: 'nothing on the account is overdue' };
  if (next.why !== 'due') return notNow(next);
  const [fr, en] = RUNGS[next.rung];
  if (next.rung === rung)
    return {
      whyFr: `${fr} n’est permise que le ${next.on ?? ''}`,
      whyEn: `${en} is allowed on ${next.on ?? ''}`,
    };
  return {
    whyFr: `${fr} doit d’abord être fait et prouvé (prévu le ${next.on ?? ''})`,
    whyEn: `${en} must come first, and be proven (planned for ${next.on ?? ''})`,
  };
}
