/** Periods people ask for by name. */
export const PERIODS = ['month', 'lastMonth', 'quarter', 'year'] as const;
export type PeriodName = (typeof PERIODS)[number];
export type Period = Readonly<{ from: string; to: string }>;

/** The first day of the month that is some months before a day's. */
const firstDay = (day: string, monthsBefore: number): string =>
  civilDay(day, { months: -monthsBefore, day: 1 });
/** The last day of that month: the one before the first of the next. */
const lastDay = (day: string, monthsBefore: number): string =>
  civilDay(day, { months: 1 - monthsBefore, day: 0 });

function civilDay(of: string, { months, day }: { months: number; day: number }): string {
  const [year, month] = [Number(of.slice(0, 4)), Number(of.slice(5, 7))];
  return new Date(Date.UTC(year, month - 1 + months, day)).toISOString().slice(0, 10);
}

/** The days of a period by its name, both included; months are whole ones. */
export function periodOf(name: PeriodName, today: string): Period {
  if (name === 'lastMonth') return { from: firstDay(today, 1), to: lastDay(today, 1) };
  const monthsBefore = { month: 0, quarter: 2, year: 11 }[name];
  return { from: firstDay(today, monthsBefore), to: lastDay(today, 0) };
}

/** The name of a period, or undefined when it is none of those people ask for by name. */
export const nameOf = ({ from, to }: Period, today: string): PeriodName | undefined =>
  PERIODS.find((name) => {
    const named = periodOf(name, today);
    return named.from === from && named.to === to;
  });
