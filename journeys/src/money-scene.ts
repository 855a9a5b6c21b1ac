import {
  billingOperations,
  billingRunsOperations,
  chargesOperations,
  creditNoteOperations,
  paymentsOperations,
  receivableOperations,
  subscriptionChangesOperations,
  subscriptionsOperations,
  taxExemptionOperations,
  type InputOf,
  type Operation,
  type OutputOf,
} from '@gigafibre/contract';
import { stripeSignature } from '@gigafibre/simulators';
import {
  installOnt,
  newCustomer,
  newLocation,
  newSubscription,
  testWorld,
  type Caller,
  type TestWorld,
} from '@gigafibre/testing';
import fc from 'fast-check';
import { expect } from 'vitest';
import { verifyBilling } from '../../apps/hub/src/domains/billing/index.ts';
import { importItem } from '../../apps/hub/src/domains/catalog/index.ts';
import { accountOf, verifyLedger } from '../../apps/hub/src/domains/ledger/index.ts';
import { verifyPayments } from '../../apps/hub/src/domains/payments/index.ts';
import { emptier } from './emptied.ts';
import {
  begin,
  bill,
  billAgain,
  chargeDays,
  effects,
  plus,
  withTaxes,
  type Account,
  type Billed,
  type Item,
  type Service,
} from './naive-account.ts';

/** One thing that happens; the numbers choose what it happens to. */
export type Step = Readonly<{
  what: What;
  who: number;
  which: number;
  /** A day before or after today. */
  days: number;
  cents: number;
  /** Sent twice at once under one command id, or told twice. */
  twice: boolean;
}>;

const CUSTOMERS = 3;
const PLANS = {
  'FIBRE-500': { sku: 'FIBRE-500', kind: 'internet', cents: 7_995n, months: 1, options: ['NUAGE'] },
  'FIBRE-1000': {
    sku: 'FIBRE-1000',
    kind: 'internet',
    cents: 8_995n,
    months: 1,
    options: ['IP-FIXE', 'NUAGE', 'BAIL'],
  },
} as const;
const EXTRAS = {
  ROUTEUR: { sku: 'ROUTEUR', kind: 'equipment', cents: 500n, months: 1 },
  'IP-FIXE': { sku: 'IP-FIXE', kind: 'option', cents: 1_000n, months: 1 },
  BAIL: { sku: 'BAIL', kind: 'option', cents: 2_999n, months: 3 },
  NUAGE: { sku: 'NUAGE', kind: 'option', cents: 11_987n, months: 12 },
  VACANCES: { sku: 'VACANCES', kind: 'option', cents: 1_000n, months: 1 },
  RABAIS: { sku: 'RABAIS', kind: 'option', cents: 0n, months: 1 },
} as const;
const FREQUENCY = { 1: 'monthly', 3: 'quarterly', 12: 'yearly' } as const;

/** How often each thing happens among the others. */
const WEIGHTS = {
  'time passes': 10,
  month: 8,
  count: 2,
  issue: 2,
  abandon: 1,
  'take a run back': 2,
  'start a service': 2,
  'change plan': 5,
  'add an option': 4,
  'remove an option': 3,
  'add a discount': 3,
  reprice: 3,
  suspend: 3,
  reconnect: 3,
  end: 3,
  'add a charge': 3,
  'pay by hand': 5,
  'pay by card': 4,
  refund: 3,
  chargeback: 3,
  'credit a line': 3,
  void: 2,
  'write off': 3,
  dispute: 2,
  decide: 1,
} as const;
type What = keyof typeof WEIGHTS;

const things = Object.keys(WEIGHTS) as What[]; // the keys of the table above
export const anyStep = fc.record<Step>({
  what: fc.oneof(...things.map((what) => ({ weight: WEIGHTS[what], arbitrary: fc.constant(what) }))),
  who: fc.nat(CUSTOMERS - 1),
  which: fc.nat(5),
  days: fc.integer({ min: -12, max: 40 }),
  cents: fc.integer({ min: 1, max: 12_000 }),
  twice: fc.boolean(),
});
/** Everybody has a service, from today or from some days ago. */
export const opening: readonly Step[] = Array.from({ length: CUSTOMERS }, (_, who) => ({
  what: 'start a service',
  who,
  which: 0,
  days: -who * 9,
  cents: 0,
  twice: false,
}));

/** Money that came by card, as the provider knows it. */
type Money = { ref: string; account: Account['id']; left: bigint; taken: bigint; decided: boolean };
type Paid = { id: string; account: Account['id']; left: bigint };
type Story = {
  accounts: Account[];
  money: Money[];
  paid: Paid[];
  run: { id: string; through: string; touched: Set<string> } | null;
  /** What each run billed each account, and the run that may be taken back. */
  issued: Map<string, Billed>;
  lastRun: string | null;
  disputes: string[];
  /** Debts that came back when money did: written down by the system, added up here. */
  recovered: Map<string, bigint>;
};

