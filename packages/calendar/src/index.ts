export {
  civilDate,
  dateOfDayNumber,
  dateParts,
  dayNumber,
  daysInMonth,
  isCivilDate,
  type CivilDate,
  type DateParts,
} from './civil-date.ts';
export {
  addDays,
  addMonths,
  daysFromTo,
  daysInclusive,
  lastDayOfMonth,
  weekday,
  type Period,
} from './date-arithmetic.ts';
export { civilDateOf, COMPANY_ZONE, endOfDay, instantOf, startOfDay, wallClock, type Zone } from './zone.ts';
export {
  anchorOnDay,
  periodAfter,
  periodAt,
  periodContaining,
  type BillingCycle,
  type BillingFrequency,
} from './billing-period.ts';
export { easterSunday } from './easter.ts';
export { HOLIDAYS, type HolidayCode, type HolidayRule } from './holidays.ts';
export {
  addBusinessDays,
  BANKING,
  businessDayBefore,
  CUSTOMERS,
  daysOff,
  EMPLOYEES,
  isBusinessDay,
  nextBusinessDay,
  SUBCONTRACTORS,
  type DayOff,
  type WorkCalendar,
} from './work-calendar.ts';
