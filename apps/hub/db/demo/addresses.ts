import type { ImportedAddress, ImportedMunicipality } from '../../src/domains/plant/index.ts';

/** How the network stands along a street of the demo company; `scarce`: two ports for the whole street. */
export type StreetNetwork = 'served' | 'scarce' | 'planned' | 'none';

/** A street of the demo company: houses every so many metres from one end to the other. */
export type DemoStreet = Readonly<{
  municipalityCode: string;
  name: string;
  postalCode: string;
  /** First and last house number; odd ones stand on one side, even ones on the other. */
  from: number;
  to: number;
  step: number;
  /** Degrees: latitude and longitude of both ends. */
  start: readonly [number, number];
  end: readonly [number, number];
  network: StreetNetwork;
  /** Units of every so many houses, as `[every, units]`: small apartment buildings. */
  units?: readonly [number, readonly string[]];
}>;

const town = (
  code: string,
  name: string,
  population: number,
  mrc = 'Les Jardins-de-Napierville',
): ImportedMunicipality => ({
  code,
  name,
  designation: 'Municipalité',
  mrc,
  region: 'Montérégie',
  population,
});

/** Municipalities of the Montérégie where the demo company works; names and codes are real, streets are not. */
export const DEMO_MUNICIPALITIES: readonly ImportedMunicipality[] = [
  town('68020', 'Sainte-Clotilde', 3_278),
  town('68055', 'Saint-Rémi', 9_532),
  town('68030', 'Napierville', 4_177),
  town('68025', 'Saint-Patrice-de-Sherrington', 2_039),
  town('68050', 'Saint-Michel', 3_658),
  town('68010', 'Hemmingford', 914),
  town('68045', 'Saint-Édouard', 1_431),
  town('69017', 'Saint-Chrysostome', 2_653, 'Le Haut-Saint-Laurent'),
  town('69037', 'Ormstown', 4_277, 'Le Haut-Saint-Laurent'),
  town('70012', 'Sainte-Martine', 5_891, 'Beauharnois-Salaberry'),
  town('67050', 'Châteauguay', 53_484, 'Roussillon'),
];

/** Middles of those municipalities, for addresses whose house is not placed. */
export const DEMO_TOWN_PLACES: readonly { name: string; latitude: number; longitude: number }[] = [
  { name: 'Sainte-Clotilde', latitude: 45.15, longitude: -73.68 },
  { name: 'Saint-Rémi', latitude: 45.27, longitude: -73.62 },
  { name: 'Napierville', latitude: 45.18, longitude: -73.4 },
  { name: 'Saint-Patrice-de-Sherrington', latitude: 45.17, longitude: -73.52 },
  { name: 'Saint-Michel', latitude: 45.23, longitude: -73.57 },
  { name: 'Hemmingford', latitude: 45.05, longitude: -73.59 },
  { name: 'Saint-Édouard', latitude: 45.23, longitude: -73.51 },
  { name: 'Saint-Chrysostome', latitude: 45.1, longitude: -73.77 },
  { name: 'Ormstown', latitude: 45.13, longitude: -74 },
  { name: 'Sainte-Martine', latitude: 45.25, longitude: -73.8 },
  { name: 'Châteauguay', latitude: 45.38, longitude: -73.75 },
];

type Line = readonly [
  name: string,
  from: number,
  to: number,
  start: readonly [number, number],
  end: readonly [number, number],
  network?: StreetNetwork,
];
const streetsOf = (municipalityCode: string, postalCode: string, lines: readonly Line[]): DemoStreet[] =>
  lines.map(([name, from, to, start, end, network = 'served']) => ({
    municipalityCode,
    postalCode,
    name,
    from,
    to,
    step: 4,
    start,
    end,
    network,
  }));

