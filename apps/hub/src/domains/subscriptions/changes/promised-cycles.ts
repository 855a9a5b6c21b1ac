import { periodAfter, periodContaining, type BillingFrequency, type Period } from '@gigafibre/calendar';

/** A discount that stopped for a pause: the days it had, and its last day had there been no pause. */
export type StoppedDiscount = Readonly<{
  startsOn: string;
  /** Its last day before the pause; before `startsOn` when it had not begun. */
  endsOn: string;
  until: string;
  frequency: BillingFrequency;
}>;

/** Five years of months, the longest discount. */
const CYCLES_MAX = 61;

/**
 * The last day of a discount that comes back on a day. It was promised for a number of billing cycles, and those in
 * which nothing was billed do not count: they are added at its end. A cycle counts once, also when the pause parts it.
 */
export function endAfterPause(
  { startsOn, endsOn, until, frequency }: StoppedDiscount,
  { on, anchor }: { on: string; anchor: string },
): string {
  const cycle = { anchor, frequency };
  const hadBegun = endsOn >= startsOn;
  const last = periodContaining(hadBegun ? endsOn : startsOn, cycle);
  const returns = periodContaining(on, cycle);
  if (hadBegun && returns.start === last.start) return until;
  const left = cyclesThrough(hadBegun ? periodAfter(last, cycle) : last, { until, cycle }).length;
  if (left === 0) return until;
  let end = returns;
  for (let counted = 1; counted < left; counted += 1) end = periodAfter(end, cycle);
  return end.end > until ? end.end : until;
}

function cyclesThrough(
  first: Period,
  { until, cycle }: { until: string; cycle: Parameters<typeof periodContaining>[1] },
): Period[] {
  const found: Period[] = [];
  for (let next = first; next.start <= until; next = periodAfter(next, cycle))
    if (found.push(next) > CYCLES_MAX) throw new RangeError(`more than ${CYCLES_MAX} cycles until ${until}`);
  return found;
}
