import { plantOperations as op } from '@gigafibre/contract';
import { serveHub, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { layDemoPlant } from '../../../db/demo/plant.ts';

test('from an address typed by a visitor to a location with notes and a place in the network', async () => {
  const hub = await testHub();
  await hub.act((tx) => layDemoPlant(tx, { managementAddress: () => '127.0.0.1:1161' }));
  const served = await serveHub(hub);
  const visitor = served.visitor('portal');
  const agent = await served.as('csr');
  const { addresses } = await visitor.call(op.searchAddresses, { q: '300 boul maraichers', limit: 3 });
  const id = addresses[0]?.id ?? '';
  expect(addresses[0]).toMatchObject({ serviceability: 'serviceable', postalCode: 'J0L 2L0' });
  await expect(visitor.call(op.readServiceability, { id })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
  const found = await agent.call(op.readServiceability, { id });
  expect(found).toMatchObject({
    reason: 'free_port',
    found: { oltName: 'STREM-OLT1', freeSplitterPorts: 32, freeTerminalPorts: 8 },
    locationIds: [],
  });
  const location = await agent.call(op.createLocation, {
    addressId: id,
    unit: '2',
    accessNotes: 'Porte arrière',
  });
  expect(location).toMatchObject({ unit: '2', network: null, accessNotes: 'Porte arrière' });
  const edited = await agent.call(op.editLocation, {
    id: location.id,
    version: 1,
    contact: { name: 'Luc', phone: '450-555-0123' },
  });
  expect(edited.contact).toEqual({ name: 'Luc', phone: '+14505550123' });
  expect((await agent.call(op.readLocation, { id: location.id })).version).toBe(2);
  expect((await agent.call(op.listLocations, { addressId: id })).rows).toHaveLength(1);
  expect((await agent.call(op.readServiceability, { id })).locationIds).toEqual([location.id]);
  expect((await agent.call(op.listOlts, {})).rows.map(({ name }) => name)).toEqual([
    'STCLO-OLT1',
    'STREM-OLT1',
  ]);
  const olt = (await agent.call(op.listOlts, {})).rows[1]?.id ?? '';
  const splitters = await agent.call(op.listSplitters, { oltId: olt, limit: 2 });
  expect(splitters.rows).toHaveLength(2);
  expect(splitters.next).not.toBeNull();
});
