// Over SNMP and HTTP, against an OLT and a GenieACS that keep the same ONT.
import {
  activeService,
  newCustomer,
  newLocation,
  newSubscription,
  oltAt,
  stockCatalog,
  testHub,
  testWorld,
  type TestHub,
} from '@gigafibre/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attachEquipment } from '../stock/index.ts';
import { agrees } from './desired-state.ts';
import { activateSubscription, desire, readSubscriptionInFull } from './index.ts';
import { lookAtSystems } from './look-at-systems.ts';
import { pauseAfter } from './next-look.ts';

const SERIAL = 'TPLG46E80F93';
const MINUTE_MS = 60_000;

/** A service that has just started on this ONT, at a company with one OLT at this address. */
async function started(hub: TestHub, oltAddress: string): Promise<string> {
  await stockCatalog(hub);
  await oltAt(hub, oltAddress);
  const customerId = await newCustomer(hub);
  const locationId = await newLocation(hub, customerId);
  const id = await newSubscription(hub, { customerId, locationId });
  return hub.act(async (tx) => {
    const { id: equipmentId } = await attachEquipment(tx, {
      customerId,
      locationId,
      serial: SERIAL,
      kind: 'ont',
      from: 'found',
      exact: true,
    });
    return (await activateSubscription(tx, hub.env, { id, equipmentId })).id;
  });
}

const statesOf = async (hub: TestHub, id: string) =>
  Object.fromEntries(
    (await readSubscriptionInFull(hub, id)).provisioning.map(({ target, state, reason }) => [
      target,
      reason === null ? state : `${state}: ${reason}`,
    ]),
  );

const later = (hub: TestHub, minutes: number) =>
  hub.moveTo(new Date(hub.now.getTime() + minutes * MINUTE_MS));

test('the worker asks what each system holds, and says where it is not what it should be', async () => {
  const hub = await testWorld();
  const id = await started(hub, hub.world.addresses.olt);
  const seen = async () => {
    await hub.settle();
    return statesOf(hub, id);
  };
  const { olts } = hub.world;
  expect(await seen()).toEqual({ radius: 'agrees', olt: 'waiting', acs: 'waiting' });

  // Not before its time: a system that was just told is given a minute.
  await later(hub, 1);
  expect(await seen()).toEqual({
    radius: 'agrees',
    olt: 'drifts: unknown_device',
    acs: 'drifts: unknown_device',
  });

  hub.world.addOnt({ serial: SERIAL, state: 'online' });
  await later(hub, 15);
  expect(await seen()).toEqual({ radius: 'agrees', olt: 'agrees', acs: 'agrees' });
  const { provisioning } = await readSubscriptionInFull(hub, id);
  expect(provisioning.find(({ target }) => target === 'olt')).toMatchObject({
    desired: { serial: SERIAL, authorised: 'yes', profile: 'PLAN-500' },
    actual: { serial: SERIAL, authorised: 'yes' },
    seenAt: hub.now.toISOString(),
  });
  const { rows } = await hub.pool.query('select if_index from network.ont_positions');
  expect(rows).toHaveLength(1);

  // An OLT that is silent later does not take back what was seen.
  await hub.passDays(1);
  olts[0]?.setFault('silent');
  expect(await seen()).toEqual({ radius: 'agrees', olt: 'agrees: unreachable', acs: 'agrees' });
}, 90_000);

test('of a service that ended nothing may be left; once that is seen nobody asks again', async () => {
  const hub = await testWorld();
  const id = await started(hub, hub.world.addresses.olt);
  const { rows: before } = await hub.pool.query('select username from radius.radcheck');
  await hub.act(async (tx) => {
    await desire(tx, { subscriptionId: id, target: 'radius', desired: { user: '' } });
    const desired = { serial: SERIAL, authorised: 'no', profile: 'PLAN-500' };
    await desire(tx, { subscriptionId: id, target: 'olt', desired });
  });
  hub.world.addOnt({ serial: SERIAL, state: 'online' });
  await later(hub, 1);
  await hub.settle();
  expect(before).toHaveLength(1);
  expect(await statesOf(hub, id)).toMatchObject({ radius: 'drifts: differs', olt: 'drifts: differs' });
  hub.world.removeOnt(SERIAL);
  await hub.pool.query('delete from radius.radcheck');
  await later(hub, 60);
  await hub.settle();
  expect(await statesOf(hub, id)).toMatchObject({ radius: 'agrees', olt: 'agrees' });
  const { rows } = await hub.pool.query(
    'select target from subscriptions.desired_states where look_at is not null',
  );
  expect(rows).toEqual([{ target: 'acs' }]);
});

test('what somebody changed in RADIUS by hand is seen within a day', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const { subscriptionId } = await activeService(hub);
  await hub.pool.query(`update radius.radusergroup set groupname = 'plan-1000'`);
  await hub.passDays(2);
  await hub.drain();
  expect(await statesOf(hub, subscriptionId)).toMatchObject({ radius: 'drifts: differs' });
  await hub.pool.query(`delete from radius.radcheck`);
  await later(hub, 60);
  await hub.drain();
  expect(await statesOf(hub, subscriptionId)).toMatchObject({ radius: 'drifts: unknown_device' });
});

test('an answer about a wish that was changed meanwhile says nothing', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const { subscriptionId } = await activeService(hub);
  await later(hub, 1);
  const changeMeanwhile = () =>
    hub.act((tx) => desire(tx, { subscriptionId, target: 'acs', desired: { serial: 'TPLG00000001' } }));
  const acs = {
    ...hub.env.outside.acs,
    vendor: 'test',
    findDevice: async () => {
      await changeMeanwhile();
      return { is: 'done', value: null } as const;
    },
  };
  const env = { ...hub.env, outside: { ...hub.env.outside, acs } };
  await lookAtSystems(env, { id: subscriptionId });
  expect(await statesOf(hub, subscriptionId)).toMatchObject({ acs: 'waiting' });
});

const facts = fc.dictionary(fc.constantFrom('serial', 'authorised', 'profile', 'user'), fc.string());

test('more than was asked for never disturbs; anything asked for and told otherwise always does', () => {
  fc.assert(
    fc.property(facts, facts, (desired, more) => {
      expect(agrees(desired, { ...more, ...desired })).toBe(true);
      for (const name of Object.keys(desired)) {
        const other = { ...desired, [name]: `${desired[name]}-` };
        expect(agrees(desired, other)).toBe(false);
        expect(agrees(desired, other, [name])).toBe(true);
      }
    }),
  );
});

test('pauses between looks never shrink while nothing changes, and are an hour at most', () => {
  const pauses = Array.from({ length: 50 }, (_, looks) => pauseAfter('drifts', looks));
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(Math.max(...pauses)).toBe(60 * MINUTE_MS);
});
