// What the naive account cannot know by itself, and takes from the system: which services the ladder cut and gave back,
// what debits of agreements brought and what of it was taken back, and debts that came back when money did. Each is
// looked at for what must hold of it, then done here by the naive rules.
import { expect } from 'vitest';
import { effects } from '../naive-effects.ts';
import { debited, serviceStates, writtenOff } from './books.ts';
import { endOn } from './changing-services.ts';
import { happened, settleDays, today, touch, type Scene } from './story.ts';

/** Less than this is not cut for. */
const THRESHOLD = 5_000n;

/** Services the ladder suspended, gave back or ended since. */
export async function followLadder(scene: Scene): Promise<void> {
  const states = new Map((await serviceStates(scene.world)).map((row) => [row.id, row]));
  for (const account of scene.story.accounts)
    for (const service of account.services) {
      const now = states.get(service.id);
      if (!now) throw new Error(`${service.id} is gone`);
      const { state } = service;
      if (state === 'active' && now.status === 'suspended') {
        expect([service.id, now.reason]).toEqual([service.id, 'non_payment']);
        expect(account.balance, `${service.id} is cut for 50 $ or less`).toBeGreaterThan(THRESHOLD);
        effects.suspend(service, today(scene), null);
        service.isCut = true;
        happened(scene, 'cut by the ladder');
      } else if (service.isCut && now.status === 'active') {
        effects.reconnect(service, today(scene));
        happened(scene, 'given back by paying');
      }
      settleDays(scene, account, service);
      if (state !== 'ended' && service.end === null && now.lastDay !== null) {
        endOn({ scene, account, byLadder: true }, service, now.lastDay);
        happened(scene, 'ended by the ladder');
      }
      settleDays(scene, account, service);
      if (state !== service.state) touch(scene, account);
      expect([service.id, now.status]).toEqual([service.id, STATUS[service.state]]);
    }
}
const STATUS = { active: 'active', suspended: 'suspended', ended: 'cancelled' } as const;

/** Money of debits that came, or went back to who it came from. */
export async function takeDebits(scene: Scene): Promise<void> {
  const { accounts, debits } = scene.story;
  for (const { id, customer, cents } of await debited(scene.world)) {
    const account = accounts.find((one) => one.id === customer);
    const known = debits.get(id);
    if (!account || known === cents) continue;
    happened(scene, known === undefined ? 'debit paid' : 'debit taken back');
    if (known === undefined) {
      expect(account.balance, `${id} takes more than is owed`).toBeGreaterThanOrEqual(cents);
      touch(scene, account);
    }
    account.balance -= cents - (known ?? 0n);
    debits.set(id, cents);
  }
}

/** Debts that had been given up and came back: documents of the system's own making. */
export async function takeWhatCameBack({ world, story }: Pick<Scene, 'world' | 'story'>): Promise<void> {
  for (const { customer, back, lost } of await writtenOff(world)) {
    const account = story.accounts.find((one) => one.id === customer);
    if (!account) continue;
    expect(back).toBeLessThanOrEqual(lost);
    account.balance += back - (story.recovered.get(customer) ?? 0n);
    story.recovered.set(customer, back);
  }
}
