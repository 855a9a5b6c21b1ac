/** Where time comes from. Nothing else in the hub asks the machine for the time. */
export type Clock = Readonly<{ now: () => Date; /** true when time is set by hand */ virtual: boolean }>;

export const systemClock: Clock = { now: () => new Date(), virtual: false };

/** A clock that stands where it is put; the database's `app.now()` is set with it by the test world. */
export function handClock(start: Date): Clock & { set: (instant: Date) => void } {
  let stands = start;
  return { virtual: true, now: () => stands, set: (instant) => (stands = instant) };
}