export type MoneyScene = Readonly<{
  begin: (on: string) => Promise<void>;
  play: (step: Step) => Promise<void>;
  close: () => Promise<void>;
  /** How often each thing was done and refused, and what was never done. */
  report: () => { done: Record<string, number[]>; never: string[] };
}>;

/** One company over HTTP, emptied before each story. */
export async function openScene(): Promise<MoneyScene> {
  const world = await testWorld();
  await stockShelves(world);
  const office = await world.as('admin');
  await world.settle();
  const empty = await emptier(world.pool);
  const counts = new Map<string, { done: number; refused: number }>();
  let scene: Scene = { world, office, counts, story: nothingYet(), number: 0 };
  return {
    begin: async (on) => {
      await empty();
      await world.moveTo(new Date(`${on}T14:00:00Z`));
      scene = { ...scene, story: nothingYet() };
      for (let who = 0; who < CUSTOMERS; who += 1) await settleIn(scene, who);
    },
    play: (step) => play(scene, step),
    close: () => close(scene),
    report: () => ({
      done: Object.fromEntries([...counts].map(([what, { done, refused }]) => [what, [done, refused]])),
      never: things.filter((what) => (counts.get(what)?.done ?? 0) === 0),
    }),
  };
}

/** The plans, what goes with them, and a visit. */
async function stockShelves(world: TestWorld): Promise<void> {
  const common = { taxTreatment: 'taxable', onSale: true } as const;
  const from = '2025-01-01';
  const sold = [...Object.values(EXTRAS), PLANS['FIBRE-500'], PLANS['FIBRE-1000']];
  for (const { sku, kind, cents, months, ...more } of sold)
    await world.act((tx) =>
      importItem(tx, {
        ...common,
        sku,
        nameFr: sku,
        nameEn: sku,
        kind,
        frequency: FREQUENCY[months],
        revenueAccount: kind === 'internet' ? '4010' : '4080',
        prices: [{ priceCents: Number(cents), from }],
        ...('options' in more ? { ...LINE, options: [...more.options] } : {}),
      }),
    );
  await world.act((tx) =>
    importItem(tx, {
      ...common,
      sku: 'VISITE',
      nameFr: 'Visite',
      nameEn: 'Visit',
      kind: 'labour',
      frequency: 'one_time',
      revenueAccount: '4060',
      prices: [{ priceCents: 6_995, from }],
    }),
  );
}
const LINE = { downloadMbps: 500, uploadMbps: 500, oltProfile: 'PLAN-500', radiusProfile: 'plan-500' };

const nothingYet = (): Story => ({
  accounts: [],
  money: [],
  paid: [],
  run: null,
  issued: new Map(),
  lastRun: null,
  disputes: [],
  recovered: new Map(),
});

type Scene = {
  world: TestWorld;
  office: Caller;
  counts: Map<string, { done: number; refused: number }>;
  story: Story;
  number: number;
};
const today = ({ world }: Scene): string => world.now.toISOString().slice(0, 10);

/** A customer with a house; the last one is exempt of the taxes of Québec. */
async function settleIn({ world, office, story }: Scene, who: number): Promise<void> {
  const id = await newCustomer(world);
  await world.pool.query('update customers.customers set stripe_id = $1 where id = $2', [`cus_${id}`, id]);
  const exempt = who === CUSTOMERS - 1;
  if (exempt)
    await office.call(taxExemptionOperations.grantTaxExemption, {
      customerId: id,
      taxes: ['GST', 'QST'],
      reason: 'first_nations',
      certificate: '1234567890',
      evidence: 'copie au dossier',
      validFrom: '2020-01-01',
    });
  story.accounts.push({ id, exempt, services: [], charges: [], again: false, balance: 0n });
}

/** Plays a step, and looks at everything. */
async function play(scene: Scene, step: Step): Promise<void> {
  const account = scene.story.accounts[step.who];
  if (!account) throw new Error(`no customer ${step.who}`);
  const before = scene.counts.get(step.what) ?? { done: 0, refused: 0 };
  const done = await verbs[step.what]({ scene, step, account });
  await scene.world.drain();
  settleLeavers(scene);
  scene.counts.set(step.what, {
    done: before.done + (done ? 1 : 0),
    refused: before.refused + (done ? 0 : 1),
  });
  await agree(scene, step.what);
}

/** Whoever has no service any more is given at once what the days after their last one make. */
function settleLeavers({ world, story }: Pick<Scene, 'world' | 'story'>): void {
  for (const [index, account] of story.accounts.entries()) {
    const { services } = account;
    if (!services.some(({ left }) => left) || services.some(({ state }) => state !== 'ended')) continue;
    for (const service of services) service.left = false;
    const { billed, after } = bill(account, world.now.toISOString().slice(0, 10));
    if (billed.total < 0n) story.accounts[index] = after;
    if (billed.total < 0n) story.run?.touched.add(account.id);
  }
}

type Taking = Readonly<{ scene: Scene; step: Step; account: Account }>;
/** Does it on both sides; false when the hub refused, and nothing may have changed. */
type Verb = (taking: Taking) => Promise<boolean>;

