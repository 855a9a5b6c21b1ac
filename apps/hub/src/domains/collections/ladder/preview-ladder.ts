import { addDays, civilDateOf, instantOf } from '@gigafibre/calendar';
import { rung, type collectionsOperations, type OutputOf, type Rung } from '@gigafibre/contract';
import type { LadderTerms, ParsedOf } from '@gigafibre/contract';
import type { Reading } from '../../../platform/acting.ts';
import { dueDays } from '../../billing/index.ts';
import { decide, type Situation, type Taken } from './next-rung.ts';
import { requireLawful } from './terms.ts';

/** Longer than any ladder: a year and its grace, the notices, a year to the agency, and what holidays move. */
const DAYS_MAX = 1_500;
/** The ladder is walked at this hour. */
const WALKED_AT = '09:00';

/**
 * The day of each rung for an invoice issued today, were nobody to pay, every notice to arrive and every proposal to
 * be approved the day it is made. Refused for a ladder that could not be set.
 */
export async function previewLadder(
  reading: Reading,
  asked: ParsedOf<typeof collectionsOperations.previewLadder>,
): Promise<OutputOf<typeof collectionsOperations.previewLadder>> {
  const issuedOn = civilDateOf(reading.now);
  const terms = { ...asked, from: issuedOn };
  requireLawful(terms);
  const dueOn = addDays(issuedOn, await dueDays(reading));
  const days = daysOfLadder(terms, dueOn);
  return { issuedOn, dueOn, rungs: rung.options.map((name) => ({ rung: name, on: days.get(name) ?? null })) };
}

/** Walks a ladder day by day, as the hub would, for one debt above the threshold; the day each rung is taken. */
export function daysOfLadder(terms: LadderTerms, dueOn: string): ReadonlyMap<Rung, string> {
  const cents = terms.thresholdCents + terms.minimumCents + 1n;
  const days = new Map<Rung, string>();
  let taken: readonly Taken[] = [];
  for (let day = dueOn, count = 0; count < DAYS_MAX; day = addDays(day, 1), count += 1) {
    const now = instantOf({ date: day, time: WALKED_AT });
    const { act, next } = decide({
      ...standing(terms, days),
      now,
      overdueCents: cents,
      debts: [{ dueOn, cents }],
      taken,
    });
    if (next === null || next.on === null) return days;
    if (act === null) continue;
    days.set(act.rung, day);
    const one = { anchorDueOn: dueOn, on: day, announcedOn: act.announcedOn, provenAt: now, failed: false };
    taken = [...taken, { ...one, rung: act.rung, round: 1 }];
    if (act.rung === 'hand_off') return days;
  }
  return days;
}

function standing(
  terms: LadderTerms,
  days: ReadonlyMap<Rung, string>,
): Omit<Situation, 'now' | 'overdueCents' | 'debts' | 'taken'> {
  const suspendedOn = days.get('suspension') ?? null;
  const isServed = !days.has('termination');
  return {
    terms,
    lateElsewhere: false,
    creditCents: 0n,
    holds: [],
    round: 1,
    suspendedOn,
    services: {
      active: suspendedOn === null && isServed ? 1 : 0,
      suspended: suspendedOn !== null && isServed ? 1 : 0,
    },
  };
}
