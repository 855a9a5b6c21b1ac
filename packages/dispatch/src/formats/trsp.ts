import type { Problem } from '../problem/problem.ts';
import { numberRow } from './number-row.ts';
import { NUMBERS_MAX } from './text-limits.ts';
import { Unreadable } from './unreadable.ts';

/** Three decimals count; everything is a thousand times as large. */
const SCALE = 1_000;

type Line = Readonly<{
  id: number;
  x: number;
  y: number;
  from: number;
  to: number;
  service: number;
  lists: number[][];
}>;

/**
 * The TRSP format (Pillac, Guéret, Medaglia): a depot, technicians with skills, tools and spare parts, and requests.
 * Who lacks a tool or a part passes at the depot, once, and has everything from then on. What counts is the time
 * from leaving home to being back.
 */
export function readTrsp(text: string): Problem {
  const lines = text.split('\n').map((line) => line.trim());
  const header = numberRow(lines[lines.findIndex((line) => /^CREW/i.test(line)) + 1]);
  const [crew = 0] = header ?? [];
  if (header === undefined || crew < 1 || crew > NUMBERS_MAX)
    throw new Unreadable('No line with the size of the crew.');
  const rows = lines
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => /^\d+\s+-?\d/.test(line) && line.includes('['))
    .map(({ line, number }) => lineOf(line, number));
  const requests = Number(/\.(\d+)_/.exec(lines[0] ?? '')?.[1] ?? rows.length - crew - 1);
  if (rows.length !== 1 + crew + requests) {
    throw new Unreadable(
      `${rows.length} lines of places where ${1 + crew + requests} are announced: the file is cut.`,
    );
  }
  const [depot, ...others] = rows;
  if (depot === undefined || requests < 1) throw new Unreadable('There are no requests.');
  const scaled = (value: number): number => Math.round(value * SCALE);
  return {
    travel: { kind: 'plane', points: rows.map(({ x, y }) => [x, y]), scale: SCALE, rounding: 'nearest' },
    restock: { place: 0, duration: 0 },
    technicians: others.slice(0, crew).map((row, index) => ({
      id: String(row.id),
      skills: Object.fromEntries((row.lists[0] ?? []).map((skill) => [`s${skill}`, 1])),
      tools: (row.lists[1] ?? []).map((tool) => `t${tool}`),
      parts: Object.fromEntries((row.lists[2] ?? []).map((count, part) => [`p${part}`, count])),
      perTime: 1,
      shifts: [{ start: scaled(row.from), end: scaled(row.to), from: index + 1, to: index + 1 }],
    })),
    jobs: others.slice(crew).map((row, index) => ({
      id: String(row.id),
      place: crew + 1 + index,
      duration: scaled(row.service),
      windows: [{ from: scaled(row.from), to: scaled(row.to) }],
      needs: Object.fromEntries((row.lists[0] ?? []).map((skill) => [`s${skill}`, 1])),
      tools: (row.lists[1] ?? []).map((tool) => `t${tool}`),
      parts: Object.fromEntries(
        (row.lists[2] ?? []).flatMap((count, part) => (count > 0 ? [[`p${part}`, count] as const] : [])),
      ),
    })),
  };
}

function lineOf(line: string, number: number): Line {
  const lists = [...line.matchAll(/\[([^\]]*)\]/g)].map(([, inside = '']) =>
    inside.trim() === '' ? [] : inside.split(',').map(Number),
  );
  const numbers = numberRow(line.slice(0, line.indexOf('[')));
  if (numbers?.length !== 6 || lists.length !== 3 || lists.flat().some(Number.isNaN)) {
    throw new Unreadable(`Line ${number} is not a place with skills, tools and parts.`);
  }
  const [id = 0, x = 0, y = 0, from = 0, to = 0, service = 0] = numbers;
  return { id, x, y, from, to, service, lists };
}