export const DEMO_STREETS: readonly DemoStreet[] = [
  ...streetsOf('68020', 'J0L 1W0', [
    ['chemin de la Grande-Érablière', 1_100, 1_420, [45.1402, -73.7012], [45.1561, -73.6719]],
    ['rue des Jardiniers', 100, 196, [45.1519, -73.6802], [45.1522, -73.6722]],
    ['rang du Ruisseau-Noir', 402, 698, [45.1625, -73.6945], [45.1712, -73.6521], 'planned'],
    ['montée des Tourbières', 20, 220, [45.131, -73.662], [45.1105, -73.6588], 'none'],
  ]),
  ...streetsOf('68055', 'J0L 2L0', [
    ['rue du Moulin-Saint-Rémi', 10, 210, [45.2661, -73.6201], [45.2675, -73.6048]],
    ['boulevard des Maraîchers', 300, 560, [45.2585, -73.6242], [45.2751, -73.6189]],
    ['rue Notre-Dame Est', 15, 151, [45.2645, -73.6165], [45.2649, -73.6064]],
    ['avenue des Pommiers', 40, 152, [45.2702, -73.6301], [45.2711, -73.6221], 'scarce'],
    ['rang Saint-Antoine-de-Padoue', 700, 1_060, [45.281, -73.652], [45.3011, -73.6405], 'planned'],
  ]),
  ...streetsOf('68030', 'J0J 1L0', [
    ['rue Principale', 1_000, 1_240, [45.1849, -73.4102], [45.1821, -73.3949]],
    ['rue des Érables', 12, 132, [45.1871, -73.4041], [45.1905, -73.4022]],
    ['boulevard René-Lavoie', 50, 190, [45.1801, -73.4067], [45.1765, -73.3991]],
    ['rang des Patriotes Nord', 200, 440, [45.2012, -73.4192], [45.2188, -73.4287], 'planned'],
  ]),
  ...streetsOf('68025', 'J0L 2N0', [
    ['rue Sainte-Marguerite-du-Lac', 210, 350, [45.1662, -73.5218], [45.1692, -73.5121]],
    ['rang Bellevue', 500, 780, [45.1544, -73.5332], [45.1402, -73.5005], 'none'],
  ]),
  ...streetsOf('68050', 'J0L 2J0', [
    ['rue Principale', 1_600, 1_800, [45.2331, -73.5752], [45.2338, -73.5611]],
    ['place des Moissons', 2, 62, [45.2351, -73.5702], [45.2362, -73.5681]],
  ]),
  ...streetsOf('68010', 'J0L 1H0', [
    ['avenue du Verger', 400, 540, [45.0491, -73.5899], [45.0502, -73.5801]],
    ['chemin de la Côte-à-Pommes', 90, 290, [45.0402, -73.6011], [45.0288, -73.5855], 'none'],
  ]),
  ...streetsOf('68045', 'J0L 1Y0', [
    ['montée Saint-Édouard-le-Vieux', 300, 460, [45.2311, -73.5202], [45.2402, -73.5121]],
  ]),
  ...streetsOf('69017', 'J0S 1R0', [
    ['rang Notre-Dame-des-Champs', 520, 720, [45.1002, -73.7705], [45.1052, -73.7502]],
    ['rue Saint-Jean-Baptiste-de-la-Salle', 8, 128, [45.0985, -73.7671], [45.0952, -73.7625], 'planned'],
  ]),
  ...streetsOf('69037', 'J0S 1K0', [
    ['rue du Grand-Chêne', 10, 150, [45.1251, -74.0011], [45.1302, -73.9952]],
    ['chemin Upper-Brook', 1_200, 1_400, [45.1402, -74.0302], [45.1502, -74.0501], 'none'],
  ]),
  ...streetsOf('70012', 'J0S 1V0', [
    ['rue des Copains-d’Abord', 3, 123, [45.2522, -73.8011], [45.2531, -73.7911]],
    ['boulevard de la Rivière', 200, 380, [45.2451, -73.8102], [45.2389, -73.7922], 'scarce'],
  ]),
  ...streetsOf('67050', 'J6K 2C4', [
    ['rue de la Berge-aux-Hérons', 100, 260, [45.3801, -73.7602], [45.3852, -73.7511], 'none'],
  ]),
  {
    municipalityCode: '68055',
    name: 'rue de la Gare',
    postalCode: 'J0L 2L0',
    from: 60,
    to: 124,
    step: 8,
    start: [45.2631, -73.6182],
    end: [45.2622, -73.6111],
    network: 'served',
    units: [1, ['1', '2', '3', '4', '5', '6']],
  },
];

/** A house of a demo street, with its position. */
export type DemoHouse = Readonly<{
  street: DemoStreet;
  number: number;
  latitude: number;
  longitude: number;
}>;

/** Half the width of a street, in degrees of latitude: houses stand some 20 m from its middle. */
const SET_BACK_DEGREES = 0.00018;

/** The houses of a street, in order: evenly spaced, odd and even numbers on their own side. */
export function housesOf(street: DemoStreet): DemoHouse[] {
  const numbers: number[] = [];
  for (let number = street.from; number <= street.to; number += street.step)
    numbers.push(numbers.length % 2 === 0 ? number : number + 1);
  return numbers.map((number, index) => {
    const along = numbers.length === 1 ? 0 : index / (numbers.length - 1);
    const side = number % 2 === 0 ? SET_BACK_DEGREES : -SET_BACK_DEGREES;
    return {
      street,
      number,
      latitude: round(street.start[0] + (street.end[0] - street.start[0]) * along + side),
      longitude: round(street.start[1] + (street.end[1] - street.start[1]) * along),
    };
  });
}

/** Six decimals: a hand's breadth, all that a civic address can mean. */
const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** Every address of the demo company, one per house or per unit. */
export const DEMO_ADDRESSES: readonly ImportedAddress[] = DEMO_STREETS.flatMap((street) =>
  housesOf(street).flatMap((house, index) => {
    const [every, units] = street.units ?? [0, []];
    const inHouse = every > 0 && index % every === 0 ? units : [''];
    return inHouse.map((unit) => ({
      municipalityCode: street.municipalityCode,
      street: street.name,
      civicNumber: house.number,
      civicSuffix: '',
      unit,
      postalCode: street.postalCode,
      latitude: house.latitude,
      longitude: house.longitude,
      source: 'demo',
      sourceId: null,
    }));
  }),
);
