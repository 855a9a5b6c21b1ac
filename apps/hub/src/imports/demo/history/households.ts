import { addDays, addMonths, daysFromTo, weekday } from '@gigafibre/calendar';
import { demoOnt } from '../open-company.ts';
import type { Chance } from '../random.ts';
import { newAccount } from './account.ts';
import { basketsFor, NEXT_PLAN, type Basket } from './basket.ts';
import { firstOfMonth } from './calendar.ts';
import type { Dwelling, Habit, Household, Service } from './household.ts';
import type { Numbers } from './numbers.ts';
import { makePerson, type Person } from './people.ts';
import type { PriceBook } from './prices.ts';
import type { Site } from './sites.ts';

export type Founding = Readonly<{
  chance: Chance;
  numbers: Numbers;
  prices: PriceBook;
  customers: number;
  /** At least so many services, those that have ended included. */
  subscriptions: number;
  sites: readonly Site[];
  /** First and last day of the history. */
  startsOn: string;
  endsOn: string;
}>;

/** Customers who were there when the books began. */
const SHARE_TAKEN = 0.362;
const SHARE_LEAVING = 0.05;
const SHARE_MOVING_UP = 0.22;
const SHARE_DROPPING = 0.12;
/** The demo's own ONTs have the first numbers. */
const FIRST_ONT = 4_096;
const SUNDAY = 7;

const HABITS: readonly Readonly<{ habit: Habit; until: number }>[] = [
  { habit: 'card', until: 0.42 },
  { habit: 'debit', until: 0.54 },
  { habit: 'transfer', until: 0.66 },
  { habit: 'cheque', until: 0.71 },
  { habit: 'late', until: 0.82 },
  { habit: 'every_second', until: 0.95 },
  { habit: 'cash', until: 0.97 },
  { habit: 'stopped', until: 1 },
];

/** Every customer of two years, in the order in which they came. */
export function foundHouseholds(founding: Founding): Household[] {
  const { chance, customers, startsOn, endsOn } = founding;
  const days = Array.from({ length: customers }, (_, index) => {
    const taken = index < customers * SHARE_TAKEN;
    const day = taken
      ? addDays(startsOn, -chance.between(10, 290))
      : addDays(startsOn, chance.between(2, daysFromTo(startsOn, endsOn) - 3));
    return { taken, joinedOn: weekday(day) === SUNDAY ? addDays(day, -1) : day };
  }).toSorted((a, b) => (a.joinedOn < b.joinedOn ? -1 : a.joinedOn > b.joinedOn ? 1 : 0));
  const homes = homesOf(founding);
  const households = days.map(({ taken, joinedOn }, index) =>
    household(founding, { index, taken, joinedOn, sites: homes[index] ?? [] }),
  );
  return withFormer(founding, households);
}

const FORMER: readonly Basket[] = [
  ['TELE-BASE'],
  ['TEL-CANADA'],
  ['FIBRE-100'],
  ['TELE-CHOIX-20', 'TERMINAL-TELE'],
];

/** Fills up to the number of services wanted with those that had ended before the books began. */
function withFormer(founding: Founding, households: readonly Household[]): Household[] {
  const { chance, startsOn, subscriptions } = founding;
  const old = households.filter(({ legacyAccount }) => legacyAccount !== null);
  const missing = subscriptions - households.reduce((sum, { services }) => sum + services.length, 0);
  const former = new Map<Household, Service[]>();
  for (let count = 0; count < missing; count += 1) {
    const one = chance.pick(old);
    const [home] = one.dwellings;
    if (!home) throw new Error(`${one.id} has no dwelling`);
    const last = chance.between(1, daysFromTo(one.joinedOn, startsOn) - 1);
    const settling = { person: one.person, home, joinedOn: one.joinedOn, leftOn: null, taken: true };
    const ended = service(founding, {
      settling,
      basket: chance.pick(FORMER),
      from: one.joinedOn,
      until: addDays(one.joinedOn, last),
      isInternet: false,
      reason: 'changement de forfait',
    });
    former.set(one, [...(former.get(one) ?? []), ended]);
  }
  return households.map((one) => ({ ...one, services: [...one.services, ...(former.get(one) ?? [])] }));
}

/** Each customer has one site; what is left goes to some of them as a second or third one. */
function homesOf({ chance, customers, sites }: Founding): Site[][] {
  const homes = Array.from({ length: customers }, (_, index): Site[] => {
    const site = sites[index];
    return site ? [site] : [];
  });
  for (const site of sites.slice(customers)) homes[chance.between(0, customers - 1)]?.push(site);
  return homes;
}

