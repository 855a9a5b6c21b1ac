// The adapter against the simulated OLT, by SNMP over UDP on loopback.
import { OntRegistry, seededRandom, startOlt, type OltSimulator } from '@gigafibre/simulators';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHuaweiSnmpOlt } from './huawei-snmp.ts';
import { oltConformance } from './olt.conformance.ts';

const env = { clock: () => new Date('2026-03-02T15:00:00Z'), random: seededRandom('olt'), log: () => {} };

function adapter(over: { community?: string; timeoutMs?: number; deadlineMs?: number } = {}) {
  return createHuaweiSnmpOlt({
    community: 'public',
    timeoutMs: 1_500,
    retries: 0,
    deadlineMs: 5_000,
    ...over,
  });
}

function populated(): OntRegistry {
  const registry = new OntRegistry(env, ['OLT-1']);
  for (let number = 0; number < 200; number += 1) {
    const serial = `TPLG${(0x10_00_00_00 + number).toString(16).toUpperCase()}`;
    registry.add({ serial, port: `0/${1 + (number % 2)}/${number % 16}` });
  }
  registry.add({ serial: 'HWTCA94196A5', port: '0/2/15', rxDbm: -20.53 });
  registry.add({ serial: 'HWTC41424344', port: '0/2/15', rxDbm: -24 });
  registry.change('HWTC41424344', { state: 'offline' });
  registry.add({ serial: 'TPLG46E80F93', port: '0/1/3', state: 'unconfigured' });
  return registry;
}

oltConformance('Huawei by SNMP', async () => {
  const registry = populated();
  const simulator = await startOlt({ env, registry, name: 'OLT-1' });
  const ont = registry.onts.get('HWTCA94196A5');
  return {
    olt: adapter(),
    oltAddress: simulator.address,
    online: { serial: 'HWTCA94196A5', port: '0/2/15', rxDbm: -20.53, oltRxDbm: ont?.oltRxDbm ?? 0 },
    // Its four binary octets are letters: « ABCD ».
    dark: { serial: 'HWTC41424344' },
    unconfigured: { serial: 'TPLG46E80F93', port: '0/1/3' },
    stop: () => simulator.stop(),
  };
});

let simulator: OltSimulator;
const serial = 'HWTCA94196A5';
beforeAll(async () => {
  simulator = await startOlt({ env, registry: populated(), name: 'OLT-1' });
});
beforeEach(() => simulator.setFault(null));
afterAll(() => simulator.stop());

test('an OLT that says nothing, or not to this community, is for later', async () => {
  const wrong = adapter({ community: 'secret', timeoutMs: 100 });
  expect(await wrong.readOnt({ oltAddress: simulator.address, serial })).toMatchObject({ is: 'retry' });
  simulator.setFault('silent');
  const read = await adapter({ timeoutMs: 100 }).readOnt({ oltAddress: simulator.address, serial });
  expect(read).toMatchObject({ is: 'retry' });
});

test('an OLT slower than the deadline is for later', async () => {
  simulator.setFault('slow');
  const hurried = adapter({ deadlineMs: 200 });
  expect(await hurried.readOnt({ oltAddress: simulator.address, serial })).toMatchObject({ is: 'retry' });
});

test('an OLT that answers rubbish is for later: UDP cannot say who spoke', async () => {
  simulator.setFault('garbage');
  const read = await adapter({ timeoutMs: 200 }).readOnt({ oltAddress: simulator.address, serial });
  expect(['retry', 'broken']).toContain(read.is);
});

test('firmware without the optical table gives all but light', async () => {
  simulator.setFault('no_optics');
  const read = await adapter().readOnt({ oltAddress: simulator.address, serial });
  expect(read).toMatchObject({ is: 'done', value: { state: 'online', rxDbm: null, oltRxDbm: null } });
});

test('a walk that never ends is ended', async () => {
  simulator.setFault('endless');
  expect(await adapter().readOnt({ oltAddress: simulator.address, serial })).toEqual({
    is: 'done',
    value: null,
  });
});

test('many readings of one OLT take turns, and all are served', async () => {
  const olt = adapter();
  const readings = await Promise.all(
    Array.from({ length: 20 }, () => olt.readOnt({ oltAddress: simulator.address, serial })),
  );
  expect(readings.every(({ is }) => is === 'done')).toBe(true);
  const crowd = await Promise.all(
    Array.from({ length: 60 }, () => olt.readOnt({ oltAddress: simulator.address, serial })),
  );
  expect(crowd.some(({ is }) => is === 'retry')).toBe(true);
});
