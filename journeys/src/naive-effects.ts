// What each command means to the naive account: which items end, and which begin.
import { share, type Ends, type Item, type Province, type Service, type Sold } from './naive-account.ts';
import { cycleOf, dayIn, monthOf, plus } from './naive-calendar.ts';

/** Items that stand on a day, or will. */
export const standing = ({ items }: Service, on: string): Item[] =>
  items.filter(({ from, to }) => to === null || (to >= on && to >= from));

/** From that day on an item is in force no more; one that had not begun never is. */
function cut(item: Item, on: string): void {
  const last = plus(on > item.from ? on : item.from, -1);
  if (item.to === null || item.to > last) item.to = last;
}
/** An item begins; given another, it goes on with what was promised by it. */
export function begin(
  service: Service,
  item: Sold & { from: string; to: string | null; province?: Province },
  goesOn?: Item,
): Item {
  const { sku, kind, cents, months, parts, from, to, province = service.province } = item;
  const { promise } = goesOn ?? { promise: {} };
  const begun = { sku, kind, cents, months, from, to, province, promise, charged: new Map() };
  service.items.push(parts === undefined ? begun : { ...begun, parts });
  return service.items.at(-1) ?? begun;
}

/** The discount of a bundle ends with the month in which a part of it is first missing, or before that month. */
function settleBundles(service: Service, from: string): void {
  for (const item of standing(service, from)) {
    if (item.cents >= 0n) continue;
    const isThere = (skus: readonly string[], day: string) =>
      service.items.some(
        (one) => skus.includes(one.sku) && one.from <= day && (one.to === null || day <= one.to),
      );
    const first = item.from > from ? item.from : from;
    const gaps = (item.parts ?? []).flatMap((skus) => {
      // Something changes only on the days after items end.
      const days = [first, ...service.items.flatMap(({ to }) => (to === null ? [] : [plus(to, 1)]))];
      return days.filter((day) => day >= first && !isThere(skus, day));
    });
    const gap = gaps.toSorted()[0];
    if (gap === undefined || (item.to !== null && gap > item.to)) continue;
    const month = cycleOf(service.turns, 1, gap);
    cut(item, month.first === gap ? gap : plus(month.last, 1));
  }
}

/** The last day of what is promised for some cycles from a day on; the one that has begun counts. */
export function lastOfCycles(
  service: Service,
  item: Pick<Item, 'months'>,
  on: string,
  count: number,
): string {
  let { last } = cycleOf(service.turns, item.months, on);
  for (let left = count; left > 1; left -= 1) ({ last } = cycleOf(service.turns, item.months, plus(last, 1)));
  return last;
}

/**
 * The last day of a discount after a pause: the cycles it was promised for and did not have are added at its end. A
 * cycle in which it took something off, or goes on, was had.
 */
function givenBack(service: Service, { item, until, on }: { item: Item; until: string | null; on: string }) {
  if (until === null || item.cents >= 0n) return until;
  const cycle = (day: string) => cycleOf(service.turns, item.months, day);
  const pieces = service.items.filter(({ promise }) => promise === item.promise);
  const ends = pieces.flatMap(({ from, to }) => (to !== null && to >= from ? [to] : []));
  const paused = pieces.filter((one) => service.paused?.has(one)).map(({ from }) => from);
  const first = cycle(paused.toSorted()[0] ?? item.from);
  const hadTo = ends.toSorted().at(-1) ?? '';
  const had = hadTo < first.first ? null : cycle(hadTo);
  if (had !== null && cycle(on).first === had.first) return until;
  let left = 0;
  for (let one = had === null ? first : cycle(plus(had.last, 1)); one.first <= until; left += 1)
    one = cycle(plus(one.last, 1));
  if (left === 0) return until;
  const last = lastOfCycles(service, item, on, left);
  return last < until ? until : last;
}
const sooner = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && b < a) ? b : a;

type Back = { item: Item; until: string | null; leaves?: string | null; there?: Province };

/** What comes back after a pause, until when; here to the day before a move that is set, and there from it. */
function comingBack(service: Service, paused: Ends, on: string): Back[] {
  const { move } = service;
  return [...paused].flatMap(([item, until]): Back[] => {
    const whole = (of: string | null) => givenBack(service, { item, until: of, on });
    const pieces = [...paused.keys()].filter(({ promise }) => promise === item.promise);
    const later = pieces
      .filter(({ from }) => from > item.from)
      .toSorted((a, b) => (a.from < b.from ? -1 : 1));
    const stays = move?.items.get(item);
    const goes = stays !== undefined;
    move?.items.delete(item);
    const leaves = later[0]?.from ?? (goes ? move?.on : undefined);
    const withMove = goes ? { leaves: whole(stays) } : {};
    if (leaves !== undefined) {
      const of = later.length > 0 ? (paused.get(later.at(-1) ?? item) ?? null) : until;
      return [{ item, until: sooner(whole(of), plus(leaves, -1)), ...withMove }];
    }
    const last = whole(until);
    if (!move || move.there.includes(item) || last === null || last < move.on) return [{ item, until: last }];
    return [
      { item, until: plus(move.on, -1), leaves: last },
      { item, until: last, there: move.to },
    ];
  });
}

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
  if (paused !== null) service.paused = new Map([...paused].map(([item, to]) => [item, sooner(to, on)]));
}

