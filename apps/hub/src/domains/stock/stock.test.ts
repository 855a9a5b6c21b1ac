import { testHub, type TestHub } from '@gigafibre/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCustomer } from '../customers/index.ts';
import {
  attachEquipment,
  equipmentAt,
  equipmentBySerial,
  findEquipment,
  listEquipment,
  loadVan,
  receiveEquipment,
  removeEquipment,
  swapEquipment,
  takeBackEquipment,
} from './index.ts';
import { readEquipmentWithLog } from './read-equipment.ts';

async function home(hub: TestHub, name = 'Hélène Tremblay') {
  const customer = await hub.act((tx) =>
    createCustomer(tx, {
      kind: 'residential',
      name,
      language: 'fr',
      emailId: null,
      emailBilling: null,
      cellPhone: null,
      telHome: null,
      notes: '',
      tags: [],
    }),
  );
  const { rows } = await hub.pool.query<{ id: string }>(
    `insert into plant.locations (civic_number, street, municipality, serviceability)
     values ('12', 'rue Principale', 'Napierville', 'serviceable') returning id`,
  );
  return { customerId: customer.id, locationId: rows[0]?.id ?? '' };
}
const device = (serial: string, more: object = {}) => ({
  kind: 'ont' as const,
  maker: 'TP-Link',
  model: 'XX230v',
  serial,
  mac: null,
  barcode: null,
  ...more,
});
const received = (hub: TestHub, ...serials: string[]) =>
  hub.act((tx) =>
    receiveEquipment(tx, {
      warehouse: 'principal',
      reference: 'BL-1',
      devices: serials.map((s) => device(s)),
    }),
  );

test('a device goes from shelf to van to home and back, and every step is a line of the log', async () => {
  const hub = await testHub();
  const place = await home(hub);
  const [ont] = await received(hub, 'sn: tplg 46e80f93');
  const id = ont?.id ?? '';
  await hub.act((tx) => loadVan(tx, { technicianId: 'DT-101', equipmentIds: [id] }));
  await hub.act((tx) =>
    attachEquipment(tx, { serial: '54504C4746E80F93', kind: 'ont', from: 'van', ...place }),
  );
  expect((await equipmentAt(hub, place.locationId)).map((there) => there.serial)).toEqual(['TPLG46E80F93']);
  await hub.act((tx) =>
    removeEquipment(tx, { id, reason: 'Débranchement', condition: 'good', technicianId: 'DT-101' }),
  );
  await hub.act((tx) => takeBackEquipment(tx, { id, warehouse: 'principal' }));
  const log = await readEquipmentWithLog(hub, id);
  expect(log.status).toBe('in_stock');
  expect(log.movements.map((line) => `${line.kind} ${line.to.kind}`)).toEqual([
    'taken_back warehouse',
    'removed van',
    'attached location',
    'loaded van',
    'received warehouse',
  ]);
  expect(await equipmentAt(hub, place.locationId)).toEqual([]);
});

test('an installed device makes its customer findable by every writing of its numbers', async () => {
  const hub = await testHub();
  const place = await home(hub);
  await hub.act((tx) =>
    attachEquipment(tx, {
      serial: 'TPLG46E80F93',
      mac: '001ec947d49b',
      kind: 'ont',
      from: 'found',
      ...place,
    }),
  );
  const terms = async () =>
    (
      await hub.pool.query<{ shown: string }>(
        `select shown from customers.search_terms where kind = 'equipment' order by shown`,
      )
    ).rows.map((row) => row.shown);
  expect(await terms()).toEqual(
    expect.arrayContaining(['TPLG46E80F93', '54504C4746E80F93', '00:1E:C9:47:D4:9B', '001EC947D49B']),
  );
  const [there] = await equipmentAt(hub, place.locationId);
  await hub.act((tx) =>
    removeEquipment(tx, { id: there?.id ?? '', reason: 'Fin', condition: 'good', technicianId: null }),
  );
  expect(await terms()).toEqual([]);
});

test('the same serial attached at two homes at once ends in one of them', async () => {
  const hub = await testHub();
  const [a, b] = [await home(hub, 'A'), await home(hub, 'B')];
  const attach = (place: typeof a, serial: string) =>
    hub.act((tx) => attachEquipment(tx, { serial, kind: 'ont', from: 'found', ...place }));
  const outcomes = await Promise.allSettled([attach(a, 'HWTC1A2B3C4D'), attach(b, '485754431A2B3C4D')]);
  expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = outcomes.find((outcome) => outcome.status === 'rejected');
  expect(refused).toMatchObject({ reason: { code: 'equipment_elsewhere' } });
  const { rows } = await hub.pool.query('select 1 from stock.equipment');
  expect(rows).toHaveLength(1);
});

