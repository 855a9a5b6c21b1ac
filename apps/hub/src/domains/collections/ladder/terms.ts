import { civilDateOf } from '@gigafibre/calendar';
import {
  collectionsEvents,
  ladder,
  LADDER_LAW,
  Refusal,
  rung,
  type LadderTerms,
  type Rung,
} from '@gigafibre/contract';
import { z } from 'zod';
import type { Reading, Tx } from '../../../platform/acting.ts';
import { readSetting, writeSetting } from '../../../platform/settings.ts';

type Segment = LadderTerms['segment'];
type LadderRung = LadderTerms['rungs'][number];
export type Ladders = Readonly<{ inForce: LadderTerms[]; all: LadderTerms[] }>;

const SETTING = 'collections.ladder';
const LADDERS_MAX = 200;

/** Friendly ones are given once per debt; each of the others is a condition of the next. */
export const FRIENDLY: readonly Rung[] = ['reminder', 'second_notice', 'formal_notice'];
/** Counted back from the suspension. */
const BEFORE_SUSPENSION: readonly Rung[] = ['suspension_notice', 'final_notice'];

const at = (
  name: Rung,
  days: number,
  { mode = 'automatic', channels = ['email'] }: Partial<Pick<LadderRung, 'mode' | 'channels'>> = {},
): LadderRung => ({ rung: name, days, mode, channels, textFr: '', textEn: '' });

const bothWays = { channels: ['email', 'sms'] } satisfies Partial<LadderRung>;
/** Until somebody sets another: facts §4.4; what cuts or ends a service is proposed to a person. */
export const RESIDENTIAL: LadderTerms = {
  segment: 'residential',
  from: '1000-01-01',
  thresholdCents: 5_000n,
  minimumCents: 200n,
  graceMonths: 2,
  graceDays: 0,
  noticeDays: 14,
  rungs: [
    at('reminder', 3, bothWays),
    at('second_notice', 10, bothWays),
    at('formal_notice', 30),
    at('suspension_notice', 15, bothWays),
    at('final_notice', 2, bothWays),
    at('suspension', 0, { mode: 'proposed' }),
    at('demand_letter', 15, { mode: 'proposed' }),
    at('termination', 30, { mode: 'proposed' }),
    at('hand_off', 60, { mode: 'proposed' }),
  ],
};
const BUSINESS: LadderTerms = { ...RESIDENTIAL, segment: 'business', graceMonths: 0, graceDays: 45 };

/** Every ladder that was ever set, oldest first, those of the product before them. */
async function allLadders({ db }: Pick<Reading, 'db'>): Promise<LadderTerms[]> {
  const set = await readSetting(db, SETTING);
  const own = set === undefined ? [] : z.array(ladder).max(LADDERS_MAX).parse(set);
  return [RESIDENTIAL, BUSINESS, ...own];
}

/** The ladder of a segment on a day. */
export async function ladderOn(
  reading: Pick<Reading, 'db'>,
  { segment, on }: { segment: Segment; on: string },
): Promise<LadderTerms> {
  const found = (await allLadders(reading)).findLast((one) => one.segment === segment && one.from <= on);
  if (!found) throw new Error(`no ladder for ${segment} on ${on}`);
  return found;
}

/** The ladders in force today and all others. */
export async function readLadder(reading: Pick<Reading, 'db' | 'now'>): Promise<Ladders> {
  const on = civilDateOf(reading.now);
  const inForce = await Promise.all(
    ladder.shape.segment.options.map((segment) => ladderOn(reading, { segment, on })),
  );
  return { inForce, all: await allLadders(reading) };
}

/**
 * Sets the ladder of a segment from a day to come on; one of the same day is replaced. Refused below what a consumer
 * is given by law, and when rungs are missing or out of order.
 */
export async function changeLadder(tx: Tx, terms: LadderTerms): Promise<Ladders> {
  const today = civilDateOf(tx.now);
  if (terms.from <= today) throw new Refusal('ladder_in_the_past', { from: today });
  requireLawful(terms);
  const own = (await allLadders(tx)).slice(2);
  const others = own.filter((one) => one.segment !== terms.segment || one.from !== terms.from);
  const sorted = [...others, terms].toSorted((a, b) => (a.from < b.from ? -1 : 1));
  await writeSetting(tx, SETTING, sorted.slice(-LADDERS_MAX));
  await tx.tell(collectionsEvents.ladderChanged, {
    subject: SETTING,
    data: { segment: terms.segment, from: terms.from },
  });
  return readLadder(tx);
}

/** Refuses a ladder whose rungs are missing or out of order, or that gives a consumer less than the law. */
export function requireLawful(terms: LadderTerms): void {
  if (!isInOrder(terms)) throw new Refusal('ladder_order');
  if (terms.segment === 'residential' && isBelowLaw(terms)) throw new Refusal('ladder_below_law');
}

/** One rung of a ladder. */
export function rungOf(terms: LadderTerms, name: Rung): LadderRung {
  const found = terms.rungs.find((one) => one.rung === name);
  if (!found) throw new Error(`the ladder of ${terms.segment} from ${terms.from} has no ${name}`);
  return found;
}

function isInOrder({ rungs, noticeDays, ...terms }: LadderTerms): boolean {
  if (rungs.some((one, index) => one.rung !== rung.options[index])) return false;
  const days = (names: readonly Rung[]) =>
    rungs.filter((one) => names.includes(one.rung)).map((one) => one.days);
  const [notice = 0, final = 0] = days(BEFORE_SUSPENSION);
  const after = days(['demand_letter', 'termination', 'hand_off']);
  const cuts = rungOf({ ...terms, rungs, noticeDays }, 'suspension').mode !== 'off';
  const silent = rungs.some((one) => BEFORE_SUSPENSION.includes(one.rung) && one.mode === 'off');
  return (
    rises(days(FRIENDLY)) &&
    rises(after) &&
    notice > noticeDays &&
    final >= 1 &&
    final < notice &&
    !(cuts && silent)
  );
}

const rises = (days: readonly number[]): boolean =>
  days.every((one, index) => index === 0 || one > (days[index - 1] ?? 0));

const isBelowLaw = (terms: LadderTerms): boolean =>
  terms.thresholdCents < LADDER_LAW.thresholdCents ||
  terms.graceMonths < LADDER_LAW.graceMonths ||
  terms.noticeDays < LADDER_LAW.noticeDays;
