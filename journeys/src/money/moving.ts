import { subscriptionChangesOperations } from '@gigafibre/contract';
import { newLocation } from '@gigafibre/testing';
import { expect } from 'vitest';
import { chargeDays, sum } from '../naive-account.ts';
import { plus, turnTo } from '../naive-calendar.ts';
import { effects } from '../naive-effects.ts';
import { change } from './changing-services.ts';
import { AT_THE_FIBRE } from './sold.ts';
import { aService, refusalOf, send, settleDays, today, touch, type Taking, type Verbs } from './story.ts';

const CODES = { QC: 'J0L 2L0', ON: 'K1A 0B1' } as const;
/** Who is exempt in Québec is so there alone: they move to the next street. */
const aProvince = ({ account, step }: Taking) => (step.which % 2 === 0 || account.exempt ? 'QC' : 'ON');

/** Where a service is, and when it turns. */
export const moving = {
  move: async (taking) => {
    const { scene, account, step } = taking;
    const service = aService(taking, 'active');
    if (!service) return false;
    const to = aProvince(taking);
    const locationId = await newLocation(scene.world, account.id, CODES[to]);
    await scene.world.pool.query('update plant.locations set latitude = $1, longitude = $2 where id = $3', [
      AT_THE_FIBRE.latitude,
      AT_THE_FIBRE.longitude,
      locationId,
    ]);
    const on = step.cents % 3 === 0 ? undefined : plus(today(scene), step.days);
    const place = { addressId: null, address: null, unit: null, locationId };
    return change(taking, {
      service,
      change: {
        command: 'moveSubscription',
        ...place,
        on,
        sku: null,
        equipment: 'carried',
        withOthers: false,
      },
      effect: (owner, from) => {
        effects.withdrawMove(owner);
        const taken = settleDays(scene, account, owner);
        effects.move(owner, from, { to, today: today(scene) });
        return taken;
      },
    });
  },
  'take a move back': (taking) => {
    const set = taking.account.services.find(({ move }) => move !== null);
    return change(taking, {
      service: set ?? aService(taking),
      change: { command: 'withdrawMove', reason: 'reste' },
      effect: (service) => effects.withdrawMove(service),
    });
  },
  'change the billing day': async (taking) => {
    const { scene, account, step } = taking;
    const basis = step.which === 5 ? 'anniversary' : 'common';
    const day = [1, 15, 31, 1 + (step.cents % 31)][step.cents % 4] ?? 1;
    const { id } = account;
    const asked = { id, basis, day } as const;
    const preview = await scene.office
      .call(subscriptionChangesOperations.previewBillingDay, asked)
      .catch(refusalOf);
    const answer = await send(taking, subscriptionChangesOperations.changeBillingDay, asked);
    expect(answer, 'preview of another billing day').toEqual(preview);
    if (typeof answer === 'string') return false;
    account.billing = { basis, day };
    for (const service of account.services.filter(({ state }) => state !== 'ended')) {
      const after = service.through > today(scene) ? service.through : today(scene);
      const wanted = basis === 'common' ? day : Number(service.from.slice(8));
      const turned = turnTo(service.turns, { after, day: wanted });
      service.turns = turned.turns;
      const told = answer.services.find(({ subscriptionId }) => subscriptionId === service.id);
      expect([service.id, told?.from]).toEqual([service.id, turned.from]);
      const clone = structuredClone(service);
      chargeDays(clone, after);
      const between = told?.between ?? null;
      const cents = between === null ? 0n : sum(chargeDays(clone, between.to));
      expect([service.id, between?.cents ?? 0n]).toEqual([service.id, cents]);
    }
    touch(scene, account);
    return true;
  },
} satisfies Verbs;