const refusalOf = (error: unknown): string => {
  if (error instanceof Error && 'code' in error && 'status' in error && Number(error.status) < 500)
    return String(error.code);
  throw error;
};

/** Sends a command, twice at once when asked to: one is done, and both hear the same. */
async function send<Op extends Operation>(
  { scene, step }: Taking,
  operation: Op,
  input: InputOf<Op>,
): Promise<OutputOf<Op> | string> {
  const commandId = `model-${(scene.number += 1)}`;
  const once = () => scene.office.call(operation, input, { commandId }).catch(refusalOf);
  const [answer, again] = await Promise.all(step.twice ? [once(), once()] : [once()]);
  if (again !== undefined) expect(again).toEqual(answer);
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

type ChangeInput = InputOf<typeof subscriptionChangesOperations.previewChange>['change'];

/** A command on a service: previewed, sent, and done on the other side. */
async function change(
  taking: Taking,
  asked: Readonly<{
    service: Service | undefined;
    change: ChangeInput;
    effect: (service: Service, on: string) => void;
  }>,
): Promise<boolean> {
  const { scene, account } = taking;
  const { service, effect } = asked;
  if (!service) return false;
  const { command, ...input } = asked.change;
  const { id } = service;
  const preview = await scene.office
    .call(subscriptionChangesOperations.previewChange, { id, change: asked.change })
    .catch(refusalOf);
  const answer = await send(taking, subscriptionChangesOperations[command], { id, ...input } as never); // one of the pairs of this table
  expect(inWords(answer), `preview of ${command}`).toEqual(inWords(preview));
  if (typeof answer === 'string') return false;
  const waited = service.waiting;
  effect(service, answer.on);
  service.waiting += chargeDays(service);
  scene.story.run?.touched.add(account.id);
  expect(answer.chargesCents, `charges of ${command}`).toBe(service.waiting - waited);
  return true;
}

/** What an effect says, without the numbers a rehearsal takes from the sequences. */
const inWords = (effect: OutputOf<typeof subscriptionChangesOperations.changePlan> | string) =>
  typeof effect === 'string'
    ? effect
    : {
        on: effect.on,
        cents: [effect.chargesCents, effect.monthlyBeforeCents, effect.monthlyAfterCents],
        status: effect.subscription.status,
        lines: effect.charges.map(({ sku, amountCents, period, detailFr }) => [
          sku,
          amountCents,
          period,
          detailFr,
        ]),
      };

/** One of a customer's services, of those in a state when there are such. */
const aService = ({ account, step }: Taking, state?: Service['state']): Service | undefined => {
  const fitting = account.services.filter((service) => service.state === state);
  const some = fitting.length > 0 ? fitting : account.services;
  return some[step.which % Math.max(1, some.length)];
};
/** Today, the next cycle, or a day near today. */
const aDay = ({ scene, step }: Taking): string | undefined => {
  if (step.cents % 3 === 0) return undefined;
  return step.cents % 3 === 1 ? 'next_cycle' : plus(today(scene), step.days);
};
const aPastDay = ({ scene, step }: Taking): string | undefined =>
  step.days > 0 ? undefined : plus(today(scene), step.days);

/** An item as the hub shows it, and the same here. */
async function anItem(
  { scene, step }: Taking,
  service: Service,
): Promise<{ itemId: string; item: Item } | undefined> {
  const { items, itemsToCome } = await scene.office.call(subscriptionsOperations.readSubscription, {
    id: service.id,
  });
  const shown = [...items, ...itemsToCome];
  const one = shown[step.cents % Math.max(1, shown.length)];
  const item = service.items.find(
    ({ sku, cents, from, to }) =>
      sku === one?.sku && cents === one.priceCents && from === one.startsOn && to === one.endsOn,
  );
  if (!one || !item) return undefined;
  return { itemId: one.id, item };
}

const lastDayOfMonth = (day: string, after: number): string =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) + after, 0)).toISOString().slice(0, 10);

