import type { CivilDate } from '@gigafibre/calendar';
import { formatAddress, type AddressParts } from '../format/format-address.ts';
import {
  formatDate,
  formatDateTime,
  formatShortDate,
  formatTime,
  formatWeekday,
} from '../format/format-date.ts';
import { formatDuration } from '../format/format-duration.ts';
import { formatMoney } from '../format/format-money.ts';
import { useLanguage } from './use-language.ts';

/** Every figure as text in the reader's language, for sentences; alone on screen, use the value components. */
export function useFormat() {
  const { language } = useLanguage();
  return {
    money: (cents: bigint) => formatMoney(cents, language.value),
    date: (date: CivilDate) => formatDate(date, language.value),
    shortDate: (date: CivilDate) => formatShortDate(date, language.value),
    weekday: (date: CivilDate) => formatWeekday(date, language.value),
    time: (at: Date) => formatTime(at, language.value),
    dateTime: (at: Date) => formatDateTime(at, language.value),
    duration: (minutes: number) => formatDuration(minutes, language.value),
    address: (address: AddressParts) => formatAddress(address, language.value),
  };
}
