import type { CivilDate } from './civil-date.ts';
import { civilDate } from './civil-date.ts';
import { addDays, weekday } from './date-arithmetic.ts';
import { easterSunday } from './easter.ts';

/** A day off, by its one name in code. */
export type HolidayCode =
  | 'new_year'
  | 'good_friday'
  | 'easter_monday'
  | 'patriots_day'
  | 'fete_nationale'
  | 'canada_day'
  | 'labour_day'
  | 'truth_and_reconciliation'
  | 'thanksgiving'
  | 'remembrance_day'
  | 'christmas'
  | 'boxing_day';

/** What people call it, and the day it falls on before any shift for a weekend. */
export type HolidayRule = {
  readonly fr: string;
  readonly en: string;
  readonly dayIn: (year: number) => CivilDate;
};

const MONDAY = 1;

/** Every holiday that some calendar of the company keeps. Which calendar keeps which: `work-calendar.ts`. */
export const HOLIDAYS: Readonly<Record<HolidayCode, HolidayRule>> = {
  new_year: { fr: 'Jour de l’An', en: 'New Year’s Day', dayIn: fixed(1, 1) },
  good_friday: { fr: 'Vendredi saint', en: 'Good Friday', dayIn: (year) => addDays(easterSunday(year), -2) },
  easter_monday: {
    fr: 'Lundi de Pâques',
    en: 'Easter Monday',
    dayIn: (year) => addDays(easterSunday(year), 1),
  },
  patriots_day: {
    fr: 'Journée nationale des patriotes',
    en: 'National Patriots’ Day / Victoria Day',
    dayIn: (year) => mondayOnOrAfter({ year, month: 5, day: 18 }),
  },
  fete_nationale: { fr: 'Fête nationale du Québec', en: 'Quebec National Holiday', dayIn: fixed(6, 24) },
  canada_day: { fr: 'Fête du Canada', en: 'Canada Day', dayIn: fixed(7, 1) },
  labour_day: {
    fr: 'Fête du Travail',
    en: 'Labour Day',
    dayIn: (year) => mondayOnOrAfter({ year, month: 9, day: 1 }),
  },
  truth_and_reconciliation: {
    fr: 'Journée nationale de la vérité et de la réconciliation',
    en: 'National Day for Truth and Reconciliation',
    dayIn: fixed(9, 30),
  },
  thanksgiving: {
    fr: 'Action de grâces',
    en: 'Thanksgiving',
    dayIn: (year) => mondayOnOrAfter({ year, month: 10, day: 8 }),
  },
  remembrance_day: { fr: 'Jour du Souvenir', en: 'Remembrance Day', dayIn: fixed(11, 11) },
  christmas: { fr: 'Noël', en: 'Christmas Day', dayIn: fixed(12, 25) },
  boxing_day: { fr: 'Lendemain de Noël', en: 'Boxing Day', dayIn: fixed(12, 26) },
};

function fixed(month: number, day: number): (year: number) => CivilDate {
  return (year) => civilDate({ year, month, day });
}

function mondayOnOrAfter(from: { year: number; month: number; day: number }): CivilDate {
  const date = civilDate(from);
  return addDays(date, (MONDAY - weekday(date) + 7) % 7);
}
