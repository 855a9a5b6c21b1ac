import { addDays, civilDateOf } from '@gigafibre/calendar';
import { rung, type Rung } from '@gigafibre/contract';
import { collectibleDebts, decide, suspendableFrom, type Situation } from './next-rung.ts';
import { FRIENDLY, rungOf } from './terms.ts';

export type ForecastRung = Readonly<{
  rung: Rung;
  mode: 'automatic' | 'proposed' | 'off';
  /** The day it was taken, or the day it comes if nothing changes; null when that is past or nothing is owed. */
  on: string | null;
  taken: boolean;
}>;

/** The whole ladder of a customer with the day of each rung, were nothing to happen. */
export function forecast(s: Situation): ForecastRung[] {
  const today = civilDateOf(s.now);
  const { round, next } = decide(s);
  const anchor = collectibleDebts(s)[0]?.dueOn ?? null;
  const counted = s.taken.filter((one) =>
    FRIENDLY.includes(one.rung) ? one.anchorDueOn === anchor : one.round === round,
  );
  const announced = counted.reduce<string | null>((day, { announcedOn }) => announcedOn ?? day, null);
  const cut = s.suspendedOn ?? announced ?? (anchor === null ? null : suspendableFrom(s.terms, anchor));
  return rung.options.map((name): ForecastRung => {
    const { mode, days } = rungOf(s.terms, name);
    const done = counted.findLast((one) => one.rung === name);
    if (done) return { rung: name, mode, on: done.on, taken: true };
    if (next?.rung === name) return { rung: name, mode, on: next.on, taken: false };
    const on =
      anchor === null || cut === null || isBeside(s, name) ? null : dayOf(name, { days, anchor, cut });
    return { rung: name, mode, on: on !== null && on > today ? on : null, taken: false };
  });
}

/** Rungs that a customer without a service has not before them. */
function isBeside({ services, suspendedOn }: Situation, name: Rung): boolean {
  if (name === 'termination') return services.active + services.suspended === 0;
  return suspendedOn === null && services.active === 0 && CUTTING.includes(name);
}
const CUTTING: readonly Rung[] = ['suspension_notice', 'final_notice', 'suspension'];

function dayOf(name: Rung, { days, anchor, cut }: { days: number; anchor: string; cut: string }): string {
  if (FRIENDLY.includes(name)) return addDays(anchor, days);
  return name === 'suspension_notice' || name === 'final_notice' ? addDays(cut, -days) : addDays(cut, days);
}
