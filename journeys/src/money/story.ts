import type { InputOf, Operation, OutputOf } from '@gigafibre/contract';
import type { Caller, TestWorld } from '@gigafibre/testing';
import { expect } from 'vitest';
import type { Account, Billed, Charge, Service } from '../naive-account.ts';
import { chargeDays, sum, wait } from '../naive-account.ts';
import type { Power } from './power.ts';
import type { Step, What } from './step.ts';

/** Money that came by card, as the provider knows it. */
export type Money = { ref: string; account: Account['id']; left: bigint; taken: bigint; decided: boolean };
export type Paid = { id: string; account: Account['id']; left: bigint };
export type Story = {
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
  /** Payments and refunds of debits that were seen. */
  debits: Map<string, bigint>;
  /** Customers as the provider of payments knows them. */
  payers: Map<Account['id'], string>;
};
export const nothingYet = (): Story => ({
  accounts: [],
  money: [],
  paid: [],
  run: null,
  issued: new Map(),
  lastRun: null,
  disputes: [],
  recovered: new Map(),
  debits: new Map(),
  payers: new Map(),
});

export type Scene = {
  world: TestWorld;
  office: Caller;
  counts: Map<string, { done: number; refused: number }>;
  story: Story;
  number: number;
  power: Power;
};
export const today = ({ world }: Scene): string => world.now.toISOString().slice(0, 10);

export type Taking = Readonly<{ scene: Scene; step: Step; account: Account }>;
/** Does it on both sides; false when the hub refused, and nothing may have changed. */
export type Verb = (taking: Taking) => Promise<boolean>;
/** The verbs of some kinds of step. */
export type Verbs = Partial<Record<What, Verb>>;

export const refusalOf = (error: unknown): string => {
  if (error instanceof Error && 'code' in error && 'status' in error && Number(error.status) < 500)
    return String(error.code);
  throw error;
};

/** Every so many steps find the power gone at their commit. */
const POWER_GOES = 5;

/**
 * Sends a command, twice at once when asked to: one is done, and both hear the same. When the power goes at its commit,
 * it is sent again word for word: done once, whichever side of the commit that was.
 */
export async function send<Op extends Operation>(
  { scene, step }: Taking,
  operation: Op,
  input: InputOf<Op>,
): Promise<OutputOf<Op> | string> {
  const commandId = `model-${(scene.number += 1)}`;
  const once = () => scene.office.call(operation, input, { commandId }).catch(refusalOf);
  const sent = () => Promise.all(step.twice ? [once(), once()] : [once()]);
  const isCut = step.cents % POWER_GOES === 0;
  if (isCut) scene.power.cut(step.days < 0 ? 'before' : 'after');
  const [answer, again] = await sent().catch(async (error: unknown) => {
    if (!scene.power.restore()) throw error;
    happened(scene, 'power gone at a commit');
    return sent();
  });
  if (isCut) scene.power.restore();
  if (again !== undefined) expect(again).toEqual(answer);
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

/** One of a customer's services, of those in a state when there are such. */
export const aService = ({ account, step }: Taking, state?: Service['state']): Service | undefined => {
  const fitting = account.services.filter((service) => service.state === state);
  const some = fitting.length > 0 ? fitting : account.services;
  return some[step.which % Math.max(1, some.length)];
};
/** Today, the next cycle, or a day near today. */
export const aDay = ({ scene, step }: Taking): string | undefined => {
  if (step.cents % 3 === 0) return undefined;
  return step.cents % 3 === 1 ? 'next_cycle' : dayNear(today(scene), step.days);
};
export const dayNear = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** Whatever was counted for an account is not what it will be billed. */
export const touch = ({ story }: Pick<Scene, 'story'>, { id }: Account): void =>
  void story.run?.touched.add(id);

/** What the days of a service that are in force now make waits for the next invoice; the sum of it. */
export function settleDays(scene: Scene, account: Account, service: Service): bigint {
  const asked = chargeDays(service);
  ask(scene, account, asked);
  return sum(asked);
}
export function ask(scene: Scene, account: Account, asked: readonly Charge[]): void {
  if (asked.length === 0) return;
  wait(account, asked, today(scene));
  touch(scene, account);
}

/** One more of what happened by itself: told with what was done. */
export function happened({ counts }: Pick<Scene, 'counts'>, what: Happening): void {
  counts.set(what, { done: (counts.get(what)?.done ?? 0) + 1, refused: 0 });
}
/** What the system does by itself in some stories. */
type Happening =
  | 'cut by the ladder'
  | 'given back by paying'
  | 'ended by the ladder'
  | 'debit paid'
  | 'debit taken back'
  | 'arrived elsewhere'
  | 'bundle ended'
  | 'power gone at a commit';
