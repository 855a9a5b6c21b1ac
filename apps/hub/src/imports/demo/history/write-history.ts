import { addDays } from '@gigafibre/calendar';
import type pg from 'pg';
import { accessSealer } from '../../../domains/subscriptions/index.ts';
import { readCompany } from '../../../platform/company.ts';
import { openDb } from '../../../platform/db/connect.ts';
import type { DemoOnt } from '../open-company.ts';
import { seededChance } from '../random.ts';
import { hours, instantAt, lastOfMonth, monthsUntil } from './calendar.ts';
import type { Dwelling, Household } from './household.ts';
import { writeHousehold, writeSpareLocations } from './household-rows.ts';
import { foundHouseholds } from './households.ts';
import { issue, type Issued } from './invoice-rows.ts';
import { beginLoading, endLoading } from './loading.ts';
import { takeNumbers } from './numbers.ts';
import { pay, payingDay } from './payment-rows.ts';
import { readPriceBook } from './prices.ts';
import { takeNeighbourhood } from './sites.ts';
import { openSheets } from './tables.ts';
import { openTelling, type By, type Writing } from './writing.ts';

export type HistorySize = Readonly<{
  customers: number;
  /** Addresses with a customer, each with its ONT; and addresses known without one. */
  sites: number;
  spareLocations: number;
  subscriptions: number;
  daysOfEvents: number;
}>;
/** `full` with the living day is today's production: 6,667 customers, 21,876 services, 17,000 locations. */
export const SIZES = {
  small: { customers: 120, sites: 160, spareLocations: 0, subscriptions: 0, daysOfEvents: 100 },
  full: { customers: 6_664, sites: 7_552, spareLocations: 9_445, subscriptions: 21_873, daysOfEvents: 35 },
} as const satisfies Record<string, HistorySize>;

/** What a history leaves: the ONTs on the walls, with the light they receive, and how many rows it wrote. */
export type Written = Readonly<{
  rows: number;
  onts: readonly Readonly<DemoOnt & { rxDbm: number; olt: string; port: string }>[];
}>;

const SEED = 20_241_101;
/** Customers written between two copies. */
const BATCH = 500;
/** The payments of a day are spread over this long. */
const SECONDS_OF_PAYMENTS = 14_000;

/**
 * Writes two years of customers, services, invoices and payments that end on a day, in one transaction: the rows
 * that the domains would have written, checked by the database as theirs are. Wants an empty company with its
 * catalogue, network and technicians. The same seed and day make the same rows, but for passwords.
 */