/** Commands on services. */
const changing = {
  'change plan': (taking) => {
    const plan = taking.step.which % 2 === 0 ? PLANS['FIBRE-1000'] : PLANS['FIBRE-500'];
    return change(taking, {
      service: aService(taking, 'active'),
      change: { command: 'changePlan', sku: plan.sku, when: aDay(taking) },
      effect: (service, on) => {
        const { sku, kind, cents, months } = plan;
        effects.changePlan(service, on, { sku, kind, cents, months }, plan.options);
      },
    });
  },
  'add an option': (taking) => {
    const names = ['IP-FIXE', 'ROUTEUR', 'NUAGE', 'BAIL'] as const;
    const extra = EXTRAS[names[taking.step.cents % names.length] ?? 'ROUTEUR'];
    return change(taking, {
      service: aService(taking, 'active'),
      change: { command: 'addOption', sku: extra.sku, when: aDay(taking) },
      effect: (service, on) => begin(service, { ...extra, from: on, to: null }),
    });
  },
  'remove an option': async (taking) => {
    const service = aService(taking);
    const found = service && (await anItem(taking, service));
    if (!found) return false;
    return change(taking, {
      service,
      change: { command: 'removeOption', itemId: found.itemId, when: aDay(taking) },
      effect: (_, on) => effects.removeOption(found.item, on),
    });
  },
  'add a discount': (taking) => {
    const cycles = 1 + (taking.step.which % 4);
    const cents = BigInt(taking.step.cents % 3_000) + 1n;
    return change(taking, {
      service: aService(taking, 'active'),
      change: {
        command: 'addDiscount',
        sku: 'RABAIS',
        amountCents: Number(cents),
        cycles,
        when: aDay(taking),
      },
      effect: (service, on) =>
        begin(service, { ...EXTRAS.RABAIS, cents: -cents, from: on, to: lastDayOfMonth(on, cycles - 1) }),
    });
  },
  reprice: async (taking) => {
    const service = aService(taking);
    const found = service && (await anItem(taking, service));
    if (!found) return false;
    const when = aDay(taking);
    return change(taking, {
      service,
      change: {
        command: 'repriceItem',
        itemId: found.itemId,
        priceCents: taking.step.cents,
        when,
        reason: 'essai',
      },
      effect: (owner, on) => effects.repriceItem(owner, found.item, on, BigInt(taking.step.cents)),
    });
  },
  suspend: (taking) => {
    // Who is cut for money comes back by itself when nothing is asked any more: the ladder tries that.
    const reasons = ['vacation', 'abuse'] as const;
    const reason = reasons[taking.step.which % reasons.length] ?? 'abuse';
    const on = aPastDay(taking);
    const isHeld = reason === 'vacation' && taking.step.cents % 2 === 0;
    const until = plus(on ?? today(taking.scene), 13 + (taking.step.cents % 40));
    return change(taking, {
      service: aService(taking, 'active'),
      change: { command: 'suspendSubscription', reason, ...(on ? { on } : {}), ...(isHeld ? { until } : {}) },
      effect: (service, from) => {
        effects.suspend(service, from, reason === 'vacation' ? EXTRAS.VACANCES : null);
        if (isHeld) service.back = plus(until, 1);
      },
    });
  },
  reconnect: (taking) => {
    const on = aPastDay(taking);
    return change(taking, {
      service: aService(taking, 'suspended'),
      change: { command: 'reconnectSubscription', ...(on ? { on } : {}) },
      effect: effects.reconnect,
    });
  },
  end: (taking) =>
    change(taking, {
      service: aService(taking),
      change: {
        command: 'endSubscription',
        on: plus(today(taking.scene), taking.step.days),
        reason: 'départ',
      },
      effect: (service, on) => effects.end(service, on, today(taking.scene)),
    }),
} satisfies Partial<Record<What, Verb>>;

const NAMES_MAX = 200;

async function startService({ scene, step, account }: Taking): Promise<boolean> {
  if (account.services.length >= 2) return false;
  const { world, office } = scene;
  const province = step.which % 2 === 0 || account.exempt ? 'QC' : 'ON';
  const locationId = await newLocation(world, account.id, province === 'QC' ? 'J0L 2L0' : 'K1A 0B1');
  const at = { customerId: account.id, locationId };
  const id = await newSubscription(world, { ...at, skus: ['FIBRE-500', 'ROUTEUR'] });
  await installOnt(world, at);
  const on = plus(today(scene), -Math.abs(step.days % 28));
  const preview = await office.call(billingOperations.previewFirstInvoice, { id, on });
  await office.call(subscriptionsOperations.activateSubscription, { id, on });
  await world.drain();
  const service: Service = {
    id,
    province,
    items: [],
    through: today(scene),
    state: 'active',
    paused: null,
    back: null,
    end: null,
    left: false,
    waiting: 0n,
  };
  const { options: _, ...plan } = PLANS['FIBRE-500'];
  for (const item of [plan, EXTRAS.ROUTEUR]) begin(service, { ...item, from: on, to: null });
  const nets = new Map([[province, chargeDays(service)] as const]);
  const withAll = new Map(nets);
  for (const one of account.charges) withAll.set(one.province, (withAll.get(one.province) ?? 0n) + one.cents);
  const all = withTaxes(account, withAll);
  const [total, stays] =
    all >= 0n ? [all, []] : [withTaxes(account, withDebits(account, nets)), credits(account)];
  account.charges = stays;
  account.services.push(service);
  account.balance += total;
  scene.story.run?.touched.add(account.id);
  expect(preview.totalCents, 'preview of the first invoice').toBe(total);
  return true;
}
const credits = ({ charges }: Account) => charges.filter(({ cents }) => cents < 0n);
function withDebits({ charges }: Account, nets: ReadonlyMap<Service['province'], bigint>) {
  const sums = new Map(nets);
  for (const { province, cents } of charges)
    if (cents > 0n) sums.set(province, (sums.get(province) ?? 0n) + cents);
  return sums;
}

