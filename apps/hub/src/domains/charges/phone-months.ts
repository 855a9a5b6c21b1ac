import { addMonths, lastDayOfMonth } from '@gigafibre/calendar';
import type { ChargedSubscription, ServiceItem } from './charge-service-days.ts';

/** A month with telephone service, and for how many lines. */
export type PhoneMonth = Readonly<{
  subscriptionId: string;
  /** Its first day. */
  month: string;
  lines: number;
}>;

/** What may be charged at once, however late it is found. */
const MONTHS_MAX = 40;

const firstOf = (day: string): string => `${day.slice(0, 7)}-01`;

/**
 * The months that begin by a day in which a service has telephone lines for which the 9-1-1 tax was not charged yet,
 * with how many: a line that comes in the middle of a month owes that month whole, one that leaves owes it no less,
 * and another plan for the same line owes nothing more. `taxed`: what was charged, oldest first. `after`: up to which
 * day the service is charged, undefined before its first bill; months before that were another system's, or bore no
 * tax yet, unless the line came in the cycle that was charged last.
 */
export function newPhoneMonths(
  service: ChargedSubscription,
  { after, through, taxed }: { after: string | undefined; through: string; taxed: readonly PhoneMonth[] },
): PhoneMonth[] {
  const { subscriptionId } = service;
  const phones = service.items.filter(({ kind }) => kind === 'phone');
  const first = firstMonth(phones, after, taxed);
  if (first === undefined) return [];
  const charged = new Map(taxed.map(({ month, lines }) => [month, lines]));
  const found: PhoneMonth[] = [];
  for (let month = first, count = 0; month <= through; month = addMonths(month, 1)) {
    if (++count > MONTHS_MAX)
      throw new RangeError(`${subscriptionId}: more than ${MONTHS_MAX} months of 9-1-1 tax`);
    const lines = linesIn(phones, month) - (charged.get(month) ?? 0);
    if (lines > 0) found.push({ subscriptionId, month, lines });
  }
  return found;
}

function firstMonth(
  phones: readonly ServiceItem[],
  after: string | undefined,
  taxed: readonly PhoneMonth[],
): string | undefined {
  const [earliest] = phones.map(({ startsOn }) => startsOn).toSorted();
  const last = taxed.at(-1);
  if (earliest === undefined) return undefined;
  if (last) return last.month;
  if (after === undefined) return firstOf(earliest);
  const [recent] = phones
    .map(({ startsOn }) => startsOn)
    .filter((day) => day > addMonths(after, -1))
    .toSorted();
  const next = addMonths(firstOf(after), 1);
  return recent !== undefined && firstOf(recent) < next ? firstOf(recent) : next;
}

/** The most lines at once on a day of a month. */
function linesIn(phones: readonly ServiceItem[], month: string): number {
  const end = lastDayOfMonth(month);
  const inMonth = phones.filter(
    ({ startsOn, endsOn }) =>
      startsOn <= end && (endsOn === null || endsOn >= month) && (endsOn ?? end) >= startsOn,
  );
  const on = (day: string): number =>
    inMonth.filter(({ startsOn, endsOn }) => startsOn <= day && (endsOn === null || endsOn >= day)).length;
  return Math.max(0, ...inMonth.map(({ startsOn }) => on(startsOn > month ? startsOn : month)));
}
