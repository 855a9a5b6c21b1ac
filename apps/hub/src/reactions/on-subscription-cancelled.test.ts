import { subscriptionsEvents } from '@gigafibre/contract';
import { newCustomer, newSubscription, stockCatalog, testHub, type TestHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { layDemoPlant } from '../../db/demo/plant.ts';
import {
  createLocation,
  lightDrop,
  readLocation,
  reserveSplitterPort,
  searchAddresses,
} from '../domains/plant/index.ts';
import { cancelSubscription } from '../domains/subscriptions/index.ts';

/** A service at a served address; its drop reserved, or lit as at the end of an installation. */
async function served(drop: 'reserved' | 'lit') {
  const hub = await testHub();
  await hub.act((tx) => layDemoPlant(tx, { managementAddress: () => '127.0.0.1:1161' }));
  await stockCatalog(hub);
  const customerId = await newCustomer(hub);
  const [address] = (await searchAddresses(hub, { q: '300 boul des maraichers', limit: 1 })).addresses;
  const { id: locationId } = await hub.act((tx) =>
    createLocation(tx, { addressId: address?.id ?? '', customerId }),
  );
  await hub.act((tx) => reserveSplitterPort(tx, { locationId, reservedFor: 'test' }));
  if (drop === 'lit') await hub.act((tx) => lightDrop(tx, { locationId, ontId: 7 }));
  const id = await newSubscription(hub, { customerId, locationId });
  await hub.drain();
  return { hub, customerId, locationId, id };
}

const placeOf = async (hub: TestHub, locationId: string) =>
  (await readLocation(hub, locationId)).network?.state ?? null;
const portsTaken = async (hub: TestHub): Promise<unknown> =>
  (await hub.pool.query(`select count(*)::int as taken from plant.drops where state <> 'released'`)).rows;

test('a service that ends gives back its lit port, and the next customer can have it', async () => {
  const { hub, locationId, id, customerId } = await served('lit');
  expect(await placeOf(hub, locationId)).toBe('active');
  await hub.pool.query(
    `update subscriptions.subscriptions set status = 'cancelled', cancelled_on = '2026-11-02' where id = $1`,
    [id],
  );
  await hub.act((tx) =>
    tx.tell(subscriptionsEvents.subscriptionCancelled, {
      subject: id,
      customerId,
      data: { from: 'active', on: '2026-11-02', reason: 'déménage' },
    }),
  );
  await hub.drain();
  expect(await placeOf(hub, locationId)).toBeNull();
  expect(await portsTaken(hub)).toEqual([{ taken: 0 }]);
  const { rows } = await hub.pool.query('select state, release_reason, released_at from plant.drops');
  expect(rows).toEqual([{ state: 'released', release_reason: 'déménage', released_at: expect.anything() }]);
  const again = await hub.act((tx) => reserveSplitterPort(tx, { locationId, reservedFor: 'next' }));
  expect(again).toMatchObject({ state: 'reserved', splitterPort: 1 });
});

test('the port stays when another customer’s service at that place needs it', async () => {
  const { hub, locationId, id } = await served('reserved');
  const other = await newCustomer(hub, { name: 'Nouvel occupant' });
  await newSubscription(hub, { customerId: other, locationId });
  await hub.act((tx) => cancelSubscription(tx, { id, reason: 'changé d’idée' }));
  await hub.drain();
  expect(await placeOf(hub, locationId)).toBe('reserved');
});

test('who sells at the place while its port is given back keeps a port', async () => {
  const { hub, locationId, id, customerId } = await served('lit');
  await hub.act((tx) => cancelSubscription(tx, { id, reason: 'changé d’idée' }));
  let reacting: Promise<unknown> = Promise.resolve();
  await hub.act(async (tx) => {
    await reserveSplitterPort(tx, { locationId, reservedFor: 'next' });
    reacting = hub.drain();
    await waitUntilBlockedOrDone(hub);
    await tx.db
      .insertInto('subscriptions.subscriptions')
      .values({ customer_id: customerId, location_id: locationId, source: 'test' })
      .execute();
  });
  await reacting;
  expect(await placeOf(hub, locationId)).toBe('active');
});

/** The reaction has come to the place that is held, or has gone by it. */
async function waitUntilBlockedOrDone(hub: TestHub): Promise<void> {
  await expect
    .poll(
      async () =>
        (
          await hub.pool.query(
            `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()
             union all select 1 from app.events where type = 'port.freed'
             union all select 1 where not exists (select 1 from pgboss.job where state in ('created', 'active', 'retry'))`,
          )
        ).rows.length,
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0);
}
