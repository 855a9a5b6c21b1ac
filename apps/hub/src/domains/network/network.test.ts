import { networkOperations, opticalLevelOf, type OpticalLimits } from '@gigafibre/contract';
import type { Acs, AcsDevice } from '@gigafibre/outside/acs';
import type { Olt, OntReading } from '@gigafibre/outside/olt';
import { broken, done, retry } from '@gigafibre/outside/outcome';
import { ADMIN, silentLog, testHub, type TestHub } from '@gigafibre/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NOBODY, type Actor } from '../../platform/acting.ts';
import { carryOut } from '../../platform/http/call.ts';
import type { Visit } from '../../platform/http/route.ts';
import { createCustomer } from '../customers/index.ts';
import { addOlt, createLocation } from '../plant/index.ts';
import { attachEquipment } from '../stock/index.ts';
import { askSource } from './ask-source.ts';
import { limitsOf, networkRoutes, recordReading } from './index.ts';

const SERIAL = 'TPLG46E80F93';
const ont = (more: Partial<OntReading> = {}): OntReading => ({
  serial: SERIAL,
  ifIndex: 1,
  port: '0/1/3',
  onuId: 12,
  state: 'online',
  description: null,
  rxDbm: -18.4,
  txDbm: 2.1,
  oltRxDbm: -20.3,
  temperatureC: 44,
  distanceM: 4_300,
  lastDownCause: null,
  ...more,
});
const acsDevice = (more: Partial<AcsDevice> = {}): AcsDevice => ({
  deviceId: 'x',
  manufacturer: 'TP-Link',
  model: 'XX230v',
  serial: SERIAL,
  ponSerial: SERIAL,
  softwareVersion: '1.2.3',
  uptimeSeconds: 3_600,
  wanIp: '192.0.2.10',
  optical: { rxDbm: -18.9, txDbm: 2.2 },
  wifi: [],
  hosts: [],
  lastInformAt: new Date('2026-11-02T13:50:00Z'),
  ...more,
});
// Stand-ins at the ports: what matters here is what the hub makes of each outcome.
const acs = (findDevice: Acs['findDevice']): Acs => ({ vendor: 'test', findDevice }) as unknown as Acs; // only this call is made
const olt = (readOnt: Olt['readOnt']): Olt => ({ vendor: 'test', readOnt }) as unknown as Olt;

async function installed(hub: TestHub) {
  return hub.act(async (tx) => {
    const customer = await createCustomer(tx, {
      kind: 'residential',
      name: 'Hélène Tremblay',
      language: 'fr',
      emailId: null,
      emailBilling: null,
      cellPhone: null,
      telHome: null,
      notes: '',
      tags: [],
    });
    const location = await createLocation(tx, {
      address: {
        civicNumber: '12',
        unit: null,
        street: 'rue Principale',
        municipality: 'Napierville',
        postalCode: null,
      },
      customerId: customer.id,
    });
    await addOlt(tx, {
      name: 'OLT-1',
      vendor: 'huawei',
      model: 'MA5800',
      managementAddress: '127.0.0.1:1',
      site: '',
      vlan: 100,
      ports: [],
    });
    return attachEquipment(tx, {
      serial: SERIAL,
      mac: '001EC947D49B',
      kind: 'ont',
      customerId: customer.id,
      locationId: location.id,
      from: 'found',
    });
  });
}

const visit = { surface: 'ops', requestId: 'r-1' } as unknown as Visit; // these routes read no more of it
const route = (hub: TestHub, operation: object) => {
  const found = networkRoutes(hub.env).find((candidate) => candidate.operation === operation);
  if (!found) throw new Error('no such route');
  return found;
};
const lookUp = (hub: TestHub, input: object, by = ADMIN) =>
  carryOut(hub.hub.ground, route(hub, networkOperations.lookupDevice), { input, by, visit, commandId: null });

test('both sources answer: one document, two verdicts, two readings kept', async () => {
  const hub = await testHub({
    outside: { acs: acs(async () => done(acsDevice())), olt: olt(async () => done(ont({ rxDbm: -25 }))) },
  });
  const device = await installed(hub);
  expect(await lookUp(hub, { serial: 'sn: 54504C47 46E80F93' })).toMatchObject({
    equipmentId: device.id,
    online: true,
    oltPort: '0/1/3',
    firmware: '1.2.3',
    opticalStatus: [
      { source: 'olt', rxDbm: -25, level: 'low', verdict: 'warn' },
      { source: 'acs', rxDbm: -18.9, level: 'good', verdict: 'good' },
    ],
    sources: [
      { source: 'acs', outcome: 'answered', ageSeconds: 600 },
      { source: 'olt', outcome: 'answered', ageSeconds: 0 },
    ],
  });
  await lookUp(hub, { mac: '00-1e-c9-47-d4-9b' });
  const kept = await carryOut(hub.hub.ground, route(hub, networkOperations.listReadings), {
    input: { equipmentId: device.id },
    by: ADMIN,
    visit,
    commandId: null,
  });
  expect(kept).toMatchObject({ rows: [{ source: 'olt' }, { source: 'acs' }], next: null });
});