/** Time goes on, and what was set for these days is done. */
async function timePasses({ scene, step }: Taking): Promise<boolean> {
  await scene.world.passDays(1 + (Math.abs(step.days) % 25));
  await scene.world.drain();
  for (const account of scene.story.accounts)
    for (const service of account.services) {
      const [waited, state] = [service.waiting, service.state];
      effects.morning(service, today(scene));
      if (waited !== service.waiting || state !== service.state) scene.story.run?.touched.add(account.id);
    }
  return true;
}

/** Computes a run up to a day near the first of the next month. */
async function count(taking: Taking): Promise<boolean> {
  const { scene, step } = taking;
  const first = plus(lastDayOfMonth(today(scene), 0), 1);
  // What was taken back does not wait for a first of the month as the rest does; on one, nothing waits.
  const isAnyAgain = scene.story.accounts.some(({ again }) => again);
  const days = [first, first, plus(first, -1), plus(first, 31), today(scene)];
  const through = isAnyAgain ? first : (days[step.which % days.length] ?? first);
  const run = await send(taking, billingRunsOperations.startRun, { through });
  if (typeof run === 'string') return false;
  await scene.world.drain();
  scene.story.run = { id: run.id, through, touched: new Set() };
  return true;
}

/** Approves the run, has it issued, and bills everybody on the other side. */
async function issue(taking: Taking): Promise<boolean> {
  const { scene } = taking;
  const { office, story, world } = scene;
  if (!story.run) return false;
  const { id, through, touched } = story.run;
  const shown = await office.call(billingRunsOperations.listRunCustomers, { id, limit: NAMES_MAX });
  for (const { customerId } of shown.rows.filter(({ comparison }) => comparison === 'unexplained'))
    await office.call(billingRunsOperations.explainRunDifference, { id, customerId, explanation: 'vu' });
  expect(typeof (await send(taking, billingRunsOperations.approveRun, { id })), 'approved').toBe('object');
  await world.drain();
  story.run = null;
  const { rows } = await office.call(billingRunsOperations.listRunCustomers, { id, limit: NAMES_MAX });
  for (const [index, account] of story.accounts.entries()) {
    const row = rows.find(({ customerId }) => customerId === account.id);
    const { billed, after } = bill(account, through);
    const { total } = billed;
    const what = `${account.id} in the run through ${through}`;
    if (row?.outcome === 'changed') {
      expect(touched.has(account.id), `${what}: nobody had changed it`).toBe(true);
      continue;
    }
    if (!row) {
      // Who came after the counting is left to the next run.
      if (!touched.has(account.id)) expect([what, total]).toEqual([what, 0n]);
      if (!touched.has(account.id)) story.accounts[index] = after;
      continue;
    }
    expect([what, row.totalCents, row.outcome]).toEqual([
      what,
      total,
      total < 0n ? 'credited' : row.outcome === 'nothing' ? 'nothing' : 'invoiced',
    ]);
    story.accounts[index] = after;
    if (row.outcome === 'invoiced') story.issued.set(`${id} ${account.id}`, billed);
  }
  story.lastRun = id;
  return true;
}

/** Takes a whole run back: invoices that nothing was put against wait to be billed again. */
async function takeRunBack(taking: Taking): Promise<boolean> {
  const { office, story, world } = taking.scene;
  const id = story.lastRun;
  if (id === null) return false;
  const run = await send(taking, billingRunsOperations.reverseRun, { id, reason: 'essai' });
  if (typeof run === 'string') return false;
  await world.drain();
  story.lastRun = null;
  const { rows } = await office.call(billingRunsOperations.listRunCustomers, { id, limit: NAMES_MAX });
  for (const { customerId, outcome, reversal } of rows) {
    const account = story.accounts.find((one) => one.id === customerId);
    const billed = story.issued.get(`${id} ${customerId}`);
    expect(reversal, `${customerId} in ${id}`).not.toBe('failed');
    if (reversal !== 'credited') continue;
    expect(outcome).toBe('invoiced');
    if (account && billed) billAgain(account, billed);
  }
  return true;
}

const running = {
  'time passes': timePasses,
  'start a service': startService,
  count,
  issue,
  'take a run back': takeRunBack,
  month: async (taking) => {
    const { scene } = taking;
    if (scene.story.run !== null || !(await count(taking))) return false;
    return issue(taking);
  },
  abandon: async (taking) => {
    const { story } = taking.scene;
    if (!story.run) return false;
    const done = await send(taking, billingRunsOperations.abandonRun, { id: story.run.id, reason: 'essai' });
    expect(typeof done).toBe('object');
    story.run = null;
    return true;
  },
  'add a charge': async (taking) => {
    const { account, step, scene } = taking;
    const service = aService(taking);
    if (!service) return false;
    const { locationId } = await scene.office.call(subscriptionsOperations.readSubscription, {
      id: service.id,
    });
    const cents = BigInt(step.which % 3 === 0 ? -step.cents : step.cents);
    const charge = { customerId: account.id, locationId, sku: 'VISITE', unitPriceCents: Number(cents) };
    if (typeof (await send(taking, chargesOperations.addCharge, charge)) === 'string') return false;
    account.charges.push({ province: service.province, cents });
    scene.story.run?.touched.add(account.id);
    return true;
  },
} satisfies Partial<Record<What, Verb>>;

