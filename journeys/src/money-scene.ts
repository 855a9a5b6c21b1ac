import { taxExemptionOperations } from '@gigafibre/contract';
import { newCustomer, testWorld } from '@gigafibre/testing';
import { expect } from 'vitest';
import { emptier } from './emptied.ts';
import { agree } from './money/agreement.ts';
import { billing } from './money/billing-months.ts';
import { changing } from './money/changing-services.ts';
import { collecting } from './money/collecting.ts';
import { crediting } from './money/crediting.ts';
import { debiting, knownAtProvider } from './money/debits.ts';
import { followLadder, takeDebits } from './money/mirrored.ts';
import { moving } from './money/moving.ts';
import { paying } from './money/paying.ts';
import { powerOf } from './money/power.ts';
import { layFibre, stockShelves } from './money/sold.ts';
import { starting } from './money/starting.ts';
import { CUSTOMERS, things, type Step, type What } from './money/step.ts';
import { nothingYet, today, type Scene, type Verb } from './money/story.ts';
import { bill, type Account, type Service } from './naive-account.ts';

export { anyStep, opening, type Step } from './money/step.ts';

const verbs: Readonly<Record<What, Verb>> = {
  ...starting,
  ...changing,
  ...moving,
  ...billing,
  ...paying,
  ...debiting,
  ...collecting,
  ...crediting,
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
  await layFibre(world);
  const office = await world.as('admin');
  await world.settle();
  const empty = await emptier(world.pool);
  const counts = new Map<string, { done: number; refused: number }>();
  let scene: Scene = { world, office, counts, story: nothingYet(), number: 0, power: powerOf(world) };
  return {
    begin: async (on) => {
      await empty();
      // Invoices have the same numbers as in the story before: to the provider, these are days later.
      world.world.stripe.forgetKeys();
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

/** A customer with a house; the last one is exempt of the taxes of Québec. */
async function settleIn(scene: Scene, who: number): Promise<void> {
  const { world, office, story } = scene;
  const id = await newCustomer(world);
  const payer = await knownAtProvider(scene, id);
  await world.pool.query('update customers.customers set stripe_id = $1 where id = $2', [payer, id]);
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
  story.payers.set(id, payer);
  const billingDay = { basis: 'common', day: 1 } as const;
  story.accounts.push({ id, exempt, billing: billingDay, services: [], charges: [], balance: 0n });
}

/** The customer of a step, or the next one to whom it can happen. */
function whom({ story: { accounts } }: Scene, { what, who }: Step): Account {
  const inTurn = [...accounts.slice(who), ...accounts.slice(0, who)];
  const has = (one: (service: Service) => boolean) => (account: Account) => account.services.some(one);
  const fitting: Partial<Record<What, (account: Account) => boolean>> = {
    reconnect: has(({ state }) => state === 'suspended'),
    suspend: has(({ state }) => state === 'active'),
    'take a move back': has(({ move }) => move !== null),
    'walk the ladder': ({ balance }) => balance > 0n,
    'pay a credit out': ({ balance }) => balance < 0n,
  };
  const account = inTurn.find(fitting[what] ?? (() => true)) ?? inTurn[0];
  if (!account) throw new Error(`no customer ${who}`);
  return account;
}

/** Plays a step, and looks at everything. */
async function play(scene: Scene, step: Step): Promise<void> {
  const account = whom(scene, step);
  const before = scene.counts.get(step.what) ?? { done: 0, refused: 0 };
  const done = await verbs[step.what]({ scene, step, account });
  await scene.world.settle();
  await takeDebits(scene);
  await followLadder(scene);
  settleLeavers(scene);
  scene.counts.set(step.what, {
    done: before.done + (done ? 1 : 0),
    refused: before.refused + (done ? 0 : 1),
  });
  await agree(scene, step.what);
}

/** Whoever has no service any more is given at once what the days after their last one make. */
function settleLeavers(scene: Scene): void {
  const { story } = scene;
  for (const [index, account] of story.accounts.entries()) {
    const { services } = account;
    if (!services.some(({ left }) => left) || services.some(({ state }) => state !== 'ended')) continue;
    for (const service of services) service.left = false;
    const { billed, after } = bill(account, today(scene));
    if (billed.total < 0n) story.accounts[index] = after;
    if (billed.total < 0n) story.run?.touched.add(account.id);
  }
}

/** The last run bills what is left; after it, another finds nothing. */
async function close(scene: Scene): Promise<void> {
  const step: Step = { what: 'month', who: 0, which: 0, days: 0, cents: 1, twice: false };
  if (scene.story.run) await play(scene, { ...step, what: 'issue' });
  await play(scene, step);
  const before = scene.story.accounts.map(({ balance }) => balance);
  await play(scene, step);
  expect(scene.story.accounts.map(({ balance }) => balance)).toEqual(before);
}