test('a source that fails is told and hides nobody', async () => {
  const failures = [
    async () => broken('no such host'),
    async () => retry(1_000, 'no answer'),
    () => Promise.reject(new Error('a bug')),
  ];
  for (const fails of failures) {
    const hub = await testHub({
      outside: { acs: acs(fails), olt: olt(async () => done(ont())) },
    });
    await installed(hub);
    expect(await lookUp(hub, { serial: SERIAL })).toMatchObject({
      opticalStatus: [{ source: 'olt', verdict: 'good' }],
      sources: [
        { source: 'acs', reason: expect.any(String) },
        { source: 'olt', outcome: 'answered' },
      ],
    });
  }
  const hub = await testHub({
    outside: { acs: acs(async () => done(acsDevice())), olt: olt(async () => retry(1_000, 'silent')) },
  });
  await installed(hub);
  expect(await lookUp(hub, { serial: SERIAL })).toMatchObject({
    online: null,
    opticalStatus: [{ source: 'acs' }],
    sources: [{ outcome: 'answered' }, { source: 'olt', outcome: 'unreachable', reason: 'silent' }],
  });
});

test('a device nobody knows is an answer, and nothing is kept', async () => {
  const hub = await testHub({
    outside: { acs: acs(async () => done(null)), olt: olt(async () => done(null)) },
  });
  expect(await lookUp(hub, { serial: 'HWTC00000001' })).toMatchObject({
    equipmentId: null,
    opticalStatus: [],
    sources: [{ outcome: 'unknown_device' }, { outcome: 'not_asked' }],
  });
  expect((await hub.pool.query('select 1 from network.readings')).rows).toEqual([]);
});

test('a source that is late is left behind, and says so', async () => {
  const said = await askSource<string>({
    source: 'acs',
    ask: () => new Promise(() => undefined),
    saidAt: () => null,
    now: new Date('2026-11-02T14:00:00Z'),
    log: silentLog,
    deadlineMs: 20,
  });
  expect(said).toMatchObject({ value: null, report: { outcome: 'timeout' } });
});

test('look-ups are for staff of the network and technicians, thirty a minute', async () => {
  const hub = await testHub({
    outside: { acs: acs(async () => done(null)), olt: olt(async () => done(null)) },
  });
  await expect(lookUp(hub, { serial: SERIAL }, NOBODY)).rejects.toMatchObject({ code: 'unauthenticated' });
  const customer = { ...NOBODY, kind: 'customer', id: 'C-1' } as const;
  await expect(lookUp(hub, { serial: SERIAL }, customer)).rejects.toMatchObject({ code: 'forbidden' });
  const technician: Actor = {
    ...ADMIN,
    kind: 'technician',
    id: 'DT-1',
    capabilities: new Set(['field.work'] as const),
  };
  for (let i = 0; i < 30; i += 1) await lookUp(hub, { serial: SERIAL }, technician);
  await expect(lookUp(hub, { serial: SERIAL }, technician)).rejects.toMatchObject({
    code: 'too_many_requests',
  });
  await expect(lookUp(hub, {})).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(lookUp(hub, { serial: '?' })).rejects.toMatchObject({ code: 'serial_not_valid' });
});

test('a value equal to a limit belongs to the better class; no light is no value', async () => {
  const hub = await testHub();
  const limits = await limitsOf(hub);
  const levels = [-7.9, -8, -10, -10.1, -24, -24.1, -26, -26.1, -27, -27.1].map((dbm) =>
    opticalLevelOf(dbm, limits),
  );
  expect(levels).toEqual(['overload', 'high', 'good', 'good', 'good', 'low', 'low', 'poor', 'poor', 'out']);
  for (const nothing of [null, 0, -40, -60, Number.NaN])
    expect(opticalLevelOf(nothing, limits)).toBe('no_light');
  const { limits: all } = (await carryOut(hub.hub.ground, route(hub, networkOperations.readOpticalLimits), {
    input: {},
    by: ADMIN,
    visit,
    commandId: null,
  })) as { limits: OpticalLimits[] };
  expect(all.map((row) => row.system)).toEqual(['gpon_b_plus', 'gpon_c_plus', 'xgs_pon']);
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.double({ min: -39, max: -1, noNaN: true }), (of, dbm) => {
      const order = ['out', 'poor', 'low', 'good', 'high', 'overload'];
      const rank = (value: number) => order.indexOf(opticalLevelOf(value, of));
      expect(rank(dbm)).toBeGreaterThanOrEqual(rank(dbm - 0.5));
    }),
  );
});

test('limits of a later day do not judge today’s light', async () => {
  const hub = await testHub();
  await hub.pool.query(
    `insert into network.optical_limits values ('gpon_b_plus', '2027-01-01', -8, -10, -20, -22, -23, 2)`,
  );
  expect((await limitsOf(hub)).lowDbm).toBe(-24);
  await hub.moveTo(new Date('2027-01-01T12:00:00Z'));
  expect((await limitsOf(hub)).lowDbm).toBe(-20);
});

test('a phone’s reading is recorded once however often it is sent', async () => {
  const hub = await testHub();
  const device = await installed(hub);
  const reading = {
    readingId: '7f7a2f0e-8f0a-4a53-9d0f-5d3f2a7f0001',
    at: hub.now,
    source: 'manual',
    equipmentId: device.id,
    locationId: device.locationId,
    rxDbm: -19,
    txDbm: null,
  } as const;
  const first = await hub.act((tx) => recordReading(tx, reading));
  expect(await hub.act((tx) => recordReading(tx, reading))).toEqual(first);
  const { rows } = await hub.pool.query(`select 1 from app.events where type = 'reading.taken'`);
  expect(rows).toHaveLength(1);
});
