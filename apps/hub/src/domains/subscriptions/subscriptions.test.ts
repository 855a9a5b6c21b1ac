import {
  activeService,
  installOnt,
  newCustomer,
  newLocation,
  newSubscription,
  stockCatalog,
  testHub,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { addCharge, openChargesOf } from '../charges/index.ts';
import { readCustomer } from '../customers/index.ts';
import {
  activateSubscription,
  cancelSubscription,
  openSubscription,
  readSubscription,
  recordSeen,
  subscriptionsOf,
} from './index.ts';
import { listDrift, listSubscriptions, readSubscriptionInFull } from './read-subscription.ts';
import { revealAccess } from './reveal-access.ts';

const pending = async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const customerId = await newCustomer(hub);
  const locationId = await newLocation(hub, customerId);
  const id = await newSubscription(hub, { customerId, locationId });
  return { hub, customerId, locationId, id };
};

test('what was sold is locked: the catalog may change, the subscription does not', async () => {
  const { hub, id } = await pending();
  await hub.pool.query(
    `update catalog.items set name_fr = 'Autre', download_mbps = 1 where sku = 'FIBRE-500'`,
  );
  expect(await readSubscription(hub, id)).toMatchObject({
    status: 'pending',
    nameFr: 'Fibre 500',
    downloadMbps: 500,
    monthlyCents: 8_495n,
  });
  await expect(hub.pool.query('update subscriptions.items set price_cents = 1')).rejects.toThrow(
    'end it and begin another',
  );
});

test('a price version of another item is not accepted as a price of this one', async () => {
  const { hub, customerId, locationId } = await pending();
  const items = [{ sku: 'ROUTEUR', priceVersionId: 'PV-1001', priceCents: 1n }];
  await expect(
    hub.act((tx) => openSubscription(tx, { customerId, locationId, items, source: 'test' })),
  ).rejects.toThrow('is not a price of ROUTEUR');
});

test('activation writes what FreeRADIUS needs, upload first, in the same transaction', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const { subscriptionId, customerId } = await activeService(hub);
  const { radiusUser } = await readSubscription(hub, subscriptionId);
  expect(radiusUser).toBe(subscriptionId.replace('SUB-', 'gf'));
  const { rows: check } = await hub.pool.query('select username, attribute, op, value from radius.radcheck');
  expect(check).toEqual([
    {
      username: radiusUser,
      attribute: 'Cleartext-Password',
      op: ':=',
      value: expect.stringMatching(/^[\w-]{24}$/),
    },
  ]);
  const { rows: groups } = await hub.pool.query(
    'select username, groupname, priority from radius.radusergroup',
  );
  expect(groups).toEqual([{ username: radiusUser, groupname: 'plan-500', priority: 1 }]);
  const { rows: replies } = await hub.pool.query(
    'select attribute, op, value from radius.radreply order by id',
  );
  expect(replies).toEqual([
    { attribute: 'Mikrotik-Rate-Limit', op: ':=', value: '300M/500M' },
    { attribute: 'Acct-Interim-Interval', op: ':=', value: '600' },
  ]);
  expect((await readCustomer(hub, customerId)).status).toBe('active');
});

test('the session password is sealed at rest, and each look at it is an event', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const { subscriptionId: id } = await activeService(hub);
  const { rows } = await hub.pool.query<{ sealed: string; clear: string }>(
    `select radius_password_sealed as sealed, value as clear from subscriptions.subscriptions, radius.radcheck`,
  );
  const revealed = await hub.act((tx) => revealAccess(tx, { id }));
  expect(revealed.radiusPassword).toBe(rows[0]?.clear);
  expect(rows[0]?.sealed).not.toContain(rows[0]?.clear);
  const events = await hub.pool.query(
    `select actor_id, data from app.events where type like '%access_revealed'`,
  );
  expect(events.rows).toEqual([{ actor_id: 'ST-100', data: { radiusUser: revealed.radiusUser } }]);
});

test('a sealed password moved to another row does not open', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const [one, other] = [await activeService(hub), await activeService(hub)];
  await hub.pool.query(
    `update subscriptions.subscriptions set radius_password_sealed =
       (select radius_password_sealed from subscriptions.subscriptions where id = $1) where id = $2`,
    [one.subscriptionId, other.subscriptionId],
  );
  await expect(hub.act((tx) => revealAccess(tx, { id: other.subscriptionId }))).rejects.toThrow();
});

