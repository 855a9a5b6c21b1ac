import { dispatchEvents, subscriptionsOperations } from '@gigafibre/contract';
import {
  installOnt,
  newCustomer,
  newLocation,
  newSubscription,
  serveHub,
  stockCatalog,
  testHub,
  type TestHub,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { activateSubscription, cancelSubscription, readSubscription } from './index.ts';
import { listActivationTroubles } from './list-activation-troubles.ts';

const sold = async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const customerId = await newCustomer(hub);
  const locationId = await newLocation(hub, customerId);
  const id = await newSubscription(hub, { customerId, locationId });
  return { hub, customerId, locationId, id };
};

/** A visit for these services ends, as dispatch tells it; everything that follows is carried out. */
async function visitDone(
  hub: TestHub,
  at: { customerId: string; locationId: string; ids: string[]; equipmentId?: string },
): Promise<void> {
  await hub.act((tx) =>
    tx.tell(dispatchEvents.jobCompleted, {
      subject: 'DJ-1',
      customerId: at.customerId,
      data: {
        type: 'repair',
        subscriptionIds: at.ids,
        locationId: at.locationId,
        equipmentId: at.equipmentId ?? null,
        completedAt: tx.now.toISOString(),
      },
    }),
  );
  await hub.drain();
}

const troubles = async (hub: TestHub) =>
  (await listActivationTroubles(hub, { limit: 10 })).rows.map(({ subscriptionId, refusal }) => [
    subscriptionId,
    refusal,
  ]);

test('a service whose ONT is missing when the work is done waits for a person, who sees it and why', async () => {
  const { hub, id, customerId, locationId } = await sold();
  await visitDone(hub, { customerId, locationId, ids: [id] });
  await visitDone(hub, { customerId, locationId, ids: [id] });
  expect((await readSubscription(hub, id)).status).toBe('pending');
  const csr = await (await serveHub(hub)).as('csr');
  const { rows } = await csr.call(subscriptionsOperations.listActivationTroubles, {});
  expect(rows).toEqual([
    {
      subscriptionId: id,
      customerId,
      customerName: 'Zoé Côté-Lefebvre',
      address: expect.stringContaining('rang du Cinq'),
      nameFr: 'Fibre 500',
      nameEn: 'Fibre 500',
      jobId: 'DJ-1',
      on: '2026-11-02',
      refusal: 'equipment_needed',
      data: {},
      since: hub.now.toISOString(),
    },
  ]);
  const told = await hub.pool.query(
    `select customer_id from app.events where type = 'subscription.not_started'`,
  );
  expect(told.rows).toEqual([{ customer_id: customerId }]);
});

test('starting the service ends its trouble, and so does withdrawing it', async () => {
  const { hub, id, customerId, locationId } = await sold();
  const other = await newSubscription(hub, { customerId, locationId });
  await visitDone(hub, { customerId, locationId, ids: [id, other] });
  expect(await troubles(hub)).toEqual([
    [id, 'equipment_needed'],
    [other, 'equipment_needed'],
  ]);
  await hub.act((tx) => cancelSubscription(tx, { id: other, reason: 'doublon' }));
  const equipmentId = await installOnt(hub, { customerId, locationId });
  await hub.act((tx) => activateSubscription(tx, hub.env, { id, equipmentId }));
  expect(await troubles(hub)).toEqual([]);
});

test('one service that cannot start keeps no other from starting', async () => {
  const { hub, id, customerId, locationId } = await sold();
  const phone = await newSubscription(hub, { customerId, locationId, skus: ['ROUTEUR'] });
  await visitDone(hub, { customerId, locationId, ids: [id, phone] });
  expect((await readSubscription(hub, phone)).status).toBe('active');
  expect(await troubles(hub)).toEqual([[id, 'equipment_needed']]);
});

test('the ONT the visit named was taken elsewhere meanwhile: a trouble, not a job that fails for ever', async () => {
  const { hub, id, customerId, locationId } = await sold();
  const elsewhere = await newLocation(hub, customerId);
  const equipmentId = await installOnt(hub, { customerId, locationId: elsewhere });
  await visitDone(hub, { customerId, locationId, ids: [id], equipmentId });
  expect(await troubles(hub)).toEqual([[id, 'equipment_not_here']]);
});

test('troubles are given a page at a time', async () => {
  const { hub, id, customerId, locationId } = await sold();
  const other = await newSubscription(hub, { customerId, locationId });
  await visitDone(hub, { customerId, locationId, ids: [id, other] });
  const first = await listActivationTroubles(hub, { limit: 1 });
  const rest = await listActivationTroubles(hub, { limit: 1, after: first.next ?? '' });
  expect([...first.rows, ...rest.rows].map(({ subscriptionId }) => subscriptionId)).toEqual([id, other]);
  expect(rest.next).toBeNull();
});
