import type { Problem, Skills } from '../problem/problem.ts';
import { numberRow } from './number-row.ts';
import { NUMBERS_MAX } from './text-limits.ts';
import { Unreadable } from './unreadable.ts';

/** Two decimals count; everything is a hundred times as large. */
const SCALE = 100;
const TASK_COLUMNS = 8;
/** Leaving a task to others costs this, and its demands together to this power. */
const OUTSOURCING_BASE = 200;
const OUTSOURCING_POWER = 1.5;

/**
 * The STRSP format without teams (Kovacs, Parragh, Doerner, Hartl): tasks that demand skills with levels, technicians
 * with a level in each domain, and a price for leaving a task to others. Two texts, tasks and technicians.
 */
export function readStrsp(tasksText: string, techniciansText: string): Problem {
  const announced = Number(/^Customer:\s*(\d+)/m.exec(tasksText)?.[1]);
  const domains = Number(/^domains:\s*(\d+)/m.exec(techniciansText)?.[1]);
  const levels = Number(/^proficiency level:\s*(\d+)/m.exec(techniciansText)?.[1]);
  const crew = Number(/^Number of Technicians:\s*(\d+)/m.exec(techniciansText)?.[1]);
  if (!(announced > 0 && domains > 0 && levels > 0 && crew > 0))
    throw new Unreadable('The headers are missing.');
  if (announced > NUMBERS_MAX || crew > NUMBERS_MAX) throw new Unreadable('Too many tasks or technicians.');
  const tasks = rowsOf(tasksText, TASK_COLUMNS + domains * levels);
  const technicians = rowsOf(techniciansText, 1 + domains);
  if (tasks.length !== announced)
    throw new Unreadable(`${tasks.length} tasks where ${announced} are announced.`);
  if (technicians.length !== crew)
    throw new Unreadable(`${technicians.length} technicians where ${crew} are announced.`);
  const scaled = (row: readonly number[], column: number): number => Math.round((row[column] ?? 0) * SCALE);
  const [depot = [], ...jobs] = tasks;
  return {
    travel: {
      kind: 'plane',
      points: tasks.map((row) => [row[1] ?? 0, row[2] ?? 0]),
      scale: SCALE,
      rounding: 'nearest',
    },
    technicians: technicians.map(([id = 0, ...levelsOf]) => ({
      id: String(id),
      skills: Object.fromEntries(levelsOf.map((level, domain) => [`d${domain + 1}`, level])),
      perDistance: 1 / SCALE,
      shifts: [{ start: scaled(depot, 4), end: scaled(depot, 5), from: 0, to: 0 }],
    })),
    jobs: jobs.map((row, index) => {
      const demands = row.slice(TASK_COLUMNS);
      return {
        id: String(row[0]),
        place: index + 1,
        duration: scaled(row, 6),
        windows: [{ from: scaled(row, 4), to: scaled(row, 5) }],
        needs: needsOf(demands, { levels, id: row[0] ?? 0 }),
        prize: OUTSOURCING_BASE + demands.reduce((sum, demand) => sum + demand, 0) ** OUTSOURCING_POWER,
      };
    }),
  };
}

function rowsOf(text: string, columns: number): (readonly number[])[] {
  return text.split('\n').flatMap((line, index) => {
    if (!/^\s*\d+\s/.test(line)) return [];
    const row = numberRow(line);
    if (row?.length !== columns) throw new Unreadable(`Line ${index + 1} has not ${columns} numbers.`);
    return [row];
  });
}

function needsOf(demands: readonly number[], of: Readonly<{ levels: number; id: number }>): Skills {
  const needs: Record<string, number> = {};
  for (const [index, demand] of demands.entries()) {
    if (demand === 0) continue;
    if (demand > 1) throw new Unreadable(`Task ${of.id} takes a team, which this format is not read for.`);
    const domain = `d${Math.floor(index / of.levels) + 1}`;
    needs[domain] = Math.max(needs[domain] ?? 0, (index % of.levels) + 1);
  }
  return needs;
}
