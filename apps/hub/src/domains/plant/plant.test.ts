import { testHub, type TestHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { DEMO_ADDRESSES, DEMO_STREETS } from '../../../db/demo/addresses.ts';
import { layDemoPlant } from '../../../db/demo/plant.ts';
import { createCustomer, customersByIdentifier } from '../customers/index.ts';
import {
  createLocation,
  editLocation,
  freeSplitterPort,
  importAddresses,
  lightDrop,
  listLocations,
  locationFor,
  readLocation,
  reserveSplitterPort,
  searchAddresses,
  serviceabilityOf,
  settleCustomer,
} from './index.ts';
import { listOlts, listSplitters } from './network.ts';

const laid = async (): Promise<TestHub> => {
  const hub = await testHub();
  await hub.act((tx) => layDemoPlant(tx, { managementAddress: () => '127.0.0.1:1161' }));
  return hub;
};
const find = async (hub: TestHub, q: string, limit = 5) =>
  (await searchAddresses(hub, { q, limit })).addresses;
const first = async (hub: TestHub, q: string) => {
  const [address] = await find(hub, q, 1);
  if (!address) throw new Error(`nothing found for ${q}`);
  return address;
};

test('an address is found with typing errors, abbreviations and without accents', async () => {
  const hub = await laid();
  const expected = '300, boulevard des Maraîchers, Saint-Rémi (Québec)  J0L 2L0';
  for (const typed of [
    '300 boulevard des Maraîchers, Saint-Rémi',
    '300 boul maraichers',
    '300 bd. des maraichères st-remi',
    '300 maraichers st remi qc',
    '300 MARRAICHERS',
    '300 boul des maraîch',
    'boulevard des maraichers 300 saint remi',
    '300 boulevard des Maraîchers J0L2L0',
    '300 rue des maraichers Saint-Rémi',
    '300 boulevard des Maraîchers, Montréal',
  ])
    expect((await first(hub, typed)).text, typed).toBe(expected);
});

test('of two streets of one name the town decides; without the number its neighbours are offered', async () => {
  const hub = await laid();
  expect((await first(hub, '1605 principale napierville')).municipality).toBe('Napierville');
  expect((await first(hub, '1605 principale st-michel')).text).toContain(
    '1605, rue Principale, Saint-Michel',
  );
  expect((await first(hub, '1606 rue Principale Saint-Michel')).civicNumber).toMatch(/^160[58]$/);
});

test('units are found by both ways of writing them', async () => {
  const hub = await laid();
  for (const typed of ['4-60 rue de la Gare', '60 rue de la gare app. 4', '60, rue de la Gare, #4'])
    expect((await first(hub, typed)).text, typed).toContain('60, rue de la Gare, app. 4,');
});

test('what is no address finds nothing, and harmful text does no harm', async () => {
  const hub = await laid();
  for (const typed of [
    "';delete from plant.addresses;--",
    '%%%',
    '<script>',
    'zzzzqqqq',
    '\\',
    'x'.repeat(160),
  ])
    expect(await find(hub, typed), typed).toEqual([]);
  expect((await find(hub, '300 boul maraichers')).length).toBeGreaterThan(0);
});

test('every address on a served street is serviceable, on a planned one under construction', async () => {
  const hub = await laid();
  for (const street of DEMO_STREETS) {
    const found = await find(hub, `${street.from} ${street.name} ${street.postalCode}`, 1);
    const expected = { served: 'serviceable', scarce: 'serviceable', planned: 'construction', none: null };
    const answer = expected[street.network];
    if (answer) expect(found[0]?.serviceability, street.name).toBe(answer);
    else
      expect(['survey', 'not_serviceable', 'construction'], street.name).toContain(found[0]?.serviceability);
  }
});

test('loading the same addresses again adds nothing', async () => {
  const hub = await laid();
  expect(await importAddresses(hub, DEMO_ADDRESSES)).toMatchObject({ added: 0, withoutMunicipality: 0 });
});

test('a location keeps its address, its occupants and its place in the network', async () => {
  const hub = await laid();
  const address = await first(hub, '300 boul maraichers');
  const customer = await hub.act((tx) =>
    createCustomer(tx, {
      kind: 'residential',
      name: 'Zoé',
      language: 'fr',
      emailId: 'zoe@example.test',
      emailBilling: null,
      cellPhone: null,
      telHome: null,
      notes: '',
      tags: [],
    }),
  );
  const location = await hub.act((tx) => createLocation(tx, { addressId: address.id }));
  expect(location).toMatchObject({ text: address.text, serviceability: 'serviceable', network: null });
  const again = await hub.act((tx) => locationFor(tx, { addressId: address.id }));
  expect(again.id).toBe(location.id);
  await hub.act((tx) =>
    settleCustomer(tx, { locationId: location.id, customerId: customer.id, source: 'test' }),
  );
  expect((await listLocations(hub, { customerId: customer.id, limit: 10 })).rows).toHaveLength(1);
  const terms = await hub.pool.query(
    "select shown from customers.search_terms where kind = 'location' and customer_id = $1",
    [customer.id],
  );
  expect(terms.rows.map(({ shown }) => shown)).toContain('300, boulevard des Maraîchers');
  expect(await customersByIdentifier(hub, 'zoe@example.test')).toHaveLength(1);

  const reserved = await hub.act((tx) =>
    reserveSplitterPort(tx, { locationId: location.id, reservedFor: 'QTN-1' }),
  );
  expect(reserved).toMatchObject({ state: 'reserved', splitterPort: 1, vlan: 200 });
  const lit = await hub.act((tx) => lightDrop(tx, { locationId: location.id, ontId: 7 }));
  expect(lit).toMatchObject({ state: 'active', ontId: 7 });
  await hub.act((tx) => freeSplitterPort(tx, { locationId: location.id, reason: 'résilié' }));
  expect((await readLocation(hub, location.id)).network).toBeNull();
  expect((await listOlts(hub, { limit: 10 })).rows.map(({ portsTaken }) => portsTaken)).toEqual([0, 0]);
});

test('the last ports go to whoever comes first: never two drops on one port, and the next is told there is none', async () => {
  const hub = await laid();
  const houses = [40, 45, 48, 53, 56];
  const locations = await Promise.all(
    houses.map(async (number) => {
      const address = await first(hub, `${number} avenue des Pommiers`);
      return hub.act((tx) => createLocation(tx, { addressId: address.id }));
    }),
  );
  const positions = await Promise.all(
    locations.map(({ id }) =>
      hub.act((tx) => reserveSplitterPort(tx, { locationId: id, reservedFor: 'QTN-1' })),
    ),
  );
  const ports = positions.flatMap((position) => (position ? [position.splitterPort] : []));
  expect(ports.toSorted()).toEqual([1, 2]);
  const left = await first(hub, '40 avenue des Pommiers');
  expect(await serviceabilityOf(hub, left.id)).toMatchObject({
    serviceability: 'construction',
    reason: 'splitter_full',
  });
  const taken = (await listSplitters(hub, { limit: 200 })).rows.filter(({ portsTaken }) => portsTaken > 0);
  expect(taken).toMatchObject([{ ratio: 2, portsTaken: 2 }]);
});

test('reserving twice for one location keeps one port', async () => {
  const hub = await laid();
  const address = await first(hub, '300 boul maraichers');
  const { id } = await hub.act((tx) => createLocation(tx, { addressId: address.id }));
  const reserve = () => hub.act((tx) => reserveSplitterPort(tx, { locationId: id, reservedFor: 'QTN-1' }));
  const [one, two] = await Promise.all([reserve(), reserve()]);
  expect(one).toEqual(two);
});

test('of two people editing one location the second is told; a moved pin is judged again', async () => {
  const hub = await laid();
  const address = await first(hub, '300 boul maraichers');
  const { id, version } = await hub.act((tx) => createLocation(tx, { addressId: address.id }));
  const moved = await hub.act((tx) =>
    editLocation(tx, { id, version, latitude: 46.9, longitude: -71.2, accessNotes: 'Chien <b>' }),
  );
  expect(moved).toMatchObject({ serviceability: 'not_serviceable', accessNotes: 'Chien <b>' });
  await expect(hub.act((tx) => editLocation(tx, { id, version, accessNotes: 'x' }))).rejects.toMatchObject({
    code: 'changed_meanwhile',
  });
});

test('an address is asked for once: of the base, or typed by hand', async () => {
  const hub = await laid();
  await expect(hub.act((tx) => createLocation(tx, {}))).rejects.toMatchObject({ code: 'address_needed' });
  const typed = {
    civicNumber: '12',
    unit: null,
    street: 'rue Neuve',
    municipality: 'Lacolle',
    postalCode: null,
  };
  const location = await hub.act((tx) => createLocation(tx, { address: typed }));
  expect(location).toMatchObject({
    text: '12, rue Neuve, Lacolle (Québec)',
    serviceability: 'not_serviceable',
  });
});
