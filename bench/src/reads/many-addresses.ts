import {
  importAddresses,
  importMunicipalities,
  type ImportedAddress,
} from '../../../apps/hub/src/domains/plant/index.ts';
import type { Db } from '../../../apps/hub/src/platform/db/connect.ts';

/** Made up: as many towns, streets and houses as the south shore has. */
const TOWNS = 150;
const STREETS_PER_TOWN = 80;
const HOUSES_PER_STREET = 25;
export const MANY_ADDRESSES = TOWNS * STREETS_PER_TOWN * HOUSES_PER_STREET;

const GENERICS = ['rue', 'chemin', 'avenue', 'boulevard', 'rang', 'montée', 'place', 'croissant'];
const STARTS = [
  'Beau',
  'Clair',
  'Haut',
  'Grand',
  'Vert',
  'Mont',
  'Val',
  'Bois',
  'Roche',
  'Pré',
  'Lac',
  'Fon',
];
const MIDDLES = ['ri', 'mar', 'la', 'ber', 'ton', 'sau', 'vé', 'gi', 'lon', 'dou', 'pe', 'cha'];
const ENDS = [
  'ville',
  'court',
  'nières',
  'mont',
  'teuil',
  'gny',
  'champ',
  'fort',
  'rive',
  'lac',
  'dière',
  'bourg',
];
const SAINTS = [
  'Élie',
  'Anselme',
  'Damase',
  'Ubalde',
  'Zotique',
  'Télesphore',
  'Flavien',
  'Eusèbe',
  'Rosaire',
];

/** Adds made-up towns and addresses through the product's own import, once; tells whether it had to. */
export async function addManyAddresses(db: Db): Promise<boolean> {
  const known = await db
    .selectFrom('plant.municipalities')
    .select('code')
    .where('code', '=', townCode(TOWNS - 1))
    .executeTakeFirst();
  if (known) return false;
  await importAddresses({ db }, addresses());
  return true;
}

const townCode = (town: number): string => `~essai ${town}`;
const word = (index: number): string =>
  `${STARTS[index % STARTS.length]}${MIDDLES[Math.floor(index / STARTS.length) % MIDDLES.length]}${ENDS[(index * 7 + Math.floor(index / 144)) % ENDS.length]}`;
const townName = (town: number): string =>
  town % 3 === 0 ? `Saint-${SAINTS[town % SAINTS.length]}-de-${word(town * 5)}` : `${word(town * 5)}-${town}`;
const streetName = (town: number, street: number): string => {
  const generic = GENERICS[street % GENERICS.length] ?? 'rue';
  // Every town has the streets that every town has; the others are its own.
  if (street < 4) return `${generic} ${['Principale', 'de l’Église', 'Saint-Joseph', 'des Érables'][street]}`;
  return street % 5 === 0
    ? `${generic} Saint-${SAINTS[(street + town) % SAINTS.length]}`
    : `${generic} ${word(street * 13 + town * 31)}`;
};

function* addresses(): Generator<ImportedAddress> {
  for (let town = 0; town < TOWNS; town += 1)
    for (let street = 0; street < STREETS_PER_TOWN; street += 1)
      for (let house = 0; house < HOUSES_PER_STREET; house += 1)
        yield {
          municipalityCode: townCode(town),
          street: streetName(town, street),
          civicNumber: 100 + house * 6 + (street % 2),
          civicSuffix: '',
          unit: '',
          postalCode: null,
          latitude: 45.2 + town * 0.003 + house * 0.0002,
          longitude: -73.4 - street * 0.003,
          source: 'essai',
          sourceId: null,
        };
}

export const madeUpTowns = async (db: Db): Promise<void> =>
  importMunicipalities(
    { db },
    Array.from({ length: TOWNS }, (_, town) => ({
      code: townCode(town),
      name: townName(town),
      designation: '',
      mrc: '',
      region: '',
      population: 500 + town * 40,
    })),
  );
