import { addDays, type Period } from '@gigafibre/calendar';

/** A discount that stopped for a pause, and its last day had there been no pause. */
export type StoppedDiscount = Readonly<{
  /** First day of what the pause stopped, begun or to come. */
  startsOn: string;
  /** The last day on which anything was taken off, also before an earlier pause; null when nothing ever was. */
  hadTo: string | null;
  until: string;
}>;

/** Five years of months, the longest discount. */
const CYCLES_MAX = 61;

/**
 * The last day of a discount that comes back on a day. It was promised for a number of billing cycles, and those in
 * which nothing was billed do not count: they are added at its end. A cycle counts once, also when the pause parts it.
 */
export function endAfterPause(
  { startsOn, hadTo, until }: StoppedDiscount,
  { on, cycleOn }: { on: string; cycleOn: CycleOn },
): string {
  const first = cycleOn(startsOn);
  const had = hadTo === null || hadTo < first.start ? null : cycleOn(hadTo);
  const returns = cycleOn(on);
  if (had !== null && returns.start === had.start) return until;
  const left = cyclesThrough(had === null ? first : after(had, cycleOn), { until, cycleOn }).length;
  if (left === 0) return until;
  let end = returns;
  for (let counted = 1; counted < left; counted += 1) end = after(end, cycleOn);
  return end.end > until ? end.end : until;
}

/** The billing cycle that has a day. */
type CycleOn = (day: string) => Period;
const after = ({ end }: Period, cycleOn: CycleOn): Period => cycleOn(addDays(end, 1));

function cyclesThrough(first: Period, { until, cycleOn }: { until: string; cycleOn: CycleOn }): Period[] {
  const found: Period[] = [];
  for (let next = first; next.start <= until; next = after(next, cycleOn))
    if (found.push(next) > CYCLES_MAX) throw new RangeError(`more than ${CYCLES_MAX} cycles until ${until}`);
  return found;
}
