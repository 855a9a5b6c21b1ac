// A customer's account done a second time, in the simplest way there is: every day of every item is looked at. It
// shares nothing with the product, so that both are wrong together only when both were told the wrong rule.

/** The days of a cycle that are charged, what was asked for them, and what credit notes took back of that. */
type Held = { days: number; cents: bigint; given: bigint };
export type Item = {
  sku: string;
  /** A plan, an option or equipment. */
  kind: string;
  cents: bigint;
  /** Months in a cycle: 1, 3 or 12. */
  months: number;
  from: string;
  to: string | null;
  charged: Map<string, Held>;
};
type Ends = Map<Item, string | null>;
export type Service = {
  id: string;
  province: Province;
  items: Item[];
  /** Cycles that start by this day have been charged. */
  through: string;
  state: 'active' | 'suspended' | 'ended';
  paused: Ends | null;
  /** A vacation that ends by itself: the day it does. */
  back: string | null;
  /** The last day that was set, and what it ended. */
  end: { on: string; items: Ends; paused: Ends | null } | null;
  /** Has ended, and what it leaves behind is not settled. */
  left: boolean;
  /** Charges less credits that wait for the next invoice. */
  waiting: bigint;
};
export type Account = {
  id: string;
  exempt: boolean;
  services: Service[];
  /** What was sold once and waits for an invoice. */
  charges: { province: Province; cents: bigint }[];
  /** Something of a bill that was taken back waits. */
  again: boolean;
  /** What the customer owes; below zero, what they have to their credit. */
  balance: bigint;
};
export type Province = keyof typeof TAXES;

/** Parts of a hundred thousand of the price before taxes. */
const TAXES = { QC: [5_000n, 9_975n], ON: [13_000n] } as const;

export const plus = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** `cents × num ÷ den`, the half cent away from zero. */
const share = (cents: bigint, num: bigint, den: bigint): bigint => {
  const twice = 2n * cents * num;
  return (twice + (twice < 0n ? -den : den)) / (2n * den);
};

/** Every cycle from the one of a day to the last that starts by another: its days. */
function* cycles(months: number, from: string, through: string): Generator<string[]> {
  let month = Number(from.slice(5, 7)) - 1;
  month -= month % months;
  for (const year = Number(from.slice(0, 4)); ; month += months) {
    const [start, next] = [month, month + months].map((at) =>
      new Date(Date.UTC(year, at, 1)).toISOString().slice(0, 10),
    );
    if (start === undefined || next === undefined || start > through) return;
    const days: string[] = [];
    for (let day = start; day < next; day = plus(day, 1)) days.push(day);
    yield days;
  }
}

/** Asks for the days in force of every cycle that starts by `through`, and gives back those that are not; the sum. */
export function chargeDays(service: Service, through = service.through): bigint {
  let sum = 0n;
  for (const item of service.items)
    for (const days of cycles(item.months, item.from, through)) {
      const key = days[0] ?? '';
      const had = item.charged.get(key) ?? { days: 0, cents: 0n, given: 0n };
      const now = days.filter((day) => item.from <= day && (item.to === null || day <= item.to)).length;
      const part = (count: number) => share(item.cents, BigInt(count), BigInt(days.length));
      let { cents } = had;
      if (now === 0) cents -= beyond(cents, had.given);
      else if (now < had.days) cents -= nearer(part(had.days - now), beyond(cents, had.given));
      // Days that were given up are paid by what was not taken back.
      else if (now > had.days && (had.days === 0 || had.given !== 0n)) cents += beyond(part(now), cents);
      else if (now > had.days) cents = now === days.length ? item.cents : cents + part(now - had.days);
      item.charged.set(key, { ...had, days: now, cents });
      sum += cents - had.cents;
    }
  return sum;
}
const nearer = (a: bigint, b: bigint): bigint => (a * a < b * b ? a : b);
/** What the first is more than the second, whatever its sign; nothing when it is less. */
const beyond = (a: bigint, b: bigint): bigint => ((a > 0n && a > b) || (a < 0n && a < b) ? a - b : 0n);

