import type { Language } from '@gigafibre/contract';
import { NO_BREAK_SPACE as NBSP } from './no-break.ts';

const DAY_MINUTES = 24 * 60;

/** A length of time, two units at most: `45 min`, `2 h 15 min`, `3 j 4 h` (`3 d 4 h`). */
export function formatDuration(minutes: number, language: Language): string {
  const total = Math.max(0, Math.round(minutes));
  const parts =
    total >= DAY_MINUTES
      ? [
          part(Math.floor(total / DAY_MINUTES), language === 'fr' ? 'j' : 'd'),
          part(Math.floor((total % DAY_MINUTES) / 60), 'h'),
        ]
      : [part(Math.floor(total / 60), 'h'), part(total % 60, 'min')];
  return parts.filter((text) => text !== undefined).join(NBSP) || `0${NBSP}min`;
}

function part(count: number, unit: string): string | undefined {
  return count === 0 ? undefined : `${count}${NBSP}${unit}`;
}