export async function writeHistory(
  pool: pg.Pool,
  { size, endsOn, seed = SEED }: { size: HistorySize; endsOn: string; seed?: number },
): Promise<Written> {
  const db = openDb(pool);
  const constants = { company: await readCompany(db), sealer: await accessSealer(db) };
  const client = await pool.connect();
  try {
    await client.query('begin');
    const prices = await readPriceBook(client, db);
    await beginLoading(client);
    const chance = seededChance(seed);
    const numbers = await takeNumbers(client);
    const [startsOn = endsOn] = monthsUntil(endsOn);
    const { sites, spare } = await takeNeighbourhood(client, {
      sites: size.sites,
      spare: size.spareLocations,
      chance,
    });
    const households = foundHouseholds({ ...size, chance, numbers, prices, sites, startsOn, endsOn });
    const sheets = openSheets();
    const telling = openTelling(sheets, addDays(endsOn, -size.daysOfEvents));
    const technicians = await readTechnicians(client);
    const writing: Writing = {
      ...constants,
      ...telling,
      sheets,
      numbers,
      chance,
      technicians,
      startsOn,
      endsOn,
    };
    await writeHouseholds(client, writing, households);
    writeSpareLocations(writing, spare);
    await writeMonths(client, writing, households);
    writing.writeEvents();
    await sheets.copyTo(client);
    await numbers.giveBack(client);
    await endLoading(client);
    await client.query('commit');
    return { rows: sheets.copied(), onts: onWalls(households) };
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function readTechnicians(client: pg.PoolClient): Promise<By[]> {
  const { rows } = await client.query<{ id: string; name: string }>(
    'select id, name from dispatch.technicians where active order by id',
  );
  return rows.map(({ id, name }) => ({ kind: 'technician', id, name }));
}

async function writeHouseholds(
  client: pg.PoolClient,
  writing: Writing,
  households: readonly Household[],
): Promise<void> {
  for (const [index, household] of households.entries()) {
    writeHousehold(writing, household);
    if (index % BATCH === BATCH - 1) await writing.sheets.copyTo(client);
  }
  for (const { services } of households)
    for (const { id, taken } of services)
      if (taken) {
        const at = instantAt(writing.startsOn, hours(5));
        writing.sheets.add('billing.first_bills', { subscription_id: id, invoice_id: null, at });
      }
  await writing.sheets.copyTo(client);
}

/** What waits for a day: payments that were decided when an invoice came. */
type Agenda = Map<string, Household[]>;

async function writeMonths(
  client: pg.PoolClient,
  writing: Writing,
  households: readonly Household[],
): Promise<void> {
  const starting = Map.groupBy(
    households.flatMap((household) =>
      [...new Set(household.services.filter(({ taken }) => !taken).map((one) => one.activatedOn))].map(
        (on) => ({
          household,
          on,
        }),
      ),
    ),
    ({ on }) => on,
  );
  const paying: Agenda = new Map();
  for (const month of monthsUntil(writing.endsOn)) {
    const issued: Issued[] = [];
    const bill = (issuing: Parameters<typeof issue>[1]) => {
      const invoice = issue(writing, issuing);
      if (!invoice) return;
      issued.push(invoice);
      plan(paying, payingDay(writing, issuing.household, issuing.on), issuing.household);
    };
    for (const [index, household] of households.entries()) billMonth(bill, { household, month, index });
    const last = lastOfMonth(month) < writing.endsOn ? lastOfMonth(month) : writing.endsOn;
    for (let day = month; day <= last; day = addDays(day, 1)) {
      for (const [index, { household }] of (starting.get(day) ?? []).entries())
        billFirst(bill, { household, on: day, index });
      const due = paying.get(day) ?? [];
      for (const [index, household] of due.entries())
        pay(writing, { household, on: day, second: (index * SECONDS_OF_PAYMENTS) / due.length });
      paying.delete(day);
    }
    for (const { write } of issued) write();
    await writing.sheets.copyTo(client);
  }
}

const plan = (agenda: Agenda, day: string | null, household: Household): void => {
  if (day === null) return;
  const planned = agenda.get(day);
  if (planned) planned.push(household);
  else agenda.set(day, [household]);
};

type Bill = (issuing: Parameters<typeof issue>[1]) => void;

/** The invoice of a month, for the services that lived before its first day and still do. */
function billMonth(
  bill: Bill,
  { household, month, index }: { household: Household; month: string; index: number },
): void {
  const services = household.services.filter(
    ({ activatedOn, cancelledOn }) => activatedOn < month && (cancelledOn === null || cancelledOn >= month),
  );
  if (services.length === 0) return;
  const at = instantAt(month, hours(10) + index);
  bill({ household, services, on: month, at, reason: `facture du mois ${month.slice(0, 7)}`, first: false });
}

/** The first invoice of services that start on a day. */
function billFirst(
  bill: Bill,
  { household, on, index }: { household: Household; on: string; index: number },
): void {
  const services = household.services.filter((one) => !one.taken && one.activatedOn === on);
  const reason = `première facture de ${services.map(({ id }) => id).join(', ')}`;
  bill({ household, services, on, at: instantAt(on, hours(15) + 900 + index), reason, first: true });
}

const onWalls = (households: readonly Household[]): Written['onts'] =>
  households
    .filter(({ leftOn }) => leftOn === null)
    .flatMap(({ dwellings }) =>
      dwellings.map(({ ont, rxDbm, site }: Dwelling) => ({
        ...ont,
        rxDbm,
        olt: site.fibre.olt,
        port: site.fibre.ponPort,
      })),
    );
