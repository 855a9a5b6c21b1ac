import {
  addOlt,
  addSplitter,
  addTerminal,
  importAddresses,
  importMunicipalities,
  placeMunicipalities,
} from '../../src/domains/plant/index.ts';
import type { Tx } from '../../src/platform/acting.ts';
import {
  DEMO_ADDRESSES,
  DEMO_MUNICIPALITIES,
  DEMO_STREETS,
  DEMO_TOWN_PLACES,
  housesOf,
  type DemoHouse,
  type DemoStreet,
} from './addresses.ts';

/** The two OLTs of the demo company, by the municipalities they feed. Their agents answer on the simulator. */
export const DEMO_OLTS = [
  {
    name: 'STCLO-OLT1',
    site: 'Sainte-Clotilde, central',
    vlan: 100,
    feeds: ['68020', '68025', '68010', '69017', '69037'],
  },
  {
    name: 'STREM-OLT1',
    site: 'Saint-Rémi, central',
    vlan: 200,
    feeds: ['68055', '68030', '68050', '68045', '70012'],
  },
] as const;

const PORTS_PER_OLT = 16;
const RATIO = 32;
/** On a scarce street the third customer finds every port taken. */
const SCARCE_RATIO = 2;
/** A terminal feeds the houses around it. */
const HOUSES_PER_TERMINAL = 4;
const PORTS_PER_TERMINAL = 8;

export type DemoPlant = Readonly<{ oltIds: readonly string[] }>;

/**
 * Lays the demo company's network: addresses, two OLTs, a splitter for every eight terminals and a terminal for
 * every four houses of the streets that have or will have fibre. `managementAddress` says where the agent of an OLT answers.
 */
export async function layDemoPlant(
  tx: Pick<Tx, 'db' | 'now'>,
  { managementAddress }: { managementAddress: (oltName: string) => string },
): Promise<DemoPlant> {
  await importMunicipalities(tx, DEMO_MUNICIPALITIES);
  await placeMunicipalities(tx, DEMO_TOWN_PLACES);
  await importAddresses(tx, DEMO_ADDRESSES);
  const oltIds: string[] = [];
  for (const [index, olt] of DEMO_OLTS.entries()) {
    const { feeds, ...written } = olt;
    const { id, portIds } = await addOlt(tx, {
      ...written,
      vendor: 'TP-Link',
      model: 'DS-P7001-16',
      managementAddress: managementAddress(olt.name),
      ports: Array.from({ length: PORTS_PER_OLT }, (_, port) => ({ frame: 0, slot: 1, port: port + 1 })),
    });
    oltIds.push(id);
    const fed: readonly string[] = feeds;
    const streets = DEMO_STREETS.filter((street) => fed.includes(street.municipalityCode));
    await layStreets(tx, { streets, portIds, prefix: index === 0 ? 'A' : 'B' });
  }
  return { oltIds };
}

type Laying = Readonly<{ streets: readonly DemoStreet[]; portIds: readonly string[]; prefix: string }>;

/** Splitters hang on the PON ports in turn; each feeds the terminals of one street only. */
async function layStreets(tx: Pick<Tx, 'db' | 'now'>, { streets, portIds, prefix }: Laying): Promise<void> {
  let splitters = 0;
  for (const street of streets.filter(({ network }) => network !== 'none')) {
    const groups = chunk(housesOf(street), HOUSES_PER_TERMINAL);
    for (const part of chunk(groups, RATIO / HOUSES_PER_TERMINAL)) {
      const ponPortId = portIds[splitters % portIds.length] ?? '';
      splitters += 1;
      const name = `FDH-${prefix}${String(splitters).padStart(2, '0')}`;
      const middle = middleOf(part.flat());
      const splitterId = await addSplitter(tx, {
        name,
        ponPortId,
        ratio: street.network === 'scarce' ? SCARCE_RATIO : RATIO,
        latitude: middle.latitude,
        longitude: middle.longitude,
      });
      for (const [place, houses] of part.entries())
        await addTerminal(tx, {
          name: `${name}-T${place + 1}`,
          splitterId,
          ports: PORTS_PER_TERMINAL,
          state: street.network === 'planned' ? 'planned' : 'in_service',
          ...middleOf(houses),
        });
    }
  }
}

function middleOf(houses: readonly DemoHouse[]): { latitude: number; longitude: number } {
  const sum = houses.reduce(
    (total, { latitude, longitude }) => ({
      latitude: total.latitude + latitude,
      longitude: total.longitude + longitude,
    }),
    { latitude: 0, longitude: 0 },
  );
  return {
    latitude: Math.round((sum.latitude / houses.length) * 1e6) / 1e6,
    longitude: Math.round((sum.longitude / houses.length) * 1e6) / 1e6,
  };
}

function chunk<T>(rows: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, part) =>
    rows.slice(part * size, (part + 1) * size),
  );
}
