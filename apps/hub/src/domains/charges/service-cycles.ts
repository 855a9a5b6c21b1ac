import {
  addDays,
  addMonths,
  dateParts,
  periodContaining,
  type BillingFrequency,
  type Period,
} from '@gigafibre/calendar';
import type { RecurringItem } from './service-days.ts';

/** From a day on, the first of a cycle, the cycles of a frequency start on other days. */
export type AnchorFrom = Readonly<{ frequency: BillingFrequency; from: string; anchor: string }>;

/** When the cycles of a service start: on an anchor, and from some days on, oldest first, on others. */
export type Turning = Readonly<{ anchor: string; anchors?: readonly AnchorFrom[] | undefined }>;

/** A stretch of days on one anchor; `to` null for the last. */
type Stretch = Readonly<{ anchor: string; from: string; to: string | null }>;

const ALWAYS = '0001-01-01';

function stretchesOf({ anchor, anchors = [] }: Turning, frequency: BillingFrequency): Stretch[] {
  const starts = [{ from: ALWAYS, anchor }, ...anchors.filter((one) => one.frequency === frequency)];
  return starts.map((one, index) => {
    const next = starts[index + 1];
    return { anchor: one.anchor, from: one.from, to: next ? addDays(next.from, -1) : null };
  });
}

/** The billing cycle that has a day; one that another billing day cuts short ends the day before. */
export function cyclesOf(turning: Turning, frequency: BillingFrequency): (day: string) => Period {
  const stretches = stretchesOf(turning, frequency);
  return (day) => {
    const stretch = stretches.findLast(({ from }) => from <= day);
    if (!stretch) throw new RangeError(`no billing cycle on ${day}`);
    const { start, end } = periodContaining(day, { anchor: stretch.anchor, frequency });
    return { start, end: stretch.to !== null && stretch.to < end ? stretch.to : end };
  };
}

const MONTHS = { monthly: 1, quarterly: 3, yearly: 12 } as const satisfies Record<BillingFrequency, number>;
const FREQUENCIES = ['monthly', 'quarterly', 'yearly'] as const;
/** A leap day may be eight years away. */
const MONTHS_BACK_MAX = 96;

/**
 * When cycles start once they turn to a day of the month, after the cycles that have a day: those have been charged.
 * What was to turn later is replaced, unless it has cut short one of them. The months in which a quarter or a year is
 * renewed stay, however often the day changes.
 */
export function turnedTo(
  { anchor, anchors = [] }: Turning,
  { after, day }: { after: string; day: number },
): AnchorFrom[] {
  const begun = { anchor, anchors: anchors.filter(({ from }) => from <= after) };
  const cuts = ({ frequency, from }: AnchorFrom) =>
    from === anchors.find((one) => one.frequency === frequency && one.from > after)?.from &&
    from <= cyclesOf(begun, frequency)(after).end;
  const turning = { anchor, anchors: anchors.filter((one) => one.from <= after || cuts(one)) };
  return [
    ...turning.anchors,
    ...FREQUENCIES.flatMap((frequency) => nextTurn(turning, { frequency, after, day }) ?? []),
  ];
}

function nextTurn(
  turning: Turning,
  { frequency, after, day }: { frequency: BillingFrequency; after: string; day: number },
): AnchorFrom | undefined {
  const next = addDays(cyclesOf(turning, frequency)(after).end, 1);
  const thatMonth = addMonths(next, 0, day);
  const from = thatMonth < next ? addMonths(next, MONTHS[frequency], day) : thatMonth;
  const anchor = anchorOf(from, { frequency, day });
  const current = turning.anchors?.findLast((one) => one.frequency === frequency)?.anchor ?? turning.anchor;
  return dateParts(current).day === dateParts(anchor).day ? undefined : { frequency, from, anchor };
}

/** A day on which the same cycles start and which has the day wished for, where a month of theirs has it. */
function anchorOf(from: string, { frequency, day }: { frequency: BillingFrequency; day: number }): string {
  let best = from;
  for (let back = 0; back <= MONTHS_BACK_MAX && dateParts(best).day !== day; back += MONTHS[frequency]) {
    const candidate = addMonths(from, -back, day);
    if (dateParts(candidate).day > dateParts(best).day) best = candidate;
  }
  return best;
}

/** Whether a cycle of one of the items of a service starts after a day and by another: there is something to charge. */
export const turnsBetween = (
  service: Turning & Readonly<{ items: readonly Pick<RecurringItem, 'frequency'>[] }>,
  { after, through }: { after: string; through: string },
): boolean =>
  [...new Set(service.items.map(({ frequency }) => frequency))].some(
    (frequency) => cyclesOf(service, frequency)(through).start > after,
  );

/** An item with the anchor on which it turns. */
export type AnchoredItem = Readonly<{ item: RecurringItem; anchor: string; through: string }>;

/**
 * An item as the stretches of days in which it turns on one anchor: each is charged as an item of its own would be.
 * A cycle that the next anchor cuts short keeps its length, so that its part is charged as any part is.
 */
export function onOneAnchor(
  item: RecurringItem,
  turning: Turning,
  { from, through }: { from: string; through: string },
): AnchoredItem[] {
  return stretchesOf(turning, item.frequency)
    .filter(({ to }) => to === null || (item.startsOn <= to && from <= to))
    .map((stretch) => ({
      anchor: stretch.anchor,
      through: stretch.to !== null && stretch.to < through ? stretch.to : through,
      item: {
        ...item,
        startsOn: stretch.from > item.startsOn ? stretch.from : item.startsOn,
        endsOn:
          stretch.to !== null && (item.endsOn === null || item.endsOn > stretch.to)
            ? stretch.to
            : item.endsOn,
      },
    }));
}