test('attaching again at the same place changes nothing', async () => {
  const hub = await testHub();
  const place = await home(hub);
  const attach = () =>
    hub.act((tx) => attachEquipment(tx, { serial: 'HWTC1A2B3C4D', kind: 'ont', from: 'found', ...place }));
  const first = await attach();
  expect(await attach()).toEqual(first);
  expect((await readEquipmentWithLog(hub, first.id)).movements).toHaveLength(2);
});

test('an unknown serial is refused unless it was found on site', async () => {
  const hub = await testHub();
  const place = await home(hub);
  await expect(
    hub.act((tx) => attachEquipment(tx, { serial: 'HWTC1A2B3C4D', kind: 'ont', from: 'van', ...place })),
  ).rejects.toMatchObject({ code: 'equipment_unknown' });
  expect(await equipmentBySerial(hub, 'HWTC1A2B3C4D')).toBeUndefined();
});

test('a delivery with one known serial is refused whole', async () => {
  const hub = await testHub();
  await received(hub, 'HWTC00000001');
  await expect(received(hub, 'HWTC00000002', 'HWTC 0000 0001')).rejects.toMatchObject({
    code: 'serial_taken',
  });
  expect(await equipmentBySerial(hub, 'HWTC00000002')).toBeUndefined();
});

test('a code is looked up as serial, then barcode, then MAC; a look-alike only when nothing is exact', async () => {
  const hub = await testHub();
  await hub.act((tx) =>
    receiveEquipment(tx, {
      warehouse: 'principal',
      reference: null,
      devices: [
        device('TPLG46E80F93', { barcode: '4895252500011' }),
        device('XR0L5512', { kind: 'router', mac: '00:1E:C9:47:D4:9B' }),
      ],
    }),
  );
  const find = async (code: string, exact = false) => {
    const found = await findEquipment(hub, { code, exact });
    return found ? `${found.equipment.serial} ${found.matched}` : null;
  };
  expect(await find('4895252500011')).toBe('TPLG46E80F93 barcode');
  expect(await find('001ec947d49b')).toBe('XR0L5512 mac');
  expect(await find('XROL5512')).toBe('XR0L5512 serial');
  expect(await find('XROL5512', true)).toBeNull();
  await received(hub, 'XROL5512');
  expect(await find('XROL5512')).toBe('XROL5512 serial');
  await expect(findEquipment(hub, { code: 'XROI5512' })).rejects.toMatchObject({
    code: 'equipment_ambiguous',
  });
});

test('a swap leaves one device at the place and the other in the van', async () => {
  const hub = await testHub();
  const place = await home(hub);
  const old = await hub.act((tx) =>
    attachEquipment(tx, { serial: 'HWTC00000001', kind: 'ont', from: 'found', ...place }),
  );
  const { removed, attached } = await hub.act((tx) =>
    swapEquipment(tx, {
      id: old.id,
      serial: 'HWTC00000002',
      kind: 'ont',
      from: 'found',
      reason: 'En panne',
      condition: 'defective',
      technicianId: 'DT-101',
    }),
  );
  expect([removed.status, removed.place]).toEqual(['defective', { kind: 'van', id: 'DT-101' }]);
  expect((await equipmentAt(hub, place.locationId)).map((there) => there.id)).toEqual([attached.id]);
});

test('a MAC stays one device’s', async () => {
  const hub = await testHub();
  const place = await home(hub);
  const attach = (serial: string) =>
    hub.act((tx) =>
      attachEquipment(tx, { serial, mac: '001EC947D49B', kind: 'ont', from: 'found', ...place }),
    );
  await attach('HWTC00000001');
  await expect(attach('HWTC00000002')).rejects.toMatchObject({ code: 'mac_taken' });
});

test('search takes wildcards literally and finds parts of serials', async () => {
  const hub = await testHub();
  await received(hub, 'HWTC00000001', 'HWTC00000002');
  const search = async (typed: string) =>
    (await listEquipment(hub, { limit: 10, search: typed })).rows.length;
  expect(await search('00000002')).toBe(1);
  expect(await search('hwtc')).toBe(2);
  expect(await search('%')).toBe(0);
  expect(await search('HW_C')).toBe(0);
});

test('pages of the list neither skip nor repeat', async () => {
  const hub = await testHub();
  const serials = Array.from({ length: 7 }, (_, i) => `HWTC0000000${i}`);
  await received(hub, ...serials);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), async (limit) => {
      const seen: string[] = [];
      let after: string | undefined;
      for (let round = 0; round < 10; round += 1) {
        const found = await listEquipment(hub, { limit, after });
        seen.push(...found.rows.map((row) => row.serial));
        if (found.next === null) break;
        after = found.next;
      }
      expect(seen.toSorted()).toEqual(serials);
    }),
    { numRuns: 8 },
  );
});