/** Net amounts by province with their taxes: all lines of a province together, each tax rounded once. */
export function withTaxes({ exempt }: Account, nets: ReadonlyMap<Province, bigint>): bigint {
  let sum = 0n;
  for (const [province, net] of nets) {
    sum += net;
    if (!exempt) for (const rate of TAXES[province]) sum += share(net, rate, 100_000n);
  }
  return sum;
}

/** What an account was billed: of each service, and what was sold once. */
export type Billed = {
  total: bigint;
  services: { id: string; cents: bigint }[];
  charges: Account['charges'];
};

/** Whether the first of a month comes after one day and by another. */
const turns = (after: string, through: string): boolean => `${through.slice(0, 8)}01` > after;

/** Nothing of who has services is billed before the first of a month comes for one of them. */
function waitsForItsDay({ services }: Account, through: string): boolean {
  const dayBefore = plus(through, -1);
  const running = services.filter(({ items }) => items.some(({ to }) => to === null || to >= through));
  return (
    running.length > 0 &&
    !running.some((service) => turns(service.through < dayBefore ? service.through : dayBefore, through))
  );
}

/** Bills an account up to a day: what it comes to, an invoice or, below zero, a credit, and the account with it. */
export function bill(account: Account, through: string): { billed: Billed; after: Account } {
  const after = structuredClone(account);
  const nets = new Map<Province, bigint>();
  const add = (province: Province, cents: bigint) => nets.set(province, (nets.get(province) ?? 0n) + cents);
  const waits = waitsForItsDay(account, through);
  const services = after.services.map((service) => {
    const isNew = service.through < through && turns(service.through, through);
    const cents = (waits ? 0n : service.waiting) + (isNew ? chargeDays(service, through) : 0n);
    if (isNew) service.through = through;
    if (!waits) service.waiting = 0n;
    add(service.province, cents);
    return { id: service.id, cents };
  });
  const charges = waits ? [] : after.charges;
  for (const { province, cents } of charges) add(province, cents);
  if (!waits) {
    after.charges = [];
    after.again = false;
  }
  const total = withTaxes(account, nets);
  after.balance += total;
  return { billed: { total, services, charges }, after };
}

/** A bill is taken back, and what was on it waits for the next one. */
export function billAgain(account: Account, { total, services, charges }: Billed): void {
  account.balance -= total;
  account.again = true;
  account.charges.push(...charges);
  for (const { id, cents } of services)
    for (const service of account.services) if (service.id === id) service.waiting += cents;
}

/** Items that stand on a day, or will. */
export const standing = ({ items }: Service, on: string): Item[] =>
  items.filter(({ from, to }) => to === null || (to >= on && to >= from));

/** From that day on an item is in force no more; one that had not begun never is. */
function cut(item: Item, on: string): void {
  const last = plus(on > item.from ? on : item.from, -1);
  if (item.to === null || item.to > last) item.to = last;
}
export const begin = (service: Service, item: Omit<Item, 'charged'>): void =>
  void service.items.push({ ...item, charged: new Map() });

/**
 * The last day of a discount after a pause: the months it was promised for and did not have are added at its end. A
 * month in which it took something off, or goes on, was had.
 */
function givenBack({ item, until, on }: { item: Item; until: string; on: string }): string {
  const month = (day: string) => day.slice(0, 7);
  const begun = item.to !== null && item.to >= item.from;
  const had = month(begun ? (item.to ?? '') : item.from);
  if (begun && month(on) === had) return until;
  let left = 0;
  for (
    let day = begun ? plus(lastOfMonth(item.to ?? ''), 1) : item.from;
    month(day) <= month(until);
    left += 1
  )
    day = plus(lastOfMonth(day), 1);
  if (left === 0) return until;
  let last = lastOfMonth(on);
  for (; left > 1; left -= 1) last = lastOfMonth(plus(last, 1));
  return last < until ? until : last;
}
const lastOfMonth = (day: string): string =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).toISOString().slice(0, 10);

