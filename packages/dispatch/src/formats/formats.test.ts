import { sharedData } from '@gigafibre/testing/shared-data';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultsOf } from '../check-solution.ts';
import { plan } from '../plan.ts';
import { refusalsOf } from '../problem/refusals.ts';
import type { Problem } from '../problem/problem.ts';
import { afterTries } from '../stop/after-tries.ts';
import { readProblem, readSolution } from './problem-json.ts';
import { readAny } from './read-any.ts';
import { readStrsp } from './strsp.ts';
import { Unreadable } from './unreadable.ts';
import { randomProblem } from '../testing/random-problem.ts';

const SOLOMON = `TINY

VEHICLE
NUMBER     CAPACITY
  2         20

CUSTOMER
CUST NO.   XCOORD.   YCOORD.    DEMAND   READY TIME   DUE DATE   SERVICE TIME

    0          0         0          0         0        100           0
    1          3         4         10         0         50          10
    2          6         8         10        20         60          10
`;

const TRSP = `C.2_1-1-1-1

INFO
CREW COUNT  SKILLS  TOOLS   SPARE PARTS
1       1       1       1

DEPOT TECHNICIANS AND REQUESTS
ID   X     Y     TWS    TWE    Serv   SKILLS   TOOLS    SPARE PARTS
0    0     0     0      100    0      [] 	[] 	[]
1    0     3     0      100    0      [0] 	[] 	[1]
2    4     3     0      100    10     [0] 	[0] 	[1]
3    4     0     0      100    10     [] 	[] 	[1]
`;

const VROOM = JSON.stringify({
  vehicles: [{ id: 1, start_index: 0, end_index: 0, skills: [1], time_window: [0, 100], capacity: [2] }],
  jobs: [
    { id: 1, location_index: 1, service: 5, skills: [1], delivery: [1], time_windows: [[0, 50]] },
    { id: 2, location_index: 1, service: 5, skills: [9], priority: 50 },
  ],
  matrices: {
    car: {
      durations: [
        [0, 10],
        [12, 0],
      ],
    },
  },
});

function planOf(problem: Problem): { distance: number; time: number; left: readonly string[] } {
  const planned = plan(problem, { seed: 1, stop: afterTries(100) });
  if (planned.kind === 'refused') throw new Error(planned.refusals[0]?.message);
  expect(faultsOf(problem, planned.solution)).toEqual([]);
  const { cost, left } = planned.solution;
  return { distance: cost.distance, time: cost.time, left };
}

test('the standard formats are read and planned in the measure that their best known values use', () => {
  expect(planOf(readAny(SOLOMON))).toEqual({ distance: 200, time: 0, left: [] });
  // Home, depot for the tool and the second part, both requests, home: 3 + 5 + 3 + 5 of driving, 20 of work.
  expect(planOf(readAny(TRSP)).time).toBe(34_000);
  expect(planOf(readAny(VROOM))).toEqual({ distance: 22, time: 0, left: ['2'] });
});

test('a text cut anywhere is refused or is a problem that can be planned', () => {
  for (const text of [SOLOMON, TRSP, VROOM]) {
    for (let length = 0; length < text.length; length += 7) {
      try {
        expect(refusalsOf(readAny(text.slice(0, length)))).toBeDefined();
      } catch (error) {
        expect(error).toBeInstanceOf(Unreadable);
      }
    }
  }
  expect(() => readAny(SOLOMON.slice(0, -40))).toThrow(Unreadable);
  expect(() => readAny(TRSP.slice(0, -45))).toThrow(/cut/);
  expect(() => readAny('{"technicians": [')).toThrow(/not JSON/);
  expect(() => readAny('{"technicians": [], "jobs": []}')).toThrow(/travel/);
});

test('problems and plans survive JSON unchanged', () => {
  const problem = randomProblem(4, { jobs: 8, technicians: 3, crews: true, restock: true });
  expect(readProblem(JSON.stringify(problem))).toEqual(problem);
  const planned = plan(problem, { seed: 1, stop: afterTries(50) });
  const solution = planned.kind === 'planned' ? planned.solution : undefined;
  expect(readSolution(JSON.stringify(solution))).toEqual(solution);
});

test('real instances are read whole', ({ skip }) => {
  const [solomon, trsp, tasks, technicians] = [
    sharedData('routing', 'solomon', 'R101.txt'),
    sharedData('routing', 'trsp_pillac_crew25', 'R101.100_25-5-5-5.txt'),
    sharedData('routing', 'strsp_kovacs', 'tasks_noTeam', 'R101_5x4_noTeam.txt'),
    sharedData('routing', 'strsp_kovacs', 'technicians_noTeam'),
  ];
  if (!solomon || !trsp || !tasks || !technicians) return skip('no collection of instances on this machine');
  expect(readAny(readFileSync(solomon, 'utf8')).jobs).toHaveLength(100);
  expect(readAny(readFileSync(trsp, 'utf8')).technicians).toHaveLength(25);
  const crew = sharedData('routing', 'strsp_kovacs', 'technicians_noTeam', 'technicians_R101_5x4_noTeam.txt');
  if (crew) expect(readStrsp(readFileSync(tasks, 'utf8'), readFileSync(crew, 'utf8')).jobs).toHaveLength(100);
});
