import { sql } from 'kysely';
import { DEMO_MUNICIPALITIES, DEMO_STREETS, DEMO_TOWN_PLACES } from '../../../db/demo/addresses.ts';
import { DEMO_OLTS } from '../../../db/demo/plant.ts';
import { addTechnician } from '../../domains/dispatch/index.ts';
import { importAddresses, type ImportedAddress } from '../../domains/plant/index.ts';
import type { Tx } from '../../platform/acting.ts';
import { GIVEN, SURNAMES, WORDS_FOR_STREETS } from './names.ts';
import { DEMO_TECHNICIANS } from './technicians.ts';

const TECHNICIANS = 46;
const GENERICS = ['rue', 'chemin'] as const;
const HOUSES_PER_STREET = 32;
const HOUSES_PER_TERMINAL = 4;
const PORTS_PER_TERMINAL = 8;
/** Cards added to each OLT, of so many ports. */
const CARDS = { from: 2, to: 6 } as const;
const PORTS_PER_CARD = 16;
/** The new streets of a town lie in a grid around its middle, in degrees. */
const COLUMNS = 5;
const COLUMN_DEGREES = 0.012;
const ROW_DEGREES = 0.002;
const HOUSE_DEGREES = 0.0003;
/** Further technicians have numbers of the same kept exchange. */
const FIRST_PHONE = 14_505_550_150;

type House = Readonly<{ number: number; latitude: number; longitude: number }>;
type Street = Readonly<{
  name: string;
  town: string;
  olt: string;
  postalCode: string;
  houses: readonly House[];
}>;

/** Makes the demo company as large as production: streets of every town with their network, and technicians. */
export async function growCompany(tx: Tx): Promise<void> {
  const streets = DEMO_MUNICIPALITIES.flatMap(({ code, name }) => streetsOf(code, name));
  await importAddresses(tx, streets.flatMap(addressesOf));
  await addCards(tx);
  await laySplitters(tx, streets);
  for (let index = DEMO_TECHNICIANS.length; index < TECHNICIANS; index += 1)
    await addTechnician(tx, {
      name: `${GIVEN[(index * 7) % GIVEN.length] ?? ''} ${SURNAMES[(index * 11) % SURNAMES.length] ?? ''}`,
      colour: `#${((index * 0x2f6f3e) & 0x7f7f7f).toString(16).padStart(6, '0')}`,
      phone: `+${FIRST_PHONE + index}`,
      language: 'fr',
      skills: [{ skill: 'splicing', level: 1 + (index % 3) }],
      hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '16:30' })),
      staffId: null,
    });
}

function streetsOf(town: string, townName: string): Street[] {
  const middle = DEMO_TOWN_PLACES.find(({ name }) => name === townName);
  const known = DEMO_STREETS.find(({ municipalityCode }) => municipalityCode === town);
  if (!middle || !known) throw new Error(`nothing is known of ${townName}`);
  const feeding = DEMO_OLTS.find(({ feeds }) => (feeds as readonly string[]).includes(town)) ?? DEMO_OLTS[1];
  const names = GENERICS.flatMap((generic) => WORDS_FOR_STREETS.map((words) => `${generic} ${words}`));
  const fresh = names.filter(
    (name) => !DEMO_STREETS.some((street) => street.municipalityCode === town && street.name === name),
  );
  return fresh.map((name, index) => {
    const latitude = middle.latitude + (Math.floor(index / COLUMNS) - 5) * ROW_DEGREES;
    const longitude = middle.longitude + ((index % COLUMNS) - COLUMNS / 2) * COLUMN_DEGREES;
    const houses = Array.from({ length: HOUSES_PER_STREET }, (_, house) => ({
      number: 100 + house * 4 + (house % 2),
      latitude: rounded(latitude + (house % 2 === 0 ? 0.0001 : -0.0001)),
      longitude: rounded(longitude + house * HOUSE_DEGREES),
    }));
    return { name, town, olt: feeding.name, postalCode: known.postalCode, houses };
  });
}

const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

const addressesOf = ({ name, town, postalCode, houses }: Street): ImportedAddress[] =>
  houses.map(({ number, latitude, longitude }) => ({
    municipalityCode: town,
    street: name,
    civicNumber: number,
    civicSuffix: '',
    unit: '',
    postalCode,
    latitude,
    longitude,
    source: 'demo',
    sourceId: null,
  }));

const addCards = ({ db }: Pick<Tx, 'db'>): Promise<unknown> =>
  sql`insert into plant.pon_ports (olt_id, frame, slot, port)
      select o.id, 0, slot, port from plant.olts o,
             generate_series(${CARDS.from}::int, ${CARDS.to}::int) slot,
             generate_series(1, ${PORTS_PER_CARD}::int) port
       order by o.id, slot, port`.execute(db);

/** One splitter per street, on the ports of its OLT's new cards in turn, with a terminal for every few houses. */
async function laySplitters({ db, now }: Pick<Tx, 'db' | 'now'>, streets: readonly Street[]): Promise<void> {
  const ports = (CARDS.to - CARDS.from + 1) * PORTS_PER_CARD;
  const splitters = streets.map(({ olt, houses }, index) => ({
    name: `FDH-C${String(index + 1).padStart(4, '0')}`,
    olt,
    slot: CARDS.from + Math.floor((index % ports) / PORTS_PER_CARD),
    port: 1 + (index % PORTS_PER_CARD),
    ...placeOf(houses, HOUSES_PER_STREET / 2),
  }));
  const terminals = streets.flatMap(({ houses }, index) =>
    Array.from({ length: HOUSES_PER_STREET / HOUSES_PER_TERMINAL }, (_, place) => ({
      name: `${splitters[index]?.name ?? ''}-T${place + 1}`,
      splitter: splitters[index]?.name,
      ...placeOf(houses, place * HOUSES_PER_TERMINAL + 1),
    })),
  );
  await sql`
    insert into plant.splitters (name, pon_port_id, ratio, latitude, longitude, created_at)
    select given.name, p.id, ${HOUSES_PER_STREET}, given.latitude, given.longitude, ${now}
      from jsonb_to_recordset(${JSON.stringify(splitters)}::jsonb)
             as given (name text, olt text, slot int, port int, latitude float8, longitude float8)
      join plant.olts o on o.name = given.olt
      join plant.pon_ports p on p.olt_id = o.id and p.slot = given.slot and p.port = given.port
     order by given.name`.execute(db);
  await sql`
    insert into plant.terminals (name, splitter_id, ports, state, latitude, longitude, created_at)
    select given.name, s.id, ${PORTS_PER_TERMINAL}, 'in_service', given.latitude, given.longitude, ${now}
      from jsonb_to_recordset(${JSON.stringify(terminals)}::jsonb)
             as given (name text, splitter text, latitude float8, longitude float8)
      join plant.splitters s on s.name = given.splitter
     order by given.name`.execute(db);
}

const placeOf = (houses: readonly House[], index: number) => ({
  latitude: houses[index]?.latitude,
  longitude: houses[index]?.longitude,
});