/** What the provider says, signed; twice when told twice. */
async function tell({ scene, step }: Taking, type: string, object: object): Promise<void> {
  const { world } = scene;
  const created = Math.floor(world.now.getTime() / 1_000);
  const id = `evt_model_${(scene.number += 1)}`;
  const body = JSON.stringify({ id, object: 'event', type, created, data: { object } });
  const signature = stripeSignature(body, 'whsec_test', world.now);
  const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
  const once = () => fetch(`${world.url}/webhook/stripe`, { method: 'POST', body, headers });
  for (const { status } of await Promise.all(step.twice ? [once(), once()] : [once()]))
    expect(status).toBe(200);
  await world.drain();
}

const CHARGEBACK_WORDS = [
  ['charge.dispute.created', 'needs_response'],
  ['charge.dispute.funds_withdrawn', 'needs_response'],
  ['charge.dispute.funds_reinstated', 'won'],
  ['charge.dispute.closed', 'lost'],
] as const;

const paying = {
  'pay by hand': async (taking) => {
    const { account, step, scene } = taking;
    const reference = `${scene.number}`;
    const input = { customerId: account.id, method: 'cheque', amountCents: step.cents, reference } as const;
    const paid = await send(taking, paymentsOperations.recordPayment, input);
    if (typeof paid === 'string') return false;
    account.balance -= BigInt(step.cents);
    scene.story.paid.push({ id: paid.id, account: account.id, left: BigInt(step.cents) });
    return true;
  },
  'pay by card': async (taking) => {
    const { account, step, scene } = taking;
    // Now and then the same payment is told by another event.
    const known = scene.story.money.find((one) => one.account === account.id);
    const again = step.which === 0 && known !== undefined;
    const ref = again ? known.ref : `pi_model_${scene.number}`;
    const cents = step.cents;
    const intent = {
      id: ref,
      object: 'payment_intent',
      amount: cents,
      amount_received: cents,
      currency: 'cad',
    };
    await tell(taking, 'payment_intent.succeeded', { ...intent, customer: `cus_${account.id}` });
    if (again) return true;
    account.balance -= BigInt(cents);
    scene.story.money.push({ ref, account: account.id, left: BigInt(cents), taken: 0n, decided: false });
    return true;
  },
  refund: async (taking) => {
    const { step, scene } = taking;
    const one = scene.story.paid[step.which % Math.max(1, scene.story.paid.length)];
    const account = scene.story.accounts.find(({ id }) => id === one?.account);
    if (!one || !account) return false;
    const destination = step.days < 0 ? 'credit' : 'cheque';
    const refund = await send(taking, paymentsOperations.refundPayment, {
      paymentId: one.id,
      amountCents: step.cents,
      destination,
      reason: 'mistake',
    });
    if (destination === 'cheque')
      expect(refund === 'refund_too_large', 'refunded as far as money is left').toBe(
        BigInt(step.cents) > one.left,
      );
    if (typeof refund === 'string') return false;
    if (destination === 'credit') return true;
    one.left -= BigInt(step.cents);
    account.balance += BigInt(step.cents);
    return true;
  },
  /** The payer's bank takes the money back, and may give it back; after its last word it says no more. */
  chargeback: async (taking) => {
    const { step, scene } = taking;
    const one = scene.story.money[step.which % Math.max(1, scene.story.money.length)];
    const account = scene.story.accounts.find(({ id }) => id === one?.account);
    if (!one || one.decided || !account) return false;
    const [type, status] = CHARGEBACK_WORDS[step.cents % 4] ?? CHARGEBACK_WORDS[0];
    const dispute = {
      id: `dp_${one.ref}`,
      object: 'dispute',
      payment_intent: one.ref,
      currency: 'cad',
      status,
    };
    await tell(taking, type, { ...dispute, amount: Number(one.left + one.taken), reason: 'general' });
    one.decided = status !== 'needs_response';
    const isTaken = type !== 'charge.dispute.created' && one.taken === 0n;
    if (isTaken) [one.taken, one.left] = [one.left, 0n];
    if (isTaken) account.balance += one.taken;
    if (status === 'won') account.balance -= one.taken;
    return true;
  },
} satisfies Partial<Record<What, Verb>>;

/** One of a customer's invoices. */
async function anInvoice({ scene, step, account }: Taking) {
  const { rows } = await scene.office.call(billingOperations.listInvoices, {
    customerId: account.id,
    limit: 50,
  });
  return rows[step.which % Math.max(1, rows.length)];
}
const touch = ({ scene, account }: Taking, cents: bigint): boolean => {
  account.balance -= cents;
  scene.story.run?.touched.add(account.id);
  return true;
};