test('two activations at once start the service once', async () => {
  const { hub, customerId, locationId, id } = await pending();
  const equipmentId = await installOnt(hub, { customerId, locationId });
  const both = await Promise.allSettled(
    [1, 2].map(() => hub.act((tx) => activateSubscription(tx, hub.env, { id, equipmentId }))),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const { rows } = await hub.pool.query(
    `select count(*)::int from app.events where type = 'subscription.activated'`,
  );
  expect(rows).toEqual([{ count: 1 }]);
});

test('an Internet service does not start without its ONT at the address', async () => {
  const { hub, customerId, id } = await pending();
  const elsewhere = await newLocation(hub, customerId);
  const equipmentId = await installOnt(hub, { customerId, locationId: elsewhere });
  await expect(hub.act((tx) => activateSubscription(tx, hub.env, { id, equipmentId }))).rejects.toThrow(
    'equipment_not_here',
  );
  await expect(hub.act((tx) => activateSubscription(tx, hub.env, { id, equipmentId: null }))).rejects.toThrow(
    'equipment_needed',
  );
  const { rows } = await hub.pool.query('select * from radius.radcheck');
  expect(rows).toEqual([]);
});

test.each([
  ['2026-11-03', false],
  ['2026-11-02', true],
  ['2026-10-02', true],
  ['2026-10-01', false],
])('on 2 November a service may start on %s: %s', async (on, may) => {
  const { hub, customerId, locationId, id } = await pending();
  await installOnt(hub, { customerId, locationId });
  const activating = hub.act((tx) => activateSubscription(tx, hub.env, { id, on, equipmentId: null }));
  if (may) expect((await activating).activatedOn).toBe(on);
  else await expect(activating).rejects.toThrow('activation_day');
});

test('a pending subscription is withdrawn with its charges; an active one is not', async () => {
  const { hub, customerId, locationId, id } = await pending();
  await hub.act((tx) =>
    addCharge(tx, {
      customerId,
      locationId,
      subscriptionId: id,
      sku: 'INSTALLATION',
      description: { fr: 'Installation', en: 'Installation' },
      amountCents: 10_000n,
      taxTreatment: 'taxable',
      revenueAccount: '4060',
      source: 'test',
    }),
  );
  await hub.act((tx) => cancelSubscription(tx, { id, reason: 'changé d’idée' }));
  expect(await openChargesOf(hub, customerId)).toEqual([]);
  const read = await readSubscriptionInFull(hub, id);
  expect(read.history.map(({ from, to, reason }) => [from, to, reason])).toEqual([
    [null, 'pending', 'test'],
    ['pending', 'cancelled', 'changé d’idée'],
  ]);
  await expect(hub.act((tx) => cancelSubscription(tx, { id, reason: 'encore' }))).rejects.toThrow(
    'not_in_this_state',
  );
  const { subscriptionId } = await activeService(hub);
  await expect(
    hub.act((tx) => cancelSubscription(tx, { id: subscriptionId, reason: 'non' })),
  ).rejects.toThrow('not_in_this_state');
});

test('what a system should hold waits until it is seen; drift is listed until it agrees again', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const { subscriptionId } = await activeService(hub);
  const states = async () =>
    (await readSubscriptionInFull(hub, subscriptionId)).provisioning.map(({ target, state }) => [
      target,
      state,
    ]);
  expect(await states()).toEqual([
    ['radius', 'agrees'],
    ['olt', 'waiting'],
    ['acs', 'waiting'],
  ]);
  const { provisioning } = await readSubscriptionInFull(hub, subscriptionId);
  const desired = provisioning.find(({ target }) => target === 'olt')?.desired ?? {};
  expect(desired).toMatchObject({ authorised: 'yes', profile: 'PLAN-500' });
  const see = (actual: Record<string, string>) =>
    hub.act((tx) => recordSeen(tx, { subscriptionId, target: 'olt', actual }));
  await see({ ...desired, profile: 'PLAN-100' });
  expect((await listDrift(hub, { limit: 5 })).rows.map(({ target, state }) => [target, state])).toEqual([
    ['acs', 'waiting'],
    ['olt', 'drifts'],
  ]);
  await see({ ...desired, uptime: '5' });
  expect(await states()).toContainEqual(['olt', 'agrees']);
  expect((await listDrift(hub, { limit: 5 })).rows.map(({ target }) => target)).toEqual(['acs']);
});

test('subscriptions are listed newest first, of a customer or in a state', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const { customerId, locationId, subscriptionId } = await activeService(hub);
  await hub.passDays(1);
  const second = await newSubscription(hub, { customerId, locationId, skus: ['ROUTEUR'] });
  await activeService(hub, { name: 'Autre' });
  expect((await subscriptionsOf(hub, customerId)).map(({ id }) => id)).toEqual([second, subscriptionId]);
  const first = await listSubscriptions(hub, { limit: 1, customerId });
  expect(first.rows.map(({ id }) => id)).toEqual([second]);
  const rest = await listSubscriptions(hub, { limit: 1, customerId, after: first.next ?? '' });
  expect([rest.rows.map(({ id }) => id), rest.next]).toEqual([[subscriptionId], null]);
  expect((await listSubscriptions(hub, { limit: 9, status: 'pending' })).rows.map(({ id }) => id)).toEqual([
    second,
  ]);
});
