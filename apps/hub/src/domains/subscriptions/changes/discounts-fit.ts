import { addDays } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import { sumCents } from '@gigafibre/money';
import { isInForce, type Subscription } from '../subscription.ts';

type Timeline = Pick<Subscription, 'timeline'>;

/**
 * Refuses a change after which the discounts of a day, from one on, exceed the rest of what is billed in the same
 * cycles: every bill would be below zero, and paid out. One that was above before may become less so.
 */
export function refuseDiscountsAboveRest(before: Timeline, after: Timeline, from: string): void {
  for (const on of daysOfChange(after, from))
    for (const frequency of ['monthly', 'quarterly', 'yearly'] as const) {
      const cents = ({ timeline }: Timeline) =>
        sumCents(
          timeline
            .filter((item) => item.frequency === frequency && isInForce(item, on))
            .map(({ priceCents }) => priceCents),
        );
      const left = cents(after);
      if (left < 0n && left < cents(before))
        throw new Refusal('discounts_above_rest', { on, excessCents: Number(-left) });
    }
}

/** The days, from one on, on which what is in force differs from the day before, oldest first. */
const daysOfChange = ({ timeline }: Timeline, from: string): string[] => {
  const days = timeline.flatMap(({ startsOn, endsOn }) => [
    ...(startsOn === null ? [] : [startsOn]),
    ...(endsOn === null ? [] : [addDays(endsOn, 1)]),
  ]);
  return [...new Set([from, ...days.filter((day) => day > from)])].toSorted();
};
