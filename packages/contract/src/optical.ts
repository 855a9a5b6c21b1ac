import { z } from 'zod';

/** Optical systems in use; their limits are data with a first day of validity (`network.readOpticalLimits`). */
export const opticalSystem = z.enum(['gpon_b_plus', 'gpon_c_plus', 'xgs_pon']);
export type OpticalSystem = z.infer<typeof opticalSystem>;

/** Limits of the light an ONT receives, in dBm, strongest first. A value equal to a limit belongs to the better class. */
export const opticalLimits = z.object({
  system: opticalSystem,
  overloadDbm: z.number(),
  highDbm: z.number(),
  lowDbm: z.number(),
  poorDbm: z.number(),
  outDbm: z.number(),
  /** An installation is accepted only this far above `outDbm`. */
  marginDb: z.number(),
});
export type OpticalLimits = z.infer<typeof opticalLimits>;

export const opticalLevel = z.enum(['overload', 'high', 'good', 'low', 'poor', 'out', 'no_light']);
export type OpticalLevel = z.infer<typeof opticalLevel>;
export const verdict = z.enum(['good', 'warn', 'bad']);
export type Verdict = z.infer<typeof verdict>;

/** At or below this an ONT has no light; 0 and above is not a reading either (meters show it when unplugged). */
const NO_LIGHT_DBM = -40;

/** Where a level stands. Readings that are no light (0, −40, absent) are `no_light`, never a number to judge. */
export function opticalLevelOf(rxDbm: number | null, limits: OpticalLimits): OpticalLevel {
  if (rxDbm === null || !Number.isFinite(rxDbm) || rxDbm === 0 || rxDbm <= NO_LIGHT_DBM) return 'no_light';
  if (rxDbm > limits.overloadDbm) return 'overload';
  if (rxDbm > limits.highDbm) return 'high';
  if (rxDbm >= limits.lowDbm) return 'good';
  if (rxDbm >= limits.poorDbm) return 'low';
  return rxDbm >= limits.outDbm ? 'poor' : 'out';
}

const VERDICTS: Record<OpticalLevel, Verdict> = {
  overload: 'bad',
  high: 'warn',
  good: 'good',
  low: 'warn',
  poor: 'bad',
  out: 'bad',
  no_light: 'bad',
};
/** Good, to watch, or bad. */
export const opticalVerdict = (rxDbm: number | null, limits: OpticalLimits): Verdict =>
  VERDICTS[opticalLevelOf(rxDbm, limits)];

/** Whether an installation may close on this level: no overload, and a margin above the last usable light. */
export function acceptableAtInstall(rxDbm: number | null, limits: OpticalLimits): boolean {
  const level = opticalLevelOf(rxDbm, limits);
  if (rxDbm === null || level === 'no_light' || level === 'overload') return false;
  return rxDbm >= limits.outDbm + limits.marginDb;
}
