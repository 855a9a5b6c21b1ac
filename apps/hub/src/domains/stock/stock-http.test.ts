import { stockOperations as op } from '@gigafibre/contract';
import { home, serveHub, technician, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';

async function warehouse() {
  const hub = await testHub();
  const served = await serveHub(hub);
  return { hub, keeper: await served.as('dispatcher'), reader: await served.as('readonly') };
}
const device = (serial: string) => ({ kind: 'ont' as const, maker: 'TP-Link', model: 'XX230v', serial });

test('a device’s life through the office: shelf, van, home, swap, shelf, retired', async () => {
  const { hub, keeper, reader } = await warehouse();
  const place = await home(hub);
  const technicianId = await technician(hub);
  const { received } = await keeper.call(op.receiveEquipment, {
    reference: 'BL-44',
    devices: [device('TPLG00000001'), device('TPLG00000002')],
  });
  const [one, two] = received.map(({ id }) => id);
  const { loaded } = await keeper.call(op.loadVan, { technicianId, equipmentIds: [one ?? ''] });
  expect(loaded).toMatchObject([{ status: 'in_van', place: { kind: 'van', id: technicianId } }]);
  expect((await reader.call(op.listEquipment, { technicianId })).rows.map(({ id }) => id)).toEqual([one]);
  await keeper.call(op.attachEquipment, { serial: 'tplg 0000 0001', ...place });
  const swapped = await keeper.call(op.swapEquipment, {
    id: one ?? '',
    serial: 'TPLG00000002',
    reason: 'En panne',
  });
  expect(swapped).toMatchObject({ removed: { id: one, status: 'defective' }, attached: { id: two } });
  expect((await reader.call(op.listEquipment, { locationId: place.locationId })).rows).toMatchObject([
    { id: two },
  ]);
  await keeper.call(op.takeBackEquipment, { id: one ?? '' });
  await keeper.call(op.setAsideEquipment, { id: one ?? '', as: 'retired', reason: 'Brûlé' });
  const { status, movements } = await reader.call(op.readEquipment, { id: one ?? '' });
  expect([status, movements.map(({ kind }) => kind)]).toEqual([
    'retired',
    ['set_aside', 'taken_back', 'removed', 'attached', 'loaded', 'received'],
  ]);
  await keeper.call(op.removeEquipment, { id: two ?? '', reason: 'Départ' });
  expect((await reader.call(op.findEquipment, { code: 'SN: TPLG00000002' })).equipment).toMatchObject({
    status: 'returned',
    customerId: null,
  });
});

test('what a device’s state does not allow is refused by name, and readers write nothing', async () => {
  const { hub, keeper, reader } = await warehouse();
  const place = await home(hub);
  const attached = await keeper.call(op.attachEquipment, { serial: 'TPLG00000001', from: 'found', ...place });
  const id = attached.id;
  const refused = { code: 'not_in_this_state', data: { state: 'installed' } };
  await expect(keeper.call(op.takeBackEquipment, { id })).rejects.toMatchObject(refused);
  await expect(keeper.call(op.setAsideEquipment, { id, as: 'lost', reason: 'x' })).rejects.toMatchObject(
    refused,
  );
  await expect(keeper.call(op.loadVan, { technicianId: 'DT-101', equipmentIds: [id] })).rejects.toMatchObject(
    refused,
  );
  await expect(
    keeper.call(op.attachEquipment, {
      serial: 'TPLG00000002',
      from: 'found',
      ...place,
      customerId: 'C-99999',
    }),
  ).rejects.toMatchObject({ code: 'not_found' });
  await expect(reader.call(op.removeEquipment, { id, reason: 'x' })).rejects.toMatchObject({ status: 403 });
});