/**
 * What a note took back of days of a service is not credited again. Where it took back more than was left of a cycle,
 * credits that still waited are withdrawn: by the system's choice, and never beyond that.
 */
async function giveUp({ scene, account }: Taking, noteId: string): Promise<void> {
  type Row = { id: string; line: number; cycle: string; cents: bigint };
  const heldOf = ({ id, line, cycle }: Row) => {
    const service = account.services.find((one) => one.id === id);
    const held = service?.items[line - 1]?.charged.get(cycle);
    if (!service || !held) throw new Error(`${noteId} credits days of ${id} that were never charged`);
    return { service, held };
  };
  const { rows: given } = await scene.world.pool.query<Row>(
    `select i.subscription_id as id, i.line, c.cycle_from as cycle, sum(t.amount_cents)::bigint as cents
       from billing.credit_note_lines t
       join billing.invoice_lines l on l.invoice_id = t.invoice_id and l.line = t.invoice_line and l.kind = 'recurring'
       join subscriptions.items i on i.id = l.subscription_item_id
       join charges.cycles c on c.item_id = i.id and l.period_from between c.cycle_from and c.cycle_to
      where t.credit_note_id = $1 group by 1, 2, 3`,
    [noteId],
  );
  for (const row of given) heldOf(row).held.given += row.cents;
  const { rows: withdrawn } = await scene.world.pool.query<Row>(
    `select i.subscription_id as id, i.line, h.cycle_from as cycle, h.amount_cents as cents
       from charges.cancellations x join charges.charges h on h.id = x.charge_id
       join subscriptions.items i on i.id = h.subscription_item_id where x.reason = $1`,
    [noteId],
  );
  for (const row of withdrawn) {
    const { service, held } = heldOf(row);
    held.cents -= row.cents;
    service.waiting -= row.cents;
    expect(
      held.cents > 0n ? held.cents <= held.given : held.cents >= held.given,
      'withdrawn beyond the note',
    ).toBe(true);
  }
}

const afterwards = {
  'credit a line': async (taking) => {
    const { scene, step } = taking;
    const invoice = await anInvoice(taking);
    if (!invoice) return false;
    const { lines, leftCents } = await scene.office.call(creditNoteOperations.readCreditable, {
      id: invoice.id,
    });
    const line = lines[step.cents % Math.max(1, lines.length)];
    if (!line) return false;
    const cents = step.days > 20 ? Number(line.leftCents) + 1 : Math.min(step.cents, Number(line.leftCents));
    const chosen = { id: invoice.id, lines: [{ line: line.line, amountCents: cents }] };
    const preview = await scene.office.call(creditNoteOperations.previewCreditNote, chosen).catch(refusalOf);
    const note = await send(taking, creditNoteOperations.issueCreditNote, { ...chosen, reason: 'essai' });
    expect(typeof note === 'string' ? note : note.totalCents).toEqual(
      typeof preview === 'string' ? preview : preview.totalCents,
    );
    if (typeof note === 'string') return false;
    // The tax of a part is within a cent for each of two taxes; all parts together make the invoice.
    expect(note.subtotalCents).toBe(BigInt(cents));
    expect(note.totalCents).toBeLessThanOrEqual(leftCents);
    await giveUp(taking, note.id);
    return touch(taking, note.totalCents);
  },
  void: async (taking) => {
    const invoice = await anInvoice(taking);
    if (!invoice) return false;
    const note = await send(taking, creditNoteOperations.voidInvoice, { id: invoice.id, reason: 'essai' });
    if (typeof note === 'string') return false;
    expect(note.totalCents).toBe(invoice.totalCents - invoice.creditedCents);
    await giveUp(taking, note.id);
    return touch(taking, note.totalCents);
  },
  'write off': async (taking) => {
    const invoice = await anInvoice(taking);
    if (!invoice) return false;
    const amount = taking.step.days < 10 ? {} : { amountCents: taking.step.cents };
    const lost = await send(taking, receivableOperations.writeOffInvoice, {
      id: invoice.id,
      ...amount,
      reason: 'x',
    });
    if (typeof lost === 'string') return false;
    if (amount.amountCents !== undefined) expect(lost.amountCents).toBe(BigInt(amount.amountCents));
    expect(lost.amountCents).toBeLessThanOrEqual(invoice.outstandingCents);
    return touch(taking, lost.amountCents);
  },
  dispute: async (taking) => {
    const invoice = await anInvoice(taking);
    if (!invoice) return false;
    const dispute = await send(taking, receivableOperations.openDispute, { id: invoice.id, reason: 'essai' });
    if (typeof dispute === 'string') return false;
    taking.scene.story.disputes.push(dispute.id);
    return true;
  },
  decide: async (taking) => {
    const id = taking.scene.story.disputes.pop();
    if (id === undefined) return false;
    const input = { id, outcome: 'upheld', note: 'essai' } as const;
    return typeof (await send(taking, receivableOperations.closeDispute, input)) !== 'string';
  },
} satisfies Partial<Record<What, Verb>>;

