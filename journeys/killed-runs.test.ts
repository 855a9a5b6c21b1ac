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

/** More of both, and other instants: GIGAFIBRE_KILL_SERVICES=21876 GIGAFIBRE_KILLS=20 GIGAFIBRE_KILL_SEEDS=1,2. */
const SERVICES = Number(process.env['GIGAFIBRE_KILL_SERVICES'] ?? 80);
const KILLS = Number(process.env['GIGAFIBRE_KILLS'] ?? 1);
const SEED = (process.env['GIGAFIBRE_KILL_SEEDS'] ?? '60').split(',')[0] ?? '60';
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
  /** The commits at which the power went. */
  kills: number[];
}>;

test(
  'kill -9 at any instant of a billing run and of its debits skips nobody and takes nothing twice',
  { timeout: 60_000 + 3 * (KILLS + 2) * SETTLE_MS },
  async () => {
    const stage = await company();
    const { world, office } = stage;
    const run = await billed(stage);
    expect(run).toMatchObject({ state: 'issued', customers: SERVICES, invoices: SERVICES, done: SERVICES });
    const { rows: invoices } = await world.pool.query(
      `select i.total_cents, count(*)::int as lines, count(distinct i.customer_id)::int as customers, count(distinct i.id)::int as invoices
         from billing.invoices i join billing.invoice_lines l on l.invoice_id = i.id group by 1`,
    );
    expect(invoices).toEqual([
      { total_cents: MONTH_CENTS, lines: 2 * SERVICES, customers: SERVICES, invoices: SERVICES },
    ]);
    await booksAreRight(world);

    await debited(stage);
    const { rows: debits } = await world.pool.query(
      `select state, amount_cents, count(*)::int as debits, count(distinct invoice_id)::int as invoices from payments.debits group by 1, 2`,
    );
    expect(debits).toEqual([
      { state: 'succeeded', amount_cents: MONTH_CENTS, debits: SERVICES, invoices: SERVICES },
    ]);
    const { rows: open } = await world.pool.query(
      'select id from billing.invoices where outstanding_cents <> 0',
    );
    expect(open).toEqual([]);
    expect(Object.keys(world.world.stripe.snapshot()['charges'] ?? {})).toHaveLength(SERVICES);
    const { rows: payments } = await office.call(paymentsOperations.listPayments, { limit: 1 });
    expect(payments[0]?.amountCents).toBe(MONTH_CENTS);
    await booksAreRight(world);
    expect(stage.kills.length, 'killed while it computed, issued and debited').toBeGreaterThanOrEqual(3);
    await stage.hub.kill();
  },
);

/** Some hundred customers with a service and an agreement, in real time, and a hub that can be killed. */
async function company(): Promise<Stage> {
  const world = await testWorld({ realTime: true });
  await stockCatalog(world);
  // So that what is billed today is debited today.
  await world.act((tx) => writeSetting(tx, 'billing.due_days', 0));
  await addPayingServices(world, { count: SERVICES, stripe: world.world.addresses.stripe });
  const watch = await commitWatch(world.databaseUrl);
  const provider = await troubledLine(world.world.addresses.stripe);
  const environment = environmentOf(world.world);
  const hub = await hubProcess({ DATABASE_URL: watch.url, ...environment, STRIPE_API_URL: provider.url });
  const { STRIPE_WEBHOOK_SECRET: stripeWebhookSecret = '' } = environment;
  world.world.configure({ stripeWebhookUrl: `${hub.url}/webhook/stripe`, stripeWebhookSecret });
  const office = await callersAt(world, hub.url).as('admin');
  await hub.start();
  return { world, hub, watch, provider, office, draw: seededRandom(`killed runs ${SEED}`), kills: [] };
}

/** Computes, approves and issues a month, under fire. */
async function billed(stage: Stage): Promise<OutputOf<typeof billingRunsOperations.readRun>> {
  const { world, office } = stage;
  const { rows } = await world.pool.query<{ through: string }>(
    `select (date_trunc('month', app.now()) + interval '1 month')::date as through`,
  );
  const through = rows[0]?.through ?? '';
  const start = () => office.call(billingRunsOperations.startRun, { through }, { commandId: 'start' });
  // The command itself, and what computes the first customers.
  await underFire(stage, start, [{ from: 1, to: 2 }]);
  const { id } = await start();
  expect(await office.call(billingRunsOperations.readRun, { id })).toMatchObject({ state: 'counted' });
  const approve = () => office.call(billingRunsOperations.approveRun, { id }, { commandId: 'approve' });
  // First the batch of invoices itself; then what follows from each of them: credits, message, reminder.
  await underFire(stage, approve, [{ from: 2, to: 2 }, ...anyOf(2 * SERVICES)]);
  return office.call(billingRunsOperations.readRun, { id });
}

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
  stage.kills.push(0);
  provider.set(null);
  await hub.start();
  await underFire(stage, debit, anyOf(3 * SERVICES));
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

/** Between which commits the power goes, counted from the sending on. */
type Window = Readonly<{ from: number; to: number }>;
/** Kills at any of so many commits. */
const anyOf = (commits: number): Window[] =>
  Array.from({ length: KILLS }, () => ({ from: 1, to: Math.max(1, Math.floor(commits / KILLS)) }));

/**
 * Sends a command, kills in each window in turn, starts anew and sends it again word for word; then once in peace. The
 * power also goes when the bank has done what it was asked, and nobody heard of it.
 */
async function underFire(
  stage: Stage,
  send: () => Promise<unknown>,
  windows: readonly Window[],
): Promise<void> {
  const { hub, watch, provider, draw } = stage;
  for (const { from, to } of windows) {
    let killing: Promise<void> | undefined;
    const strike = () => (killing = hub.kill());
    const commit = from + Math.floor(draw() * (to - from + 1));
    watch.arm({ commit, side: draw() < 0.5 ? 'before' : 'after' }, strike);
    provider.arm(1 + Math.floor(draw() * SERVICES), strike);
    await send().catch((error: unknown) => {
      if (killing === undefined) throw error;
    });
    await atRest(stage, () => killing !== undefined);
    watch.disarm();
    provider.disarm();
    if (killing === undefined) break;
    stage.kills.push(commit);
    await killing;
    await hub.start();
  }
  await send();
  await atRest(stage, () => false);
}

const atRest = async ({ world }: Stage, killed: () => boolean): Promise<unknown> =>
  expect
    .poll(async () => (killed() ? [] : (await unrest(world, world.world)).slice(0, 5)), {
      timeout: SETTLE_MS,
    })
    .toEqual([]);

async function booksAreRight(world: TestWorld): Promise<void> {
  expect((await verifyLedger(world)).differences).toEqual([]);
  expect(await verifyBilling(world)).toEqual([]);
  expect(await verifyPayments(world)).toEqual([]);
}
