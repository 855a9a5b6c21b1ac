// A customer's account done a second time, in the simplest way there is: every day of every item is looked at. It
// shares nothing with the product, so that both are wrong together only when both were told the wrong rule. What it
// cannot know by itself is said where it is read: the amounts of credit notes, of debits and of what is paid out.
import { cycleOf, cycles, firstTurns, plus, type BillingDay, type Turn } from './naive-calendar.ts';

export { plus };

/** The days of a cycle that are charged, what was asked for them, and what credit notes took back of that. */
type Held = { days: string[]; cents: bigint; given: bigint };
export type Item = {
  sku: string;
  /** A plan, an option or equipment. */
  kind: string;
  cents: bigint;
  /** Months in a cycle: 1, 3 or 12. */
  months: number;
  from: string;
  to: string | null;
  /** Where it is rendered. */
  province: Province;
  /** Of a bundle's discount: what must be there, any of each. */
  parts?: readonly (readonly string[])[];
  /** What was promised with it: the same for what goes on with it after a pause, or elsewhere. */
  promise: object;
  charged: Map<string, Held>;
};
/** What is sold: an item without its days and its place. */
export type Sold = Pick<Item, 'sku' | 'kind' | 'cents' | 'months' | 'parts'>;
export type Ends = Map<Item, string | null>;
/** A rebate on goods, in a term of so many months; null for an indeterminate time. */
export type Term = { from: string; months: number | null; rebate: bigint };
export type Service = {
  id: string;
  /** The first day, and where it is today. */
  from: string;
  province: Province;
  items: Item[];
  turns: Turn[];
  /** Cycles that start by this day have been charged. */
  through: string;
  state: 'active' | 'suspended' | 'ended';
  /** Cut for money: by a person, or by the ladder. */
  isCut: boolean;
  paused: Ends | null;
  /** A vacation that ends by itself: the day it does. */
  back: string | null;
  /** The last day that was set, and what it ended. */
  end: { on: string; items: Ends; paused: Ends | null } | null;
  /** A move that was set: its day, where to, what it ended here and began there. */
  move: { on: string; to: Province; items: Ends; there: Item[] } | null;
  term: Term | null;
  /** Days from which a price was said to be higher. */
  rises: string[];
  /** Of an indemnity, what bills have asked. */
  asked: bigint;
  /** Has ended, and what it leaves behind is not settled. */
  left: boolean;
};
/** What waits for an invoice, or was put on one; below zero, a credit. */
export type Charge = {
  province: Province;
  cents: bigint;
  /** Its service, and of which item and cycle it pays which days; null for what was sold once. */
  service: string | null;
  of: { line: number; cycle: string; days: string } | null;
  /** An indemnity contains its taxes. */
  isIndemnity: boolean;
  added: string;
  /** It was billed before, and taken back. */
  again: boolean;
};
export type Account = {
  id: string;
  exempt: boolean;
  billing: BillingDay;
  services: Service[];
  charges: Charge[];
  /** What the customer owes; below zero, what they have to their credit. */
  balance: bigint;
};
export type Province = keyof typeof TAXES;

/** Parts of a hundred thousand of the price before taxes. */
const TAXES = { QC: [5_000n, 9_975n], ON: [13_000n] } as const;

/** `cents × num ÷ den`, the half cent away from zero. */
export const share = (cents: bigint, num: bigint, den: bigint): bigint => {
  const twice = 2n * cents * num;
  return (twice + (twice < 0n ? -den : den)) / (2n * den);
};
export const sum = (charges: readonly { cents: bigint }[]): bigint =>
  charges.reduce((all, { cents }) => all + cents, 0n);

export const newService = (
  service: Pick<Service, 'id' | 'from' | 'province'> & Partial<Service>,
  { billing, today }: { billing: BillingDay; today: string },
): Service => ({
  items: [],
  turns: firstTurns(service.from, billing),
  through: today,
  state: 'active',
  isCut: false,
  paused: null,
  back: null,
  end: null,
  move: null,
  term: null,
  rises: [],
  asked: 0n,
  left: false,
  ...service,
});

/** The days of an item in a cycle that are in force. */
const inForce = ({ from, to }: Item, days: readonly string[], last: string): string[] =>
  days.filter((day) => day <= last && from <= day && (to === null || day <= to));

