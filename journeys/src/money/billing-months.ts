import { billingRunsOperations } from '@gigafibre/contract';
import { expect } from 'vitest';
import { bill, billAgain } from '../naive-account.ts';
import { lastOfMonth, plus } from '../naive-calendar.ts';
import { comeTo } from './passing-time.ts';
import { send, today, type Taking, type Verbs } from './story.ts';

const NAMES_MAX = 200;

/** Time goes on, and what was set for these days is done. */
async function timePasses({ scene, step }: Taking): Promise<boolean> {
  await comeTo(scene, plus(today(scene), 1 + (Math.abs(step.days) % 25)));
  return true;
}

/** Computes a run up to a day near the first of the next month. */
async function count(taking: Taking): Promise<boolean> {
  const { scene, step } = taking;
  const first = plus(lastOfMonth(today(scene)), 1);
  const days = [first, first, plus(first, -1), plus(first, 31), today(scene), plus(first, 14)];
  const through = days[step.which % days.length] ?? first;
  const run = await send(taking, billingRunsOperations.startRun, { through, confirmed: true });
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
    if (row.outcome !== 'nothing') story.issued.set(`${id} ${account.id}`, billed);
  }
  story.lastRun = id;
  return true;
}

/** Takes a whole run back: invoices that nothing was put against, and notes that were not used, wait to be billed again. */
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
    if (reversal !== 'credited' && reversal !== 'undone') continue;
    expect(outcome).toBe(reversal === 'undone' ? 'credited' : 'invoiced');
    if (account && billed) billAgain(account, billed);
  }
  return true;
}

export const billing = {
  'time passes': timePasses,
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
    if (!story.run && !(await count(taking))) return false;
    if (!story.run) return false;
    const done = await send(taking, billingRunsOperations.abandonRun, { id: story.run.id, reason: 'essai' });
    expect(typeof done).toBe('object');
    story.run = null;
    return true;
  },
} satisfies Verbs;