/** What the end that is set has cut stands again; gives its last day, null when none is set. */
function takeBackEnd(service: Service): string | null {
  const { end } = service;
  if (end === null) return null;
  for (const [item, to] of end.items) item.to = to;
  Object.assign(service, { paused: end.paused ?? service.paused, end: null });
  return end.on;
}

function setEnd(service: Service, on: string): void {
  const ends = standing(service, plus(on, 1));
  const { paused } = service;
  service.end = { on, items: new Map(ends.map((item) => [item, item.to])), paused };
  for (const item of ends) cut(item, plus(on, 1));
  if (paused !== null)
    service.paused = new Map([...paused].map(([item, to]) => [item, to !== null && to < on ? to : on]));
}

/** What each command means, in items and their days. */
export const effects = {
  changePlan(
    service: Service,
    on: string,
    plan: Omit<Item, 'charged' | 'from' | 'to'>,
    allowed: readonly string[],
  ) {
    for (const item of standing(service, on)) {
      const isLost = item.kind === 'option' && !allowed.includes(item.sku) && item.cents >= 0n;
      if (item.kind === 'internet' || isLost) cut(item, on);
    }
    begin(service, { ...plan, from: on, to: null });
  },
  removeOption: (item: Item, on: string) => cut(item, on),
  repriceItem(service: Service, item: Item, asked: string, cents: bigint) {
    const [on, to] = [asked > item.from ? asked : item.from, item.to];
    cut(item, on);
    begin(service, { ...item, cents, from: on, to });
  },
  suspend(service: Service, on: string, hold: Omit<Item, 'charged' | 'from' | 'to'> | null) {
    const end = takeBackEnd(service);
    const stop = standing(service, on);
    service.paused = new Map(stop.map((item) => [item, item.to]));
    service.state = 'suspended';
    for (const item of stop) cut(item, hold === null ? plus(on, 30) : on);
    if (hold !== null) begin(service, { ...hold, from: on, to: null });
    if (end !== null) setEnd(service, end);
  },
  reconnect(service: Service, on: string) {
    const end = takeBackEnd(service);
    const paused = service.paused ?? new Map<Item, string | null>();
    for (const item of standing(service, on)) if (!paused.has(item)) cut(item, on);
    for (const [item, before] of paused) {
      const until = before === null || item.cents >= 0n ? before : givenBack({ item, until: before, on });
      if (until !== null && until < on) continue;
      if (item.to === null || item.to >= plus(on, -1)) item.to = until;
      else begin(service, { ...item, from: on, to: until });
    }
    Object.assign(service, { paused: null, back: null, state: 'active' });
    if (end !== null) setEnd(service, end);
  },
  /** An end that was set is taken back first. */
  end(service: Service, on: string, today: string) {
    if (takeBackEnd(service) !== null) service.waiting += chargeDays(service);
    setEnd(service, on);
    if (on < today) effects.close(service);
  },
  close(service: Service) {
    if (service.end === null) return;
    for (const item of standing(service, plus(service.end.on, 1))) cut(item, plus(service.end.on, 1));
    Object.assign(service, { state: 'ended', left: true, end: null, paused: null, back: null });
  },
  /** A morning comes: what was set for it, or for a day before it, is done. */
  morning(service: Service, today: string) {
    const due = [
      { on: service.end === null ? null : plus(service.end.on, 1), act: () => effects.close(service) },
      { on: service.back, act: () => effects.reconnect(service, today) },
    ].toSorted((one, other) => ((one.on ?? '9') < (other.on ?? '9') ? -1 : 1));
    for (const { on, act } of due) {
      if (on === null || on > today || service.state === 'ended') continue;
      act();
      service.waiting += chargeDays(service);
    }
  },
};
