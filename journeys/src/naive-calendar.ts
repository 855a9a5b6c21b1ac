// Days, months and billing cycles of the naive account: a cycle is the list of its days.

/** From a day on, cycles of so many months start on this day of the month; one of them in this month (year × 12 + month). */
export type Turn = { months: number; from: string; month: number; day: number };
/** All days of a cycle, and the last of them that is in it: sooner when another billing day cuts it short. */
export type Cycle = { days: string[]; first: string; last: string };
/** `common`: all services on one day of the month; `anniversary`: each on the day it began. */
export type BillingDay = { basis: 'common' | 'anniversary'; day: number };

export const ALWAYS = '0001-01-01';
export const FREQUENCIES = [1, 3, 12] as const;

export const plus = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
export const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const iso = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
/** A day of a month; its last one when the month is shorter. */
export function dayIn(month: number, day: number): string {
  const [year, inYear] = [Math.floor(month / 12), month % 12];
  const last = iso(year, inYear + 1, 0);
  return day >= Number(last.slice(8)) ? last : iso(year, inYear, day);
}
export const lastOfMonth = (day: string): string => dayIn(monthOf(day), 31);

/** The cycle of so many months that has a day. */
export function cycleOf(turns: readonly Turn[], months: number, day: string): Cycle {
  const own = turns.filter((turn) => turn.months === months);
  const at = own.findLastIndex(({ from }) => from <= day);
  const turn = own[at];
  if (!turn) throw new Error(`no cycle of ${months} months on ${day}`);
  let month = turn.month;
  while (dayIn(month, turn.day) > day) month -= months;
  while (dayIn(month + months, turn.day) <= day) month += months;
  const days: string[] = [];
  const next = dayIn(month + months, turn.day);
  for (let one = dayIn(month, turn.day); one < next; one = plus(one, 1)) days.push(one);
  const cut = own[at + 1]?.from ?? next;
  return { days, first: days[0] ?? day, last: plus(cut < next ? cut : next, -1) };
}

/** Every cycle from the one of a day to the last that starts by another. */
export function* cycles(
  turns: readonly Turn[],
  months: number,
  { from, through }: { from: string; through: string },
): Generator<Cycle> {
  for (let cycle = cycleOf(turns, months, from); cycle.first <= through;) {
    yield cycle;
    cycle = cycleOf(turns, months, plus(cycle.last, 1));
  }
}

/** When the cycles of a service that starts on a day start: on the billing day, of January and of the months after. */
export const firstTurns = (on: string, { basis, day }: BillingDay): Turn[] =>
  FREQUENCIES.map((months) => ({
    months,
    from: ALWAYS,
    month: basis === 'common' ? monthOf(`${on.slice(0, 4)}-01-01`) : monthOf(on),
    day: basis === 'common' ? day : Number(on.slice(8)),
  }));

/**
 * Cycles turn to another day of the month once the one that has a day has run out. Of what was to turn later only
 * what cuts that one short stays, and the months in which a quarter or a year is renewed.
 */
export function turnTo(
  turns: readonly Turn[],
  { after, day }: { after: string; day: number },
): { turns: Turn[]; from: string } {
  let monthly = '';
  const turned = FREQUENCIES.flatMap((months) => {
    const own = turns.filter((turn) => turn.months === months);
    const begun = own.filter(({ from }) => from <= after);
    const whole = cycleOf(begun, months, after);
    const next = own.find(({ from }) => from > after);
    const stay = next && next.from <= whole.last ? [...begun, next] : begun;
    const free = plus(cycleOf(stay, months, after).last, 1);
    const thatMonth = dayIn(monthOf(free), day);
    const from = thatMonth < free ? dayIn(monthOf(free) + months, day) : thatMonth;
    if (months === 1) monthly = from;
    return [...stay, { months, from, month: monthOf(from), day }];
  });
  return { turns: turned, from: monthly };
}
