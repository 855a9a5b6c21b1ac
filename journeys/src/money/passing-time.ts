import { effects } from '../naive-effects.ts';
import { followLadder, takeDebits } from './mirrored.ts';
import { happened, settleDays, today, touch, type Scene } from './story.ts';

/** It is nine in the morning of a day in Montréal, or ten; banks have answered, and all of it is done here too. */
export async function comeTo(scene: Scene, day: string): Promise<void> {
  const { world } = scene;
  await world.moveTo(new Date(`${day}T14:00:00Z`));
  await world.settle();
  world.world.stripe.clearBanks();
  await world.settle();
  await takeDebits(scene);
  for (const account of scene.story.accounts)
    for (const service of account.services) {
      const { state, province } = service;
      effects.morning(service, today(scene), () => void settleDays(scene, account, service));
      if (state !== service.state) touch(scene, account);
      if (province !== service.province) happened(scene, 'arrived elsewhere');
    }
  await followLadder(scene);
}
