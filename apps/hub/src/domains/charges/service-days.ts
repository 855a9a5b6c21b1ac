import {
  addDays,
  daysInclusive,
  periodAfter,
  periodContaining,
  type BillingFrequency,
  type Period,
} from '@gigafibre/calendar';
import { prorate } from '@gigafibre/money';

/** A recurring price of a service and the days it is in force, both included; `endsOn` null while it stands. */
export type RecurringItem = Readonly<{
  id: string;
  /** For one cycle, before taxes; negative for a promotion. */
  priceCents: bigint;
  frequency: BillingFrequency;
  startsOn: string;
  endsOn: string | null;
}>;

export type Days = Readonly<{ from: string; to: string }>;

/** What has been charged of an item for one cycle: which of its days, null when none is left, and for how much. */
export type ChargedCycle = Readonly<{
  itemId: string;
  cycle: Period;
  days: Days | null;
  cents: bigint;
  /** What credit notes gave up of it: no change of the service credits that a second time. */
  givenCents: bigint;
}>;

/** A charge (or, negative, a credit) that makes a cycle say again what is in force. */
export type DaysCharged = Readonly<{
  itemId: string;
  cycle: Period;
  /** The days charged or credited. */
  days: Days;
  cents: bigint;
  /** What the cycle has been charged with it. */
  after: ChargedCycle;
}>;

/** What a service may be charged for at once: three years of months, however late it is found. */
const CYCLES_MAX = 40;

export type Asked = Readonly<{
  item: RecurringItem;
  /** A day on which cycles of this service start. */
  anchor: string;
  /** Cycles that end before this day are left alone. */
  from: string;
  /** Cycles that start after this day are not charged yet. */
  through: string;
  /** What has been charged of this item. */
  charged: readonly ChargedCycle[];
}>;

/**
 * What must be charged and credited so that, in every cycle from `from` to `through`, the days charged are the
 * days in force (ADR 7). Nothing when they are: asking twice changes nothing.
 */
export function daysToCharge({ item, anchor, from, through, charged }: Asked): DaysCharged[] {
  const before = new Map(charged.map((one) => [one.cycle.start, one]));
  return cyclesOf(item, { anchor, from, through }).flatMap((cycle) => {
    const stands = before.get(cycle.start) ?? {
      itemId: item.id,
      cycle,
      days: null,
      cents: 0n,
      givenCents: 0n,
    };
    return stepsTo(item, stands, inForce(item, cycle));
  });
}

/** The cycles that start after `after` and by `through`, as they will first be charged. For the billing run. */
export function newCycles(
  item: RecurringItem,
  { anchor, after, through }: { anchor: string; after: string; through: string },
): DaysCharged[] {
  return cyclesOf(item, { anchor, from: addDays(after, 1), through })
    .filter((cycle) => cycle.start > after)
    .flatMap((cycle) =>
      stepsTo(item, { itemId: item.id, cycle, days: null, cents: 0n, givenCents: 0n }, inForce(item, cycle)),
    );
}

/** Days charged and days of the cycle, for the words under a line. */
export const shareOf = ({ days, cycle }: Pick<DaysCharged, 'days' | 'cycle'>) => ({
  usedDays: lengthOf(days),
  cycleDays: daysInclusive(cycle),
});

function cyclesOf(
  item: RecurringItem,
  { anchor, from, through }: { anchor: string; from: string; through: string },
): Period[] {
  const cycle = { anchor, frequency: item.frequency };
  const first = item.startsOn > from ? item.startsOn : from;
  const cycles: Period[] = [];
  // An item that has ended still has cycles to give back: the end of the item does not stop the walk.
  for (let next = periodContaining(first, cycle); next.start <= through; next = periodAfter(next, cycle)) {
    if (cycles.push(next) > CYCLES_MAX)
      throw new RangeError(`${item.id}: more than ${CYCLES_MAX} cycles from ${first} to ${through}`);
  }
  return cycles;
}

function inForce({ startsOn, endsOn }: RecurringItem, cycle: Period): Days | null {
  const from = startsOn > cycle.start ? startsOn : cycle.start;
  const to = endsOn !== null && endsOn < cycle.end ? endsOn : cycle.end;
  return from <= to ? { from, to } : null;
}

/** From what a cycle was charged to what it should be: nothing, one step, or all back and then anew. */
function stepsTo(item: RecurringItem, before: ChargedCycle, wanted: Days | null): DaysCharged[] {
  const { cycle, days, givenCents } = before;
  if (days?.from === wanted?.from && days?.to === wanted?.to) return [];
  const step = (of: Days, cents: bigint, now: Days | null): DaysCharged => ({
    itemId: item.id,
    cycle,
    days: of,
    cents,
    after: { itemId: item.id, cycle, days: now, cents: before.cents + cents, givenCents },
  });
  const leftCents = leftToCredit(before);
  // Of days that were given up, what was charged and not credited pays for those that come back.
  const due = (of: Days): bigint => stillDue(priceOf(item, cycle, of), before.cents);
  if (days === null) return wanted === null ? [] : [step(wanted, due(wanted), wanted)];
  if (wanted === null) return [step(days, -leftCents, null)];
  const [shorter, longer] = lengthOf(days) < lengthOf(wanted) ? [days, wanted] : [wanted, days];
  const difference = oneSidedDifference(longer, shorter);
  if (difference === null) {
    const back = step(days, -leftCents, null);
    return [back, ...stepsTo(item, back.after, wanted)];
  }
  if (shorter === wanted)
    return [step(difference, -smaller(priceOf(item, cycle, difference), leftCents), wanted)];
  if (givenCents !== 0n) return [step(difference, due(wanted), wanted)];
  const isWhole = wanted.from === cycle.start && wanted.to === cycle.end;
  return [
    step(difference, isWhole ? item.priceCents - before.cents : priceOf(item, cycle, difference), wanted),
  ];
}

const priceOf = ({ priceCents }: RecurringItem, cycle: Period, days: Days): bigint =>
  prorate(priceCents, { usedDays: lengthOf(days), cycleDays: daysInclusive(cycle) });

const lengthOf = ({ from, to }: Days): number => daysInclusive({ start: from, end: to });

/** Of two amounts of one sign, the one nearer to zero: no more is credited than was charged. */
const smaller = (a: bigint, b: bigint): bigint => (sizeOf(a) < sizeOf(b) ? a : b);
export const sizeOf = (cents: bigint): bigint => (cents < 0n ? -cents : cents);

/** What can still be credited of a cycle: what it was charged less what credit notes gave up, and never beyond. */
export const leftToCredit = ({ cents, givenCents }: ChargedCycle): bigint => stillDue(cents, givenCents);

/** What `cents` is more than what is there already, in its own direction; nothing when that is as much. */
function stillDue(cents: bigint, thereCents: bigint): bigint {
  const rest = cents - thereCents;
  return cents !== 0n && cents > 0n === rest > 0n ? rest : 0n;
}

/** What `longer` has more than `shorter`, when that is one stretch of days. */
function oneSidedDifference(longer: Days, shorter: Days): Days | null {
  if (longer.from === shorter.from && shorter.to < longer.to)
    return { from: addDays(shorter.to, 1), to: longer.to };
  if (longer.to === shorter.to && longer.from < shorter.from)
    return { from: longer.from, to: addDays(shorter.from, -1) };
  return null;
}