/** What is left of a rebate on goods: its part for the months to come, the one that has begun counting as over. */
export function indemnity({ term, rises }: Service, on: string): bigint {
  if (term === null || term.rebate === 0n) return 0n;
  // Who refuses a higher price, until 30 days after it holds, owes nothing.
  if (rises.some((day) => plus(day, 30) >= on)) return 0n;
  const after = (months: number) => dayIn(monthOf(term.from) + months, Number(term.from.slice(8)));
  if (term.months !== null && plus(after(term.months), -1) <= on) return 0n;
  const months = term.months ?? 48;
  let left = months - 1;
  while (left > 0 && after(months - left) <= on) left -= 1;
  return share(term.rebate, BigInt(left), BigInt(months));
}

export const effects = {
  changePlan(service: Service, on: string, plan: Sold, allowed: readonly string[]) {
    for (const item of standing(service, on)) {
      const isLost = item.kind === 'option' && !allowed.includes(item.sku) && item.cents >= 0n;
      if (item.kind === 'internet' || isLost) cut(item, on);
    }
    begin(service, { ...plan, from: on, to: null });
    settleBundles(service, on);
  },
  addOption: (service: Service, on: string, item: Sold) =>
    void begin(service, { ...item, from: on, to: null }),
  removeOption(service: Service, on: string, item: Item) {
    cut(item, on);
    settleBundles(service, on);
  },
  /** The parts the service lacks, and what the bundle takes off. */
  addBundle(service: Service, on: string, { bundle, lacking }: { bundle: Sold; lacking: readonly Sold[] }) {
    for (const item of [...lacking, bundle]) begin(service, { ...item, from: on, to: null });
    settleBundles(service, on);
  },
  repriceItem(service: Service, asked: string, { item, cents }: { item: Item; cents: bigint }) {
    const [on, to] = [asked > item.from ? asked : item.from, item.to];
    if (cents > item.cents) service.rises.push(on);
    cut(item, on);
    begin(service, { ...item, cents, from: on, to });
    settleBundles(service, on);
  },
  suspend(service: Service, on: string, hold: Sold | null) {
    const end = takeBackEnd(service);
    const stop = standing(service, on);
    service.paused = new Map(stop.map((item) => [item, item.to]));
    service.state = 'suspended';
    for (const item of stop) cut(item, hold === null ? plus(on, 30) : on);
    if (hold !== null) begin(service, { ...hold, from: on, to: null });
    if (end !== null) setEnd(service, end);
    settleBundles(service, on);
  },
  reconnect(service: Service, on: string) {
    const end = takeBackEnd(service);
    const paused: Ends = service.paused ?? new Map();
    const back = comingBack(service, paused, on);
    for (const item of standing(service, on)) if (!paused.has(item)) cut(item, on);
    for (const { item, until, leaves, there } of back) {
      const goesOn = item.to === null || item.to >= plus(on, -1);
      if (there) {
        const from = service.move?.on ?? on;
        const begun = begin(service, { ...item, from, to: until, province: there }, item);
        service.move?.there.push(begun);
        continue;
      }
      if (until !== null && until < on) continue;
      const now = goesOn ? item : begin(service, { ...item, from: on, to: until }, item);
      now.to = until !== null && until < now.from ? plus(now.from, -1) : until;
      if (service.move?.there.includes(item)) service.move.there.push(now);
      if (leaves !== undefined) service.move?.items.set(now, leaves);
    }
    Object.assign(service, { paused: null, back: null, state: 'active', isCut: false });
    if (end !== null) setEnd(service, end);
    settleBundles(service, on);
  },
  /** What stands is charged here to the day before, and there from that day on. */
  move(service: Service, on: string, { to, today }: { to: Province; today: string }) {
    const ends = standing(service, on);
    const items: Ends = new Map(ends.map((item) => [item, item.to]));
    const there = ends.map((item) => {
      const from = item.from > on ? item.from : on;
      const same = { ...item, from, province: to };
      cut(item, on);
      return begin(service, same, item);
    });
    service.move = { on, to, items, there };
    settleBundles(service, on);
    if (on <= today) effects.arrive(service);
  },
  withdrawMove(service: Service) {
    const { move } = service;
    if (move === null) return;
    for (const item of standing(service, move.on)) if (move.there.includes(item)) cut(item, move.on);
    for (const [item, to] of move.items) item.to = to !== null && to < item.from ? plus(item.from, -1) : to;
    service.move = null;
    settleBundles(service, move.on);
  },
  arrive(service: Service) {
    if (service.move) Object.assign(service, { province: service.move.to, move: null });
  },
  takeBackEnd,
  end(service: Service, on: string, today: string) {
    setEnd(service, on);
    settleBundles(service, plus(on, 1));
    if (on < today) effects.close(service);
  },
  close(service: Service) {
    if (service.end === null) return;
    for (const item of standing(service, plus(service.end.on, 1))) cut(item, plus(service.end.on, 1));
    Object.assign(service, { state: 'ended', left: true, end: null, paused: null, back: null, move: null });
  },
  /** A morning comes: what was set for it, or for a day before it, is done. */
  morning(service: Service, today: string, settle: () => void) {
    const due = [
      { on: service.end === null ? null : plus(service.end.on, 1), act: () => effects.close(service) },
      { on: service.back, act: () => effects.reconnect(service, today) },
      { on: service.move?.on ?? null, act: () => effects.arrive(service) },
    ].toSorted((one, other) => ((one.on ?? '9') < (other.on ?? '9') ? -1 : 1));
    for (const { on, act } of due) {
      if (on === null || on > today || service.state === 'ended') continue;
      act();
      settle();
    }
  },
};
