import { endOfDay } from '@gigafibre/calendar';

/**
 * The instant from which the delays of a notice run: when the first of its messages left, or, vouched for by its day
 * alone, once that day is over, since nobody wrote at which hour it reached. Null while nothing proves it.
 */
export const provenSince = ({
  leftAt,
  vouchedOn,
}: Readonly<{ leftAt: Date | null; vouchedOn: string | null }>): Date | null =>
  leftAt ?? (vouchedOn === null ? null : endOfDay(vouchedOn));