type Arrival = Readonly<{ index: number; taken: boolean; joinedOn: string; sites: readonly Site[] }>;

function household(founding: Founding, { index, taken, joinedOn, sites }: Arrival): Household {
  const { chance, numbers, endsOn } = founding;
  const person = makePerson(index, chance);
  const id = numbers.next('customer');
  const dwellings = sites.map((site) => dwelling(founding, site));
  const leftOn = leavingDay(founding, joinedOn);
  const draw = chance.next();
  const services = dwellings.flatMap((home) =>
    servicesAt(founding, { person, home, joinedOn, leftOn: leftOn ?? null, taken }),
  );
  return {
    id,
    person,
    joinedOn,
    leftOn: leftOn !== null && leftOn <= endsOn ? leftOn : null,
    legacyAccount: taken ? String(40_000 + index) : null,
    habit: HABITS.find(({ until }) => draw < until)?.habit ?? 'card',
    card: {
      brand: chance.pick(['visa', 'mastercard', 'visa', 'amex']),
      last4: String(chance.between(1_000, 9_999)),
    },
    dwellings,
    services,
    account: newAccount(),
  };
}

function dwelling({ chance, numbers }: Founding, site: Site): Dwelling {
  const equipmentId = numbers.next('equipment');
  return {
    locationId: numbers.next('location'),
    site,
    equipmentId,
    ont: demoOnt(FIRST_ONT + Number(equipmentId.replace('EQP-', '')) - 100_000),
    rxDbm: -chance.between(150, 238) / 10,
  };
}

/** Somebody who leaves does so at the end of a month, half a year after they came at the soonest. */
function leavingDay({ chance, startsOn, endsOn }: Founding, joinedOn: string): string | null {
  if (!chance.happens(SHARE_LEAVING)) return null;
  const from = addMonths(firstOfMonth(joinedOn > startsOn ? joinedOn : startsOn), 6);
  const months = Math.floor(daysFromTo(from, endsOn) / 31);
  return months < 1 ? null : addDays(addMonths(from, chance.between(1, months)), -1);
}

type Settling = Readonly<{
  person: Person;
  home: Dwelling;
  joinedOn: string;
  leftOn: string | null;
  taken: boolean;
}>;

function servicesAt(founding: Founding, settling: Settling): Service[] {
  const { chance, startsOn, endsOn } = founding;
  const { person, joinedOn, leftOn, taken } = settling;
  const { internet, others } = basketsFor(chance, { business: person.kind === 'business', isNew: !taken });
  const first = joinedOn > startsOn ? joinedOn : startsOn;
  const changeOn = addMonths(firstOfMonth(first), chance.between(4, 14));
  const mayChange = leftOn === null && changeOn < endsOn;
  const services: Service[] = [];
  const add = (
    basket: Basket,
    life: { from: string; until: string | null; isInternet: boolean; reason: string },
  ) => services.push(service(founding, { settling, basket, ...life }));
  const next = NEXT_PLAN[internet[0] ?? ''];
  if (mayChange && next !== undefined && chance.happens(SHARE_MOVING_UP)) {
    const until = addDays(changeOn, -1);
    add(internet, { from: joinedOn, until, isInternet: true, reason: 'changement de forfait' });
    const better = [next, ...internet.slice(1).filter((sku) => sku !== 'INSTALLATION')];
    add(better, { from: changeOn, until: null, isInternet: true, reason: '' });
  } else add(internet, { from: joinedOn, until: leftOn, isInternet: true, reason: 'déménagement' });
  for (const basket of others) {
    const dropped = mayChange && chance.happens(SHARE_DROPPING) ? addDays(changeOn, -1) : leftOn;
    const reason = dropped === leftOn ? 'déménagement' : 'à la demande du client';
    add(basket, { from: joinedOn, until: dropped, isInternet: false, reason });
  }
  return services;
}

type Life = Readonly<{
  settling: Settling;
  basket: Basket;
  from: string;
  until: string | null;
  isInternet: boolean;
  reason: string;
}>;

const service = ({ numbers, prices }: Founding, life: Life): Service => ({
  id: numbers.next('subscription'),
  dwelling: life.settling.home,
  items: life.basket.map((sku) => ({ id: numbers.next('item'), priced: prices.priceOf(sku, life.from) })),
  activatedOn: life.from,
  cancelledOn: life.until,
  taken: life.settling.taken && life.from === life.settling.joinedOn,
  isInternet: life.isInternet,
  reason: life.reason,
});
