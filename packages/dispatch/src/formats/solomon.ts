import type { Problem } from '../problem/problem.ts';
import { NUMBERS_MAX } from './text-limits.ts';
import { Unreadable } from './unreadable.ts';

/** Decimals that count: distances are cut to one, as the DIMACS challenge has it; everything is ten times as large. */
const SCALE = 10;
const CUSTOMER_COLUMNS = 7;

/** The Solomon and the Homberger format: vehicles, then customers of which the first is the depot. */
export function readSolomon(text: string): Problem {
  const lines = text
    .split('\n')
    .map((line, index) => ({ number: index + 1, words: line.trim().split(/\s+/) }));
  const numbers = lines.filter(
    ({ words }) => words[0] !== '' && words.every((word) => /^-?\d+(\.\d+)?$/.test(word)),
  );
  const [fleet, ...rows] = numbers.map(({ number, words }) => ({ number, values: words.map(Number) }));
  if (fleet?.values.length !== 2)
    throw new Unreadable('No line with the number of vehicles and their capacity.');
  const broken = rows.find(({ values }) => values.length !== CUSTOMER_COLUMNS);
  if (broken)
    throw new Unreadable(
      `Line ${broken.number} has ${broken.values.length} numbers, not ${CUSTOMER_COLUMNS}.`,
    );
  const garbled = lines.find(
    ({ number, words }) =>
      number > fleet.number && /^\d/.test(words[0] ?? '') && !numbers.some((line) => line.number === number),
  );
  if (garbled) throw new Unreadable(`Line ${garbled.number} is not made of numbers.`);
  const gap = rows.findIndex(({ values }, index) => values[0] !== index);
  if (gap >= 0)
    throw new Unreadable(
      `Line ${rows[gap]?.number}: customer ${rows[gap]?.values[0]} where ${gap} is expected.`,
    );
  const [depot, ...customers] = rows.map(({ values }) => values);
  const [vehicles = 0, capacity = 0] = fleet.values;
  if (depot === undefined || customers.length === 0)
    throw new Unreadable('There are no customers: the file is cut.');
  if (!/\n\s*$/.test(text) && (customers.at(-1)?.length ?? 0) < CUSTOMER_COLUMNS)
    throw new Unreadable('The last line is cut.');
  if (vehicles > NUMBERS_MAX) throw new Unreadable(`${vehicles} vehicles are too many.`);
  const at = (row: readonly number[], column: number): number => Math.round((row[column] ?? 0) * SCALE);
  const shift = { start: at(depot, 4), end: at(depot, 5), from: 0, to: 0 };
  return {
    travel: {
      kind: 'plane',
      points: [depot, ...customers].map((row) => [row[1] ?? 0, row[2] ?? 0]),
      scale: SCALE,
      rounding: 'down',
    },
    technicians: Array.from({ length: vehicles }, (_, index) => ({
      id: String(index + 1),
      capacity: [capacity],
      perDistance: 1,
      shifts: [shift],
    })),
    jobs: customers.map((row) => ({
      id: String(row[0]),
      place: row[0] ?? 0,
      duration: at(row, 6),
      windows: [{ from: at(row, 4), to: at(row, 5) }],
      load: [row[3] ?? 0],
    })),
  };
}
