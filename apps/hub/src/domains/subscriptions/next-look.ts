const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A system just told what to hold is asked soon, then less and less often: OLTs want to be polled politely. */
const PAUSES_MS = [MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS] as const;
/** What was as it should be is looked at again within a day, in case somebody changed it by hand. */
const AGREED_MS = 24 * HOUR_MS;

/** How long to wait before a system is asked again, after so many looks since the wish. */
export const pauseAfter = (state: 'waiting' | 'agrees' | 'drifts', looks: number): number =>
  state === 'agrees' ? AGREED_MS : (PAUSES_MS[Math.max(0, looks)] ?? HOUR_MS);

/** When to look for the first time after the wish. */
export const firstLookAfter = (now: Date): Date => new Date(now.getTime() + PAUSES_MS[0]);
