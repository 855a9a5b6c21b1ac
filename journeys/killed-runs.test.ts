import { billingRunsOperations, paymentsOperations, type OutputOf } from '@gigafibre/contract';
import { seededRandom } from '@gigafibre/simulators';
import {
  callersAt,
  commitWatch,
  environmentOf,
  hubProcess,
  stockCatalog,
  testWorld,
  troubledLine,
  type Caller,
  type CommitWatch,
  type HubProcess,
  type TestWorld,
  type TroubledLine,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { verifyBilling } from '../apps/hub/src/domains/billing/index.ts';
import { verifyLedger } from '../apps/hub/src/domains/ledger/index.ts';
import { verifyPayments } from '../apps/hub/src/domains/payments/index.ts';
import { writeSetting } from '../apps/hub/src/platform/settings.ts';
import { addPayingServices } from './src/paying-services.ts';
import { unrest } from './src/traces.ts';

// A month is billed and then debited by a hub that is killed with -9 again and again while it does: no customer is
// skipped, none is billed or debited twice, no invoice is half there, and the bank was asked once for each.

/**
 * How many services are billed, how many of them are debited (all), how often the power goes in the run and as often
 * in the debits, and other instants:
 * GIGAFIBRE_KILL_SERVICES=21876 GIGAFIBRE_KILL_DEBITS=21876 GIGAFIBRE_KILLS=20 GIGAFIBRE_KILL_SEEDS=2. What was seen
 * is told when any of them is given.
 */
const SERVICES = Number(process.env['GIGAFIBRE_KILL_SERVICES'] ?? 80);
const DEBITS = Math.min(SERVICES, Number(process.env['GIGAFIBRE_KILL_DEBITS'] ?? SERVICES));
const KILLS = Number(process.env['GIGAFIBRE_KILLS'] ?? 1);
const SEED = (process.env['GIGAFIBRE_KILL_SEEDS'] ?? '60').split(',')[0] ?? '60';
/** A small company for two hubs at once; larger when asked. */
const SHARED = Number(process.env['GIGAFIBRE_KILL_SERVICES'] ?? 30);
const SHARED_DEBITS = Math.min(SHARED, DEBITS);
const tell = (what: string): void => {
  if (SERVICES !== 80 || KILLS > 1) process.stderr.write(`${new Date().toISOString()} ${what}\n`);
};
/** A month of 79.95 and 5.00 with its taxes. */
const MONTH_CENTS = 9_767n;
const SETTLE_MS = 120_000 + 200 * SERVICES;

type Stage = Readonly<{
  world: TestWorld;
  hub: HubProcess;
  watch: CommitWatch;
  provider: TroubledLine;
  office: Caller;
  draw: () => number;
  /** When the power went: during what, and at which commit or how far. */
  kills: string[];
}>;

test(
  'kill -9 at any instant of a billing run and of its debits skips nobody and takes nothing twice',
  { timeout: 60_000 + 3 * (KILLS + 2) * SETTLE_MS },
  async () => {
    const stage = await company();
    const { world, office } = stage;
    const run = await billed(stage);
    expect(run).toMatchObject({ state: 'issued', customers: SERVICES, invoices: SERVICES, done: SERVICES });
    await eachBilledOnce(world, SERVICES);
    tell(`billed: ${SERVICES} invoices after ${stage.kills.length} kills (${stage.kills.join(', ')})`);

    const before = stage.kills.length;
    await debited(stage);
    await eachDebitedOnce(world, DEBITS);
    const { rows: payments } = await office.call(paymentsOperations.listPayments, { limit: 1 });
    expect(payments[0]?.amountCents).toBe(MONTH_CENTS);
    expect(before, 'killed while it computed and issued').toBeGreaterThanOrEqual(2);
    expect(stage.kills.length, 'killed while it debited').toBeGreaterThan(before);
    const since = stage.kills.slice(before);
    tell(`debited: ${DEBITS} invoices after ${since.length} kills (${since.join(', ')})`);
    await stage.hub.kill();
  },
);

test(
  'two hubs that start, approve and debit the same month in one second do each of it once',
  { timeout: 60_000 + 3 * SETTLE_MS },
  async () => {
    const world = await payingCompany(SHARED, SHARED_DEBITS);
    const environment = { DATABASE_URL: world.databaseUrl, ...environmentOf(world.world) };
    // Each is a web server and a worker.
    const hubs = [await hubProcess(environment), await hubProcess(environment)];
    await Promise.all(hubs.map((hub) => hub.start()));
    await hearsOfPayments(world, hubs[0]?.url ?? '');
    const offices = await Promise.all(hubs.map(({ url }) => callersAt(world, url).as('admin')));
    const both = <T>(send: (office: Caller) => Promise<T>) => Promise.allSettled(offices.map(send));
    const input = await firstOfNextMonth(world);
    const started = await both((office) => office.call(billingRunsOperations.startRun, input));
    expect(started.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await atRest({ world }, () => false);
    const { rows: runs } = await world.pool.query<{ id: string }>('select id from billing.runs');
    expect(runs).toHaveLength(1);
    const id = runs[0]?.id ?? '';
    // The second of them finds it begun, and only starts its work again: both workers are at it.
    const approved = await both((office) => office.call(billingRunsOperations.approveRun, { id }));
    expect(approved.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    await atRest({ world }, () => false);
    await eachBilledOnce(world, SHARED);
    const debits = await both((office) => office.call(paymentsOperations.runPpa, { dryRun: false }));
    expect(debits.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    await atRest({ world }, () => false);
    await eachDebitedOnce(world, SHARED_DEBITS);
    tell(`two hubs: ${SHARED} invoices and ${SHARED_DEBITS} debits, each once`);
    await Promise.all(hubs.map((hub) => hub.kill()));
  },
);

/** A run that is whole: an invoice for each customer, with its lines, and books that agree. */
async function eachBilledOnce(world: TestWorld, count: number): Promise<void> {
  const { rows: invoices } = await world.pool.query(
    `select i.total_cents, count(*)::int as lines, count(distinct i.customer_id)::int as customers, count(distinct i.id)::int as invoices,
            max(i.number)::int - min(i.number)::int + 1 as numbers
       from billing.invoices i join billing.invoice_lines l on l.invoice_id = i.id group by 1`,
  );
  expect(invoices).toEqual([
    { total_cents: MONTH_CENTS, lines: 2 * count, customers: count, invoices: count, numbers: count },
  ]);
  const { rows: runs } = await world.pool.query(
    `select r.state, r.done, count(distinct c.customer_id)::int as customers, count(distinct c.invoice_id)::int as invoices
       from billing.runs r join billing.run_customers c on c.run_id = r.id group by r.id`,
  );
  expect(runs).toEqual([{ state: 'issued', done: count, customers: count, invoices: count }]);
  const { rows: sent } = await world.pool.query(
    `select count(*)::int as messages, count(distinct customer_id)::int as customers from messages.messages
      where template = 'invoice_issued'`,
  );
  expect(sent).toEqual([{ messages: count, customers: count }]);
  await booksAreRight(world);
}

/** One debit and one charge at the bank for each invoice of those who agreed, which is paid. */
async function eachDebitedOnce(world: TestWorld, count: number): Promise<void> {
  const { rows: debits } = await world.pool.query(
    `select state, amount_cents, count(*)::int as debits, count(distinct invoice_id)::int as invoices from payments.debits group by 1, 2`,
  );
  expect(debits).toEqual([{ state: 'succeeded', amount_cents: MONTH_CENTS, debits: count, invoices: count }]);
  const { rows: paid } = await world.pool.query(
    'select count(*)::int as n from billing.invoices where outstanding_cents = 0',
  );
  expect(paid).toEqual([{ n: count }]);
  expect(Object.keys(world.world.stripe.snapshot()['charges'] ?? {})).toHaveLength(count);
  await booksAreRight(world);
}

/** Customers with a service each, of whom some agreed to be debited, in real time. */
async function payingCompany(count: number, debited: number): Promise<TestWorld> {
  const world = await testWorld({ realTime: true });
  await stockCatalog(world);
  // So that what is billed today is debited today.
  await world.act((tx) => writeSetting(tx, 'billing.due_days', 0));
  await addPayingServices(world, { count, debited, stripe: world.world.addresses.stripe });
  return world;
}

async function hearsOfPayments({ world }: TestWorld, url: string): Promise<void> {
  const { STRIPE_WEBHOOK_SECRET: stripeWebhookSecret = '' } = environmentOf(world);
  world.configure({ stripeWebhookUrl: `${url}/webhook/stripe`, stripeWebhookSecret });
}

async function firstOfNextMonth({ pool }: TestWorld): Promise<{ through: string }> {
  const { rows } = await pool.query<{ through: string }>(
    `select (date_trunc('month', app.now()) + interval '1 month')::date as through`,
  );
  return { through: rows[0]?.through ?? '' };
}

/** Some hundred customers with a service and an agreement, in real time, and a hub that can be killed. */
async function company(): Promise<Stage> {
  const world = await payingCompany(SERVICES, DEBITS);
  const watch = await commitWatch(world.databaseUrl);
  const provider = await troubledLine(world.world.addresses.stripe);
  const environment = environmentOf(world.world);
  const hub = await hubProcess({ DATABASE_URL: watch.url, ...environment, STRIPE_API_URL: provider.url });
  await hearsOfPayments(world, hub.url);
  const office = await callersAt(world, hub.url).as('admin');
  await hub.start();
  return { world, hub, watch, provider, office, draw: seededRandom(`killed runs ${SEED}`), kills: [] };
}

/** Computes, approves and issues a month, under fire. */
async function billed(stage: Stage): Promise<OutputOf<typeof billingRunsOperations.readRun>> {
  const { world, office } = stage;
  const { through } = await firstOfNextMonth(world);
  const start = () => office.call(billingRunsOperations.startRun, { through }, { commandId: 'start' });
  const counted = farAs(world, 'select count(*)::int as n from billing.run_customers');
  // The command itself, and what computes the first customers; then anywhere among them.
  const fewer = Math.floor(KILLS / 4);
  await underFire(stage, start, [amid('count', { from: 1, to: 2 }), ...along('counted', counted, fewer)]);
  const { id } = await start();
  expect(await office.call(billingRunsOperations.readRun, { id })).toMatchObject({ state: 'counted' });
  tell(`counted after ${stage.kills.length} kills`);
  const approve = () => office.call(billingRunsOperations.approveRun, { id }, { commandId: 'approve' });
  const done = farAs(world, 'select coalesce(max(done), 0)::int as n from billing.runs');
  // First a page of invoices itself and what follows from it: credits, message; then anywhere among them.
  await underFire(stage, approve, [
    amid('issue', { from: 2, to: 2 }),
    ...Array.from({ length: Math.max(1, fewer) }, () => amid('follow', { from: 1, to: FOLLOWING })),
    ...along('issued', done, KILLS - 2 * fewer - 2),
  ]);
  return office.call(billingRunsOperations.readRun, { id });
}

/** Commits of what follows from a few pages at least; of a small company, from its only one. */
const FOLLOWING = Math.max(8, SERVICES / 100);

/** Debits leave, and the bank never hears of them; then the power goes at any time. */
async function debited(stage: Stage): Promise<void> {
  const { hub, provider, world } = stage;
  const debit = () => stage.office.call(paymentsOperations.runPpa, { dryRun: false }, { commandId: 'debit' });
  provider.set('silent');
  await debit();
  const sending = async () =>
    (await world.pool.query(`select 1 from payments.debits where state = 'sending'`)).rows.length;
  await expect.poll(sending, { timeout: SETTLE_MS }).toBeGreaterThan(0);
  await hub.kill();
  stage.kills.push('silent bank');
  provider.set(null);
  await hub.start();
  const paid = farAs(world, `select count(*)::int as n from payments.debits where state = 'succeeded'`);
  const spread = Math.floor(KILLS / 2);
  await underFire(stage, debit, [
    ...along('debited', paid, spread, DEBITS),
    ...Array.from({ length: KILLS - spread }, () => amid('debit', { from: 1, to: (3 * DEBITS) / KILLS })),
  ]);
  // What got no answer in time is asked again ten minutes later, which are over at once.
  const left = async () => {
    await world.pool.query(
      `update payments.debits set look_at = now() where state = 'sending' and look_at > now()`,
    );
    return sending();
  };
  await expect.poll(left, { timeout: SETTLE_MS, interval: 1_000 }).toBe(0);
  await atRest(stage, () => false);
}

/** Waits for an instant and strikes then, unless it is called off before. */
type Ambush = Readonly<{ name: string; lay: (stage: Stage, strike: () => void) => () => void }>;

/**
 * At one of so many commits from the sending on, before or after it; or when the bank has done what it was asked, and
 * nobody heard of it.
 */
function amid(what: string, { from, to }: Readonly<{ from: number; to: number }>): Ambush {
  return {
    name: what,
    lay: ({ watch, provider, draw }, strike) => {
      const commit = from + Math.floor(draw() * Math.max(1, to - from + 1));
      watch.arm({ commit, side: draw() < 0.5 ? 'before' : 'after' }, strike);
      provider.arm(1 + Math.floor(draw() * DEBITS), strike);
      return () => {
        watch.disarm();
        provider.disarm();
      };
    },
  };
}

/** Some instants, each when a part of the whole that chance chose is done, in whatever the hub does just then. */
function along(what: string, far: () => Promise<number>, count: number, whole = SERVICES): Ambush[] {
  return Array.from({ length: Math.max(0, count) }, (_, index) => ({
    name: what,
    lay: ({ draw }, strike) => {
      const target = Math.max(1, Math.floor(((index + draw()) * whole) / count));
      let waits = true;
      const look = async (): Promise<void> => {
        if (!waits) return;
        if ((await far()) >= target) return strike();
        setTimeout(() => void look(), LOOK_MS);
      };
      void look();
      return () => (waits = false);
    },
  }));
}
/** Between two looks at how far it is: the power goes somewhere in what takes longer. */
const LOOK_MS = 20;

const farAs =
  ({ pool }: TestWorld, statement: string) =>
  async (): Promise<number> =>
    (await pool.query<{ n: number }>(statement)).rows[0]?.n ?? 0;

/**
 * Sends a command, kills at each instant in turn, starts anew and sends it again word for word; then once in peace.
 */
async function underFire(
  stage: Stage,
  send: () => Promise<unknown>,
  ambushes: readonly Ambush[],
): Promise<void> {
  const { hub } = stage;
  for (const { name, lay } of ambushes) {
    let killing: Promise<void> | undefined;
    const callOff = lay(stage, () => (killing ??= hub.kill()));
    await send().catch((error: unknown) => {
      if (killing === undefined) throw error;
    });
    await atRest(stage, () => killing !== undefined);
    callOff();
    if (killing === undefined) continue;
    stage.kills.push(name);
    await killing;
    await hub.start();
  }
  await send();
  await atRest(stage, () => false);
}

const atRest = async ({ world }: Pick<Stage, 'world'>, killed: () => boolean): Promise<unknown> =>
  expect
    .poll(async () => (killed() ? [] : (await unrest(world, world.world)).slice(0, 5)), {
      timeout: SETTLE_MS,
      // Each look reads what waits, which is much at first.
      interval: SERVICES > 1_000 ? 1_000 : 50,
    })
    .toEqual([]);

async function booksAreRight(world: TestWorld): Promise<void> {
  expect((await verifyLedger(world)).differences).toEqual([]);
  expect(await verifyBilling(world)).toEqual([]);
  expect(await verifyPayments(world)).toEqual([]);
}