/** Asks for the days in force of every cycle that starts by `through`, and gives back those that are not. */
export function chargeDays(service: Service, through = service.through): Charge[] {
  const asked: Charge[] = [];
  for (const [line, item] of service.items.entries())
    for (const { days, first, last } of cycles(service.turns, item.months, { from: item.from, through })) {
      const had = item.charged.get(first) ?? { days: [], cents: 0n, given: 0n };
      const now = inForce(item, days, last);
      const part = (count: number) => share(item.cents, BigInt(count), BigInt(days.length));
      const [more, before] = [now.length, had.days.length];
      let { cents } = had;
      if (more === 0) cents -= beyond(cents, had.given);
      else if (more < before) cents -= nearer(part(before - more), beyond(cents, had.given));
      // Days that were given up are paid by what was not taken back.
      else if (more > before && (before === 0 || had.given !== 0n)) cents += beyond(part(more), cents);
      else if (more > before) cents = more === days.length ? item.cents : cents + part(more - before);
      item.charged.set(first, { ...had, days: now, cents });
      if (cents === had.cents) continue;
      const differ = more > before ? now.slice(before) : had.days.slice(more);
      const of = { line, cycle: first, days: `${differ[0]} ${differ.at(-1)}` };
      asked.push({ ...once(item.province, cents - had.cents), service: service.id, of });
    }
  return asked;
}
const nearer = (a: bigint, b: bigint): bigint => (a * a < b * b ? a : b);
/** What the first is more than the second, whatever its sign; nothing when it is less. */
const beyond = (a: bigint, b: bigint): bigint => ((a > 0n && a > b) || (a < 0n && a < b) ? a - b : 0n);

/** What is sold once. */
export const once = (province: Province, cents: bigint): Charge => ({
  province,
  cents,
  service: null,
  of: null,
  isIndemnity: false,
  added: '',
  again: false,
});

/** Charges wait from a day on for the next invoice; one that takes back all of another that waits goes with it. */
export function wait(account: Account, asked: readonly Charge[], today: string): void {
  for (const charge of asked) {
    const same = (one: Charge) =>
      one.service === charge.service && JSON.stringify(one.of) === JSON.stringify(charge.of);
    const opposite = account.charges.findIndex(
      (one) => charge.of !== null && same(one) && one.cents === -charge.cents,
    );
    if (opposite >= 0) account.charges.splice(opposite, 1);
    else account.charges.push({ ...charge, added: today });
  }
}

/** Charges with their taxes: all of a province together, each tax rounded once. */
export function withTaxes({ exempt }: Account, charges: readonly Charge[]): bigint {
  let total = 0n;
  for (const [province, own] of Map.groupBy(charges, (charge) => charge.province)) {
    const net = sum(own.filter(({ isIndemnity }) => !isIndemnity));
    total += sum(own);
    if (!exempt) for (const rate of TAXES[province]) total += share(net, rate, 100_000n);
  }
  return total;
}

/** What an account was billed. */
export type Billed = { total: bigint; charges: Charge[] };

/** Whether a cycle of some months starts after one day and by another. */
const turns = (service: Service, months: number, { after, through }: { after: string; through: string }) =>
  cycleOf(service.turns, months, through).first > after;
const later = (a: string, b: string): string => (a > b ? a : b);

/** Whether what waits is billed by a day: at the first billing day of a service that comes after it was added. */
function isDue(charge: Charge, { services }: Account, through: string): boolean {
  const dayBefore = plus(through, -1);
  const running = services.filter(({ items }) => items.some(({ to }) => to === null || to >= through));
  const isMonthly = running.some(({ items }) => items.some(({ months }) => months === 1));
  const hasEnded = charge.service !== null && running.every(({ id }) => id !== charge.service);
  if (running.length === 0 || charge.again || (hasEnded && !isMonthly)) return true;
  return running.some((service) => {
    const since = later(service.through, charge.added);
    return turns(service, 1, { after: since < dayBefore ? since : dayBefore, through });
  });
}

/** A service is billed when a cycle of one of its items has started. */
const isNew = (service: Service, through: string): boolean =>
  service.through < through &&
  service.items.some(({ months }) => turns(service, months, { after: service.through, through }));

/** Bills an account up to a day: what it comes to, an invoice or, below zero, a credit, and the account with it. */
export function bill(account: Account, through: string): { billed: Billed; after: Account } {
  const after = structuredClone(account);
  const billed = after.services.filter((service) => isNew(service, through));
  const isRunning = billed.some(({ items }) => items.some(({ to }) => to === null || to >= through));
  const charges = after.charges.filter((charge) => isRunning || isDue(charge, account, through));
  after.charges = after.charges.filter((charge) => !charges.includes(charge));
  for (const service of billed) {
    charges.push(...chargeDays(service, through));
    service.through = through;
  }
  const total = withTaxes(account, charges);
  after.balance += total;
  keepAsked(after, charges, 1n);
  return { billed: { total, charges }, after };
}

function keepAsked({ services }: Account, charges: readonly Charge[], sign: bigint): void {
  for (const service of services)
    service.asked += sign * sum(charges.filter((one) => one.isIndemnity && one.service === service.id));
}

/** A bill is taken back, and what was on it waits for the next one. */
export function billAgain(account: Account, { total, charges }: Billed): void {
  account.balance -= total;
  keepAsked(account, charges, -1n);
  account.charges.push(...charges.map((charge) => ({ ...charge, again: true })));
}
