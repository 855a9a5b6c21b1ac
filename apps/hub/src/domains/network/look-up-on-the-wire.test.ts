import { networkOperations as op, stockOperations } from '@gigafibre/contract';
import { home, oltAt, testWorld } from '@gigafibre/testing';
import { expect, test } from 'vitest';

const SERIAL = 'TPLG46E80F93';

// Over SNMP and HTTP, against an OLT and a GenieACS that keep the same ONT.
test('one look-up hears the same ONT from the OLT and from the ACS; a silent OLT leaves the ACS’s word', async () => {
  const hub = await testWorld();
  const place = await home(hub);
  await oltAt(hub, hub.world.addresses.olt);
  hub.world.addOnt({ serial: SERIAL, rxDbm: -21.5, state: 'online' });
  const network = await hub.as('network');
  const { id } = await network.call(stockOperations.attachEquipment, {
    serial: SERIAL,
    from: 'found',
    ...place,
  });
  const heard = await network.call(op.lookupDevice, { serial: '54504C4746E80F93' });
  expect(heard).toMatchObject({
    equipmentId: id,
    customerId: place.customerId,
    online: true,
    oltPort: '0/1/0',
    sources: [
      { source: 'acs', outcome: 'answered' },
      { source: 'olt', outcome: 'answered' },
    ],
  });
  const [fromOlt, fromAcs] = heard.opticalStatus;
  expect(fromOlt).toMatchObject({ source: 'olt', verdict: 'good' });
  expect(fromOlt?.rxDbm).toBeCloseTo(-21.5, 0);
  expect(fromAcs).toMatchObject({ source: 'acs', verdict: 'good' });
  const { rows } = await hub.pool.query('select if_index, onu_id from network.ont_positions');
  expect(rows).toHaveLength(1);

  hub.world.changeOnt(SERIAL, { rxDbm: -28.5 });
  const dim = await network.call(op.lookupDevice, { serial: SERIAL });
  expect(dim.opticalStatus[0]).toMatchObject({ source: 'olt', level: 'out', verdict: 'bad' });

  hub.world.olts[0]?.setFault('silent');
  const silent = await network.call(op.lookupDevice, { serial: SERIAL });
  expect(silent).toMatchObject({ online: null, opticalStatus: [{ source: 'acs' }] });
  expect(silent.sources[1]?.outcome).toMatch(/^(unreachable|timeout)$/);
});
