import type pg from 'pg';
import { addressLine, addressLines, civicAndStreet, DROP_METRES_MAX } from '../../../domains/plant/index.ts';
import type { Chance } from '../random.ts';

/** A fibre from a splitter output to a house. */
export type Fibre = Readonly<{
  splitterId: string;
  splitterPort: number;
  terminalId: string;
  terminalPort: number;
  vlan: number;
  /** Name of the OLT and its PON port, `0/1/4`. */
  olt: string;
  ponPort: string;
}>;
/** An address that can be served, with the fibre that would serve it. */
export type Site = Readonly<{
  addressId: string;
  civicNumber: string;
  unit: string | null;
  street: string;
  municipality: string;
  postalCode: string | null;
  latitude: number;
  longitude: number;
  text: string;
  shortText: string;
  lines: readonly string[];
  fibre: Fibre;
}>;

type AddressRow = Readonly<{
  id: string;
  civic: string;
  unit: string;
  street: string;
  municipality: string;
  postal_code: string | null;
  latitude: number;
  longitude: number;
}>;
type Terminal = {
  readonly id: string;
  readonly ports: number;
  readonly splitter: Splitter;
  readonly latitude: number;
  readonly longitude: number;
  taken: number;
};
type Splitter = Readonly<Pick<Fibre, 'vlan' | 'olt' | 'ponPort'> & { id: string; ratio: number }> & {
  taken: number;
};

const METRES_PER_DEGREE = 111_320;
/** Side of the squares terminals are looked for in: wider than a drop is long. */
const SQUARE_DEGREES = 0.0025;
/** Ports left free on every terminal, so that the company can go on selling. */
const PORTS_KEPT_FREE = 1;
const SPLITTER_RATIO_MIN = 8;

export type Neighbourhood = Readonly<{
  /** Addresses within reach of a terminal with room, each once and each with a fibre of its own. */
  sites: readonly Site[];
  /** Other addresses: known, and without a customer. */
  spare: readonly Omit<Site, 'fibre'>[];
}>;

/** Takes addresses at which nobody is served yet, in an order of chance. */
export async function takeNeighbourhood(
  client: pg.PoolClient,
  { sites: wanted, spare: others, chance }: { sites: number; spare: number; chance: Chance },
): Promise<Neighbourhood> {
  const addresses = await readAddresses(client);
  const squares = Map.groupBy(await readTerminals(client), squareOf);
  const sites: Site[] = [];
  const spare: Omit<Site, 'fibre'>[] = [];
  for (const address of shuffled(addresses, chance)) {
    const fibre = sites.length < wanted ? fibreFor(address, squares) : undefined;
    if (fibre) sites.push({ ...placeOf(address), fibre });
    else if (spare.length < others) spare.push(placeOf(address));
    else if (sites.length === wanted) break;
  }
  if (sites.length < wanted || spare.length < others)
    throw new Error(`${wanted} sites and ${others} others wanted: ${sites.length} and ${spare.length} found`);
  return { sites, spare };
}

async function readAddresses(client: pg.PoolClient): Promise<AddressRow[]> {
  const { rows } = await client.query<AddressRow>(`
    select a.id, a.civic_number || a.civic_suffix as civic, a.unit, s.name as street, m.name as municipality,
           a.postal_code, a.latitude, a.longitude
      from plant.addresses a join plant.streets s on s.id = a.street_id
      join plant.municipalities m on m.code = s.municipality_code
     where a.latitude is not null and not exists (select from plant.locations l where l.address_id = a.id)
       -- The first house of a street is what a search for the street gives: prospects live there.
       and a.civic_number > (select min(first.civic_number) from plant.addresses first where first.street_id = a.street_id)
     order by s.municipality_code, s.key, a.civic_number, a.civic_suffix, a.unit`);
  return rows;
}