const verbs: Readonly<Record<What, Verb>> = { ...changing, ...running, ...paying, ...afterwards };

/** Everything that must be true at any moment. */
async function agree(scene: Scene, what: string): Promise<void> {
  const { world, story } = scene;
  expect([what, (await verifyLedger(world)).differences]).toEqual([what, []]);
  expect([what, await verifyBilling(world)]).toEqual([what, []]);
  expect([what, await verifyPayments(world)]).toEqual([what, []]);
  const { rows: twice } = await world.pool.query(
    `select subscription_item_id, period_from from billing.invoice_lines l join charges.cycles c
         on c.item_id = l.subscription_item_id and l.period_from between c.cycle_from and c.cycle_to
      where l.kind = 'recurring' and l.charge_id is null group by c.cycle_from, 1, 2 having count(*) > 1`,
  );
  expect([what, 'recurring lines of one service and cycle', twice]).toEqual([what, expect.anything(), []]);
  await takeRecoveries(scene);
  for (const account of story.accounts) {
    const { balanceCents, receivableCents, creditCents } = await accountOf(world, account.id);
    expect([what, account.id, balanceCents]).toEqual([what, account.id, account.balance]);
    expect(receivableCents >= 0n && creditCents >= 0n, `${what}: below zero without being a credit`).toBe(
      true,
    );
    expect([what, await cyclesOf(world, account)]).toEqual([what, naiveCycles(account)]);
  }
}

/** Debts that had been given up and came back: a document of the system's own making. */
async function takeRecoveries({ world, story }: Scene): Promise<void> {
  const { rows } = await world.pool.query<{ customer_id: string; back: bigint; lost: bigint }>(
    `select customer_id, sum(coalesce(back, 0))::bigint as back, sum(amount_cents)::bigint as lost
       from billing.write_offs w left join lateral (
         select sum(amount_cents) as back from billing.write_off_recoveries where write_off_id = w.id) r on true
      group by 1`,
  );
  for (const { customer_id: id, back, lost } of rows) {
    const account = story.accounts.find((one) => one.id === id);
    if (!account) continue;
    expect(back).toBeLessThanOrEqual(lost);
    account.balance += back - (story.recovered.get(id) ?? 0n);
    story.recovered.set(id, back);
  }
}

/** What has been asked for each item and cycle, on invoices and waiting for one. */
async function cyclesOf(world: TestWorld, { id }: Account): Promise<string[]> {
  const { rows } = await world.pool.query<{ said: string }>(
    `select concat_ws(' ', i.sku, i.starts_on, i.ends_on, c.cycle_from, (
              coalesce((select sum(amount_cents) from billing.invoice_lines l where l.kind = 'recurring'
                 and l.subscription_item_id = i.id and l.period_from between c.cycle_from and c.cycle_to), 0)
              + coalesce((select sum(amount_cents) from charges.charges h where h.state = 'open'
                 and h.subscription_item_id = i.id and h.cycle_from = c.cycle_from), 0)
              - coalesce((select sum(amount_cents) from billing.credit_note_own_lines o where o.kind = 'recurring'
                 and o.subscription_item_id = i.id and o.period_from between c.cycle_from and c.cycle_to), 0)
              - coalesce((select sum(t.amount_cents) from billing.credit_notes n
                 join billing.credit_note_lines t on t.credit_note_id = n.id
                 join billing.invoice_lines l on l.invoice_id = t.invoice_id and l.line = t.invoice_line
                where n.bill_again and l.kind = 'recurring' and l.subscription_item_id = i.id
                  and l.period_from between c.cycle_from and c.cycle_to), 0))::bigint) as said
       from subscriptions.subscriptions s join subscriptions.items i on i.subscription_id = s.id
       join charges.cycles c on c.item_id = i.id
      where s.customer_id = $1 and (i.ends_on is null or i.ends_on >= i.starts_on)`,
    [id],
  );
  return rows
    .map(({ said }) => said)
    .filter((said) => !said.endsWith(' 0'))
    .toSorted();
}

const naiveCycles = ({ services }: Account): string[] =>
  services
    .flatMap(({ items }) => items.filter(({ from, to }) => to === null || to >= from))
    .flatMap(({ sku, from, to, charged }) =>
      [...charged]
        .filter(([, { cents }]) => cents !== 0n)
        .map(([start, { cents }]) => [sku, from, ...(to === null ? [] : [to]), start, cents].join(' ')),
    )
    .toSorted();

/** The last run bills what is left; after it, another finds nothing. */
async function close(scene: Scene): Promise<void> {
  const step: Step = { what: 'month', who: 0, which: 0, days: 0, cents: 1, twice: false };
  if (scene.story.run) await play(scene, { ...step, what: 'issue' });
  await play(scene, step);
  const before = scene.story.accounts.map(({ balance }) => balance);
  await play(scene, step);
  expect(scene.story.accounts.map(({ balance }) => balance)).toEqual(before);
}