async function readTerminals(client: pg.PoolClient): Promise<Terminal[]> {
  const { rows } = await client.query<{
    id: string;
    ports: number;
    latitude: number;
    longitude: number;
    splitter_id: string;
    ratio: number;
    vlan: number;
    olt: string;
    pon_port: string;
  }>(
    `select t.id, t.ports, t.latitude, t.longitude, s.id as splitter_id, s.ratio, o.vlan, o.name as olt,
            p.frame || '/' || p.slot || '/' || p.port as pon_port
       from plant.terminals t join plant.splitters s on s.id = t.splitter_id
       join plant.pon_ports p on p.id = s.pon_port_id join plant.olts o on o.id = p.olt_id
      where t.state = 'in_service' and s.ratio >= $1
        and not exists (select from plant.drops d where d.splitter_id = s.id) order by t.id`,
    [SPLITTER_RATIO_MIN],
  );
  const splitters = new Map<string, Splitter>();
  return rows.map(({ splitter_id: id, ratio, vlan, olt, pon_port: ponPort, ...terminal }) => {
    const splitter = splitters.get(id) ?? { id, ratio, vlan, olt, ponPort, taken: 0 };
    splitters.set(id, splitter);
    return { ...terminal, splitter, taken: 0 };
  });
}

type Place = Readonly<{ latitude: number; longitude: number }>;
const square = (x: number, y: number): string => `${x} ${y}`;
const squareOf = ({ latitude, longitude }: Place): string =>
  square(Math.floor(longitude / SQUARE_DEGREES), Math.floor(latitude / SQUARE_DEGREES));

/** The next ports of the nearest terminal with room; undefined when none is within the length of a drop. */
function fibreFor(address: Place, squares: ReadonlyMap<string, readonly Terminal[]>): Fibre | undefined {
  const x = Math.floor(address.longitude / SQUARE_DEGREES);
  const y = Math.floor(address.latitude / SQUARE_DEGREES);
  const around = [-1, 0, 1].flatMap((dx) =>
    [-1, 0, 1].flatMap((dy) => squares.get(square(x + dx, y + dy)) ?? []),
  );
  const near = around
    .filter(
      ({ taken, ports, splitter }) => taken < ports - PORTS_KEPT_FREE && splitter.taken < splitter.ratio - 1,
    )
    .map((terminal) => ({ terminal, metres: metresBetween(address, terminal) }))
    .filter(({ metres }) => metres <= DROP_METRES_MAX)
    .toSorted((a, b) => a.metres - b.metres)[0];
  if (!near) return undefined;
  const { terminal } = near;
  terminal.taken += 1;
  terminal.splitter.taken += 1;
  return {
    splitterId: terminal.splitter.id,
    splitterPort: terminal.splitter.taken,
    terminalId: terminal.id,
    terminalPort: terminal.taken,
    vlan: terminal.splitter.vlan,
    olt: terminal.splitter.olt,
    ponPort: terminal.splitter.ponPort,
  };
}

const metresBetween = (one: Place, other: Place): number =>
  METRES_PER_DEGREE *
  Math.hypot(
    one.latitude - other.latitude,
    (one.longitude - other.longitude) * Math.cos((one.latitude * Math.PI) / 180),
  );

function placeOf(row: AddressRow): Omit<Site, 'fibre'> {
  const written = {
    civicNumber: row.civic,
    unit: row.unit === '' ? null : row.unit,
    street: row.street,
    municipality: row.municipality,
    postalCode: row.postal_code,
  };
  return {
    addressId: row.id,
    ...written,
    latitude: row.latitude,
    longitude: row.longitude,
    text: addressLine(written),
    shortText: civicAndStreet(written),
    lines: addressLines(written),
  };
}

/** In an order of chance (Fisher and Yates). */
function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  const order = [...list];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = chance.between(0, last);
    const [one, two] = [order[last], order[other]];
    if (one === undefined || two === undefined) continue;
    order[last] = two;
    order[other] = one;
  }
  return order;
}
